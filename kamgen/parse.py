"""Document to records: every key typed by its kind; a wrong shape becomes a problem and never an exception.

A value that does not fit is left out and said so; a record that lacks a required key is left out of its list.
`Plan.unread` then names the parts of the plan that nothing should be judged by.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from kamgen import alphabet, day
from kamgen.day import days_of
from kamgen.diagnostic import FieldPath, Message, Place, Problem, dotted
from kamgen.document import MAX_PROBLEMS
from kamgen.doubt import one_fact
from kamgen.frozen import with_values
from kamgen.message import languages
from kamgen.model import kind as kinds
from kamgen.model.activity import STATUSES, Activity
from kamgen.model.ambition import Action, Goal
from kamgen.model.analysis import Feedback
from kamgen.model.company import Agreement
from kamgen.model.kind import Kind, ListOf, RecordOf, Reference, Scalar, TableOf
from kamgen.model.people import Contact, Target
from kamgen.model.plan import NEEDS_REASON, Plan
from kamgen.model.portfolio import CustomField, DayOfYear, Portfolio
from kamgen.model.record import blank, keys
from kamgen.node import Document, MappingNode, Mark, Node, ScalarNode, SequenceNode, at

Names = Mapping[str, Mapping[str, str]]
"""What references may name: target -> id or exact name -> id. A target that is not in it is not checked."""

UNIT: Final = r"(?:[A-Z]{3}|[Kk]r\.?|[€$£])"
PLAIN_AMOUNT: Final = re.compile(rf"{UNIT}?\s*([0-9]{{1,3}}(?:[\s',][0-9]{{3}})+|[0-9]+)\s*{UNIT}?")
"""An amount with a currency beside it; a letter that multiplies, as in `180k` and `2 MSEK`, is no currency."""
FACT: Final = re.compile(r"^([a-z_]+):(?=[ \t\r]|$)", re.MULTILINE)
GROUPED: Final = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
ABSENT: Final = frozenset({"", "null", "~"})
STUBS: Final = frozenset({"...", "…", "https://..."})
"""What a help leaves for the writer to fill in: pasted as it is, it says nothing."""
BLANK: Final = ABSENT | STUBS
UNREAD: Final = object()
"""What a reader returns for a value that does not fit; the problem is told."""

CUSTOM_KINDS: Final[Mapping[str, Scalar]] = {"text": kinds.TEXT, "number": kinds.number(), "date": kinds.DATE, "flag": kinds.FLAG, "link": kinds.LINK}
ASIDE: Final = frozenset({("activities", key) for key in ("minutes", "time", "place", "updated")})
"""What no rule judges by: where it cannot be read, the part that it stands in is judged without it."""


class _Reading:
    """What one pass over a document collects."""

    __slots__ = ("names", "own", "problems", "proposed", "refused", "told", "unread")

    def __init__(self, names: Names, own: str = "") -> None:
        self.names = names
        self.own = own
        self.problems: list[Problem] = []
        self.proposed: set[str] = set()
        self.told: set[FieldPath] = set()
        self.refused: set[FieldPath] = set()
        self.unread: set[str] = set()

    def refuse(self, kind: str, mark: Mark, path: FieldPath, message: Message) -> object:
        if tuple(step for step in path if isinstance(step, str)) not in ASIDE:
            self.refused.add(path)
        return self.tell(kind, mark, path, message)

    def parts(self) -> set[str]:
        """The parts of the file that nothing is judged by."""
        return self.unread.union(str(path[0]) if path else "" for path in self.refused)

    def tell(self, kind: str, mark: Mark, path: FieldPath, message: Message) -> object:
        """A problem of something that can be left out: the part around it is judged without it."""
        self.problems.append(Problem(kind, at(mark), message, path))
        self.told.add(path)
        return UNREAD

    def nearest(self, text: str, candidates: Iterable[str], alike: float = 0.66) -> str:
        """The candidate that `text` was probably meant to be; not looked for any more where a file has very many problems."""
        return _nearest(text, candidates, alike) if len(self.problems) < MAX_PROBLEMS else ""

    def new_id(self, text: str, part: object) -> str:
        """An id that can be made of a text: of nothing else in that part of the plan, and not proposed before."""
        made = alphabet.proposed_id(text, {*self.names.get(str(part).removesuffix("s"), {}).values(), *self.proposed})
        self.proposed.add(made)
        return made


Reader = Callable[[Node, FieldPath, _Reading], Any]
Condition = Callable[[MappingNode, FieldPath, _Reading, dict[str, Any]], None]


def read_plan(document: Document, names: Names, custom: tuple[CustomField, ...] = ()) -> tuple[Plan | None, tuple[Problem, ...]]:
    """The plan of a document, and what is wrong with it, in file order.

    None where the file, or one of `account`, `tier` and `owner`, cannot be read.
    """
    if document.root is None:
        return None, document.problems
    asked = names.get(f"requirement of {_text(document.root.items.get('tier'))}")
    of_tier = {"requirement": asked} if asked is not None else {}
    reading = _Reading({**names, **of_tier, **_names_in_plan(document.root)}, stem(document.path))
    body = "" if _ends_early(document, reading) else document.body
    reading.unread.update(_cut_off(document))
    plan = _read_record(Plan, document.root, (), reading)
    _check_custom(document.root, custom, reading)
    problems = in_order((*document.problems, *reading.problems))
    if not isinstance(plan, Plan):
        return None, problems
    whole = reading.unread.union(_doubled(document, document.root))
    unread = frozenset(whole | reading.parts())
    settled = "activities" in unread - whole and _stand_in_settled(document, reading.refused)
    return with_values(plan, id=stem(document.path), body=body, unread=unread, settled_unread=settled), problems


def _stand_in_settled(document: Document, refused: Iterable[FieldPath]) -> bool:
    """Whether what cannot be read of the activities stands in ones that are settled, and keeps none of them out of the plan."""
    without = {name for name, _ in _fields(Activity)[1]}
    of_activities = [path for path in refused if path[:1] == ("activities",)]
    return all(len(path) > 2 and path[2] not in without and _text(document.node((*path[:2], "status"))) in SETTLED for path in of_activities)


SETTLED: Final = frozenset(STATUSES) - {"planned"}


def _ends_early(document: Document, reading: _Reading) -> bool:
    """Whether a `---` among the facts ends them: what stands below it, down to the `---` that was meant, would be read, and shown, as text."""
    end = re.search(r"^---[ \t]*$", document.body, re.MULTILINE)
    below = document.body[: end.start()] if end else ""
    lost = [(fact[1], fact.start()) for fact in FACT.finditer(below) if fact[1] in _fields(Plan)[0]]
    if lost:
        line = document.body_line + below.count("\n", 0, lost[0][1])
        told = {"line": line, "key": lost[0][0]}
        reading.problems.append(Problem("not-a-plan", Place(document.body_line - 1, 1), Message("not-a-plan.early", told)))
        reading.unread.update(key for key, _ in lost)
    return bool(lost)


def _cut_off(document: Document) -> Iterator[str]:
    """The facts below a line that begins a second document: nothing is judged by their absence."""
    begun = next((problem.place.line for problem in document.problems if problem.message.id == "forbidden-yaml.document"), None)
    if begun is not None:
        below = "\n".join(document.text.split("\n")[begun : document.body_line - 1])
        yield from (fact[1] for fact in FACT.finditer(below))


def read_portfolio(document: Document) -> tuple[Portfolio, tuple[Problem, ...]]:
    """The portfolio, and what is wrong with it. Its `rules` are left to the rule-set loader."""
    if document.root is None:
        return blank(Portfolio), document.problems
    root = document.root
    goals = _child(root, "plan")
    names = {"person": _ids(root, "people"), "product": _ids(root, "products"), "goal": _ids(goals, "goals") if goals else {}}
    reading = _Reading(names)
    portfolio = _read_record(Portfolio, root, (), reading)
    return portfolio if isinstance(portfolio, Portfolio) else blank(Portfolio), in_order((*document.problems, *reading.problems))


def read_record(cls: type[Any], root: MappingNode, names: Names, path: FieldPath = ()) -> tuple[Any, tuple[Problem, ...]]:
    """A record of any class that stands at `path`, for the reader of another file (a rule set): the record or None, and the problems."""
    reading = _Reading(names)
    value = _read_record(cls, root, path, reading)
    return None if value is UNREAD else value, in_order(reading.problems)


def stem(path: str) -> str:
    """The account id that a path stands for: the file's name without its ending."""
    return path.rpartition("/")[2].removesuffix(".md")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in file order. Where an unknown key and a doubtful text see the same comma, the unknown key tells of it."""
    told = one_fact(problems)
    unknown = {problem.place for problem in told if problem.kind == "unknown-key"}
    commas = {problem.place: problem for problem in told if problem.message.id in COMMAS}
    later = {place for place, doubt in commas.items() if doubt.message.values.get("later")}
    kept = (problem for problem in told if problem.place not in later and (problem.kind != "doubtful-text" or problem.place not in unknown))
    return tuple(sorted((_of_comma(problem, commas.get(problem.place)) for problem in kept), key=lambda problem: problem.place))


def _of_comma(problem: Problem, doubt: Problem | None) -> Problem:
    """An unknown key that is half of a text or a number with a comma in it."""
    if doubt is None or problem.kind != "unknown-key":
        return problem
    variant = COMMAS[doubt.message.id]
    return with_values(problem, message=Message(f"unknown-key.{variant}", {**problem.message.values, **doubt.message.values}))


COMMAS: Final[Mapping[str, str]] = {"doubtful-text.comma": "comma", "doubtful-text.number": "number"}
"""The doubts of a comma in braces, and what an unknown key behind it is told as."""


# Reading by kind: one reader per kind, made once.


@cache
def _reader(kind: Kind) -> Reader:
    match kind:
        case Scalar():
            reader = _scalar_reader(kind)
            return _amount_reader(reader) if kind.name == "amount" else reader
        case Reference():
            return _reference_reader(kind.target)
        case ListOf():
            return _list_reader(_reader(kind.item), _first_key(kind.item))
        case TableOf():
            return _table_reader(_reader(kind.key), _reader(kind.value), kind.key.target if isinstance(kind.key, Reference) else "")
        case RecordOf():
            return lambda node, path, reading: _read_record(kind.record, node, path, reading)
        case _:
            return lambda _node, _path, _reading: UNREAD


def _amount_reader(scalar: Reader) -> Reader:
    """An amount with three decimals is read as it stands, and doubted: half of Europe writes forty-five thousand as 45.000.

    It is shown, but nothing is judged by it until somebody says which was meant.
    """

    def read(node: Node, path: FieldPath, reading: _Reading) -> Any:
        if type(node) is ScalarNode and GROUPED.fullmatch(node.text):
            values = {"key": dotted(path), "text": node.text, "whole": node.text.replace(".", "")}
            reading.refuse("doubtful-text", node.start, path, Message("doubtful-text.grouping", values))
        return scalar(node, path, reading)

    return read


def _scalar_reader(kind: Scalar) -> Reader:
    convert = kind.convert

    def read(node: Node, path: FieldPath, reading: _Reading) -> Any:
        if type(node) is not ScalarNode:
            return reading.refuse("wrong-value", node.start, path, Message("wrong-value.shape", {"key": dotted(path), "form": kind.form}))
        try:
            return convert(node.text)
        except ValueError:
            return reading.refuse("wrong-value", node.start, path, _unfit(kind, node.text, path, reading))

    return read


def _unfit(kind: Scalar, text: str, path: FieldPath, reading: _Reading) -> Message:
    """The sentence for a text that does not fit: with the nearest choice where there is one."""
    values = {"key": dotted(path), "text": _short(text), "form": kind.form}
    if near := _plain_amount(text) if kind.name == "amount" else "":
        return Message("wrong-value.near", {**values, "near": near})
    if invisible := alphabet.INVISIBLE.search(text):
        return Message("wrong-value.invisible", {**values, "name": alphabet.name(invisible[0])})
    if kind.choices:
        return _no_such_word(kind, {**values, "near": reading.nearest(text, kind.choices)})
    if (near := _meant(kind, text, path, reading)) and near != text and _fits(kind, near):
        return Message("wrong-value.near", {**values, "near": near})
    if kind is kinds.DATE and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return Message("wrong-value.far-day" if _is_day(text) else "wrong-value.no-such-day", values)
    return Message("wrong-value", values)


def _meant(kind: Scalar, text: str, path: FieldPath, reading: _Reading) -> str:
    """The day, or the id, that a text was probably meant to be; empty where none can be made of it."""
    if kind is kinds.DATE:
        return day.meant(text)
    return reading.new_id(text, path[0]) if kind is kinds.ID and path else ""


def _no_such_word(kind: Scalar, values: Mapping[str, object]) -> Message:
    """The sentence for a text that is none of the choices. Where they are more than a sentence can list, a hint comes first, then some of them."""
    near = ".near" if values["near"] else ""
    if len(kind.choices) <= SHOWN:
        return Message(f"wrong-value{near}", values)
    return Message(f"wrong-value.word{near}", {**values, "known": kind.choices[: SOME if near else None], "n": len(kind.choices)})


def _fits(kind: Scalar, text: str) -> bool:
    """Whether a text is a value of a kind."""
    try:
        kind.convert(text)
    except ValueError:
        return False
    return True


def _is_day(text: str) -> bool:
    """Whether the calendar has the day, in whatever century."""
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _plain_amount(text: str) -> str:
    """`450,000 USD` and `450 000` as kamgen writes them; empty where it could be read in two ways, like `1.450,50`."""
    written = PLAIN_AMOUNT.fullmatch(text.strip())
    digits = re.sub(r"[\s',]", "", written[1]) if written else ""
    return digits if digits != text and kinds.NUMBER.fullmatch(digits) else ""


def _reference_reader(target: str) -> Reader:
    kind = PROBLEM_OF.get(target, f"unknown-{target}")

    def read(node: Node, path: FieldPath, reading: _Reading) -> Any:
        if type(node) is not ScalarNode:
            form = Message(f"form.{target}")
            return reading.refuse("wrong-value", node.start, path, Message("wrong-value.shape", {"key": dotted(path), "form": form}))
        text = node.text.strip()
        names = reading.names.get(target)
        if names is None or not text:
            return text
        found = names.get(text)
        if found == SHARED:
            reading.refuse(kind, node.start, path, Message("shared-name", {"key": dotted(path), "text": _short(text)}))
            return text
        if found is None and (invisible := alphabet.INVISIBLE.search(text)):
            told = {"key": dotted(path), "text": _short(text), "form": Message(f"form.{target}"), "name": alphabet.name(invisible[0])}
            reading.refuse(kind, node.start, path, Message("wrong-value.invisible", told))
            return text
        if found is None:
            reading.refuse(kind, node.start, path, _unknown(target, text, path, reading))
            return text
        return found

    return read


def _is_known(node: ScalarNode, target: str, path: FieldPath, reading: _Reading) -> bool:
    """Whether a table's entry stands under a name that exists; one that does not is told."""
    names, text = reading.names.get(target), node.text.strip()
    if names is None or text in names:
        return True
    tell = reading.tell if target in APART else reading.refuse
    tell(PROBLEM_OF.get(target, f"unknown-{target}"), node.start, path, _unknown(target, text, path, reading))
    return False


