"""The customer card: what the customer is, where it is going, and what we did together."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from kamgen.model.kind import AMOUNT, DATE, FLAG, LINK, PROSE, SIGNED_AMOUNT, TEXT, YEAR, ListOf, RecordOf, choice, whole
from kamgen.model.record import Record, items, key

AGREEMENT_KINDS = ("frame", "yearly", "value-programme", "campaign", "service-level", "other")


class FutureProject(Record):
    """Something the customer plans that could be business for us."""

    text: str = key(TEXT, "What they plan", required=True)
    when: str | None = key(TEXT, "When, in words or as a date")
    value: Decimal | None = key(AMOUNT, "What it could be worth to us, in the account's currency")
    our_role: str | None = key(TEXT, "What we could be in it")


class CompanyYear(Record):
    """One year of the customer's own economy."""

    year: int = key(YEAR, "The fiscal year, named by the year it ends in", required=True)
    turnover: Decimal | None = key(AMOUNT, "The customer's turnover in the year")
    profit: Decimal | None = key(SIGNED_AMOUNT, "The customer's profit in the year; a loss is negative")
    note: str | None = key(TEXT, "What explains the year")


class Company(Record):
    """The customer card (000), with the eight parts that a discovery meeting fills (004)."""

    legal_name: str | None = key(TEXT, "The registered name")
    industry: str | None = key(TEXT, "Line of business")
    website: str | None = key(LINK, "Web address")
    address: str | None = key(TEXT, "Street and number")
    postal_code: str | None = key(TEXT, "Postal code")
    city: str | None = key(TEXT, "City")
    country: str | None = key(TEXT, "Country")
    turnover: Decimal | None = key(AMOUNT, "The customer's yearly turnover")
    employees: int | None = key(whole(0, 10_000_000), "Number of employees")
    products: tuple[str, ...] = items(ListOf(TEXT), "What the customer sells")
    markets: tuple[str, ...] = items(ListOf(TEXT), "Where the customer sells it")
    customers: tuple[str, ...] = items(ListOf(TEXT), "The customer's customers")
    competitors: tuple[str, ...] = items(ListOf(TEXT), "The customer's competitors")
    tools: tuple[str, ...] = items(ListOf(TEXT), "Tools they work with")
    platforms: tuple[str, ...] = items(ListOf(TEXT), "Platforms they order or integrate through")
    description: str | None = key(PROSE, "What the company does, in a few sentences")
    situation: str | None = key(PROSE, "Where they stand now")
    challenges: str | None = key(PROSE, "Their most important challenges")
    goals: str | None = key(PROSE, "Their goals and plans for the future")
    strategy: str | None = key(PROSE, "How they mean to get there")
    unique_qualities: str | None = key(PROSE, "What makes them special")
    organisation: str | None = key(PROSE, "How they are organised, who decides what")
    future_projects: tuple[FutureProject, ...] = items(ListOf(RecordOf(FutureProject)), "Projects to come")
    history: tuple[CompanyYear, ...] = items(ListOf(RecordOf(CompanyYear)), "The customer's own economic development")


class Cooperation(Record):
    """How we work together."""

    mode: str | None = key(PROSE, "The form of the cooperation")
    customer_view: str | None = key(PROSE, "How the customer sees us")


class Agreement(Record):
    """A contract with the customer."""

    title: str = key(TEXT, "What it is called", required=True)
    kind: str | None = key(choice(*AGREEMENT_KINDS), "What sort of agreement it is")
    start: dt.date | None = key(DATE, "First day in force")
    end: dt.date | None = key(DATE, "Last day in force")
    notice: dt.date | None = key(DATE, "Last day to give notice")
    ended: bool = key(FLAG, "true: it was ended, and that is meant", default=False)
    replaced_by: str | None = key(TEXT, "Title of the agreement that follows it")
    documents: tuple[str, ...] = items(ListOf(LINK), "Links to the signed papers")


class Paper(Record):
    """A document that belongs to the account."""

    title: str = key(TEXT, "What it is", required=True)
    url: str | None = key(LINK, "Where it is")
    date: dt.date | None = key(DATE, "When it was made")


class Assignment(Record):
    """Something that we did for the customer."""

    text: str = key(TEXT, "What we did", required=True)
    year: int | None = key(YEAR, "In which year")
    value: Decimal | None = key(AMOUNT, "What it was worth, in the account's currency")
