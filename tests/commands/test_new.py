"""`kamgen new`: a plan for a new account."""

from __future__ import annotations

from collections.abc import Callable

from tests.commands.editing import Play

LINES = (
    'new "Søstrene Gr. & Co" --tier D --owner kari',
    'new "Nordisk Fisk" --tier B --owner kari --status prospect --since today --potential 150000',
    'new "小店: #1" --tier C --owner vera --id xiaodian --dry-run',
    'new "小店" --tier D --owner vera',
    'new "Nordisk Fisk" --tier X --owner kari',
    'new "Nordisk Fisk" --tier D --owner nobody',
    'new "Nordisk Fisk" --tier D --owner kari --potential lots',
    'new "Nordisk Fisk" --tier D --owner kari --segment fish --region sea',
    'new "Byens" --tier D --owner kari',
    'new "BYENS bageri" --tier D --owner kari',
    'new "Nordisk Fisk" --tier D --owner kari --id Nordisk_Fisk',
    'new "Index" --tier D --owner kari',
    'new "Nordisk Fisk" --tier D --owner kari --status lost',
)


def test_what_a_person_sees_and_what_changes(play: Play, reviewed: Callable[[str, str], None]):
    reviewed("command-new.txt", play(*LINES))