APART: Final = frozenset({"requirement"})
"""Targets of entries that stand for themselves: without one of them the part that it stands in can be judged."""
OF_THE_RULES: Final = ("requirement", "requirement-or-forum", "criterion", "attraction", "ability")
PROBLEM_OF: Final = {**dict.fromkeys(OF_THE_RULES, "wrong-value"), "account": "unknown-parent"}
"""Targets whose problem has another name than `unknown-<target>`."""


SUGGESTED: Final = {"rule": "waivable"}
"""Targets of which only some names may be meant: a waiver is not told to name what nobody may waive."""


def _unknown(target: str, text: str, path: FieldPath, reading: _Reading) -> Message:
    """The sentence for a name that leads nowhere, with the one that was probably meant: never the account itself."""
    sentence = f"unknown-{target}"
    there = reading.names.get(SUGGESTED.get(target, target), reading.names[target])
    names = {name: found for name, found in there.items() if target != "account" or found != reading.own}
    near = names.get(reading.nearest(text, names, ALIKE if target == "account" else 0.66))
    known = tuple(sorted(set(names.values()) - {SHARED}))
    values = {"key": dotted(path), "text": _short(text), "near": near, "known": known}
    if near:
        return Message(f"{sentence}.near", values)
    return Message(f"{sentence}.known" if 0 < len(known) <= SHOWN else sentence, values)


