"""Which account or person is meant: by id, by name, or by a part of either that only one has."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kamgen.alphabet import FORBIDDEN, alike
from kamgen.commands.answer import Candidate
from kamgen.commands.place import Misuse
from kamgen.diagnostic import Message
from kamgen.folder import PLANS, called, is_place, survey
from kamgen.message import render, say
from kamgen.model.kind import ACCOUNT_ID
from kamgen.model.portfolio import Person, Portfolio
from kamgen.parse import stem

WIDTH: Final = 120
"""Letters of candidates that stand in the sentence itself; longer ones stand below it, one on a line."""
SHOWN: Final = 10
"""How many of them are listed; a program gets all."""
ALIKE: Final = 0.75
"""How much of a name must be right for it to be offered: less is a guess that misleads."""
HEAD: Final = 65_536
"""Bytes of a plan in which its name is looked for."""
NAME: Final = re.compile(
    r"""(?:^|[{,])[ ]*["']?account["']?[ ]*:[ ]+(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\n]*?))[ ]*(?:[ ]\#[^\n]*)?\r?$""", re.MULTILINE
)
"""The line of a plan that names its account, quoted or not."""


OWNER: Final = re.compile(r"^owner:[ ]*[\"']?([\w.-]+)", re.MULTILINE)
"""The line of a plan that says whose it is."""


def account(folder: Path, words: str) -> str:
    """The path of the plan that `words` mean, like `plans/acme.md`: a path, or an exact id, for which no other plan is looked at.

    Then the file names are compared, and where none fits the names under `account:`, which are found without reading whole plans.
    Raises Misuse with the candidates where there are several, or none.
    """
    asked = words.removeprefix(f"{PLANS}/").removesuffix(".md")
    if path := _by_path(folder, words):
        return path
    exact = called(folder, asked) if ACCOUNT_ID.fullmatch(asked) else ()
    if exact:
        return _only(words, list(exact), {path: (path,) for path in exact}, "account")
    paths = [file.path for file in survey(folder) if file.readable]
    by_file = {path: (stem(path),) for path in paths}
    found = matching(asked, by_file)
    if len(found) == 1:
        return found[0]
    names = {path: (stem(path), name_in(folder / path)) for path in paths}
    ids = pasted(paths)
    return _only(
        words, matching(asked, names), {path: (_called(ids[path], name), *by_file[path], name) for path, (_, name) in names.items()}, "account"
    )


def _by_path(folder: Path, words: str) -> str | None:
    """The plan at a path, from here or from the folders above the plans, as a shell completes it; its ending may be left out."""
    if not words.endswith(".md") and not re.search(r"[/\\]", words):
        return None
    for start in (Path.cwd(), folder, folder / PLANS):
        file = Path(os.path.normpath(start / f"{words.removesuffix('.md')}.md"))
        path = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else ""
        if is_place(path) and os.path.isfile(file):  # noqa: PTH113  (a name that is too long is no file)
            return path
    return None


def pasted(paths: Iterable[str]) -> dict[str, str]:
    """What to paste for each plan: its id, or its path where another plan has the id too."""
    listed = list(paths)
    often = Counter(map(stem, listed))
    return {path: stem(path) if often[stem(path)] == 1 else path for path in listed}


def person(portfolio: Portfolio, words: str) -> Person:
    """The one of us that `words` mean. Raises Misuse with the candidates where there are several, or none."""
    people = {someone.id: someone for someone in portfolio.people}
    names = {someone.id: someone.name for someone in portfolio.people}
    if names and not fitting(words, names):
        raise among("pick.none.person.known", tuple(names.items()), text=quoted(words))
    return people[one(words, names, "person")]


def one(words: str, names: Mapping[str, str], sort: str) -> str:
    """The id that `words` mean among `names`, id -> name; `sort` is what the sentence calls them: account, person, contact, activity, type.

    Raises Misuse with the candidates where there are several, or none.
    """
    return _only(words, fitting(words, names), {word: (_called(word, name), word, name) for word, name in names.items()}, sort)


def fitting(words: str, names: Mapping[str, str]) -> list[str]:
    """The ids of what `words` may mean among `names`, id -> name: what has each word whole comes before what has a part of one."""
    return having(words, names, whole=True) or having(words, names, whole=False)


def having(words: str, names: Mapping[str, str], *, whole: bool) -> list[str]:
    """The ids of those that have each word in the id or the name, `whole` or as a part."""
    return matching(words, {id: (id, name) for id, name in names.items()}, whole=whole)


def matching(words: str, names: Mapping[str, Iterable[str]], *, whole: bool = False) -> list[str]:
    """The keys of what `words` may mean: that which is called exactly so, else all that have each word in one of their names; `whole`, as a word."""
    plain = {key: [_plain(name) for name in known] for key, known in names.items()}
    asked = _plain(words)
    exact = [key for key, known in plain.items() if asked in known] if asked else []
    parts = asked.split()
    return exact or [
        key for key, known in plain.items() if parts and any(all(part in (name.split() if whole else name) for part in parts) for name in known)
    ]


def _plain(text: str) -> str:
    """A name as people type it: without case, accents and signs."""
    letters = unicodedata.normalize("NFKD", text).casefold().translate(LETTERS)
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letter for letter in letters if not unicodedata.combining(letter))).split())


