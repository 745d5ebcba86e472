"""`kamgen contact`: the customer's people."""

from __future__ import annotations

from collections.abc import Callable

from tests.commands.editing import Play

LINES = (
    'contact add havnens "Dora Dahl" --title "Head of IT" --function development --relationship 1 --reports-to anna --our-contact jens --since today',
    'contact add havnens "Jörgen Nyström" --email jn@havnens.example --phone "+45 1"',
    'contact add havnens "李明" --function ceo',
    'contact add byens "Bo Berg" --dry-run',
    'contact add havnens "Bo Berg"',
    'contact edit havnens anna --name "Anna Lind Olsen" --title "Director: procurement"',
    'contact edit havnens carl --phone "#1" --description "Likes numbers"',
    'contact edit havnens carl --name "Carl Ny"',
    "contact left havnens anna",
    "contact left havnens anna --date 2026-04-01",
    'contact left havnens carl --date "2026-04-30"',
    'contact left havnens carl --date "2026-05-01" --dry-run',
    'contact add havnens "Anna Lind"',
    'contact add havnens "Dora" --id anna-lind',
    'contact add havnens "Dora" --id "Not One"',
    'contact add havnens "Dora" --relationship 9',
    'contact add havnens "Dora" --since soon',
    "contact edit havnens anna",
    "contact edit havnens anna --reports-to anna",
    "contact edit havnens anna --our-contact nobody",
    "contact edit havnens dora --title x",
    "contact left havnens bo --date 2026-01-31",
    "contact left havnens dora",
)


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-contact.txt", play(*LINES))