ALIKE: Final = 0.8
"""How alike the id of an account must be to be proposed: there are many, and short ones are half alike by chance."""
SHARED: Final = ""
"""What a name stands for that two items share."""
SHOWN: Final = 12
"""How many candidates a message lists."""
SOME: Final = 6
"""How many of those that are more it names as examples."""


def _first_key(kind: Kind) -> str:
    """What an item of a list begins with, where it is a group of keys."""
    declared = keys(kind.record) if isinstance(kind, RecordOf) else ()
    return next((entry.name for entry in declared if entry.required), declared[0].name if declared else "")


def _list_reader(item: Reader, first: str) -> Reader:
    def read(node: Node, path: FieldPath, reading: _Reading) -> Any:
        if type(node) is not SequenceNode:
            return reading.refuse(
                "wrong-value", node.start, path, Message("wrong-value.groups" if first else "wrong-value.list", {"key": dotted(path), "first": first})
            )
        values = [
            item(child, (*path, index), reading)
            for index, child in enumerate(node.items)
            if not (type(child) is ScalarNode and child.text in BLANK and _says_nothing(child))
        ]
        return tuple(value for value in values if value is not UNREAD and value != "")

    return read


def _table_reader(key: Reader, value: Reader, target: str) -> Reader:
    """A table by names of what there is (`target`) or by words of any sort. An entry under a name that does not exist is left out."""

    def read(node: Node, path: FieldPath, reading: _Reading) -> Any:
        if type(node) is not MappingNode:
            return reading.refuse("wrong-value", node.start, path, Message("wrong-value.table", {"key": dotted(path)}))
        table: dict[Any, Any] = {}
        for name, child in node.items.items():
            if type(child) is ScalarNode and child.text in BLANK and _says_nothing(child):
                continue
            if target and not _is_known(node.keys[name], target, (*path, name), reading):
                continue
            entry = key(node.keys[name], (*path, name), reading)
            found = value(child, (*path, name), reading)
            if entry is not UNREAD and found is not UNREAD:
                table[entry] = found
        return table

    return read