LETTERS: Final = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Letters that are written without an accent and typed as if they had one."""


def names(folder: Path) -> dict[str, str]:
    """The name of every plan, by its path; its id where no line tells a name."""
    paths = [file.path for file in survey(folder) if file.readable]
    return {path: name_in(folder / path) or stem(path) for path in paths}


def named(folder: Path, name: str, but: str = "") -> str | None:
    """The path of another plan than `but` whose account has a name that people take for the same (KAM111)."""
    asked = alike(name)
    return next((file.path for file in survey(folder) if file.readable and file.path != but and alike(name_in(folder / file.path)) == asked), None)


def owner_in(file: Path) -> str:
    """The id under `owner:` in a plan's text, as far as a line can tell; empty where none does."""
    with file.open("rb") as plan:
        found = OWNER.search(plan.read(HEAD).decode("utf-8", "replace"))
    return found[1] if found else ""


def name_in(file: Path) -> str:
    """The name under `account:` in a plan's text, as far as a line can tell; empty where none does."""
    with file.open("rb") as plan:
        found = NAME.search(plan.read(HEAD).decode("utf-8", "replace"))
    if not found:
        return ""
    double, single, plain = found.groups(default="")
    return double.replace('\\"', '"') or single.replace("''", "'") or plain.strip()


def _called(word: str, name: str) -> str:
    """`Acme A/S (acme)`: nothing in it can move the cursor."""
    return _plainly(f"{name} ({word})" if name and name != word else word)


def quoted(words: str) -> str:
    """Words as a sentence tells them again that nothing is called by: quotes where nothing is between them."""
    return _plainly(words) or '""'


def _plainly(text: str) -> str:
    return " ".join(FORBIDDEN.sub("?", text).split())


def _only(words: str, found: list[str], known: Mapping[str, tuple[str, ...]], sort: str) -> str:
    if len(found) == 1:
        return found[0]
    text = quoted(words)
    near = [] if found or sort != "account" else _near(words, known)
    meant = found or near or (list(known) if sort == "account" else [])
    if not meant:
        raise Misuse(say(f"pick.none.{sort}", text=text))
    ids = pasted(meant) if sort == "account" else {key: key for key in meant}
    listed = near or sorted(meant, key=lambda key: known[key][0])
    candidates, shown = [(ids[key], known[key][-1]) for key in listed], [known[key][0] for key in listed]
    if near:
        raise Misuse(say("pick.none.account.near", text=text, near=tuple(shown)), candidates)
    raise among(f"pick.several.{sort}" if found else "pick.none.account.known", candidates, shown, text=text, n=len(listed))


def among(message_id: str, candidates: Sequence[Candidate], shown: Sequence[str] = (), /, *, of: str = "", **values: object) -> Misuse:
    """The refusal of words that do not mean just one thing, with what they may mean; `shown` is how a person reads it, `of` whose it is."""
    known = listed(shown or [_called(word, name) for word, name in candidates])
    words = render(Message(message_id, {**values, "known": known}))
    whole = say("desk.line", account=_plainly(of), words=words) if of else words
    return Misuse(re.sub(r":? ?\n", ":\n", whole, count=1), candidates)


def listed(known: Sequence[str]) -> str:
    """A few of them with commas, more on a line each, and how many more there are."""
    if len(line := ", ".join(known)) <= WIDTH and len(known) <= SHOWN:
        return line
    more = [say("pick.more", n=len(known) - SHOWN)] if len(known) > SHOWN else []
    return "".join(f"\n  {_plainly(line)}" for line in (*known[:SHOWN], *more))


def _parts(name: str) -> Iterator[str]:
    """What people type of a name: all of it, its first two words, each of its words."""
    yield name
    yield " ".join(name.split()[:2])
    yield from name.split()


def _near(words: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The keys of up to three whose name or id is nearly what was asked for."""
    import difflib  # noqa: PLC0415  (only a mistake needs it)

    by_name = {part: key for key, (_, *names) in known.items() for name in names for part in _parts(_plain(name)) if part}
    return list(dict.fromkeys(by_name[name] for name in difflib.get_close_matches(_plain(words), by_name, n=3, cutoff=ALIKE)))
