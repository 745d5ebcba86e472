"""Whole processes, measured: wall time, processor time and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds of wall and processor time, peak memory in MB."""

    wall: float
    processor: float
    memory: float


def run(command: Sequence[str], folder: Path) -> Run:
    """Runs a command in a folder and measures it. Its output goes nowhere; an exit code over 1 raises."""
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode > 1:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / 1e6)


def best(command: Sequence[str], folder: Path, times: int) -> Run:
    """The run of the least processor time: what else the machine does only ever adds to it."""
    return min((run(command, folder) for _ in range(times)), key=lambda one: one.processor)


def best_of_pair(first: Sequence[str], second: Sequence[str], folders: tuple[Path, Path], times: int) -> tuple[Run, Run]:
    """Two commands in turn, so that a slow minute of the machine hits both."""
    pairs = [(run(first, folders[0]), run(second, folders[1])) for _ in range(times)]
    return min((one for one, _ in pairs), key=lambda one: one.processor), min((two for _, two in pairs), key=lambda two: two.processor)
