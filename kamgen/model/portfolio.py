"""The portfolio: what all plans share (`plans/portfolio.yml`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from kamgen.diagnostic import Message
from kamgen.model.ambition import Action, Goal, Strategy
from kamgen.model.kind import (
    AMOUNT,
    CURRENCY_CODE,
    CUSTOM_KEY,
    DATE,
    EMAIL,
    FLAG,
    ID,
    PROSE,
    RATE,
    SECRET,
    TEXT,
    YEAR,
    ListOf,
    Raw,
    RecordOf,
    Reference,
    TableOf,
    choice,
    number,
    whole,
)
from kamgen.model.record import Record, blank, items, key

ROLES = ("kam", "leader", "executive", "specialist", "support")
APPROVERS = ("leader", "executive")
AUDIENCES = ("site", "team")
CUSTOM_TYPES = ("text", "number", "date", "flag", "link")


class Rate(Record):
    """What one unit of a currency is worth in the base currency, from a date on."""

    currency: str = key(CURRENCY_CODE, "The currency", required=True)
    date: dt.date = key(DATE, "From which day", required=True)
    rate: Decimal = key(RATE, "Base currency per 1 unit", required=True)


class Person(Record):
    """One of us."""

    id: str = key(ID, "What plans call the person", required=True)
    name: str = key(TEXT, "The person's name", required=True)
    role: str = key(choice(*ROLES), "What the person does; leaders and executives approve waivers", required=True)
    manager: str | None = key(Reference("person"), "Who leads the person")
    email: str | None = key(EMAIL, "E-mail address; never published", visibility="private")
    capacity: Decimal | None = key(number(0), "Hours a year for key accounts")
    goals: tuple[Goal, ...] = items(ListOf(RecordOf(Goal)), "The person's own goals")
    active: bool = key(FLAG, "false: has left, owns nothing any more", default=True)


class Product(Record):
    """A product or a product group."""

    id: str = key(ID, "What plans call it", required=True)
    label: str | None = key(TEXT, "What people call it")


class DayOfYear(Record):
    """A day that comes back every year."""

    month: int = key(whole(1, 12), "Month, 1-12", required=True)
    day: int = key(whole(1, 31), "Day of the month; 29 February is the 28th in other years", required=True)


class ReviewWindow(Record):
    """When the plans are to be reviewed (001: before next year's budget work, and six months later)."""

    name: str = key(TEXT, "What the review is called", required=True)
    due: DayOfYear = key(RecordOf(DayOfYear), "The day it is due", required=True)
    opens: int = key(whole(0, 366), "Days before, from which a review counts", default=60)
    grace: int = key(whole(0, 366), "Days after, until which a review counts", default=14)


class Criteria(Record):
    """The written criteria by which key accounts are chosen (002)."""

    text: str | None = key(PROSE, "The criteria")
    revised: dt.date | None = key(DATE, "When they were last revised")


class PortfolioPlan(Record):
    """The plan of the portfolio as a whole (002)."""

    criteria: Criteria | None = key(RecordOf(Criteria), "How key accounts are chosen")
    goals: tuple[Goal, ...] = items(ListOf(RecordOf(Goal)), "Goals of the whole portfolio")
    strategies: tuple[Strategy, ...] = items(ListOf(RecordOf(Strategy)), "How we get there")
    actions: tuple[Action, ...] = items(ListOf(RecordOf(Action)), "Key activities of the whole portfolio")
    budget: Mapping[int, Decimal] = items(TableOf(YEAR, AMOUNT), "Budget per year, in the base currency")


class CustomField(Record):
    """A key of the company's own."""

    name: str = key(CUSTOM_KEY, "The key; begins with x_", name="key", required=True)
    label: str | None = key(TEXT, "What the site calls it")
    type: str = key(choice(*CUSTOM_TYPES), "What it holds", default="text")


class Publish(Record):
    """What is published."""

    audience: str = key(choice(*AUDIENCES), "site: everyone who reads the site; team: the account teams' build", default="site")
    calendars: bool = key(FLAG, "Whether calendars are published", default=False)
    calendar_path: str | None = key(
        SECRET, "A secret part of every calendar's address, as calendar programs cannot log in: 16 letters and digits or more", visibility="private"
    )


DEFAULT_WINDOWS = (
    ReviewWindow(name="budget", due=DayOfYear(month=10, day=1)),
    ReviewWindow(name="half-year", due=DayOfYear(month=4, day=1)),
)


class Portfolio(Record):
    """What all plans share."""

    title: str = key(TEXT, "The site's title", default="Key accounts")
    language: str = key(TEXT, "Language of messages and labels; en", default="en")
    currency: str = key(CURRENCY_CODE, "The base currency of every sum", default="EUR")
    rates: tuple[Rate, ...] = items(ListOf(RecordOf(Rate)), "Dated rates of the other currencies")
    fiscal_year_start: int = key(whole(1, 12), "The month in which the fiscal year begins", default=1)
    time_zone: str = key(TEXT, "Time zone of every time, and of today", default="UTC")
    today: dt.date | None = key(DATE, "Pins the as-of date; only for demonstrations")
    people: tuple[Person, ...] = items(ListOf(RecordOf(Person)), "Everyone on our side that plans name")
    products: tuple[Product, ...] = items(ListOf(RecordOf(Product)), "What we sell")
    segments: tuple[str, ...] = items(ListOf(TEXT), "Segments of customers")
    regions: tuple[str, ...] = items(ListOf(TEXT), "Regions")
    key_accounts_max: int | None = key(whole(1, 100_000), "How many key accounts the portfolio may have (002: a limited number)")
    key_accounts_per_kam: int | None = key(whole(1, 100_000), "How many key accounts one KAM may have")
    service_average: Mapping[int, Mapping[str, Decimal]] = items(
        TableOf(YEAR, TableOf(TEXT, number(0, 1))), "Average service of all customers per year, as shares; else the average of all accounts"
    )
    review_windows: tuple[ReviewWindow, ...] = key(ListOf(RecordOf(ReviewWindow)), "When plans are reviewed (001)", default=DEFAULT_WINDOWS)
    plan: PortfolioPlan | None = key(RecordOf(PortfolioPlan), "The plan of the portfolio as a whole (002)")
    rules: None = key(Raw(Message("form.rules"), {"$ref": "ruleset"}), "The company's own rules: a rule set that extends a shipped one")
    custom_fields: tuple[CustomField, ...] = items(ListOf(RecordOf(CustomField)), "Keys of the company's own")
    publish: Publish = key(RecordOf(Publish), "Who the build is for", default=blank(Publish))

    @property
    def roles(self) -> dict[str, str]:
        """The role of each of our people, by id."""
        return {person.id: person.role for person in self.people}

    def person(self, person_id: str | None) -> Person | None:
        """The person with this id."""
        return next((person for person in self.people if person.id == person_id), None)

    def person_name(self, person_id: str | None) -> str:
        """The person's name; the id itself where nobody has it, empty for None."""
        person = self.person(person_id)
        return person.name if person else person_id or ""

    def has_left(self, person_id: str | None) -> bool:
        """Whether somebody was one of us and is no more; not of an id that nobody has."""
        person = self.person(person_id)
        return person is not None and not person.active

    def may_approve(self, person_id: str | None, owner: str) -> bool:
        """Whether a person may approve what the owner of a plan asks for: a leader or executive who is not the owner."""
        person = self.person(person_id)
        return person is not None and person.role in APPROVERS and person.id != owner
