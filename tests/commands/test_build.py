"""`kamgen build`: check and site in one, and every way in which a configuration can be wrong."""

from __future__ import annotations

import errno
import gc
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import Kamgen

MATERIAL = "site_name: Tests\ndocs_dir: plans\ntheme: {name: material, font: false}\nplugins: [search, kamgen]\n"
CONFIG = MATERIAL.replace("{name: material, font: false}", "mkdocs")


@pytest.fixture(autouse=True)
def undisturbed() -> Iterator[None]:
    """MkDocs' logger and the collector's thresholds are the process's: they are put back."""
    level, thresholds = logging.getLogger("mkdocs").level, gc.get_threshold()
    yield
    logging.getLogger("mkdocs").setLevel(level)
    gc.set_threshold(*thresholds)


@pytest.fixture
def configured(folder: Path) -> Path:
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    return folder


def test_a_clean_portfolio_is_built(configured: Path, kamgen: Kamgen):
    (configured / "mkdocs.yml").write_text(MATERIAL, encoding="utf-8")
    result = kamgen("build")
    assert result.code == 0
    assert result.out.splitlines()[-2:] == [
        "1 account, 0 errors, 0 warnings, 0 notes; as of 2026-05-06 (pinned by `today:` in plans/portfolio.yml)",
        "the site is in site/; browse it with `kamgen serve`",
    ]
    assert (configured / "site" / "accounts" / "havnens" / "index.html").is_file()


def test_a_red_portfolio_is_built_too_and_fails_afterwards(configured: Path, uncovered: Path, kamgen: Kamgen):
    result = kamgen("build", "--site-dir", "out", "--as-of", "2026-05-07")
    assert result.code == 1
    assert "error[KAM201] Byens Købmandshuse A/S (tier B)" in result.out
    assert "as of 2026-05-07" in result.out
    assert "1 error: the site is built, with a banner on every page; mend it and build again" in result.out
    assert (configured / "out" / "index.html").is_file()


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (None, "there is no mkdocs.yml here"),
        ("site_name: x\ndocs_dir: plans\nplugins: [search]\n", "mkdocs.yml does not use kamgen"),
        ("site_name: x\ndocs_dir: nowhere\nplugins: [kamgen]\n", "there is no folder where mkdocs.yml looks"),
        ("site_name: [\n", "mkdocs.yml cannot be read at line 1"),
        ("site_name: x\ndocs_dir: plans\nplugins: [{kamgen: {as_of: soon}}]\n", "the site could not be built"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_one_line(folder: Path, kamgen: Kamgen, config: str | None, told: str):
    if config is not None:
        (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    result = kamgen("build")
    assert result.code == 2
    assert told in result.err.splitlines()[-1]
    assert "Traceback" not in result.err
    if told.startswith(("there", "mkdocs")):
        assert kamgen("serve").code == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "docs_dir: nowhere",
            "there is no folder where mkdocs.yml looks for the pages: write `docs_dir: plans` in it, or make the folder that it names",
        ),
        ("theme: nix", "mkdocs.yml cannot be used as it is: mend `theme:` in it, or take it out (Unrecognised theme name: 'nix'."),
        (
            "themee: x\nstrict: true",
            "mkdocs.yml cannot be used as it is: mend `themee:` in it, or take it out (Unrecognised configuration name: themee)",
        ),
        ("site_name:", "mkdocs.yml lacks `site_name:`: write it into the file, like `site_name: Key accounts`"),
        ("nav: [", "mkdocs.yml cannot be read at line 5: a bracket or quote there is not closed"),
        ("INHERIT: other.yml", "mkdocs.yml cannot be used: Inherited config file 'other.yml' does not exist"),
        ("dev_addr: hm", "mkdocs.yml names no address under `dev_addr:`: write `dev_addr: 127.0.0.1:8000`, or take the line out"),
        ("dev_addr: 127.0.0.1:70000", "mkdocs.yml names no address under `dev_addr:`"),
    ],
)
def test_a_wrong_configuration_is_one_sentence(configured: Path, kamgen: Kamgen, line: str, told: str) -> None:
    kept = [kept for kept in CONFIG.splitlines() if not kept.startswith(line.partition(":")[0] + ":")]
    (configured / "mkdocs.yml").write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")
    for command in ("build", "serve"):
        result = kamgen(command)
        assert result.code == 2
        (sentence,) = result.err.splitlines()
        assert sentence.startswith(f"kamgen: {told}")


