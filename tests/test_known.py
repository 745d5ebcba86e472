"""What is known of plans: nothing is read or judged twice, and nothing is believed that another portfolio, text or day would change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from kamgen import parse, workspace
from kamgen.account import Account
from kamgen.cache import Folder
from kamgen.check import check_accounts
from kamgen.diagnostic import Diagnostic
from kamgen.document import known_plan, read_plan
from kamgen.frozen import faithful
from kamgen.ground import Ground
from kamgen.known import Known
from kamgen.node import Document
from kamgen.privacy import own_words
from kamgen.workspace import Workspace, judge, load
from tests.sites import PLAN, write

DAY = dt.date(2026, 5, 6)
BARE = "---\naccount: {name}\ntier: A\nowner: kari.nygaard\n---\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, {"acme.md": PLAN, "bare.md": BARE.format(name="Bare"), "no.md": "---\naccount: [\n---\n"})


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Who is judged, build for build."""
    told: list[list[str]] = []
    check = check_accounts

    def seen(accounts: Iterable[Account], ground: Ground) -> tuple[Diagnostic, ...]:
        some = list(accounts)
        told.append([account.id for account in some])
        return check(some, ground)

    monkeypatch.setattr(workspace, "check_accounts", seen)
    return told


def same(one: Workspace, other: Workspace) -> bool:
    """Whether two verdicts are one."""
    return one.diagnostics == other.diagnostics and one.accounts == other.accounts


def test_who_is_known_is_not_judged_again(folder: Path, judged: list[list[str]]) -> None:
    known = Known(Folder(folder), "stamp")
    first = load(folder, DAY, known=known)
    known.settle()
    again = load(folder, DAY, known=known)
    later = load(folder, DAY, known=Known(Folder(folder), "stamp"))
    assert judged == [["acme", "bare", "no"], [], []]
    assert again.reading.plans[0] is first.reading.plans[0]
    assert again.diagnostics == later.diagnostics == load(folder, DAY).diagnostics
    assert same(again, first)


def test_who_changed_is_judged_alone(folder: Path, judged: list[list[str]]) -> None:
    known = Known(Folder(folder), "stamp")
    load(folder, DAY, known=known)
    (folder / "plans" / "bare.md").write_text(BARE.format(name="Other"), "utf-8")
    found = load(folder, DAY, known=known)
    assert judged[1:] == [["bare"]]
    assert found.diagnostics == load(folder, DAY).diagnostics


@pytest.mark.parametrize("change", ["portfolio", "plan", "stamp"])
def test_everybody_is_judged_where_something_of_all_changed(folder: Path, judged: list[list[str]], change: str) -> None:
    known = Known(Folder(folder), "stamp")
    load(folder, DAY, known=known)
    known.settle()
    if change == "portfolio":
        file = folder / "plans" / "portfolio.yml"
        file.write_text(file.read_text("utf-8").replace("Vera", "Verena"), "utf-8")
    if change == "plan":
        (folder / "plans" / "new.md").write_text(PLAN, "utf-8")
    found = load(folder, DAY, known=Known(Folder(folder), "other" if change == "stamp" else "stamp"))
    assert "acme" in judged[1]
    assert found.diagnostics == load(folder, DAY).diagnostics


def test_another_day_is_another_verdict_and_is_kept_too(folder: Path, judged: list[list[str]]) -> None:
    known = Known(Folder(folder), "stamp")
    reading = load(folder, DAY, known=known).reading
    later = judge(reading, dt.date(2026, 7, 1))
    known.settle()
    known = Known(Folder(folder), "stamp")
    again = judge(load(folder, DAY, known=known).reading, dt.date(2026, 7, 1))
    assert [len(some) for some in judged] == [3, 3, 0, 0]
    assert again.diagnostics == later.diagnostics == load(folder, dt.date(2026, 7, 1)).diagnostics


def test_days_that_nobody_asked_for_are_forgotten(folder: Path, judged: list[list[str]]) -> None:
    known = Known(Folder(folder), "stamp")
    for day in (DAY, dt.date(2026, 5, 7), DAY):
        load(folder, day, known=known)
        known.settle()
    assert [len(some) for some in judged] == [3, 3, 3]


def test_twins_are_judged_each_time(folder: Path, judged: list[list[str]]) -> None:
    (folder / "plans" / "north").mkdir()
    (folder / "plans" / "north" / "bare.md").write_text(BARE.format(name="Bare"), "utf-8")
    known = Known(Folder(folder), "stamp")
    for _ in range(2):
        found = load(folder, DAY, known=known)
    assert judged[1] == ["bare", "bare"]
    assert found.diagnostics == load(folder, DAY).diagnostics


@pytest.mark.parametrize("bytes_", [b"", b"\x80", b"\xc1", b"\x81\xa1a\x91\x01", b"\x81\xa2\xff\xfe\x90"])
def test_what_is_no_verdict_is_not_believed(folder: Path, judged: list[list[str]], bytes_: bytes) -> None:
    class Strange(Folder):
        def load(self, key: str) -> bytes | None:  # noqa: ARG002  (a cache's signature)
            return bytes_

    found = load(folder, DAY, known=Known(Strange(folder), "stamp"))
    assert found.diagnostics == load(folder, DAY).diagnostics
    assert len(judged[0]) == 3


def test_without_a_cache_it_knows_what_the_process_knows(folder: Path, judged: list[list[str]]) -> None:
    known = Known()
    for _ in range(2):
        load(folder, DAY, known=known)
        known.settle()
    assert judged == [["acme", "bare", "no"], []]


