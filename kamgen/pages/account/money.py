"""The performance file: sales by product and year, what the customer costs, how well we deliver, key figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kamgen.figures.basket import Item
from kamgen.model.commerce import CostYear, Kpi, Sale, ServiceYear
from kamgen.model.record import keys
from kamgen.pages.account.blocks import Line, Section, Table, facts, figures, part, say_in, section, stack
from kamgen.pages.account.keyfigures import KeyFigure, key_figures
from kamgen.pages.account.questions import View
from kamgen.pages.account.values import Words, cells, label, own_rows, titles, told
from kamgen.written import money as amount
from kamgen.written import number, share

MEASURES = ("actual", "budget", "margin")
BESIDE = ("status", "first_purchase", "spend", "potential", "competitor_shares", "note")
SUMMED = ("spend", "potential")
SHARES = tuple(key.attribute for key in keys(ServiceYear) if key.attribute != "year")
COSTS = tuple(key.attribute for key in keys(CostYear) if key.attribute != "year")
Averages = Mapping[int, Mapping[str, Decimal]]


def money(view: View) -> Section | None:
    """Key figures, sales, costs, service (beside the average of all customers, where the portfolio gives it) and key figures of the plan's own."""
    plan, words, site = view.plan, view.words, view.site
    averages = site.portfolio.service_average
    items = {item.product: item for item in view.items}
    return section(
        "money",
        words,
        part("figures", words, facts([(one.label, _beside(one)) for one in key_figures(plan, site, words)])),
        part("sales", words, _by_product_and_year(plan.sales, words), _by_product(plan.sales, items, words)),
        part("costs", words, _costs(plan.costs, words)),
        part("service", words, _service(plan.service, words, averages)),
        part("kpis", words, _kpis(plan.kpis, words)),
    )


def _beside(one: KeyFigure) -> str:
    return f"{one.value} ({one.aside})" if one.aside else one.value


class Sum(NamedTuple):
    """The sum of the values that are given, and how many they are."""

    value: Decimal
    given: int


def total(values: Iterable[Decimal | None]) -> Sum:
    """What is missing is not taken for zero: the sum says how many values it is of."""
    given = [value for value in values if value is not None]
    return Sum(sum(given, Decimal(0)), len(given))


def _by_product_and_year(sales: Sequence[Sale], words: Words) -> Table | None:
    years = sorted({(year, measure) for sale in sales for measure in MEASURES for year in getattr(sale, measure)}, key=_by_year)
    head = [label("sales.product", words.language), *[say_in(words, f"account.year.{measure}", year=year) for year, measure in years]]
    lines = [Line([words.name("product", sale.product), *_yearly(sale, years, words)]) for sale in sales]
    return figures(head, lines, _sums(sales, years, words) if len(sales) > 1 else None) if years else None


def _by_year(column: tuple[int, str]) -> tuple[int, int]:
    return column[0], MEASURES.index(column[1])


def _yearly(sale: Sale, years: Sequence[tuple[int, str]], words: Words) -> list[str]:
    return [_in_year(measure, getattr(sale, measure).get(year), words) for year, measure in years]


def _in_year(measure: str, value: Decimal | None, words: Words) -> str:
    return share(value) if measure == "margin" else amount(value, words.currency)


def _sums(sales: Sequence[Sale], years: Sequence[tuple[int, str]], words: Words) -> Line:
    """The last line: no sum of margins, which are shares of different amounts."""
    values = ["" if measure == "margin" else _sum([getattr(sale, measure).get(year) for sale in sales], words) for year, measure in years]
    return Line([told("account.total", words.language), *values])


def _by_product(sales: Sequence[Sale], items: Mapping[str, Item], words: Words) -> Table | None:
    """What is known of each product beside the years: what the plan says, our share of it, and what is left for us."""
    shown = ("product", *BESIDE)
    lines = [Line([*cells(sale, "sales", shown, words), *_left(items.get(sale.product), words)], own_rows(sale, words)) for sale in sales]
    if any(sale.actual or sale.budget or sale.margin for sale in sales) and not any(any(line.cells[1:]) or line.more for line in lines):
        return None
    sums = {name: _sum([getattr(sale, name) for sale in sales], words) for name in SUMMED}
    total_line = Line([told("account.total", words.language), *[sums.get(name, "") for name in BESIDE], "", ""])
    head = [*titles(Sale, "sales", shown, words), *[told(f"account.figure.{name}", words.language) for name in ("wallet", "white-space")]]
    return stack(head, lines, total=total_line if len(sales) > 1 and any(sums.values()) else None)


def _left(item: Item | None, words: Words) -> tuple[str, str]:
    return (share(item.wallet.value), amount(item.room, words.currency)) if item else ("", "")


def _sum(values: Sequence[Decimal | None], words: Words) -> str:
    summed = total(values)
    if not summed.given:
        return ""
    shown = amount(summed.value, words.currency)
    if summed.given == len(values):
        return shown
    return f"{shown} ({say_in(words, 'account.total.part', n=summed.given, all=len(values))})"


def _costs(costs: Sequence[CostYear], words: Words) -> Table | None:
    shown = ("year", *COSTS)
    head = [*titles(CostYear, "costs", shown, words), told("account.total", words.language)]
    return stack(head, [Line([*cells(cost, "costs", shown, words), _cost(cost, words)], own_rows(cost, words)) for cost in costs])


def _cost(cost: CostYear, words: Words) -> str:
    missing = [name for name in COSTS if getattr(cost, name) is None]
    if missing:
        absent = ", ".join([label(f"costs.{name}", words.language) for name in missing])
        return say_in(words, "account.total.absent", missing=absent)
    return amount(total([getattr(cost, name) for name in COSTS]).value, words.currency)


def _service(service: Sequence[ServiceYear], words: Words, averages: Averages) -> Table | None:
    head = titles(ServiceYear, "service", ("year", *SHARES), words)
    lines = [Line([str(year.year), *[_compared(year, name, averages, words) for name in SHARES]], own_rows(year, words)) for year in service]
    return stack(head, lines)


def _compared(year: ServiceYear, name: str, averages: Averages, words: Words) -> str:
    """A share, and beside it the average of all customers where the portfolio gives it (003)."""
    value = getattr(year, name)
    average = averages.get(year.year, {}).get(name)
    if value is None or average is None:
        return share(value)
    return f"{share(value)} ({say_in(words, 'account.average', value=share(average))})"


def _kpis(kpis: Sequence[Kpi], words: Words) -> Table | None:
    years = sorted({year for kpi in kpis for year in kpi.actual})
    shown = ("text", "unit", "target")
    head = [*titles(Kpi, "kpis", shown, words), *[str(year) for year in years]]
    lines = [Line([*cells(kpi, "kpis", shown, words), *[number(kpi.actual.get(year)) for year in years]], own_rows(kpi, words)) for kpi in kpis]
    return stack(head, lines)
