"""Which account or person is meant."""

from __future__ import annotations

from pathlib import Path
from typing import Never

import pytest

from kamgen.commands import pick
from kamgen.commands.place import Misuse
from kamgen.settings import read_portfolio_file

PLANS = {
    "havnens": "account: Havnens Købmandshuse A/S",
    "acme": 'account: "Acme \\"Best\\" GmbH"  # the first',
    "acme-nord": "account: 'Acme''s Nord'",
    "qs": "tier: A\naccount: QUICK-Stop # ours\r",
    "nordlys": "{tier: A, account: Łódź Trading Østfold}",
    "silent": "tier: A",
    "east/ru": "account: Северный дом",
}


@pytest.fixture
def plans(folder: Path) -> Path:
    for name, text in PLANS.items():
        file = folder / "plans" / f"{name}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"---\n{text}\n---\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("acme", "plans/acme.md"),
        ("plans/acme.md", "plans/acme.md"),
        ("havn", "plans/havnens.md"),
        ("KOBMANDS", "plans/havnens.md"),
        ("Havnens Købmandshuse A/S", "plans/havnens.md"),
        ("quick stop", "plans/qs.md"),
        ("nord acme", "plans/acme-nord.md"),
        ("lodz", "plans/nordlys.md"),
        ("best gmbh", "plans/acme.md"),
        ("северный", "plans/east/ru.md"),
        ("ru", "plans/east/ru.md"),
    ],
)
def test_an_account_by_a_part_that_only_one_has(plans: Path, words: str, path: str):
    assert pick.account(plans, words) == path


def test_an_exact_id_reads_nothing(plans: Path, monkeypatch: pytest.MonkeyPatch):
    def never(*_: object) -> Never:
        raise AssertionError

    monkeypatch.setattr(pick, "survey", never)
    monkeypatch.setattr(pick, "name_in", never)
    assert pick.account(plans, "acme-nord") == "plans/acme-nord.md"


@pytest.mark.parametrize(
    ("here", "words"),
    [
        (".", "plans/east/ru.md"),
        (".", "./plans/east/ru"),
        (".", "east/ru"),
        ("plans", "east/ru.md"),
        ("plans/east", "ru.md"),
        ("plans/east", "./ru"),
        ("plans/east", "plans/east/ru.md"),
    ],
)
def test_an_account_by_its_path(plans: Path, monkeypatch: pytest.MonkeyPatch, here: str, words: str):
    monkeypatch.chdir(plans / here)
    assert pick.account(plans, words) == "plans/east/ru.md"
    assert pick.account(plans, str(plans / "plans/east/ru.md")) == "plans/east/ru.md"


def test_of_two_plans_of_an_id_none_is_meant_more(plans: Path):
    for name in ("acme", "acme-nord"):
        (plans / f"plans/east/{name}.md").write_text("---\naccount: Acme East\n---\n", encoding="utf-8")
    for handbook in ("handbook", "_old", "other"):
        (plans / "plans" / handbook).mkdir()
        (plans / "plans" / handbook / "ru.md").write_text("# Not a plan, or not the only one\n", encoding="utf-8")
    with pytest.raises(Misuse, match=r"^acme: 2 accounts are called so: plans/acme.md, plans/east/acme.md$"):
        pick.account(plans, "acme")
    with pytest.raises(Misuse, match=r"^ru: 2 accounts are called so: plans/east/ru.md, plans/other/ru.md$"):
        pick.account(plans, "ru")
    with pytest.raises(Misuse, match=r"\(plans/acme-nord.md\), Acme East \(plans/east/acme-nord.md\)|Acme East \(plans/east/acme-nord.md\), Acme's"):
        pick.account(plans, "acme nor")
    for path in ("plans/acme.md", "plans/east/acme.md", "plans/east/acme-nord.md"):
        assert pick.account(plans, path) == path
    for none in ("handbook/ru.md", f"{'long' * 100}/x", "long" * 100):
        with pytest.raises(Misuse):
            pick.account(plans, none)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("acm", 'acm: 2 accounts are called so: Acme "Best" GmbH (acme), Acme\'s Nord (acme-nord)'),
        ("acme nrd", "acme nrd: no account is called so; did you mean Acme's Nord (acme-nord)?"),
        ("quickstpo", "quickstpo: no account is called so; did you mean QUICK-Stop (qs)?"),
    ],
)
def test_others_are_told_with_the_candidates(plans: Path, words: str, sentence: str):
    with pytest.raises(Misuse) as told:
        pick.account(plans, words)
    assert told.value.message == sentence
    assert told.value.exit_code == 2


@pytest.mark.parametrize(
    ("words", "told"), [("nordisk", "nordisk"), ("zzz", "zzz"), ("../../etc/passwd", "../../etc/passwd"), ("", '""'), ("x\u202ez", "x?z")]
)
def test_an_unknown_account_lists_them_all(plans: Path, words: str, told: str):
    with pytest.raises(Misuse) as refused:
        pick.account(plans, words)
    first, *listed = refused.value.message.split("\n")
    assert first == f"{told}: none of the {len(PLANS)} accounts is called so:"
    assert listed[0] == '  Acme "Best" GmbH (acme)'
    assert len(listed) == len(refused.value.candidates) == len(PLANS)
    assert ("acme", 'Acme "Best" GmbH') in refused.value.candidates


def test_the_nearest_is_a_candidate(plans: Path):
    with pytest.raises(Misuse) as refused:
        pick.account(plans, "quickstpo")
    assert refused.value.candidates == (("qs", "QUICK-Stop"),)


def test_no_account_is_called_so_where_there_is_none(folder: Path):
    for plan in (folder / "plans").glob("*.md"):
        plan.unlink()
    with pytest.raises(Misuse, match=r"^zzz: no account is called so$"):
        pick.account(folder, "zzz")


def test_many_candidates_are_counted(folder: Path):
    for number in range(25):
        (folder / "plans" / f"shop-{number}.md").write_text("---\naccount: Shop\n---\n", encoding="utf-8")
    with pytest.raises(Misuse, match=r"25 accounts are called so:\n(  .*\n){10}  and 15 more$"):
        pick.account(folder, "shop")


def test_a_person_by_a_part_of_the_name(folder: Path):
    _, portfolio, _ = read_portfolio_file(folder)
    assert {pick.person(portfolio, words).id for words in ("kari", "kari.nygaard", "Kari Nygaard", "nygård".replace("å", "aa"))} == {"kari.nygaard"}
    with pytest.raises(Misuse, match=r"^n: 2 of us are called so: Kari Nygaard \(kari.nygaard\), Vera Lind \(vera.lind\)$"):
        pick.person(portfolio, "n")
    with pytest.raises(
        Misuse, match=r"^x: nobody in plans/portfolio.yml is called so; there is Kari Nygaard \(kari.nygaard\), Vera Lind \(vera.lind\)$"
    ):
        pick.person(portfolio, "x")
