"""`python -m benchmarks [check] [build] [rebuild] [scale] [one]`: every number of the README, each as a ratio in one run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks import baselines, portfolio
from benchmarks.measure import Run, best, best_of_pair, run

KAMGEN: Final = [sys.executable, "-m", "kamgen"]
CLEAN: Final = ["build", "--no-cache", "--site-dir", "site"]
BASELINES: Final = [sys.executable, str(Path(baselines.__file__))]


def check(folder: Path) -> None:
    """`kamgen check` of 1,000 plans against `yaml.compose` of the same front matter, each in a process of its own."""
    for few_rules, limit in ((True, 2.0), (False, 2.8)):
        plans = _plans(folder, 1000, few_rules=few_rules)
        ours, theirs = best_of_pair([*KAMGEN, "check"], [*BASELINES, str(plans)], (plans, plans), 5)
        _tell(f"check of 1,000 plans, {'the first' if few_rules else 'all'} rules / yaml.compose with the C loader", ours, theirs, limit)


def build(folder: Path) -> None:
    """`kamgen build` of 1,000 accounts against MkDocs and Material over the same visible content."""
    plans = _plans(folder, 1000)
    run([*KAMGEN, *CLEAN], plans)
    baseline = folder / "baseline"
    baselines.markdown_site(plans / "site", baseline)
    theirs_command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    ours, theirs = best_of_pair([*KAMGEN, *CLEAN], theirs_command, (plans, baseline), 2)
    _tell("build of 1,000 accounts / MkDocs and Material over the same content", ours, theirs, 0.8)


def rebuild(folder: Path) -> None:
    """A second `kamgen build` with one plan changed, against MkDocs and Material; under `serve`, a saved plan against a rebuild without change."""
    plans = _plans(folder, 1000)
    run([*KAMGEN, "build", "--site-dir", "site"], plans)
    baseline = folder / "baseline"
    if not baseline.exists():
        baselines.markdown_site(plans / "site", baseline)
    pairs = []
    for amount in (101_000, 102_000, 103_000):
        portfolio.change(plans, amount)
        pairs.append((run([*KAMGEN, "build", "--site-dir", "site"], plans), run([sys.executable, "-m", "mkdocs", "build", "-q"], baseline)))
    ours, theirs = (min(runs, key=lambda one: one.processor) for runs in zip(*pairs, strict=True))
    _tell("second build of 1,000 accounts, one plan changed / MkDocs and Material over the same content", ours, theirs, 0.12)
    watched = subprocess.run([sys.executable, "-m", "benchmarks.watched", str(plans)], capture_output=True, text=True, check=True)
    cached, saved = map(float, watched.stdout.split())
    verdict = "ok" if saved / cached <= 1.5 else "OVER"
    print(f"{verdict:4} {saved / cached:.2f} of 1.5: a plan saved under serve / rebuild without change: {saved:.2f} s / {cached:.2f} s", flush=True)


def scale(folder: Path) -> None:
    """1,000, 2,000 and 4,000 accounts: check and build, each against half as many."""
    for words in (["check"], CLEAN):
        before: Run | None = None
        for count in (1000, 2000, 4000):
            now = best([*KAMGEN, *words], _plans(folder, count), 2)
            print(f"{words[0]} of {count:,}: {now.processor:.2f} s, peak {now.memory:.0f} MB")
            if before:
                _tell(f"{words[0]} of {count:,} / of {count // 2:,}", now, before, 2.2)
            before = now


def one(folder: Path) -> None:
    """`kamgen check plans/one.md`, whole process, against importing yaml and click."""
    plans = _plans(folder, 1000)
    single = [*KAMGEN, "check", "plans/account-00000.md"]
    ours, theirs = best_of_pair(single, [sys.executable, "-c", "import yaml, click"], (plans, plans), 15)
    _tell("check of one plan / python -c 'import yaml, click'", ours, theirs, 3.0)


BENCHMARKS: Final[dict[str, Callable[[Path], None]]] = {"check": check, "build": build, "rebuild": rebuild, "scale": scale, "one": one}


def _plans(folder: Path, count: int, *, few_rules: bool = False) -> Path:
    plans = folder / f"plans-{count}{'-few' if few_rules else ''}"
    if not plans.exists():
        portfolio.write(plans, count, few_rules=few_rules)
    return plans


def _tell(name: str, ours: Run, theirs: Run, limit: float) -> None:
    ratio = ours.processor / theirs.processor
    verdict = "ok" if ratio <= limit else "OVER"
    times = f"{ours.processor:.2f} s / {theirs.processor:.2f} s (wall {ours.wall:.2f} / {theirs.wall:.2f})"
    print(f"{verdict:4} {ratio:.2f} of {limit}: {name}: {times}, peak {ours.memory:.0f} MB", flush=True)


def main(names: list[str]) -> None:
    """Runs the named benchmarks, or all."""
    with tempfile.TemporaryDirectory() as folder:
        for name in names or BENCHMARKS:
            BENCHMARKS[name](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
