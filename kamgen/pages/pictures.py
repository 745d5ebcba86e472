"""Pictures of the whole portfolio: who is in which tier and what that brings, and revenue over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kamgen.chart import Chart
from kamgen.charts.bars import Bar, bars
from kamgen.charts.columns import columns
from kamgen.charts.stacks import Part, Stack, stacks
from kamgen.figures.money import closed_year, elapsed_share, fiscal_year, total
from kamgen.figures.outlook import Outlook
from kamgen.figures.sales import concentration
from kamgen.pages.years import progress_in, years_told
from kamgen.site import Site
from kamgen.written import money, share

LARGEST: Final = 12
"""Accounts of a picture of the largest ones."""


def home_charts(site: Site) -> tuple[Chart, ...]:
    """The pictures of the home page: the mix of tiers, and revenue over the years against the budget."""
    return tuple(found for found in (tier_mix(site), revenue_years(site, "home-revenue")) if found.drawing)


def tier_mix(site: Site) -> Chart:
    """How many accounts each tier has, and what it brought in the last closed year: two bars of the same length, each in parts."""
    known = [outlook for outlook in site.outlooks if outlook.open]
    year = closed_year(site.portfolio, site.as_of)
    tiers = [(tier.label or tier.id, [outlook for outlook in known if outlook.plan.tier == tier.id]) for tier in site.ruleset.tiers.values()]
    counted = [(name, Decimal(len(some)), str(len(some))) for name, some in tiers if some]
    brought = [(name, amount, money(amount, site.portfolio.currency)) for name, some in tiers if (amount := _closed_revenue(some))]
    rows = [_mix(site.say("site.accounts"), counted, site.say("picture.accounts", n=len(known)))]
    rows += [_mix(site.say("site.revenue", year=year), brought, _sum(brought, site))] if brought else []
    names = [name for name, some in tiers if some]
    headings = [site.say("picture.mix.what"), *names, site.say("site.all")]
    return stacks("tier-mix", _mix_title(site, known), site.say("picture.mix.about"), rows, headings)


def _closed_revenue(some: Sequence[Outlook]) -> Decimal | None:
    """Revenue of the last closed year, the second of the three that an outlook has."""
    return total(outlook.revenue[1] for outlook in some)


def _mix(label: str, parts: list[tuple[str, Decimal, str]], words: str) -> Stack:
    whole = sum((max(value, Decimal(0)) for _, value, _ in parts), Decimal(0)) or Decimal(1)
    told = ((name, Fraction(max(value, Decimal(0))) / Fraction(whole), words) for name, value, words in parts)
    return Stack(label, tuple(Part(name, value, f"{words} ({share(value)})") for name, value, words in told), words)


def _sum(parts: list[tuple[str, Decimal, str]], site: Site) -> str:
    return money(sum((value for _, value, _ in parts), Decimal(0)), site.portfolio.currency)


def _mix_title(site: Site, known: list[Outlook]) -> str:
    """The finding: what the key tiers bring."""
    keys = [outlook for outlook in known if outlook.key]
    if not keys:
        return site.say("picture.mix.none", n=len(known))
    all_of_it, theirs = _closed_revenue(known), _closed_revenue(keys)
    if not all_of_it or all_of_it <= 0 or theirs is None:
        return site.say("picture.mix.count", n=len(keys), accounts=len(known))
    year = closed_year(site.portfolio, site.as_of)
    return site.say("picture.mix", n=len(keys), accounts=len(known), share=share(Fraction(theirs) / Fraction(all_of_it)), year=year)


def revenue_years(site: Site, id: str) -> Chart:
    """Revenue of every year that is told, against the budget of the portfolio, or that of the accounts where it has none."""
    known = [outlook for outlook in site.outlooks if outlook.open]
    current = fiscal_year(site.as_of, site.portfolio.fiscal_year_start)
    rows = [_year(site, known, year, current) for year in years_told(site)]
    headings = [site.say("picture.year"), site.say("picture.revenue", currency=site.portfolio.currency)]
    goals = [site.say("picture.budget", currency=site.portfolio.currency)] if any(bar.goal is not None for bar in rows) else []
    about = site.say("picture.revenue.about" if goals else "picture.revenue.about.plain", currency=site.portfolio.currency, as_of=site.as_of)
    return columns(id, _revenue_title(site, rows, current), about, rows, [*headings, *goals])


def _year(site: Site, known: Sequence[Outlook], year: int, current: int) -> Bar:
    found = total(progress_in(site, outlook, year).revenue.value for outlook in known) if year <= current else None
    goal = budget(site, known, year)
    return Bar(
        label=site.say("picture.to-date", year=year) if year == current else str(year),
        value=found,
        words=money(found) if found is not None else "" if year > current else site.say("picture.no-revenue"),
        goal=goal,
        goal_words=site.say("picture.budget.short", amount=money(goal)) if goal is not None else "",
    )


def budget(site: Site, known: Sequence[Outlook], year: int) -> Decimal | None:
    """The budget of a year: the portfolio's own, else the sum of those of the accounts."""
    own = site.portfolio.plan.budget.get(year) if site.portfolio.plan else None
    return own if own is not None else total(progress_in(site, outlook, year).budget.value for outlook in known)


def _revenue_title(site: Site, rows: list[Bar], current: int) -> str:
    """The finding: how far this year has come against its budget, else against the last one."""
    by_year = dict(zip(years_told(site), rows, strict=True))
    this, last = by_year.get(current), by_year.get(current - 1)
    elapsed = share(elapsed_share(site.portfolio, site.as_of))
    if this and this.value is not None and this.goal:
        return site.say("picture.revenue.attained", year=current, share=share(Fraction(this.value) / Fraction(this.goal)), elapsed=elapsed)
    if this and this.value is not None and last and last.value:
        return site.say(
            "picture.revenue.compared", year=current, share=share(Fraction(this.value) / Fraction(last.value)), last=current - 1, elapsed=elapsed
        )
    return site.say("picture.revenue.title")


def largest(site: Site) -> Chart:
    """The largest accounts of the last closed year, with what one account's loss would mean."""
    known = [(outlook, outlook.revenue[1]) for outlook in site.outlooks if outlook.open]
    year = closed_year(site.portfolio, site.as_of)
    top = sorted(_with_revenue(known), key=lambda pair: -pair[1])[:LARGEST]
    few = min(5, len(top))
    part = concentration(((outlook.account.id, amount) for outlook, amount in known), few).value
    rows = [Bar(outlook.plan.account, amount, money(amount, site.portfolio.currency), site.address(outlook.account)) for outlook, amount in top]
    title = site.say("picture.largest", n=few, share=share(part), year=year) if part is not None else site.say("picture.largest.none", year=year)
    headings = [site.say("site.account"), site.say("picture.revenue", currency=site.portfolio.currency)]
    return bars("largest", title, site.say("picture.largest.about", n=len(top), year=year), rows, headings)


def _with_revenue(known: list[tuple[Outlook, Decimal | None]]) -> Iterator[tuple[Outlook, Decimal]]:
    for outlook, amount in known:
        if amount is not None and amount > 0:
            yield outlook, amount
