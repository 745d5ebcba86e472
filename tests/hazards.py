"""Hostile inputs of the corpora, and what the reader makes of each, in words; run as a program it reads them all under limits."""

from __future__ import annotations

import base64
import json
import resource
import sys
import time
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from kamgen.diagnostic import Problem
from kamgen.document import read_mapping, read_plan
from kamgen.message import render
from kamgen.node import Document, MappingNode, Node
from kamgen.parse import as_data

MEMORY = 300_000_000
SECONDS = 2.0


def cases(corpora: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every input of `hazards/<name>.json`."""
    entries = json.loads((corpora / "hazards" / f"{name}.json").read_text("utf-8"))
    for case, entry in entries.items():
        yield case, _bytes(entry)


def _bytes(entry: dict[str, str]) -> bytes:
    if "text" in entry:
        return entry["text"].encode()
    packed = base64.b64decode(entry.get("base64") or entry["zlib_base64"])
    return packed if "base64" in entry else zlib.decompress(packed)


def fenced(data: bytes) -> bytes:
    """Front matter as a whole plan file."""
    return b"---\n" + data + (b"" if data.endswith(b"\n") else b"\n") + b"---\nbody\n"


def decoded(data: bytes) -> str:
    """Text for the mapping reader alone, which is given text and no bytes."""
    return data.decode("utf-8", errors="replace")


def in_words(root: MappingNode | None, problems: tuple[Problem, ...]) -> list[str]:
    """What was read, or what is wrong with it, line by line."""
    said = [f"{problem.place.line}:{problem.place.column} {problem.kind}: {render(problem.message)}" for problem in problems]
    shown = [*said[:6], f"... and {len(said) - 6} more"] if len(said) > 6 else said
    return [*shown, f"= {_short(plain(root))}" if root is not None else "= nothing"]


def plain(node: Node) -> Any:
    """A node as text, lists and dicts."""
    return as_data(node)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 160 else f"{text[:160]}... ({len(text)} characters)"


def of_plan(document: Document) -> list[str]:
    """The outcome of a whole file, with its body where there is one."""
    body = [f"body from line {document.body_line}: {document.body!r}"] if document.body not in {"", "body\n"} else []
    return [*in_words(document.root, document.problems), *body]


def seconds(data: bytes) -> float:
    """How long the slowest of three readings takes: as a file, between fences, as a mapping."""
    readings = (partial(read_plan, "x", data), partial(read_plan, "x", fenced(data)), partial(read_mapping, decoded(data)))
    taken = []
    for read in readings:
        began = time.perf_counter()
        read()
        taken.append(time.perf_counter() - began)
    return max(taken)


def main(corpora: Path) -> None:
    """Reads every input, under limits, and tells how long each took; the last name before a crash is the culprit's."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for file in ("yaml", "fences"):
        for name, data in cases(corpora, file):
            sys.stderr.write(f"{name}\n")
            sys.stdout.write(f"{seconds(data)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