@cache
def _fields(cls: Any) -> tuple[Mapping[str, tuple[str, Reader]], tuple[tuple[str, str], ...]]:
    """How a record is read: key -> (attribute, reader), and the required keys with their attributes."""
    declared = keys(cls)
    readers = {entry.name: (entry.attribute, _reader(entry.kind)) for entry in declared}
    return readers, tuple((entry.name, entry.attribute) for entry in declared if entry.required)


def _read_record(cls: Any, node: Node, path: FieldPath, reading: _Reading) -> Any:
    readers, required = _fields(cls)
    if type(node) is not MappingNode:
        return reading.refuse("wrong-value", node.start, path, Message("wrong-value.record", {"key": dotted(path), "keys": tuple(readers)[:4]}))
    values: dict[str, Any] = {}
    for name, child in node.items.items():
        known = readers.get(name)
        if known is None:
            _other_key(name, child, node, path, cls, values, reading)
        elif type(child) is ScalarNode and child.text in BLANK and _says_nothing(child):
            continue
        else:
            attribute, read = known
            value = read(child, (*path, name), reading)
            if value is not UNREAD and value != "":
                values[attribute] = value
    for _, attribute in required:
        if attribute not in values:
            return _incomplete(cls, node, path, reading, values)
    for condition in CONDITIONS.get(cls, ()):
        condition(node, path, reading, values)
    return cls(**values)


