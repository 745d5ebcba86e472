"""What one key of a record asks of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from kamgen import alphabet
from kamgen.day import days_of
from kamgen.diagnostic import FieldPath, Message, dotted
from kamgen.message import languages
from kamgen.model.ambition import Action, Goal
from kamgen.model.analysis import Feedback
from kamgen.model.commerce import Kpi
from kamgen.model.company import Agreement
from kamgen.model.kind import SHARE
from kamgen.model.people import Contact, Target
from kamgen.model.plan import NEEDS_REASON, Plan
from kamgen.model.portfolio import DayOfYear, Portfolio
from kamgen.node import MappingNode, Node
from kamgen.parse.names import child, mappings, text_of
from kamgen.parse.reading import Condition, Reading


def _contact_id(node: MappingNode, path: FieldPath, reading: Reading, values: dict[str, Any]) -> None:
    if "id" not in values:
        values["id"] = alphabet.slug(values["name"])
    if not values["id"] and (*path, "id") not in reading.told:
        near = reading.new_id(values["name"], "contacts")
        message = Message(f"missing-key.contact-id{'.near' if near else ''}", {"name": values["name"], "near": near})
        reading.refuse("missing-key", node.keys["name"].start, path, message)


def _own_numbers(node: MappingNode, path: FieldPath, reading: Reading, values: dict[str, Any]) -> None:
    """A person's own numbers that cannot both hold: the floor is kept, the maximum is told and left out."""
    low, most = values.get("min"), values.get("max")
    if low is not None and most is not None and most < low:
        told = {"key": dotted((*path, "max")), "min": low, "max": values.pop("max")}
        reading.tell("wrong-value", node.items["max"].start, (*path, "max"), Message("wrong-value.below-min", told))


def _in_time(first: str, last: str, *, lost: str) -> Condition:
    """Of two days of one record the second may not lie before the first: told at the second; the one that is `lost` is left out."""

    def in_time(node: MappingNode, path: FieldPath, reading: Reading, values: dict[str, Any]) -> None:
        begin, end = values.get(first), values.get(last)
        if begin is not None and end is not None and end < begin:
            told = {"key": dotted((*path, last)), "end": end, "first": first, "begin": begin}
            reading.tell("wrong-value", node.items[last].start, (*path, last), Message("wrong-value.before-start", told))
            del values[lost]

    return in_time


def _on_its_scale(node: MappingNode, path: FieldPath, reading: Reading, values: dict[str, Any]) -> None:
    """A score beyond the scale is no share of it: it is told and left out."""
    scale, scores = values.get("scale"), child(node, "scores")
    told: list[tuple[tuple[str, ...], Node | None, Any]] = [(("score",), node.items.get("score"), values.get("score"))]
    told += [(("scores", area), scores.items[area] if scores else None, score) for area, score in values.get("scores", {}).items()]
    for field, place, score in told:
        if scale is not None and score is not None and score > scale and place is not None:
            key = (*path, *field)
            reading.tell("wrong-value", place.start, key, Message("wrong-value.above-scale", {"key": dotted(key), "score": score, "scale": scale}))
            del (values if field == ("score",) else values["scores"])[field[-1]]


def _of_a_share(node: MappingNode, path: FieldPath, reading: Reading, values: dict[str, Any]) -> None:
    """A key figure whose unit is a share lies in 0..1."""
    if values.get("unit", "").lower() == "share":
        _keep_shares(node, ("target",), path, reading, values)
        _keep_shares(child(node, "actual"), tuple(values.get("actual", ())), (*path, "actual"), reading, values.get("actual", {}))


def _keep_shares(node: MappingNode | None, names: Iterable[Any], path: FieldPath, reading: Reading, values: dict[Any, Any]) -> None:
    """What is no share is told and left out; what is one in percent, with the number to write."""
    for name in names:
        value, place = values.get(name), node.items.get(str(name)) if node else None
        if value is None or place is None or 0 <= value <= 1:
            continue
        percent = 1 < value <= 100
        told = {"key": dotted((*path, str(name))), "text": text_of(place), "form": SHARE.form, "near": f"{value / 100:f}"}
        reading.refuse("wrong-value", place.start, (*path, str(name)), Message("wrong-value.near" if percent else "wrong-value", told))
        del values[name]


def _day_of_month(node: MappingNode, path: FieldPath, reading: Reading, values: dict[str, Any]) -> None:
    """A day that the month has in some year; 29 February falls back to the 28th in the others."""
    last = days_of(values["month"])
    if values["day"] > last:
        told = {"key": dotted((*path, "day")), "text": str(values["day"]), "form": Message("form.whole", {"low": 1, "high": last})}
        reading.refuse("wrong-value", node.items["day"].start, (*path, "day"), Message("wrong-value", told))
        values["day"] = last


def _status_reason(node: MappingNode, path: FieldPath, reading: Reading, values: dict[str, Any]) -> None:
    status = values.get("status")
    if status in NEEDS_REASON and "status_reason" not in values and "status_reason" not in reading.parts():
        reading.refuse("missing-key", node.keys["status"].start, (*path, "status_reason"), Message("missing-key.status-reason", {"status": status}))


def _is_time_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  (only the portfolio needs it)

    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def _settings_are_sound(node: MappingNode, path: FieldPath, reading: Reading, values: dict[str, Any]) -> None:
    """What one setting asks of another."""
    _settings(node, path, reading, values)
    for part in ("people", "products"):
        seen: set[str] = set()
        for index, item in enumerate(mappings(node, part)):
            word = text_of(item.items.get("id"))
            if word in seen:
                place = item.items["id"].start
                reading.refuse("duplicate-id", place, (part, index, "id"), Message("duplicate-id.portfolio", {"item": word, "list": part}))
            seen |= {word} - {""}


def _settings(node: MappingNode, _path: FieldPath, reading: Reading, values: dict[str, Any]) -> None:
    """A language without a catalogue and a time zone that nobody knows are told, and replaced by the defaults."""
    if values.get("language", "en") not in languages():
        told = {"text": values.pop("language"), "known": languages()}
        reading.refuse("wrong-value", node.items["language"].start, ("language",), Message("wrong-value.language", told))
    if not _is_time_zone(values.get("time_zone", "UTC")):
        told = {"text": values.pop("time_zone")}
        reading.refuse("wrong-value", node.items["time_zone"].start, ("time_zone",), Message("wrong-value.time-zone", told))


CONDITIONS: Final[Mapping[type[Any], tuple[Condition, ...]]] = {
    Action: (_in_time("start", "due", lost="start"),),
    Agreement: (_in_time("start", "end", lost="end"),),
    Contact: (_contact_id, _in_time("since", "left", lost="since")),
    DayOfYear: (_day_of_month,),
    Feedback: (_on_its_scale,),
    Goal: (_in_time("start", "due", lost="start"),),
    Kpi: (_of_a_share,),
    Plan: (_status_reason,),
    Portfolio: (_settings_are_sound,),
    Target: (_own_numbers,),
}
"""What the keys of one record ask of each other."""
