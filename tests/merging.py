"""Generated plans, and two branches that each edit one: what the merge must say is known before anything is written down."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from typing import Any, NamedTuple

LISTS = ("contacts", "activities", "sales", "goals", "offers", "complaints")
TOGETHER = {"date", "status", "type", "moved_from"}
FIELDS: dict[str, tuple[str, ...]] = {
    "contacts": ("title", "background", "relationship"),
    "activities": ("note", "next_step", "subject", "status", "result"),
    "sales": ("note", "spend"),
    "goals": ("actual", "owner"),
    "offers": ("value", "lost_reason"),
    "complaints": ("measure", "owner"),
}
WORDS = ["Prices", "spring: range", "it's # late", "- dash", "007", "no", "Æbler", "客户", "a, b", "{x}", "line one\nline two", '"said"', "null"]


class Edit(NamedTuple):
    """One change: what it does, to what, and what it puts there."""

    kind: str
    target: Any
    value: Any = None


class Pair(NamedTuple):
    """Three plans as trees, and what a merge must come to; None where the sides disagree."""

    base: dict[str, Any]
    ours: dict[str, Any]
    theirs: dict[str, Any]
    expected: dict[str, Any] | None


def pair(seed: int) -> Pair:
    """A plan and two branches."""
    chance = random.Random(seed)
    base = plan(chance)
    here = _at_peace(edits(chance, base, "o"))
    again = chance.sample(here, min(len(here), chance.randrange(4) // 2))
    there = _at_peace([*(_otherwise(chance, edit) for edit in again), *edits(chance, base, "t")])
    quarrel = disagree(here, there)
    if seed % 4 == 0:
        here, there, late = (edits + calls for edits, calls in zip((here, there, there), _calls(seed), strict=True))
    else:
        late = there
    ours, theirs = _all(base, here), _all(base, there)
    return Pair(base, ours, theirs, None if quarrel else _all(ours, [edit for edit in late if edit not in here]))


def _calls(seed: int) -> tuple[list[Edit], list[Edit], list[Edit]]:
    """A call that each branch logs with one person on one day: as ours has it, as theirs has it, and theirs as the merge is to call it."""
    first = {"id": "2026-05-06-contact-anna", "date": "2026-05-06", "type": "contact", "status": "held", "by": "kari"}
    others: dict[str, Any] = {"_": "other", "_comment": "# about other" if seed % 8 else "", **first, "note": WORDS[seed % len(WORDS)], "by": "jens"}
    calls = ({"_": "one", "_comment": "", **first, "note": "We spoke of bread"}, others, {**others, "id": f"{first['id']}-2"})
    one, other, called = ([Edit("add", ("activities", None), call)] for call in calls)
    return one, other, called


def plan(chance: random.Random) -> dict[str, Any]:
    """A small plan; every item has a hidden name, and some a comment."""
    found: dict[str, Any] = {"account": "Acme", "tier": "A", "owner": "kari", "potential": "1000", "arrangements": ["one", "two", "three"]}
    for name in LISTS:
        found[name] = [item(chance, name, f"b{name}{number}") for number in range(chance.randrange(4))]
    found["body"] = [f"Paragraph {number}.\n" for number in range(chance.randrange(1, 5))]
    return found


def item(chance: random.Random, name: str, hidden: str) -> dict[str, Any]:
    """An item of a list, with or without an id."""
    day = f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    given: dict[str, Any] = {"_": hidden, "_comment": f"# about {hidden}" if chance.random() < 0.2 else ""}
    if chance.random() < 0.5 and name not in {"sales", "complaints"}:
        given["id"] = hidden.lower()
    match name:
        case "contacts":
            given["name"] = f"Anna {hidden}"
        case "activities":
            given |= {"date": day, "type": chance.choice(["contact", "lunch"]), "status": "planned", "by": chance.choice(["kari", "jens"])}
        case "sales":
            given |= {"product": hidden, "actual": {"2024": "10", "2025": "20"}}
        case "complaints":
            given |= {"date": day, "text": f"Late {hidden}"}
        case _:
            given["text"] = f"Sell {hidden}"
    return given


def edits(chance: random.Random, base: dict[str, Any], side: str) -> list[Edit]:
    """What one branch does."""
    return [edit for number in range(chance.randrange(1, 5)) if (edit := _edit(chance, base, f"{side}{number}"))]


def _otherwise(chance: random.Random, edit: Edit) -> Edit:
    """An edit of the other branch, or one of the same thing."""
    other = {"move": "2027-02-02", "set": "something else", "paragraph": "Quite another paragraph.\n", "field": "something else"}
    return edit._replace(value=other.get(edit.kind, edit.value)) if chance.random() < 0.5 else edit


def _edit(chance: random.Random, base: dict[str, Any], new: str) -> Edit | None:  # noqa: PLR0911  (a return for each sort of edit)
    name = chance.choice([*LISTS, "activities"])
    items = base[name]
    match chance.randrange(10):
        case 0:
            return Edit("set", (chance.choice(["tier", "owner", "potential", "segment", "value_proposition"]),), f"value {new}")
        case 1:
            return Edit("scalar", "arrangements", f"scalar {new}")
        case 2:
            return Edit("unscalar", "arrangements", chance.choice(["one", "two", "three"]))
        case 3:
            return Edit("paragraph", chance.randrange(len(base["body"])), f"Paragraph by {new}.\n")
        case 4 if items:
            return Edit("remove", (name, chance.choice(items)["_"]))
        case 5 | 6 | 7:
            return Edit("add", (name, chance.randrange(len(items) + 1) if chance.random() < 0.3 else None), item(chance, name, new))
        case 8 if base["activities"]:
            return Edit("move", ("activities", chance.choice(base["activities"])["_"]), f"2027-01-{chance.randrange(1, 29):02}")
        case _ if items:
            field = chance.choice(FIELDS[name])
            value = chance.choice(["held", "cancelled"]) if field == "status" else chance.choice(WORDS)
            return Edit("field", (name, chance.choice(items)["_"], field), value)
        case _:
            return None


def touched(edit: Edit) -> set[tuple[Any, ...]]:
    """What an edit speaks of: another that speaks of the same disagrees with it."""
    match edit.kind:
        case "set":
            return {edit.target}
        case "field":
            name, hidden, field = edit.target
            return {(name, hidden, "together" if name == "activities" and field in TOGETHER else field)}
        case "move":
            return {(*edit.target, "together")}
        case "remove":
            return {(*edit.target, "")}
        case "paragraph" | "unscalar":
            return {(edit.kind, edit.target if edit.kind == "paragraph" else edit.value)}
        case _:
            return set()


def disagree(here: list[Edit], there: list[Edit]) -> bool:
    """Whether something is said twice, and otherwise; what is taken out must not be spoken of."""
    return any(_quarrel(one, other) for one in here for other in there if one not in there and other not in here)


def _at_peace(several: list[Edit]) -> list[Edit]:
    """Without the edits of a branch that speak of what it has edited already."""
    return [edit for number, edit in enumerate(several) if not any(_quarrel(edit, other) for other in several[:number])]


def _quarrel(one: Edit, other: Edit) -> bool:
    if one == other:
        return False
    mine, yours = touched(one), touched(other)
    return bool(mine & yours) or any(a[:2] == b[:2] and "" in (a[-1], b[-1]) and len(a) == len(b) == 3 for a in mine for b in yours)


def _all(tree: dict[str, Any], several: list[Edit]) -> dict[str, Any]:
    tree = copy.deepcopy(tree)
    for edit in several:
        _apply(tree, edit)
    return tree


def _apply(tree: dict[str, Any], edit: Edit) -> None:
    match edit.kind:
        case "set":
            tree[edit.target[0]] = edit.value
        case "scalar":
            tree["arrangements"].append(edit.value)
        case "unscalar":
            tree["arrangements"] = [text for text in tree["arrangements"] if text != edit.value]
        case "paragraph":
            tree["body"][edit.target] = edit.value
        case "add":
            name, place = edit.target
            tree[name].insert(len(tree[name]) if place is None else place, edit.value)
        case _:
            _apply_to_item(tree, edit)


def _apply_to_item(tree: dict[str, Any], edit: Edit) -> None:
    name, hidden, *field = edit.target
    found = next((one for one in tree[name] if one["_"] == hidden), None)
    if found is None:
        return
    if edit.kind == "remove":
        tree[name].remove(found)
    elif edit.kind == "move":
        found["moved_from"], found["date"] = [*found.get("moved_from", []), found["date"]], edit.value
    else:
        found[field[0]] = edit.value


def shown(tree: dict[str, Any]) -> dict[str, Any]:
    """A tree as a file says it: without what is hidden, and without what is empty; lists of items in no order."""
    said = {name: value for name, value in tree.items() if value and name != "body"}
    return {name: Counter(map(_text, value)) if isinstance(value, list) else value for name, value in said.items()}


def visible(one: Any) -> Any:
    """An item without what is hidden."""
    return {name: value for name, value in one.items() if not name.startswith("_")} if isinstance(one, dict) else one


def _text(one: Any) -> str:
    return json.dumps(visible(one), sort_keys=True)


def order(tree: dict[str, Any]) -> dict[str, list[str]]:
    """The order of every list."""
    return {name: [_text(one) for one in value] for name, value in tree.items() if isinstance(value, list) and name != "body"}


def comments(tree: dict[str, Any]) -> set[str]:
    """Every comment."""
    return {one["_comment"] for name in LISTS for one in tree[name] if one["_comment"]}


def written(tree: dict[str, Any], salt: str = "", end: str = "\n") -> bytes:
    """A plan as text; how an item is written depends on its hidden name, so that what stays is written as before."""
    lines = ["---"]
    for name, value in tree.items():
        if name == "body":
            continue
        if not isinstance(value, list):
            lines.append(f"{name}: {_scalar(value)}")
        elif value:
            lines += [f"{name}:", *(line for one in value for line in _item(one, salt))]
    body = "\n".join(tree["body"])
    return ("\n".join([*lines, "---", "", body])).replace("\n", end).encode()


def _item(one: Any, salt: str) -> list[str]:
    if isinstance(one, str):
        return [f"  - {_scalar(one)}"]
    style = random.Random(one["_"] + salt)
    comment = [f"  {one['_comment']}"] if one["_comment"] else []
    fields = [f"{name}: {_scalar(value)}" for name, value in visible(one).items()]
    if style.random() < 0.5:
        return [*comment, f"  - {{{', '.join(fields)}}}"]
    return [*comment, f"  - {fields[0]}", *(f"    {field}" for field in fields[1:]), *([""] if style.random() < 0.2 else [])]


def _scalar(value: Any) -> str:
    """A value in a way that every style can hold."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_scalar(below)}" for name, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_scalar, value)) + "]"
    return value if value.replace("-", "").isalnum() and value.isascii() and value != "null" else json.dumps(value, ensure_ascii=False)
