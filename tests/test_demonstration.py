"""The demonstration portfolio is what the README says: Northwind's own figures, no error, and something to show everywhere."""

from __future__ import annotations

import csv
import datetime as dt
import os
from collections import Counter, defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path

import pytest

from kamgen.cadence import next_activity, overdue
from kamgen.diagnostic import Severity
from kamgen.model.plan import Plan
from kamgen.workspace import Workspace, load

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("KAMGEN_DATA", ROOT.parent / "shared" / "data")) / "northwind"
AS_OF = dt.date(2026, 5, 6)
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the Northwind data (KAMGEN_DATA) is not there")


@pytest.fixture(scope="module")
def demonstration() -> Workspace:
    return load(ROOT, AS_OF)


@pytest.fixture(scope="module")
def plans(demonstration: Workspace) -> dict[str, Plan]:
    """Every plan by the customer's code in the data."""
    return {account.plan.custom["x_customer_code"]: account.plan for account in demonstration.accounts if account.plan}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def revenue() -> dict[str, dict[tuple[str, int], Decimal]]:
    """Customer -> (category, calendar year) -> exact revenue."""
    category = {row["product_id"]: row["category"] for row in rows("products")}
    orders = {row["order_id"]: row for row in rows("orders")}
    sums: dict[str, dict[tuple[str, int], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in rows("order_lines"):
        order = orders[line["order_id"]]
        value = Decimal(line["unit_price"]) * int(line["quantity"]) * (1 - Decimal(line["discount"]))
        sums[order["customer_id"]][category[line["product_id"]], int(order["order_date"][:4])] += value
    return sums


def test_no_error_and_a_fixed_number_of_findings_of_each_rule(demonstration: Workspace):
    counts = Counter(f"{found.severity.word} {found.code} {found.rule}" for found in demonstration.diagnostics)
    assert demonstration.count(Severity.ERROR) == 0
    assert dict(sorted(counts.items())) == {
        "info KAM201 no-next-activity": 18,
        "info KAM301 cadence-behind": 78,
        "info KAM303 no-agreed-number": 75,
        "info KAM304 late-pace": 3,
        "info KAM305 care-gap": 75,
        "info KAM307 forum-behind": 1,
        "info KAM502 unanswered-question": 25,
        "info KAM510 no-budget": 50,
        "info KAM513 weak-contact-idle": 13,
        "info KAM515 stale-feedback": 66,
        "info KAM518 need-without-gain": 6,
        "info KAM519 goal-without-action": 32,
        "info KAM522 revenue-falling": 10,
        "info KAM601 review-missed": 52,
        "info KAM604 agreement-expiring": 5,
        "warning KAM118 unknown-agreement": 1,
        "warning KAM201 no-next-activity": 3,
        "warning KAM202 overdue-activity": 5,
        "warning KAM216 long-overdue-activity": 2,
        "warning KAM218 offer-without-follow-up": 1,
        "warning KAM301 cadence-behind": 22,
        "warning KAM307 forum-behind": 5,
        "warning KAM501 missing-block": 3,
        "warning KAM503 missing-role": 10,
        "warning KAM505 goal-late": 9,
        "warning KAM506 action-overdue": 2,
        "warning KAM510 no-budget": 7,
        "warning KAM522 revenue-falling": 4,
        "warning KAM523 at-risk-without-action": 3,
        "warning KAM601 review-missed": 4,
        "warning KAM610 waiver-unapproved": 1,
    }


def test_it_is_pinned_to_its_day(demonstration: Workspace):
    assert demonstration.portfolio.today == AS_OF


@needs_data
def test_every_customer_is_an_account(plans: dict[str, Plan]):
    assert sorted(plans) == sorted(row["customer_id"] for row in rows("customers"))
    assert {code: plan.account for code, plan in plans.items()} == {row["customer_id"]: " ".join(row["company"].split()) for row in rows("customers")}


@needs_data
def test_tiers_are_the_largest_by_revenue(plans: dict[str, Plan]):
    totals = {code: sum(revenue()[code].values(), Decimal()) for code in plans}
    ordered = sorted(totals, key=lambda code: -totals[code])
    expected = {code: "VIP" if rank < 3 else "A" if rank < 12 else "B" if rank < 37 else "C" for rank, code in enumerate(ordered)}
    assert {code: plan.tier for code, plan in plans.items()} == expected


@needs_data
def test_the_owner_sold_most_of_the_orders(plans: dict[str, Plan]):
    names = {row["employee_id"]: f"{row['first_name']}.{row['last_name']}".lower() for row in rows("employees")}
    sold: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for order in rows("orders"):
        sold[order["customer_id"]].append((order["order_date"], order["employee_id"]))
    for code, plan in plans.items():
        by = Counter(employee for _, employee in sold[code])
        latest = {employee: max(day for day, who in sold[code] if who == employee) for employee in by}
        first = min(by, key=lambda who: (-by[who], -int(latest[who].replace("-", "")), int(who)), default="5")
        assert plan.owner == names[first], code


@needs_data
def test_sales_are_the_real_sums(plans: dict[str, Plan], demonstration: Workspace):
    labels = {product.id: product.label for product in demonstration.portfolio.products}
    for code, plan in plans.items():
        written = {(labels[sale.product], year): amount for sale in plan.sales for year, amount in sale.actual.items()}
        real = {key: amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN) for key, amount in revenue()[code].items()}
        assert written == real, code
    assert sum(sum(sums.values()) for sums in revenue().values()).quantize(Decimal("0.01")) == Decimal("1265793.04")  # type: ignore[union-attr]  # sum begins with an int


def test_key_accounts_are_complete(demonstration: Workspace):
    key = [account for account in demonstration.accounts if account.tier and account.tier.gated]
    assert len(key) == 12
    for account in key:
        plan = account.plan
        assert plan is not None
        parts = (plan.company, plan.offers, plan.goals, plan.actions, plan.strategies, plan.meetings, plan.swot, plan.classification, plan.team)
        assert all(parts), account.id
        assert len(plan.contacts) >= 4
        assert len(plan.reviews) >= 2
        assert plan.body.count("\n## ") >= 11
        assert next_activity(plan, demonstration.ground.ruleset, AS_OF)


def test_every_page_has_something_to_show(demonstration: Workspace):
    plans = [account.plan for account in demonstration.accounts if account.plan]
    assert any(overdue(plan, AS_OF) for plan in plans)
    assert any(next_activity(plan, demonstration.ground.ruleset, AS_OF) is None for plan in plans)
    assert {plan.status for plan in plans} >= {"active", "at-risk", "prospect", "paused"}
    assert {found.severity for found in demonstration.diagnostics} >= {Severity.WARNING, Severity.INFO}
    assert any(found.waived for found in demonstration.diagnostics)