def test_an_account_of_which_nothing_is_to_be_said_is_known_too(tmp_path: Path) -> None:
    folder = write(tmp_path, {"quiet.md": BARE.format(name="Quiet").replace("tier: A", "tier: C\nstatus: archived\nstatus_reason: Closed")})
    cache = Folder(tmp_path / "cache")
    for _ in range(2):
        known = Known(cache, "stamp")
        found = load(folder, DAY, known=known)
        known.settle()
        assert "plans/quiet.md" not in {one.path for one in found.diagnostics}, "nothing is said of the account"


def test_who_is_known_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load(folder, DAY, known=Known(Folder(folder), "stamp"))
    told: list[str] = []
    read = parse.read_plan

    def seen(document: Document, *others: Any) -> Any:
        told.append(document.path)
        return read(document, *others)

    monkeypatch.setattr(parse, "read_plan", seen)
    again = load(folder, DAY, known=Known(Folder(folder), "stamp"))
    assert told == ["plans/no.md"], "what is wrong with a file is found each time"
    assert again.diagnostics == first.diagnostics
    for one, other in zip(again.accounts, first.accounts, strict=True):
        assert (one.plan, repr(one.plan), one.cells) == (other.plan, repr(other.plan), other.cells)
        assert [getattr(one.document, name) for name in ("path", "text", "body", "body_line", "problems")] == [
            getattr(other.document, name) for name in ("path", "text", "body", "body_line", "problems")
        ]
        field = ("activities", 0, "date")
        assert one.document.spot(field) == other.document.spot(field)


def test_a_document_that_was_thought_right_and_is_not_is_read() -> None:
    for data in (b"no front matter", b"\xff\xfe"):
        assert known_plan("plans/acme.md", data) == read_plan("plans/acme.md", data)


@pytest.mark.parametrize("value", [{"x_when": DAY}, {"x_far": 2**70}, {"x_odd": "\udc80"}, {"x_what": object()}])
def test_what_would_come_back_as_something_else_is_not_kept(value: dict[str, object]) -> None:
    assert faithful({"x_plain": "words", "x_many": [1, "2", None]}, dict[str, Any]) is not None
    assert faithful(value, dict[str, Any]) is None


def test_a_plan_whose_visibility_is_written_with_an_escape_keeps_its_secret(tmp_path: Path) -> None:
    secret = PLAN.replace("tier: A\n", 'tier: A\n"visib\\u0069lity": {contacts: private}\n')
    folder = write(tmp_path, {"acme.md": secret})
    for _ in range(2):
        (account,) = load(folder, DAY, known=Known(Folder(folder), "stamp")).accounts
        assert own_words(account) == {"contacts": "private"}


def told(folder: Path, known: Known, *days: dt.date) -> dict[tuple[str, dt.date], Account]:
    """The accounts of a build that judges some days."""
    reading = load(folder, days[0], known=known).reading
    found = {(account.id, day): account for day in days for account in judge(reading, day).accounts}
    known.settle()
    return found


def same_ones(one: dict[tuple[str, dt.date], Account], other: dict[tuple[str, dt.date], Account]) -> list[str]:
    """Those that are the same object in two builds."""
    return sorted(f"{name} {day:%m-%d}" for name, day in one if one[name, day] is other.get((name, day)))


NEXT = dt.date(2026, 5, 7)


def test_an_account_of_the_same_text_is_the_same_account_until_its_plan_is_saved(folder: Path) -> None:
    known = Known()
    first = told(folder, known, DAY)
    (folder / "plans" / "bare.md").write_text(BARE.format(name="Barely"), "utf-8")
    again = told(folder, known, DAY)
    assert same_ones(first, again) == ["acme 05-06", "no 05-06"]
    assert again["bare", DAY].name == "Barely"


@pytest.mark.parametrize("change", ["portfolio", "plans"])
def test_another_portfolio_file_and_another_set_of_plans_make_other_accounts(folder: Path, change: str) -> None:
    known = Known()
    first = told(folder, known, DAY)
    if change == "portfolio":
        file = folder / "plans" / "portfolio.yml"
        file.write_text(f"{file.read_text('utf-8')}\n", "utf-8")
    else:
        (folder / "plans" / "new.md").write_text(BARE.format(name="New"), "utf-8")
    assert same_ones(first, told(folder, known, DAY)) == []


def test_a_day_is_forgotten_only_where_another_one_is_new(folder: Path) -> None:
    known = Known()
    first = told(folder, known, DAY, NEXT)
    told(folder, known, DAY)
    assert len(same_ones(first, told(folder, known, DAY, NEXT))) == 6
    told(folder, known, DAY, dt.date(2026, 5, 8))
    assert same_ones(first, told(folder, known, DAY, NEXT)) == ["acme 05-06", "bare 05-06", "no 05-06"]


def test_a_verdict_that_nobody_asked_for_in_one_build_is_known_in_the_next(folder: Path, judged: list[list[str]]) -> None:
    known = Known()
    for days in ((DAY, NEXT), (DAY,), (DAY, NEXT)):
        told(folder, known, *days)
    assert [some for some in judged if some] == [["acme", "bare", "no"]] * 2


def test_who_is_gone_is_forgotten_as_an_account(folder: Path) -> None:
    known = Known()
    first = told(folder, known, DAY)
    text = (folder / "plans" / "bare.md").read_text("utf-8")
    (folder / "plans" / "bare.md").unlink()
    told(folder, known, DAY)
    (folder / "plans" / "bare.md").write_text(text, "utf-8")
    assert same_ones(first, told(folder, known, DAY)) == []
