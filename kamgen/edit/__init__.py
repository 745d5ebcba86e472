"""An edit of a plan's text that keeps every other byte.

    from kamgen.edit import CannotEditError, Insert, Remove, Set, edit

    data = edit(data, [Insert(("activities",), {"date": day, "type": "contact", "status": "planned"}),
                       Set(("activities", 3, "status"), "held"),
                       Insert(("activities", 3, "moved_from"), old_day),
                       Remove(("status_reason",))])

`data` is the file's bytes as `store` gives them, and what comes back is what it writes: byte order mark, CRLF, comments, quotes,
blank lines and the missing line end at the end of the file all stay. Each change sees the plan as the ones before it left it, and
is one place of the text. Values are text, dates, numbers, flags, None (`null`), lists and mappings; a new item has its keys in
the model's order, a new key stands where the model has it. A change that changes nothing leaves every byte.

`CannotEditError` (its text is a sentence for the user; `kind` names the rule of family 0 that says the same) is raised, and nothing
comes out, where the file has a finding of family 0, where the field cannot be there, where a value holds a character that no plan
may hold (kind `not-utf8`, KAM002), and where the new text, read again by the strict reader, is not exactly the old plan with the change.

By position in the text, and not by `yaml-edit` 0.2.0, which drops the blank line behind replaced block text, puts an item behind
the blank line that ends a list, quotes what the strict reader reads as text anyway, and needs the places of a second parser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from kamgen.decode import BYTE_ORDER_MARK
from kamgen.diagnostic import Message, dotted
from kamgen.document import read_plan
from kamgen.edit.change import CannotEditError, Change, Insert, Remove, Set, Value, as_value, result
from kamgen.edit.span import style_of
from kamgen.edit.splice import splice
from kamgen.edit.step import steps
from kamgen.frozen import with_values
from kamgen.node import Document, MappingNode
from kamgen.parse import as_data

__all__ = ["CannotEditError", "Change", "Insert", "Remove", "Set", "Value", "as_value", "edit", "read"]

READ_ALL_THE_SAME: Final = "doubtful-text"
"""The kind of problem (KAM013) that stops no edit: the text is read, if otherwise than its writer may have meant."""


def edit(data: bytes, changes: Iterable[Change]) -> bytes:
    """The bytes of a plan after some changes, one after the other. Raises CannotEditError."""
    mark = BYTE_ORDER_MARK if data.startswith(BYTE_ORDER_MARK) else b""
    document, root = read(data)
    for change in changes:
        for step in steps(as_data(root), change):
            document, root = _changed(document, root, step)
    return mark + document.text.encode()


def read(data: bytes) -> tuple[Document, MappingNode]:
    """A plan without findings of family 0, and its front matter. Raises CannotEditError."""
    document = read_plan("", data)
    grave = [problem for problem in document.problems if problem.kind != READ_ALL_THE_SAME]
    if document.root is None or grave:
        values = {"line": grave[0].place.line, "what": grave[0].message}
        raise CannotEditError(Message("edit.unreadable", values), grave[0].kind)
    return document, document.root


def _changed(document: Document, root: MappingNode, change: Change) -> tuple[Document, MappingNode]:
    """One change made, read again and compared. Raises CannotEditError."""
    expected = result(as_data(root), change)
    style = style_of(document.text, root)
    for way in (style, with_values(style, lines=False)):
        new = read_plan("", splice(document, root, change, way).into(document.text).encode())
        if new.root is not None and as_data(new.root) == expected and new.body == document.body and not _doubts(new) - _doubts(document):
            return new, new.root
    raise CannotEditError(Message("edit.other", {"field": dotted(change.field)}))


def _doubts(document: Document) -> Counter[str]:
    return Counter(problem.message.id for problem in document.problems)