def _says_nothing(node: ScalarNode) -> bool:
    """Not given, or a stub that somebody pasted and did not fill in."""
    return node.absent or node.text in STUBS


def _incomplete(cls: Any, node: MappingNode, path: FieldPath, reading: _Reading, values: Mapping[str, Any]) -> object:
    """Tells which required keys are missing; a key whose value did not fit has been told already."""
    for name, attribute in _fields(cls)[1]:
        child = node.items.get(name)
        blank = isinstance(child, ScalarNode) and (_says_nothing(child) or not child.text.strip())
        meant = not path and name in reading.parts()
        if attribute not in values and (child is None or blank) and (*path, name) not in reading.told and not meant:
            place = node.keys[name].start if name in node.keys else node.start
            variant = ".blank" if child is not None else ".in" if path else ""
            where = Message(f"missing-key{variant}", {"key": name, "part": dotted(path)})
            reading.refuse("missing-key", place, (*path, name), where)
    return UNREAD


def _other_key(name: str, child: Node, node: MappingNode, path: FieldPath, cls: Any, values: dict[str, Any], reading: _Reading) -> None:
    """A key that kamgen does not know: the company's own, or a mistake."""
    if name.startswith("x_"):
        values.setdefault("custom", {})[name] = as_data(child)
        return
    if name in REFUSED:
        return
    known = _fields(cls)[0]
    plain = name.lower().replace("-", "_").replace(" ", "_")
    near = plain if kinds.OWN_KEY.fullmatch(plain) else reading.nearest(plain, known)
    file = FILES.get(cls, Message("the-rules"))
    told = {"key": name, "near": near, "part": dotted(path) or file, "known": tuple(known)}
    variant = ".near" if near else ".known" if len(known) <= SHOWN else ""
    reading.refuse("unknown-key", node.keys[name].start, (*path, name), Message(f"unknown-key{variant}", told))
    if near and not path:
        reading.unread.add(near)


