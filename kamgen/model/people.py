"""The customer's people, and ours who work with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kamgen.model.kind import DATE, EMAIL, ID, LEVEL, PROSE, TEXT, RecordOf, Reference, TableOf, choice, whole
from kamgen.model.record import Record, items, key

FUNCTIONS = ("ceo", "sales-marketing", "development", "department", "product", "project", "procurement", "influencer", "other")
BUYING_ROLES = ("sponsor", "decision-maker", "approver", "champion", "influencer", "evaluator", "user", "gatekeeper", "blocker")
WORK = ("ongoing", "occasional", "none")
SUPPORT = ("mentor", "supporter", "neutral", "critic", "opponent")


class Target(Record):
    """The numbers of one requirement for one person, in place of the tier's."""

    min: int | None = key(whole(0, 366), "Floor in a window, number of activities")
    max: int | None = key(whole(0, 366), "Recommended at most in a window")
    reason: str | None = key(TEXT, "Why this person is worked in another way")


class Contact(Record):
    """A person at the customer (000: a description of every person)."""

    id: str = key(ID, "Needed where the name is not plain ASCII, or is not unique; else made from the name", default="")
    name: str = key(TEXT, "The name, as the person writes it", required=True)
    title: str | None = key(TEXT, "Title at the customer")
    function: str | None = key(choice(*FUNCTIONS), "What the person works with")
    buying_role: str | None = key(choice(*BUYING_ROLES), "The person's part in a decision to buy")
    work: str | None = key(
        choice(*WORK), "Is the person worked by the tier's numbers? Default: ongoing for the functions that the tier works, else occasional"
    )
    relationship: int | None = key(LEVEL, "How well we know the person: 0 none, 1 weak, 2 occasional, 3 good, 4 strong, 5 trusted")
    wanted: int | None = key(LEVEL, "The level that we want, 0-5")
    influence: int | None = key(LEVEL, "Influence on decisions about us, 0-5", visibility="team")
    support: str | None = key(choice(*SUPPORT), "How the person stands towards us", visibility="team")
    our_contact: str | None = key(Reference("person"), "Who of us knows the person best")
    reports_to: str | None = key(Reference("contact"), "The person's manager: the organisation chart")
    email: str | None = key(EMAIL, "E-mail address", visibility="team")
    phone: str | None = key(TEXT, "Phone number, in quotes", visibility="team")
    background: str | None = key(PROSE, "Career, education, earlier employers", visibility="team")
    interests: str | None = key(PROSE, "What the person cares for", visibility="team")
    description: str | None = key(PROSE, "How the person works and decides", visibility="team")
    since: dt.date | None = key(DATE, "When the person joined, or we met; from then on the tier's numbers are owed")
    left: dt.date | None = key(DATE, "The date the person left")
    targets: Mapping[str, Target] = items(TableOf(Reference("requirement"), RecordOf(Target)), "Numbers of this person's own, by requirement id")


class AbsentRole(Record):
    """A role that does not exist at this customer."""

    function: str | None = key(choice(*FUNCTIONS), "The function that nobody has")
    buying_role: str | None = key(choice(*BUYING_ROLES), "The buying role that nobody has")
    reason: str | None = key(TEXT, "Why it is missing")


class TeamMember(Record):
    """One of us in the KAM team (001: a customer team, to work the customer on many surfaces)."""

    person: str = key(Reference("person"), "Who", required=True)
    role: str | None = key(TEXT, "The part in the team")
    mandate: str | None = key(TEXT, "What the person may decide alone")
