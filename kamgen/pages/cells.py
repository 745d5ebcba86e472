"""Figures as cells of a table: the words, what they are sorted by, and what stands outside or is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from kamgen.figures.figure import Amount, Ratio
from kamgen.site import Site
from kamgen.written import money, number, share


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A cell: `words`, `order` to sort by (exact for money), `aside` what the figure says nothing of; `absent` where it says nothing at all."""

    words: str = ""
    order: str = ""
    aside: str = ""
    absent: bool = False


EMPTY = FigureCell()


def amount(site: Site, figure: Amount, accounts: int = 0) -> FigureCell:
    """Money, or the word for what is missing. `accounts` is the number that it is told over, 0 for a single account."""
    if figure.value is None:
        return absent(site, figure.missing)
    return FigureCell(money(figure.value), number(figure.value), _aside(site, figure.left_out, accounts))


def part(site: Site, figure: Ratio, accounts: int = 0) -> FigureCell:
    """A share in per cent, or the word for what is missing."""
    value = figure.value
    if value is None:
        return absent(site, figure.missing)
    return FigureCell(share(value), f"{float(value):.6f}", _aside(site, figure.left_out, accounts))


def reached(site: Site, figure: Ratio, revenue: Amount, budget: Amount, accounts: int = 0) -> FigureCell:
    """The share of a budget that is reached; the two sums that it compares stand beside it where they are not those of the row."""
    cell = part(site, figure, accounts)
    if figure.part is None or figure.whole is None:
        return cell
    held, goal = _exact(figure.part), _exact(figure.whole)
    if (held, goal) == (revenue.value, budget.value):
        return cell
    compared = site.say("finance.compared", part=money(held), whole=money(goal))
    return replace(cell, aside=f"{compared}; {cell.aside}" if cell.aside else compared)


def _exact(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def change(site: Site, figure: Ratio, accounts: int = 0) -> FigureCell:
    """Growth in per cent with its sign, or the word for what is missing."""
    value = figure.value
    if value is None:
        return absent(site, figure.missing)
    return FigureCell(signed(value), f"{float(value) - 1:.6f}", _aside(site, figure.left_out, accounts))


def signed(value: Fraction) -> str:
    """1.34 is +34 %, 0.9 is −10 %, 1 is 0 %."""
    return share(value - 1) if value == 1 else f"{'+' if value > 1 else '−'}{share_of_change(abs(value - 1))}"


def share_of_change(value: Fraction) -> str:
    """A change in whole per cent; it may be more than all."""
    return share(value) if value < 1 else f"{round(value * 100)}\u00a0%"


def exact(site: Site, value: Decimal | None, missing: str) -> FigureCell:
    """An amount of the portfolio's own, or the word for what is missing."""
    return absent(site, missing) if value is None else FigureCell(money(value), number(value))


def absent(site: Site, missing: str) -> FigureCell:
    """Nothing to tell, and why."""
    return FigureCell(site.say(f"finance.missing.{missing}"), absent=True)


def _aside(site: Site, left_out: tuple[str, ...], accounts: int) -> str:
    if not left_out:
        return ""
    if accounts:
        return site.say("finance.of-accounts", n=accounts - len(left_out), accounts=accounts)
    return site.say("finance.without", n=len(left_out))