REFUSED: Final = frozenset({"<<", ""})
"""Keys that the reader of the document has told already: of a merge, and what is no word."""


def as_data(node: Node) -> Any:
    """A node as plain Python: text, lists and dicts; None where nothing is given. For keys of the company's own."""
    match node:
        case ScalarNode():
            return None if node.absent else node.text
        case SequenceNode():
            return [as_data(item) for item in node.items]
        case _:
            return {name: as_data(item) for name, item in node.items.items()}


# What one key asks of another.


def _contact_id(node: MappingNode, path: FieldPath, reading: _Reading, values: dict[str, Any]) -> None:
    if "id" not in values:
        values["id"] = alphabet.slug(values["name"])
    if not values["id"] and (*path, "id") not in reading.told:
        near = reading.new_id(values["name"], "contacts")
        message = Message(f"missing-key.contact-id{'.near' if near else ''}", {"name": values["name"], "near": near})
        reading.refuse("missing-key", node.keys["name"].start, path, message)


def _own_numbers(node: MappingNode, path: FieldPath, reading: _Reading, values: dict[str, Any]) -> None:
    """A person's own numbers that cannot both hold: the floor is kept, the maximum is told and left out."""
    low, most = values.get("min"), values.get("max")
    if low is not None and most is not None and most < low:
        told = {"key": dotted((*path, "max")), "min": low, "max": values.pop("max")}
        reading.tell("wrong-value", node.items["max"].start, (*path, "max"), Message("wrong-value.below-min", told))


