"""Records to JSON Schema (2020-12): what editors and other programs check a plan, a portfolio or a rule set with."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from kamgen.model.kind import ANY_TEXT, Kind, ListOf, Raw, RecordOf, Reference, Scalar, TableOf
from kamgen.model.record import Key, Record, keys

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
OWN_KEYS: Final = "^x_"
Layers = Mapping[str, type[Record]]
NO_LAYERS: Final[Layers] = MappingProxyType({})


def schema_of(record: type[Record], title: str, layers: Layers = NO_LAYERS) -> dict[str, Any]:
    """The JSON Schema of a file that is one `record`, with one entry of `$defs` for every record in it.

    `layers` are records that kinds name by `{"$ref": name}`, since they stand in a higher module. Nothing is required in them:
    what a layer leaves out comes from the one below.
    """
    layered = set[type[Record]]().union(*(_records(layer, layers) for layer in layers.values()))
    schemas = {cls: _record_schema(cls, layers, layered=cls in layered) for cls in _records(record, layers)}
    below = sorted(schemas.keys() - {record}, key=lambda cls: cls.__name__)
    return {"$schema": DIALECT, "title": title, **schemas[record], "$defs": {cls.__name__: schemas[cls] for cls in below}}


def _records(record: type[Record], layers: Layers) -> set[type[Record]]:
    """The record and every record below it."""
    found: set[type[Record]] = set()
    ahead = [record]
    while ahead:
        cls = ahead.pop()
        if cls not in found:
            found.add(cls)
            ahead.extend(below for entry in keys(cls) for below in _below(entry.kind, layers))
    return found


def _below(kind: Kind, layers: Layers) -> Iterator[type[Record]]:
    match kind:
        case RecordOf(cls):
            yield cls
        case ListOf(item):
            yield from _below(item, layers)
        case TableOf(_, value):
            yield from _below(value, layers)
        case Raw(schema=schema) if "$ref" in schema:
            yield layers[schema["$ref"]]
        case _:
            pass


def _record_schema(cls: type[Record], layers: Layers, *, layered: bool) -> dict[str, Any]:
    declared = keys(cls)
    required = [entry.name for entry in declared if entry.required and not layered]
    return {
        "description": inspect.cleandoc(cls.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": {entry.name: _key_schema(entry, layers, layered=layered) for entry in declared},
        **({"required": required} if required else {}),
        "patternProperties": {OWN_KEYS: {}},
        "additionalProperties": False,
    }


def _key_schema(entry: Key, layers: Layers, *, layered: bool) -> dict[str, Any]:
    shape = _shape(entry.kind, layers)
    shape = _given(shape) if entry.required and not layered else shape
    default = {"default": entry.default} if isinstance(entry.default, bool | int | str) and entry.default != "" else {}
    return {"description": entry.meaning, **shape, **default}


def _shape(kind: Kind, layers: Layers) -> dict[str, Any]:
    """What a value may be. Null stands for not given."""
    match kind:
        case Reference():
            return dict(ANY_TEXT)
        case ListOf(item):
            return {"type": ["array", "null"], "items": _shape(item, layers)}
        case TableOf(key, value):
            return {"type": ["object", "null"], **_names(key), "additionalProperties": _shape(value, layers)}
        case RecordOf(cls):
            return {"anyOf": [_link(cls), {"type": "null"}]}
        case Raw(schema=schema) if "$ref" in schema:
            return {"anyOf": [_link(layers[schema["$ref"]]), {"type": "null"}]}
        case _:
            return dict(kind.schema)


def _link(cls: type[Record]) -> dict[str, str]:
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _names(kind: Scalar | Reference) -> dict[str, Any]:
    """What the keys of a table may be: they are text for every reader of JSON."""
    if not isinstance(kind, Scalar):
        return {}
    if kind.choices:
        return {"propertyNames": {"enum": list(kind.choices)}}
    pattern = "^[0-9]+$" if kind.schema.get("type") == ["integer", "null"] else kind.schema.get("pattern")
    return {"propertyNames": {"pattern": pattern}} if pattern else {}


def _given(shape: Mapping[str, Any]) -> dict[str, Any]:
    """The shape of a value that must be given: as `shape`, without null."""
    return {name: _without_null(part) for name, part in shape.items() if name != "anyOf"} | (shape["anyOf"][0] if "anyOf" in shape else {})


def _without_null(part: Any) -> Any:
    return [word for word in part if word not in ("null", None)] if isinstance(part, list) else part
