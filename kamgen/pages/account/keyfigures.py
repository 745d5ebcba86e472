"""The key figures of an account, in its own currency: each a number, what stands beside it, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kamgen.figures.figure import Amount, Ratio
from kamgen.figures.money import closed_year, revenue
from kamgen.figures.sales import budget_attainment, customer_profit, growth, penetration, wallet, white_space
from kamgen.model.plan import Plan
from kamgen.pages.account.blocks import say_in
from kamgen.pages.account.values import Words, told
from kamgen.site import Site
from kamgen.written import money as amount
from kamgen.written import share


class KeyFigure(NamedTuple):
    """A figure in words; `known` is false where the value says what is missing."""

    label: str
    value: str
    aside: str = ""
    known: bool = True


def key_figures(plan: Plan, site: Site, words: Words) -> tuple[KeyFigure, ...]:
    """Revenue with its growth, budget, share of wallet, penetration, white space, customer profit; nothing where the plan tells no sales."""
    if not plan.sales:
        return ()
    portfolio, as_of = site.portfolio, site.as_of
    closed = closed_year(portfolio, as_of)
    return (
        _revenue(plan, site, closed, words),
        _attained(plan, site, closed + 1, words),
        _ratio("wallet", wallet(plan, portfolio, as_of), words),
        _ratio("penetration", penetration(plan, portfolio, as_of), words),
        _amount("white-space", white_space(plan, portfolio, as_of), words),
        _amount("profit", customer_profit(plan, portfolio, as_of), words),
    )


def _revenue(plan: Plan, site: Site, year: int, words: Words) -> KeyFigure:
    title = say_in(words, "account.figure.revenue", year=year)
    sold = revenue(plan, year)
    if sold is None:
        return KeyFigure(title, _missing("actual", words), known=False)
    grown = growth(plan, site.portfolio, site.as_of).value
    change = grown - 1 if grown is not None else None
    aside = "" if change is None else say_in(words, "account.figure.growth", change=f"{'+' if change > 0 else ''}{share(change)}", year=year - 1)
    return KeyFigure(title, amount(sold, words.currency), aside)


def _attained(plan: Plan, site: Site, year: int, words: Words) -> KeyFigure:
    found = budget_attainment(plan, site.portfolio, site.as_of)
    title = say_in(words, "account.figure.attainment", year=year)
    if found.ratio.value is None:
        return KeyFigure(title, _missing(found.ratio.missing, words), known=False)
    return KeyFigure(title, share(found.ratio.value), say_in(words, "account.figure.elapsed", share=share(found.elapsed)))


def _ratio(name: str, found: Ratio, words: Words) -> KeyFigure:
    title = told(f"account.figure.{name}", words.language)
    if found.value is None:
        return KeyFigure(title, _missing(found.missing, words), known=False)
    aside = say_in(words, "account.figure.products", part=found.part, whole=found.whole) if name == "penetration" else _without(found.left_out, words)
    return KeyFigure(title, share(found.value), aside)


def _amount(name: str, found: Amount, words: Words) -> KeyFigure:
    title = told(f"account.figure.{name}", words.language)
    if found.value is None:
        return KeyFigure(title, _missing(found.missing, words), known=False)
    return KeyFigure(title, amount(found.value, words.currency), _without(found.left_out, words))


def _missing(name: str, words: Words) -> str:
    return told(f"account.figure.missing.{name}", words.language)


def _without(left_out: Iterable[str], words: Words) -> str:
    names = words.list("product", left_out)
    return say_in(words, "account.figure.without", names=names) if names else ""