def _in_time(first: str, last: str, *, lost: str) -> Condition:
    """Of two days of one record the second may not lie before the first: told at the second; the one that is `lost` is left out."""

    def in_time(node: MappingNode, path: FieldPath, reading: _Reading, values: dict[str, Any]) -> None:
        begin, end = values.get(first), values.get(last)
        if begin is not None and end is not None and end < begin:
            told = {"key": dotted((*path, last)), "end": end, "first": first, "begin": begin}
            reading.tell("wrong-value", node.items[last].start, (*path, last), Message("wrong-value.before-start", told))
            del values[lost]

    return in_time


def _on_its_scale(node: MappingNode, path: FieldPath, reading: _Reading, values: dict[str, Any]) -> None:
    """A score beyond the scale is no share of it: it is told and left out."""
    scale, scores = values.get("scale"), _child(node, "scores")
    told: list[tuple[tuple[str, ...], Node | None, Any]] = [(("score",), node.items.get("score"), values.get("score"))]
    told += [(("scores", area), scores.items[area] if scores else None, score) for area, score in values.get("scores", {}).items()]
    for field, place, score in told:
        if scale is not None and score is not None and score > scale and place is not None:
            key = (*path, *field)
            reading.tell("wrong-value", place.start, key, Message("wrong-value.above-scale", {"key": dotted(key), "score": score, "scale": scale}))
            del (values if field == ("score",) else values["scores"])[field[-1]]


def _day_of_month(node: MappingNode, path: FieldPath, reading: _Reading, values: dict[str, Any]) -> None:
    """A day that the month has in some year; 29 February falls back to the 28th in the others."""
    last = days_of(values["month"])
    if values["day"] > last:
        told = {"key": dotted((*path, "day")), "text": str(values["day"]), "form": Message("form.whole", {"low": 1, "high": last})}
        reading.refuse("wrong-value", node.items["day"].start, (*path, "day"), Message("wrong-value", told))
        values["day"] = last


def _status_reason(node: MappingNode, path: FieldPath, reading: _Reading, values: dict[str, Any]) -> None:
    status = values.get("status")
    if status in NEEDS_REASON and "status_reason" not in values and "status_reason" not in reading.parts():
        reading.refuse("missing-key", node.keys["status"].start, (*path, "status_reason"), Message("missing-key.status-reason", {"status": status}))


def _is_time_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (only the portfolio needs it)

    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def _settings_are_sound(node: MappingNode, path: FieldPath, reading: _Reading, values: dict[str, Any]) -> None:
    """What one setting asks of another."""
    _settings(node, path, reading, values)
    for part in ("people", "products"):
        seen: set[str] = set()
        for index, item in enumerate(_mappings(node, part)):
            word = _text(item.items.get("id"))
            if word in seen:
                place = item.items["id"].start
                reading.refuse("duplicate-id", place, (part, index, "id"), Message("duplicate-id.portfolio", {"item": word, "list": part}))
            seen |= {word} - {""}


def _settings(node: MappingNode, _path: FieldPath, reading: _Reading, values: dict[str, Any]) -> None:
    """A language without a catalogue and a time zone that nobody knows are told, and replaced by the defaults."""
    if values.get("language", "en") not in languages():
        told = {"text": values.pop("language"), "known": languages()}
        reading.refuse("wrong-value", node.items["language"].start, ("language",), Message("wrong-value.language", told))
    if not _is_time_zone(values.get("time_zone", "UTC")):
        told = {"text": values.pop("time_zone")}
        reading.refuse("wrong-value", node.items["time_zone"].start, ("time_zone",), Message("wrong-value.time-zone", told))


