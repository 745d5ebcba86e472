"""White space by product, required roles one by one, competitors, what customers say: by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from kamgen.cadence import Window
from kamgen.figures.coverage import Rate
from kamgen.figures.figure import Amount, Ratio, absent
from kamgen.figures.relationships import relationship_coverage
from kamgen.figures.rivals import Presence, presences, rivals, same
from kamgen.figures.rolewise import met_of, roles
from kamgen.figures.voices import Mean, mean, open_complaints, problems, scores
from kamgen.figures.whitespace import UNTOLD, Space, penetration_of, spaces, spread, summed
from kamgen.model.activity import Activity
from kamgen.model.analysis import Competitor, Complaint, Feedback, FeedbackProblem
from kamgen.model.commerce import Sale
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio, Product
from kamgen.ruleset import ActivityType, Ruleset, Tier

AS_OF = dt.date(2026, 5, 6)
PORTFOLIO = Portfolio(title="T", currency="EUR", products=(Product(id="fittings"), Product(id="lamps")))
FITTINGS = Sale(
    product="fittings",
    status="owned",
    actual={2025: Decimal(131000)},
    potential=Decimal(180000),
    spend=Decimal(310000),
    competitor_shares={"Nord": Decimal("0.35")},
)


def plan(**given: Any) -> Plan:
    return Plan(account="Havnen", tier="A", owner="kari.nygaard", **given)


def test_what_is_left_is_told_by_product() -> None:
    told = plan(sales=(FITTINGS,))
    assert spaces(told, told, PORTFOLIO, AS_OF) == (
        Space("fittings", "owned", Amount(Decimal(49000)), (("Nord", Decimal("0.35")),)),
        Space("lamps", "gap", Amount(None, "potential")),
    )


def test_a_gap_is_not_guessed_where_parts_are_hidden() -> None:
    whole = plan(sales=(FITTINGS, Sale(product="lamps", status="owned")))
    found = spaces(plan(sales=(FITTINGS,)), whole, PORTFOLIO, AS_OF)
    assert [space.standing for space in found] == ["owned", UNTOLD]
    assert penetration_of(found) == Rate(1, 1)


def test_revenue_that_is_not_known_is_the_reason() -> None:
    told = plan(sales=(Sale(product="fittings", status="owned", potential=Decimal(5)),))
    assert spaces(told, told, PORTFOLIO, AS_OF)[0].room == Amount(None, "actual")


def test_without_a_rate_nothing_is_left() -> None:
    told = plan(sales=(FITTINGS,), currency="SEK")
    assert spaces(told, told, PORTFOLIO, AS_OF)[0].room.missing == "rate"


def test_a_product_over_customers() -> None:
    standings = ("owned", "owned", "gap", "pipeline", "competitor", "not-eligible", UNTOLD)
    told = [(str(number), Space("lamps", name, Amount(Decimal(number)))) for number, name in enumerate(standings)]
    found = spread("lamps", told)
    assert found.penetration == Rate(2, 5)
    assert found.room == Amount(Decimal(0 + 1 + 2 + 3 + 4))


def test_sums_name_what_they_leave_out() -> None:
    missing = Amount(None, "rate")
    assert summed([("a", Amount(Decimal(1))), ("b", missing)]) == Amount(Decimal(1), "", ("b",))
    assert summed([("b", missing)]) == Amount(None, "rate", ("b",))
    assert summed([]) == Amount(None, "sales")


YEAR = Window(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
RULESET = Ruleset(activity_types={"lunch": ActivityType()})
TIER = Tier(functions=("ceo", "procurement"), roles=("decision-maker",))


def contact(name: str, **given: Any) -> Contact:
    return Contact(id=name, name=name, **given)


LUNCH = Activity(date=dt.date(2026, 3, 3), type="lunch", status="held", contacts=("ida", "bo"))
IDA = contact("ida", function="ceo", relationship=4, wanted=4)
BO = contact("bo", function="procurement", relationship=1, wanted=3)


@pytest.mark.parametrize(
    ("contacts", "states"),
    [
        ((), ["nobody", "nobody", "nobody"]),
        ((IDA,), ["good", "nobody", "nobody"]),
        ((IDA, BO), ["good", "weak", "nobody"]),
        ((contact("eva", function="ceo", buying_role="decision-maker"),), ["unmet", "nobody", "unmet"]),
    ],
)
def test_how_required_roles_stand(contacts: tuple[Contact, ...], states: list[str]) -> None:
    told = plan(contacts=contacts, activities=(LUNCH,))
    found = roles(told, told, TIER, RULESET, YEAR, AS_OF)
    assert [role.state for role in found] == states
    assert met_of(found) == relationship_coverage(told, TIER, RULESET, YEAR, AS_OF)


def test_the_best_known_stands_first_with_the_day() -> None:
    eva = contact("eva", function="ceo")
    told = plan(contacts=(eva, IDA), activities=(LUNCH,))
    ceo = roles(told, told, TIER, RULESET, YEAR, AS_OF)[0]
    assert (ceo.contacts, ceo.last) == ((IDA, eva), LUNCH.date)
    hidden = roles(told, plan(), TIER, RULESET, YEAR, AS_OF)[0]
    assert (hidden.state, hidden.contacts, hidden.last) == ("good", (), None)


def test_competitors_by_product_and_without() -> None:
    told = plan(
        sales=(FITTINGS, Sale(product="lamps", status="competitor")),
        competitors=(Competitor(name="NORD", how="Golf"), Competitor(name="Ost")),
    )
    ours = Ratio(Fraction(131000), Fraction(310000))
    assert presences(told, PORTFOLIO, AS_OF) == (
        Presence("Nord", "fittings", Decimal("0.35"), Ratio(Fraction(108500), Fraction(310000)), ours, "Golf"),
        Presence("", "lamps", ours=absent("spend")),
        Presence("Ost"),
    )


def test_a_spend_that_is_not_given_follows_from_the_shares() -> None:
    sale = Sale(product="fittings", status="owned", actual={2025: Decimal(65)}, competitor_shares={"Nord": Decimal("0.35")})
    assert presences(plan(sales=(sale,)), PORTFOLIO, AS_OF)[0].taken == Ratio(Fraction(35), Fraction(100))


def test_one_competitor_over_customers() -> None:
    known = Ratio(Fraction(10), Fraction(40))
    told = [("a", Presence("Nord", "lamps", taken=known)), ("b", Presence(" nord ", "lamps", taken=known)), ("b", Presence("nord"))]
    (nord,) = rivals(told)
    assert (nord.name, nord.accounts, nord.products) == ("Nord", 2, ("lamps",))
    assert nord.taken == Ratio(Fraction(20), Fraction(80), "", ("b",))
    assert rivals([("a", Presence("Ost"))])[0].taken == absent("spend", ("a",))
    assert same(" Beslag  Nord") == same("beslag nord")


def test_scores_by_year_are_the_last_of_each() -> None:
    def card(day: str, score: int | None, scale: int | None = 10) -> Feedback:
        return Feedback(
            date=dt.date.fromisoformat(day), score=None if score is None else Decimal(score), scale=None if scale is None else Decimal(scale)
        )

    cards = [card("2025-09-01", 5), card("2025-02-01", 9), card("2026-01-01", 11), card("2026-02-01", 7, None), card("2026-05-07", 1)]
    assert scores(cards, AS_OF) == {2025: Ratio(Fraction(5), Fraction(10))}


def test_every_customer_counts_once() -> None:
    assert mean([Fraction(4, 5), Fraction(3, 5)]) == Mean(Fraction(7, 10), 2)
    assert mean([]) == Mean(None, 0)


def test_what_is_open_and_what_the_latest_card_says() -> None:
    old, new = Complaint(date=dt.date(2025, 1, 1), text="old"), Complaint(date=AS_OF, text="new", closed=AS_OF + dt.timedelta(days=1))
    over = Complaint(date=dt.date(2025, 1, 1), text="over", closed=AS_OF)
    ahead = Complaint(date=AS_OF + dt.timedelta(days=1), text="ahead")
    wrong = FeedbackProblem(text="late")
    told = plan(complaints=(new, old, over, ahead), feedback=(Feedback(date=AS_OF, problems=(wrong,)),))
    assert open_complaints(told, AS_OF) == (old, new)
    assert problems(told, AS_OF) == (wrong,)
    assert problems(plan(), AS_OF) == ()
