"""The account plan: everything that one file in `plans/` says about one key account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from kamgen.model.activity import Activity
from kamgen.model.ambition import Action, Goal, Issue, Risk, Strategy
from kamgen.model.analysis import Classification, Competitor, Complaint, DecisionProcess, Feedback, Need, Partner, Swot
from kamgen.model.commerce import CostYear, Kpi, Offer, Sale, ServiceYear
from kamgen.model.company import Agreement, Assignment, Company, Cooperation, Paper
from kamgen.model.governance import Care, CareExclusion, Meetings, Review, Waiver
from kamgen.model.kind import AMOUNT, CURRENCY_CODE, DATE, PROSE, TEXT, VISIBILITIES, ListOf, RecordOf, Reference, TableOf, choice
from kamgen.model.people import AbsentRole, Contact, TeamMember
from kamgen.model.record import Record, items, key

STATUSES = ("prospect", "active", "at-risk", "paused", "lost", "archived")
NEEDS_REASON = ("paused", "lost", "at-risk")
CLOSED = ("lost", "archived")


class Plan(Record):
    """An account plan. Only `account`, `tier` and `owner` are required to load it."""

    account: str = key(TEXT, "The customer's name", required=True)
    tier: str = key(Reference("tier"), "The customer's class; the rule set says what it asks for", required=True)
    tier_reason: str | None = key(TEXT, "Why this tier, where the bands say another: the personal assessment (000)")
    owner: str = key(Reference("person"), "The key account manager", required=True)
    deputy: str | None = key(Reference("person"), "Who takes over when the owner is away")
    executive_sponsor: str | None = key(Reference("person"), "The executive on our side")
    team: tuple[TeamMember, ...] = items(ListOf(RecordOf(TeamMember)), "The KAM team (001)")
    status: str = key(choice(*STATUSES), "What the account is to us; decides what is judged", default="active")
    status_reason: str | None = key(TEXT, "Why; required for paused, lost and at-risk")
    paused_until: dt.date | None = key(DATE, "The first day it is judged again")
    since: dt.date | None = key(DATE, "Customer, or key account, since")
    segment: str | None = key(Reference("segment"), "One of the portfolio's segments")
    region: str | None = key(Reference("region"), "One of the portfolio's regions")
    parent: str | None = key(Reference("account"), "The parent account's id: the group structure")
    currency: str | None = key(CURRENCY_CODE, "Currency of every amount in this file; default: the portfolio's")
    potential: Decimal | None = key(AMOUNT, "What we could sell to them in a year")
    arrangements: tuple[str, ...] = items(ListOf(TEXT), "A VIP's special arrangements, in words (000)")
    company: Company | None = key(RecordOf(Company), "The customer card")
    cooperation: Cooperation | None = key(RecordOf(Cooperation), "How we work together")
    agreements: tuple[Agreement, ...] = items(ListOf(RecordOf(Agreement)), "Contracts")
    offers: tuple[Offer, ...] = items(ListOf(RecordOf(Offer)), "Offers")
    documents: tuple[Paper, ...] = items(ListOf(RecordOf(Paper)), "Documents of the account")
    assignments: tuple[Assignment, ...] = items(ListOf(RecordOf(Assignment)), "What we did for them")
    contacts: tuple[Contact, ...] = items(ListOf(RecordOf(Contact)), "The customer's people")
    absent_roles: tuple[AbsentRole, ...] = items(ListOf(RecordOf(AbsentRole)), "Roles that do not exist here")
    activities: tuple[Activity, ...] = items(ListOf(RecordOf(Activity)), "What was done and what is planned")
    sales: tuple[Sale, ...] = items(ListOf(RecordOf(Sale)), "The performance file, per product")
    costs: tuple[CostYear, ...] = items(ListOf(RecordOf(CostYear)), "What the customer costs us")
    service: tuple[ServiceYear, ...] = items(ListOf(RecordOf(ServiceYear)), "How well we deliver")
    kpis: tuple[Kpi, ...] = items(ListOf(RecordOf(Kpi)), "Key figures beyond revenue")
    classification: Classification | None = key(RecordOf(Classification), "Scores for the matrices")
    value_proposition: str | None = key(PROSE, "Why this customer should buy from us")
    needs: tuple[Need, ...] = items(ListOf(RecordOf(Need)), "Agreed needs")
    decision_process: DecisionProcess | None = key(RecordOf(DecisionProcess), "How they decide and buy")
    competitors: tuple[Competitor, ...] = items(ListOf(RecordOf(Competitor)), "Our competitors at this account")
    partners: tuple[Partner, ...] = items(ListOf(RecordOf(Partner)), "Possible partners")
    swot: Swot | None = key(RecordOf(Swot), "Strengths, weaknesses, opportunities, threats")
    feedback: tuple[Feedback, ...] = items(ListOf(RecordOf(Feedback)), "The customer's report card")
    complaints: tuple[Complaint, ...] = items(ListOf(RecordOf(Complaint)), "Complaints")
    goals: tuple[Goal, ...] = items(ListOf(RecordOf(Goal)), "What we want to reach")
    success_factors: tuple[str, ...] = items(ListOf(TEXT), "What must go right")
    strategies: tuple[Strategy, ...] = items(ListOf(RecordOf(Strategy)), "How we get there, and why it works")
    actions: tuple[Action, ...] = items(ListOf(RecordOf(Action)), "Key activities")
    relationship_plan: str | None = key(PROSE, "How we develop the relationships")
    issues: tuple[Issue, ...] = items(ListOf(RecordOf(Issue)), "Long-term issues")
    risks: tuple[Risk, ...] = items(ListOf(RecordOf(Risk)), "Risks")
    meetings: Meetings | None = key(RecordOf(Meetings), "The meeting structure")
    care: tuple[Care, ...] = items(ListOf(RecordOf(Care)), "The care programme: touches that are no meetings")
    care_excluded: tuple[CareExclusion, ...] = items(ListOf(RecordOf(CareExclusion)), "Touches this customer does not get")
    reviews: tuple[Review, ...] = items(ListOf(RecordOf(Review)), "Recorded reviews of the plan")
    waivers: tuple[Waiver, ...] = items(ListOf(RecordOf(Waiver)), "Rules that do not hold here for a while")
    visibility: Mapping[str, str] = items(TableOf(TEXT, choice(*VISIBILITIES)), "Who may see a part: site, team or private")

    id: str = ""
    """The file's stem."""
    body: str = ""
    """The Markdown below the front matter."""
    unread: frozenset[str] = frozenset()
    """Top-level keys with a value that could not be read: nothing is judged by them."""
    settled_unread: bool = False
    """What could not be read of the activities stands in settled ones: those that are planned are judged all the same."""

    @property
    def closed(self) -> bool:
        """Lost or archived: outside every figure."""
        return self.status in CLOSED

    def offer(self, offer_id: str | None) -> Offer | None:
        """The offer with this id; none where nothing is named, though an offer may have no id either."""
        return next((offer for offer in self.offers if offer_id and offer.id == offer_id), None)
