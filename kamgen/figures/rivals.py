"""Rivals: our competitors, at which customers, with what share of what the customer spends (000: how do they work our key accounts?)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from kamgen.figures.figure import Ratio, absent, ratio
from kamgen.figures.money import closed_year, rate, rate_day
from kamgen.figures.sales import share_of_wallet
from kamgen.frozen import Frozen
from kamgen.model.commerce import Sale
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio


class Presence(Frozen):
    """A competitor at a customer, for one product or for none that is named.

    `name` is empty where a product is a competitor's and nobody says whose. `share` is its share of the customer's spend, `taken` the
    same in money of the base currency, `ours` our own share, `how` how it works the account.
    """

    name: str
    product: str = ""
    share: Decimal | None = None
    taken: Ratio = absent("spend")
    ours: Ratio = absent("sales")
    how: str = ""


def same(name: str) -> str:
    """What makes two spellings one competitor: `Beslag  nord` is `Beslag Nord`."""
    return " ".join(name.split()).casefold()


def presences(plan: Plan, portfolio: Portfolio, as_of: dt.date) -> tuple[Presence, ...]:
    """Every competitor at a customer: by product, in the plan's order, then those of whom no product is told."""
    ways = {same(rival.name): rival.how or "" for rival in plan.competitors}
    dated = rate(portfolio, plan.currency, rate_day(closed_year(portfolio, as_of), portfolio, as_of))
    found = [one for sale in plan.sales for one in _of_sale(sale, ways, dated, closed_year(portfolio, as_of))]
    placed = {same(one.name) for one in found}
    return (*found, *(Presence(rival.name, how=rival.how or "") for rival in plan.competitors if same(rival.name) not in placed))


def _of_sale(sale: Sale, ways: Mapping[str, str], dated: Decimal | None, year: int) -> Iterator[Presence]:
    ours = share_of_wallet(sale, year)
    for name, share in sale.competitor_shares.items():
        yield Presence(name, sale.product, share, _taken(share, sale, ours, dated), ours, ways.get(same(name), ""))
    if sale.status == "competitor" and not sale.competitor_shares:
        yield Presence("", sale.product, ours=ours)


def _taken(share: Decimal, sale: Sale, ours: Ratio, dated: Decimal | None) -> Ratio:
    """35 % of a spend of 310,000 are 108,500. Where the spend is not given it is what our share of the wallet says."""
    spend = Fraction(sale.spend) if sale.spend is not None else ours.whole
    return ratio(Fraction(share) * (spend or 0), spend, of="spend", to="spend").at(dated)


class Rival(Frozen):
    """A competitor over all customers: its name as it is written first, at how many accounts, with how many products."""

    name: str
    accounts: int
    products: tuple[str, ...]
    taken: Ratio


def rivals(told: Iterable[tuple[str, Presence]]) -> tuple[Rival, ...]:
    """The competitors by name, over presences that stand beside the account's id; what they take is over the spends that are known."""
    found: dict[str, list[tuple[str, Presence]]] = {}
    for account, one in told:
        found.setdefault(same(one.name), []).append((account, one))
    return tuple(_rival(known) for _, known in sorted(found.items()))


def _rival(known: list[tuple[str, Presence]]) -> Rival:
    products = dict.fromkeys(one.product for _, one in known if one.product)
    return Rival(known[0][1].name, len({account for account, _ in known}), tuple(products), _together(known))


def _together(known: list[tuple[str, Presence]]) -> Ratio:
    told = [(one.taken.part, one.taken.whole) for _, one in known if one.taken.part is not None and one.taken.whole is not None]
    left_out = tuple(dict.fromkeys(account for account, one in known if one.taken.value is None))
    if not told:
        return absent(known[0][1].taken.missing, left_out)
    return Ratio(sum((part for part, _ in told), Fraction(0)), sum((whole for _, whole in told), Fraction(0)), "", left_out)
