"""What an example of a rule is: a plan that has the problem, or the same one mended, and what kamgen says of it.

Every rule has a folder of them, which is its test too: `tests/rules/<rule>/`, inside the wheel `kamgen/examples/<rule>/`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Literal

from kamgen.alphabet import CONTROL, DIRECTION
from kamgen.frozen import Frozen

HERE: Final = Path(__file__).parent
EXAMPLES: Final = next(folder for folder in (HERE / "examples", HERE.parent / "tests" / "rules") if folder.is_dir())
"""Inside an installed package, or beside it in the repository."""
SHOWN: Final = 6000
"""Characters of a file that are shown; only examples of what is too large have more."""
BYTES: Final = 128
ROW: Final = 16
UNSEEN: Final = re.compile(f"[{CONTROL}{DIRECTION}\ufeff]")
FIRST: Final = ("bad", "good")
Form = Literal["text", "bytes", "link"]


class Sample(Frozen):
    """One file of an example as it can be read: bytes as numbers, what cannot be seen by its code. `cut`: there is more of it."""

    name: str
    text: str
    form: Form = "text"
    cut: bool = False


class Example(Frozen):
    """A case of a rule: its files, what kamgen says of them (nothing of a good one), and a portfolio file of its own."""

    case: str
    files: tuple[Sample, ...]
    said: str
    portfolio: Sample | None

    @property
    def good(self) -> bool:
        """Whether it keeps the rule."""
        return self.case.startswith("good")


def examples(rule: str) -> tuple[Example, ...]:
    """The examples of a rule: the plain bad one, the good one, then the others by name."""
    folder = EXAMPLES / rule
    cases = {file.stem for file in folder.iterdir() if file.stem.startswith(FIRST)} if folder.is_dir() else set()
    return tuple(_example(folder, case) for case in sorted(cases, key=lambda case: (case not in FIRST, case)))


def _example(folder: Path, case: str) -> Example:
    said = folder / f"{case}.txt"
    shared = (folder / f"{case}.yml", folder / "portfolio.yml")
    portfolio = next((_sample(file, "portfolio.yml") for file in shared if file.exists()), None)
    return Example(case, _files(folder, case), said.read_text("utf-8") if said.exists() else "", portfolio)


def _files(folder: Path, case: str) -> tuple[Sample, ...]:
    """The plans of a case: one file, or those of its folder."""
    if (folder / case).is_dir():
        inside = sorted(file for file in (folder / case).rglob("*") if file.is_file())
        return tuple(_sample(file, file.relative_to(folder / case).as_posix()) for file in inside)
    named = (folder / f"{case}.{ending}" for ending in ("md", "bin", "link"))
    return tuple(_sample(file, f"{case}.md") for file in named if file.exists())


def _sample(file: Path, name: str) -> Sample:
    content = file.read_bytes()
    if file.suffix == ".link":
        return Sample(name, content.decode().strip(), "link")
    try:
        text = content.decode() if file.suffix != ".bin" else ""
    except UnicodeDecodeError:
        text = ""
    if content and not text:
        return Sample(name, dump(content[:BYTES]), "bytes", len(content) > BYTES)
    return Sample(name, seen(text[:SHOWN]), cut=len(text) > SHOWN)


def seen(text: str) -> str:
    """A text in which nothing hides: control and direction characters stand as `<U+202E>`."""
    return UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text.replace("\r\n", "\n")).replace("\r", "<U+000D>\n")


def dump(content: bytes) -> str:
    """Bytes as numbers, sixteen in a line, with the letters that they would be."""
    rows = (content[start : start + ROW] for start in range(0, len(content), ROW))
    return "\n".join(f"{row.hex(' '):{ROW * 3}}{''.join(chr(byte) if 32 <= byte < 127 else '.' for byte in row)}" for row in rows)
