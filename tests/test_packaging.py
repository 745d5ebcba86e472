"""What is installed: pinned versions, a wheel that works where there is no repository, and a set-up that says what it lacks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from kamgen.clock import VARIABLE

ROOT = Path(__file__).parent.parent
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
NAME_AND_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9A-Za-z.+!]*")
PLAN = """---
account: Acme
tier: C
owner: kari
contacts: [{name: Anna Lind}]
activities:
  - {date: 2026-06-01, type: status-meeting, status: planned, contacts: [Anna Lind], channel: phone, subject: Autumn}
---
"""
PORTFOLIO = (
    "title: Key accounts\ncurrency: EUR\ntoday: 2026-05-06\npeople: [{id: kari, name: Kari Nygaard, role: kam}]\nrules: {extends: per-account}\n"
)
MKDOCS = "site_name: Key accounts\ndocs_dir: plans\ntheme: {name: material, font: false}\nplugins: [search, kamgen]\n"


def pins() -> dict[str, str]:
    """Canonical name -> version."""
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in CONSTRAINTS)}


def asked(name: str) -> Iterator[str]:
    """What a distribution asks for. For kamgen that is what pyproject.toml says now: an editable install remembers what it said then."""
    if name != "kamgen":
        yield from metadata.requires(name) or []
        return
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from project["dependencies"]
    yield from (f'{requirement}; extra == "{extra}"' for extra, group in project["optional-dependencies"].items() for requirement in group)


def needed(name: str, extras: frozenset[str] = frozenset(), seen: set[tuple[str, str]] | None = None) -> Iterator[str]:
    """The canonical names of everything that a distribution needs on this machine, itself included."""
    seen = set() if seen is None else seen
    yield canonicalize_name(name)
    for text in asked(name):
        requirement = Requirement(text)
        wanted = [extra for extra in (*sorted(extras), "") if not requirement.marker or requirement.marker.evaluate({"extra": extra})]
        key = (canonicalize_name(requirement.name), ",".join(sorted(requirement.extras)))
        if wanted and key not in seen:
            seen.add(key)
            yield from needed(requirement.name, frozenset(requirement.extras), seen)


def test_constraints_hold_names_and_versions_only() -> None:
    assert CONSTRAINTS
    assert [line for line in CONSTRAINTS if not NAME_AND_VERSION.fullmatch(line)] == []
    names = [canonicalize_name(line.split("==")[0]) for line in CONSTRAINTS]
    assert len(set(names)) == len(names)
    assert [line.casefold() for line in CONSTRAINTS] == sorted(line.casefold() for line in CONSTRAINTS)


def test_everything_that_is_installed_for_kamgen_is_pinned_at_the_version_it_has() -> None:
    names = {*needed("kamgen", frozenset({"dev"})), *needed("hatchling")} - {"kamgen"}
    assert {name: metadata.version(name) for name in sorted(names)} == {name: pins().get(name) for name in sorted(names)}


def test_every_pin_runs_on_the_oldest_python_that_is_promised() -> None:
    needing = {name: metadata.metadata(name)["Requires-Python"] for name in pins() if metadata.metadata(name)["Requires-Python"]}
    assert {name: pythons for name, pythons in needing.items() if "3.11.0" not in SpecifierSet(pythons)} == {}


def test_no_pin_is_left_over() -> None:
    installed = {canonicalize_name(distribution.name) for distribution in metadata.distributions()}
    assert sorted(set(pins()) - installed) == []


def text_files() -> Iterator[Path]:
    """What the repository holds as text; what git ignores has no place among the top-level names below."""
    for top in ("kamgen", "templates", "plans", "tests", "benchmarks", ".ci", "docs"):
        yield from (path for path in sorted((ROOT / top).rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and not path.name.startswith(".coverage"))


def test_no_file_holds_the_address_of_a_registry() -> None:
    hosts = [b".".join(parts) for parts in ((b"pypi", b"org"), (b"files", b"pythonhosted"), (b"registry", b"npmjs"), (b"deb", b"debian"))]
    options = [b"--" + name for name in (b"index-url", b"extra-index-url", b"find-links")]
    found = {path.relative_to(ROOT): word for path in text_files() for word in (*hosts, *options) if word in path.read_bytes()}
    assert found == {}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this very tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("kamgen-*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_what_kamgen_needs_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tree = {f"kamgen/{path.relative_to(ROOT / 'kamgen').as_posix()}" for path in (ROOT / "kamgen").rglob("*") if path.is_file()}
    code = {name for name in tree if "__pycache__" not in name}
    templates = {f"kamgen/templates/{path.relative_to(ROOT / 'templates').as_posix()}" for path in (ROOT / "templates").rglob("*") if path.is_file()}
    examples = {
        f"kamgen/examples/{path.relative_to(ROOT / 'tests/rules').as_posix()}" for path in (ROOT / "tests/rules").rglob("*") if path.is_file()
    }
    assert {"kamgen/py.typed", "kamgen/rulesets/shared.yml", "kamgen/locale/en/rules.json"} <= code
    assert {name for name in names if ".dist-info/" not in name} == code | templates | examples


def copy_distribution(name: str, target: Path) -> None:
    """Puts an installed distribution into another venv, as pip would have."""
    distribution = metadata.distribution(name)
    for file in distribution.files or []:
        source = Path(str(distribution.locate_file(file)))
        if ".." in file.parts or "__pycache__" in file.parts or not source.is_file():
            continue
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target / file)


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean venv with the wheel in it and what the wheel says that it needs, not a package more; made without the network."""
    folder = tmp_path_factory.mktemp("a clean venv")
    venv.create(folder, symlinks=True)
    packages = next(folder.glob("lib*/python*/site-packages"))
    for name in set(needed("kamgen")) - {"kamgen"}:
        copy_distribution(name, packages)
    constraints = ["--constraint", str(ROOT / "constraints.txt")]
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install", "--quiet", "--no-index", *constraints, str(wheel)]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def clean_environment() -> Mapping[str, str]:
    """An environment that knows nothing of this repository, in a language and a place that nobody thought of."""
    kept = {name: value for name, value in os.environ.items() if name != VARIABLE and not name.startswith(("PYTHON", "COV", "PYTEST"))}
    return {**kept, "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}


@pytest.mark.slow
def test_the_wheel_checks_and_builds_where_there_is_nothing_but_plans(elsewhere: Path, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "acme.md").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plans" / "portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    for command, closing in (("check", "as of 2026-05-06"), ("build", "site")):
        call = [str(elsewhere / "bin" / "kamgen"), command]
        done = subprocess.run(call, cwd=tmp_path, env=clean_environment(), capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert closing in done.stdout
    assert "Acme" in (tmp_path / "site" / "accounts" / "acme" / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of the set-up alone, in a folder with a space in its name."""
    folder = tmp_path / "key accounts"
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    return folder


def script(folder: Path, name: str, text: str) -> str:
    """A program that does what a few lines of shell say; returns its path."""
    (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (folder / name).chmod(0o755)
    return str(folder / name)


def set_up(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", ".ci/set-up"], cwd=folder, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False
    )


def test_an_old_python_is_told_with_its_version(bare: Path) -> None:
    script(bare, "old-python", 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    done = set_up(bare, PATH=f"{bare}:{os.environ['PATH']}", PYTHON="old-python")
    assert done.returncode == 1
    assert "kamgen needs Python 3.11 or newer. Found: Python 3.9.2" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_python_without_venv_is_told_what_to_install(bare: Path) -> None:
    script(bare, "half-python", 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    done = set_up(bare, PATH=f"{bare}:{os.environ['PATH']}", PYTHON="half-python")
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_newer_python_is_found_beside_an_old_one(bare: Path) -> None:
    script(bare, "python3", "exit 1")
    script(bare, "python3.14", 'case "$1" in -m) echo made with 3.14; exit 7;; esac')
    done = set_up(bare, PATH=f"{bare}:/usr/bin:/bin")
    assert done.returncode == 7
    assert "made with 3.14" in done.stdout


def test_a_missing_chromium_is_told_in_one_line(bare: Path) -> None:
    script(bare, "id", "echo 1000")
    done = subprocess.run(["/bin/sh", ".ci/chromium"], cwd=bare, env={"PATH": str(bare)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr.splitlines() == ["No Chromium here, and it cannot be installed: the browser tests are skipped (under CI=true they fail)."]