FILES: Final[Mapping[Any, Message]] = {Plan: Message("the-plan"), Portfolio: Message("the-portfolio")}
"""What a message calls the file whose top a record is."""

CONDITIONS: Final[Mapping[type[Any], tuple[Condition, ...]]] = {
    Action: (_in_time("start", "due", lost="start"),),
    Agreement: (_in_time("start", "end", lost="end"),),
    Contact: (_contact_id, _in_time("since", "left", lost="since")),
    DayOfYear: (_day_of_month,),
    Feedback: (_on_its_scale,),
    Goal: (_in_time("start", "due", lost="start"),),
    Plan: (_status_reason,),
    Portfolio: (_settings_are_sound,),
    Target: (_own_numbers,),
}
"""What the keys of one record ask of each other."""


def _check_custom(root: MappingNode, custom: tuple[CustomField, ...], reading: _Reading) -> None:
    """The portfolio may say what its own keys hold."""
    for declared in custom:
        node = root.items.get(declared.name)
        if node is not None and not (isinstance(node, ScalarNode) and node.absent):
            _reader(CUSTOM_KINDS[declared.type])(node, (declared.name,), reading)


# Names that references may use.


def _names_in_plan(root: MappingNode) -> dict[str, Mapping[str, str]]:
    """A list that cannot be read names nobody: what refers to it is not looked up."""
    parts = {"contact": "contacts", "goal": "goals", "offer": "offers"}
    return {target: _ids(root, part) for target, part in parts.items() if _is_list(root.items.get(part))}


def _is_list(node: Node | None) -> bool:
    """Whether a part is a list of items, or not there at all."""
    if isinstance(node, SequenceNode):
        return all(isinstance(item, MappingNode) for item in node.items)
    return node is None or (isinstance(node, ScalarNode) and node.absent)


def _ids(root: MappingNode, part: str) -> dict[str, str]:
    """Id and exact name -> id, for the items of a list. A name that two items share stands for `SHARED`, and an id goes before a name."""
    pairs = [(_text(item.items.get("id")), _text(item.items.get("name"))) for item in _mappings(root, part)]
    named = [(item_id or alphabet.slug(name) or name, name) for item_id, name in pairs]
    count = Counter(name for _, name in named)
    return {
        **{name: item_id if count[name] == 1 else SHARED for item_id, name in named if name},
        **{item_id: item_id for item_id, _ in named if item_id},
    }


def _mappings(root: MappingNode, part: str) -> Iterator[MappingNode]:
    node = root.items.get(part)
    if isinstance(node, SequenceNode):
        yield from (item for item in node.items if isinstance(item, MappingNode))


def _child(root: MappingNode, name: str) -> MappingNode | None:
    node = root.items.get(name)
    return node if isinstance(node, MappingNode) else None


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, ScalarNode) and not node.absent else ""


def _doubled(document: Document, root: MappingNode) -> Iterator[str]:
    """The parts in which a key stands twice: nothing is judged by half a part."""
    for problem in document.problems:
        if problem.kind == "duplicate-key":
            above = [name for name, key in root.keys.items() if at(key.start) <= problem.place]
            yield from (str(problem.message.values["key"]), above[-1])


def _nearest(text: str, candidates: Iterable[str], alike: float) -> str:
    """The candidate that `text` was probably meant to be, empty if none comes near."""
    import difflib  # noqa: PLC0415  (only a mistake needs it)

    pool = {candidate.lower(): candidate for candidate in candidates}
    near = difflib.get_close_matches(text.strip().lower(), pool, n=1, cutoff=alike)
    return pool[near[0]] if near else ""


def _short(text: str) -> str:
    """A value as a message quotes it: one line of at most 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
