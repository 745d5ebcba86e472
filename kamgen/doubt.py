"""What YAML reads in another way than its writer meant: tabs that indent, and texts that lose a part (KAM013)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kamgen import alphabet, amount
from kamgen.diagnostic import FieldPath, Message, Place, Problem, problem
from kamgen.frozen import with_values
from kamgen.lookalike import bullet, spacelike
from kamgen.node import MappingNode, Mark, Node, ScalarNode, at, scalars
from kamgen.syntax import TAB_AHEAD

FULL_WIDTH_KEY: Final = re.compile("^([A-Za-z_][A-Za-z0-9_]*)：")
CUT: Final = re.compile("[ \t]+(#[^ \t\r\n#!][^\r\n]*)")
HASH_AHEAD: Final = re.compile("#(?<=[ \t]#)[^ \t\r\n#!]")
ZERO_AHEAD: Final = re.compile(r"0[0-9](?<=[ \[{,]..)[0-9]*[ \r]*(?:$|[,}\]#])", re.MULTILINE)
LEADING_ZERO: Final = re.compile(r"0[0-9]+")
DIGITS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
NUMBER_BEGUN: Final = re.compile(r"(?<=:\s)-?[0-9][0-9.]*(?:,[0-9]{3})*,\Z")
NUMBER_GOES_ON: Final = re.compile(r"(?:(?:,[0-9]{3}(?:\.[0-9]+)?)+[^,:{}\[\]\r\n]{0,20}?)?(?=[ \t\r\n]*[,}])")
"""The thousands behind a key, and the currency or the `Mio` behind those; where it is the key itself that ends so, nothing."""
SPACE: Final = alphabet.INVISIBLE.pattern
MISREAD: Final = re.compile(
    rf"-?(?P<ahead>{SPACE})|(?P<sign>[{alphabet.BULLETS}])|[A-Za-z_][\w-]*(?:(?P<before>{SPACE})(?:{SPACE}|[ ])*\Z|:(?P<behind>{SPACE}))"
)
"""How a key looks that was meant as another: with spaces that are none before it, before its colon or behind that, or as an item of a list."""
STRANGE_AHEAD: Final = re.compile(r"\n(?:[ ]|- )*+-?[^ -\x7e\n\r\t]")
"""A line whose first word does not begin as the keys of a plan do: asked of every plan, it costs a hundredth of reading it."""
LONGEST: Final = 40
"""How many characters a number may have, to be seen as one."""
QUOTED_REST: Final = 40
"""How much a message quotes of what stands behind a `#`."""


def tabs(root: MappingNode, text: str) -> Iterator[Problem]:
    """Tabs that indent a line. libyaml lets some of them pass; only inside block text they are content."""
    if "\t" not in text:
        return
    blocks = (node for node in scalars(root) if text[node.start.index : node.start.index + 1] in {"|", ">"})
    content = {line for node in blocks for line in range(node.start.line + 1, node.end.line + bool(node.end.column))}
    for number, line in enumerate(text.split("\n")):
        if number not in content and TAB_AHEAD.match(line):
            yield problem("invalid-yaml.tab", Place(number + 1, line.index("\t") + 1))


def misread(root: MappingNode, text: str, told: Iterable[Problem]) -> Iterator[Problem]:
    """Keys that are others than they seem, so that the plan has another shape than it shows: nothing of it can be judged.

    Those that stand twice are `told` as that already.
    """
    if text.isascii() or not (alphabet.INVISIBLE.search(text) or STRANGE_AHEAD.search(f"\n{text}")):
        return
    twice = ((str(found.message.values["key"]), found.place) for found in told if found.kind == "duplicate-key")
    once = ((key.text, at(key.start)) for key in _keys(root) if key.plain)
    for key, place in (*once, *twice):
        if found := MISREAD.match(key):
            yield _misread(found, place, text.split("\n"))


def is_misread(found: Problem) -> bool:
    """Whether a problem is told of a key that is another than it seems."""
    key = found.message.values.get("key", found.message.values.get("text", ""))
    return bool(MISREAD.match(str(key)))


def _misread(found: re.Match[str], place: Place, lines: list[str]) -> Problem:
    """What a key really begins with."""
    if found["sign"]:
        return bullet(lines, place)
    index = found.start(str(found.lastgroup))
    return spacelike(lines, Place(place.line, place.column + index), found.string[index])


def _keys(node: Node) -> Iterator[ScalarNode]:
    """Every key below a node."""
    if isinstance(node, ScalarNode):
        return
    yield from node.keys.values() if isinstance(node, MappingNode) else ()
    for below in node.items.values() if isinstance(node, MappingNode) else node.items:
        yield from _keys(below)


def doubts(root: MappingNode, text: str) -> Iterator[Problem]:
    """Values that YAML reads in another way than their writer meant (KAM013). Most texts have no candidate and cost one search."""
    if "：" not in text and not HASH_AHEAD.search(text) and not ZERO_AHEAD.search(text):
        return
    for node in scalars(root):
        if not node.plain:
            continue
        cut = CUT.match(text, node.end.index)
        if not node.text:
            if cut:
                yield problem("doubtful-text.hash-ahead", _behind(node.end, cut.start(1)), text=cut[1].strip()[:QUOTED_REST])
        elif cut:
            yield problem("doubtful-text.hash", at(node.start), text=node.text, rest=cut[1].strip()[:QUOTED_REST])
        elif word := FULL_WIDTH_KEY.match(node.text):
            yield problem("doubtful-text.full-width-colon", at(node.start), text=word[1])
        elif LEADING_ZERO.fullmatch(node.text):
            yield problem("doubtful-text.leading-zero", at(node.start), text=node.text)


def _behind(mark: Mark, index: int) -> Place:
    """Where the character at `index` stands, which is on the line of `mark`."""
    line, column = at(mark)
    return Place(line, column + index - mark.index)


def grouped(text: str, key: ScalarNode) -> Problem | None:
    """A key in braces that is the end of a number with a comma in it, like the 200 of `{promotion: 1,200}`: told with the number to write.

    A number with more commas makes several such keys; all but the first are `later`, and need not be told. An amount that is in
    thousands or milliards, or could be two, is told without a number.
    """
    if not key.plain:
        return None
    begun = NUMBER_BEGUN.search(text, max(0, key.start.index - LONGEST), key.start.index)
    rest = NUMBER_GOES_ON.match(text, key.end.index)
    if not begun or not rest or not DIGITS.fullmatch(amount.number_of(f"{key.text}{rest[0]}").replace(",", "")):
        return None
    number = f"{begun[0]}{key.text}{rest[0]}"
    plain = _plain(number)
    return problem(f"doubtful-text.{'number' if plain else 'amount'}", at(key.start), text=number, plain=plain, later="," in begun[0][:-1])


def _plain(text: str) -> str:
    """What is to be written for a number: as an amount where a word multiplies it."""
    number = amount.without_currency(text)
    return _with_point(number) if amount.number_of(number) == number else amount.plain(number)


def _with_point(number: str) -> str:
    """A number with `.` for its decimals and nothing else: three digits behind a comma are thousands, as are those behind a sign that comes again."""
    signs = [sign for sign in number if sign in ".,"]
    whole, last, decimals = number.rpartition(signs[-1])
    thousands = signs.count(last) > 1 or (len(signs) == 1 and len(decimals) == 3 and whole not in {"0", "-0"})
    joined = re.sub("[.,]", "", whole)
    return f"{joined}{decimals}" if thousands else f"{joined}.{decimals}"


COLON: Final = "doubtful-text.full-width-colon"


def one_fact(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems, where a full-width colon is told once: by the error that comes of it, else by the doubt; never as an unknown key as well."""
    told = tuple(problems)
    colons = {found.place: str(found.message.values["text"]) for found in told if found.message.id == COLON}
    if not colons:
        return told
    meant = {(*found.field[:-1], colons[found.place]): found.place for found in told if found.kind == "unknown-key" and found.place in colons}
    worded = tuple(_of_colon(found, colons, meant) for found in told if found.kind != "unknown-key" or found.place not in colons)
    errors = {found.place for found in worded if found.kind != "doubtful-text"}
    return tuple(found for found in worded if found.message.id != COLON or found.place not in errors)


def _of_colon(found: Problem, colons: Mapping[Place, str], meant: Mapping[FieldPath, Place]) -> Problem:
    """An error that comes of a full-width colon, said as that."""
    if found.kind == "missing-key" and found.field in meant:
        return with_values(found, place=meant[found.field], message=Message("missing-key.full-width-colon", found.message.values))
    if found.message.id == "wrong-value.record" and found.place in colons:
        return with_values(found, message=Message("wrong-value.full-width-colon", {**found.message.values, "text": colons[found.place]}))
    return found