@pytest.mark.parametrize("address", ["nonsense", "somewhere:80", "127.0.0.1:http", "localhost:70000"])
def test_an_address_that_is_none_is_one_sentence(configured: Path, kamgen: Kamgen, address: str) -> None:
    assert (configured / "mkdocs.yml").is_file()
    result = kamgen("serve", "--address", address)
    assert result.code == 2
    assert result.err == f"kamgen: {address} is no address to show the site at: write `kamgen serve --address 127.0.0.1:8000`\n"


@pytest.mark.usefixtures("configured")
def test_what_mkdocs_says_of_a_configuration_that_can_be_used_is_told(configured: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object, **__: object) -> None:
        raise OSError(errno.EADDRINUSE, "taken")

    monkeypatch.setattr("mkdocs.commands.serve.serve", taken)
    said: list[str] = []
    monkeypatch.setattr(logging.getLogger("mkdocs.config"), "handle", lambda record: said.append(record.getMessage()))
    with (configured / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("themee: x\n")
    assert kamgen("serve").code == 2
    assert said == ["Config value 'themee': Unrecognised configuration name: themee"]


@pytest.mark.parametrize(("option", "other"), [((), "127.0.0.1:8001"), (("--address", "127.0.0.1:{port}"), "127.0.0.1:8001")])
def test_an_address_in_use_is_named_with_another(configured: Path, kamgen: Kamgen, option: tuple[str, ...], other: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (configured / "mkdocs.yml").open("a", encoding="utf-8") as config:
            config.write(f"dev_addr: 127.0.0.1:{port}\n")
        result = kamgen("serve", *(word.format(port=port) for word in option))
    assert result.code == 2
    told = f"127.0.0.1:{port} is in use already, perhaps by another `kamgen serve`: listen elsewhere with `kamgen serve --address {other}`"
    assert result.err.splitlines()[-1] == f"kamgen: {told}"


def test_another_address_than_the_one_in_use_is_offered(configured: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_in_use(*_: object, **__: object) -> None:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr("mkdocs.commands.serve.serve", is_in_use)
    assert "--address 127.0.0.1:8002" in kamgen("serve", "--address", "127.0.0.1:8001").err


def test_an_address_of_nobody_is_named(configured: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_of_nobody(*_: object, **__: object) -> None:
        raise OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address")

    monkeypatch.setattr("mkdocs.commands.serve.serve", is_of_nobody)
    result = kamgen("serve", "--address", "192.0.2.1:8000")
    assert result.code == 2
    assert "192.0.2.1:8000 is no address to listen on here (Cannot assign requested address)" in result.err


def test_a_disk_that_fails_while_serving_is_the_machine(configured: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "site/index.html")

    monkeypatch.setattr("mkdocs.commands.serve.serve", is_full)
    assert kamgen("serve").code == 3


def test_a_file_where_the_site_goes_is_told_with_what_to_do(configured: Path, kamgen: Kamgen) -> None:
    (configured / "site").touch()
    result = kamgen("build")
    assert result.code == 3
    assert result.err.startswith("kamgen: site: a file stands where a folder is needed; move it away")
    assert "`site_dir:` in mkdocs.yml" in result.err


def test_a_disk_that_takes_nothing_is_told_with_what_to_do(configured: Path, kamgen: Kamgen, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "site")

    monkeypatch.setattr("mkdocs.commands.serve.serve", is_read_only)
    result = kamgen("serve")
    assert result.code == 3
    assert "kamgen: site: nothing can be written on this disk (read-only); work in a copy elsewhere" in result.err


def test_a_strict_build_tells_its_findings(configured: Path, uncovered: Path, kamgen: Kamgen) -> None:
    config = configured / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "strict: true\n", encoding="utf-8")
    result = kamgen("build")
    assert result.code == 1
    assert "KAM201" in result.out


def test_a_day_that_does_not_exist_in_the_configuration_is_misuse(configured: Path, kamgen: Kamgen) -> None:
    config = configured / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "extra: {day: 2026-02-30}\n", encoding="utf-8")
    assert kamgen("build").code == 2


def test_a_build_that_fails_leaves_the_site_that_was_published(configured: Path, kamgen: Kamgen) -> None:
    published = configured / "site" / "index.html"
    published.parent.mkdir()
    published.write_text("Monday", encoding="utf-8")
    config = configured / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("kamgen]", "kamgen: {extra: [{address: mine}]}]"), encoding="utf-8")
    assert kamgen("build").code == 2
    assert published.read_text("utf-8") == "Monday"
