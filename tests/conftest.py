"""What many tests share: where the corpora are, and snapshots that a person can review."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
CORPORA = ROOT / os.environ.get("KAMGEN_CORPORA", "../shared/corpora")
SNAPSHOTS = Path(__file__).parent / "snapshots"
REWRITE = bool(os.environ.get("KAMGEN_REWRITE"))


settings.register_profile("kamgen", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("kamgen")


@pytest.fixture(scope="session", autouse=True)
def own_caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes into the folder of caches of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
            patch.setenv(name, str(tmp_path_factory.getbasetemp() / "caches"))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the corpora are skipped where there are none; one line says how many."""
    if CORPORA.is_dir():
        return
    wanting = [item for item in items if "corpora" in getattr(item, "fixturenames", ())]
    for item in wanting:
        item.add_marker(pytest.mark.skip(reason=f"{len(wanting)} tests want the corpora (KAMGEN_CORPORA)"))


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of third-party inputs."""
    return CORPORA


@pytest.fixture
def reviewed() -> Callable[[str, str], None]:
    """Compares a text with a file of `tests/snapshots/`; `KAMGEN_REWRITE=1` writes the file anew."""

    def compare(name: str, text: str) -> None:
        file = SNAPSHOTS / name
        if REWRITE:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text("utf-8")

    return compare


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration site, built once from the repository's own configuration."""
    return _demonstration(tmp_path_factory, "mkdocs")


@pytest.fixture(scope="session", params=["mkdocs", pytest.param("properdocs", marks=pytest.mark.slow)])
def demonstration(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The demonstration site, as each builder makes it."""
    return _demonstration(tmp_path_factory, request.param)


def _demonstration(factory: pytest.TempPathFactory, tool: str) -> Path:
    from tests.sites import build, once

    return once(factory, f"demonstration-{tool}", lambda folder: build(ROOT, folder, tool=tool))
