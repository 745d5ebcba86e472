"""Seconds of processor time that `kamgen serve` takes for a rebuild without change, and for one after a plan was saved."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from benchmarks import portfolio


def rebuild(folder: Path, site: str) -> float:
    """One build as `serve` does it: the plugin lives on, the configuration is read again."""
    started = time.process_time()
    config = load_config(config_file=str(folder / "mkdocs.yml"), site_dir=site)
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)
    return time.process_time() - started


def main(folder: Path) -> None:
    """Two numbers, each the best of two."""
    with tempfile.TemporaryDirectory() as site:
        rebuild(folder, site)
        cached = min(rebuild(folder, site) for _ in range(2))
        saved = []
        for amount in (201_000, 202_000):
            portfolio.change(folder, amount)
            saved.append(rebuild(folder, site))
        print(cached, min(saved))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
