"""What pages are made from: the workspace as one audience may see it, and where every page is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from kamgen import address
from kamgen.account import Account
from kamgen.diagnostic import Diagnostic, Severity
from kamgen.each import Each
from kamgen.figures.groups import Group, groups
from kamgen.figures.outlook import Outlook, outlook
from kamgen.figures.profile import Profile, profile
from kamgen.frozen import with_values
from kamgen.message import say
from kamgen.model.activity import Activity
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Person, Portfolio
from kamgen.near import Near
from kamgen.once import Once
from kamgen.privacy import Curtain, own_words, unquoted, visible
from kamgen.rows import Rows
from kamgen.ruleset import Ruleset
from kamgen.workspace import Workspace

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Site:
    """What pages are made from: the workspace as one audience may see it.

    `origin` says in words where the as-of date comes from; `source_url` gives the address of a line of a source file, None
    where the configuration names no place to edit files; `handbook` lists the addresses of the company's own pages.
    """

    workspace: Workspace
    origin: str = ""
    source_url: Callable[[str, int], str | None] = field(default=lambda _path, _line: None)
    handbook: tuple[str, ...] = ()
    memory: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What one page found out and others need too, by name; it lasts as long as the site."""
    each: Each = field(default_factory=Each, repr=False, compare=False)
    """What pages found out about single accounts."""
    rows: Rows = field(default_factory=Rows, repr=False, compare=False)
    """What overviews show of single accounts."""
    url: str = ""
    """Where the site is published, as mkdocs.yml says it (`site_url`); empty where it does not."""

    @property
    def portfolio(self) -> Portfolio:
        """What all plans share."""
        return self.workspace.portfolio

    @property
    def ruleset(self) -> Ruleset:
        """The rules in force."""
        return self.workspace.ground.ruleset

    @property
    def as_of(self) -> dt.date:
        """The date that everything is judged at."""
        return self.workspace.as_of

    @property
    def audience(self) -> str:
        """`site` or `team`."""
        return self.portfolio.publish.audience

    @property
    def language(self) -> str:
        """The language of every label."""
        return self.workspace.ground.language

    def say(self, message_id: str, **values: object) -> str:
        """A sentence of the catalogue in the portfolio's language."""
        return say(message_id, language=self.language, **values)

    def name(self, person_id: str | None) -> str:
        """The name of one of us."""
        return self.portfolio.person_name(person_id)

    def type_label(self, activity: Activity) -> str:
        """What people call an activity's type."""
        known = self.ruleset.activity_types.get(activity.type)
        return known.label if known and known.label else activity.type

    @cached_property
    def near(self) -> Site:
        """The site for a page that says what it `rests_on`: it tells when one looks further."""
        return cast("Site", Near(self))

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """Every account, with plans as the audience may see them, sorted by name."""
        shown = (self._shown(account) for account in self.workspace.accounts)
        return tuple(sorted(shown, key=lambda account: (account.name.casefold(), account.path)))

    def _shown(self, account: Account) -> Account:
        plan = account.plan
        return (
            self.each.known("shown", account, lambda: with_values(account, plan=visible(plan, self.audience, own_words(account))))
            if plan
            else account
        )

    @cached_property
    def outlooks(self) -> tuple[Outlook, ...]:
        """Where every readable account stands: the highest tier first, then by name."""
        ranks = {tier: rank for rank, tier in enumerate(self.ruleset.tiers)}
        whole = {account.path: account for account in self.workspace.accounts}
        made = (self._outlook(whole[account.path], account.plan) for account in self.accounts if account.plan)
        return tuple(sorted((found for found in made if found), key=lambda found: ranks.get(found.plan.tier, len(ranks))))

    def _outlook(self, whole: Account, shown: Plan) -> Outlook | None:
        return self.each.known("outlook", whole, lambda: outlook(whole, shown, self.portfolio, self.ruleset, self.as_of))

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Path of the plan -> severity word -> how many findings nobody waived."""
        found: dict[str, Counter[str]] = {}
        for diagnostic in self.diagnostics:
            if not diagnostic.waived:
                found.setdefault(diagnostic.path, Counter())[diagnostic.severity.word] += 1
        return found

    @cached_property
    def kams(self) -> tuple[Person, ...]:
        """The people who own an account, and the active key account managers who own none, by name."""
        owners = {account.plan.owner for account in self.accounts if account.plan}
        found = (person for person in self.portfolio.people if person.id in owners or (person.active and person.role == "kam"))
        return tuple(sorted(found, key=lambda person: (person.name.casefold(), person.id)))

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What the audience may read of the verdict, by file and place: what is not for it is left out of the words."""
        return tuple(map(self.told, self.workspace.diagnostics))

    def told(self, diagnostic: Diagnostic) -> Diagnostic:
        """A finding about this text, of whatever day, as the audience may read it."""
        curtain = self._curtains.get(diagnostic.path)
        bare = unquoted(diagnostic)
        return curtain.over(bare, self.language) if curtain else bare

    @cached_property
    def _curtains(self) -> Mapping[str, Curtain]:
        shown = {account.path: account.plan for account in self.accounts}
        return {account.path: self._curtain(account, shown[account.path]) for account in self.workspace.accounts}

    def _curtain(self, account: Account, shown: Plan | None) -> Curtain:
        return self.each.known("curtain", account, lambda: Curtain(account, shown, self.audience))

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """Path of the plan -> the figures of the account, for every account that can be read; told when somebody asks."""
        known = {outlook.account.path: outlook for outlook in self.outlooks}
        return Once(lambda path: self.known("profile", known[path], self._profile))

    def _profile(self, outlook: Outlook) -> Profile:
        return profile(outlook.account, outlook.plan, self.portfolio, self.ruleset, self.workspace.ground.window, self.as_of)

    def known(self, name: str, outlook: Outlook, make: Callable[[Outlook], Thing]) -> Thing:
        """What `make` tells of an account, and of nothing else; told once, under a name."""
        return self.each.known(name, outlook.account, lambda: make(outlook))

    def once(self, name: str, make: Callable[[], Thing]) -> Thing:
        """What `make` tells of the whole site; told once, under a name, for all pages."""
        if name not in self.memory:
            self.memory[name] = make()
        found: Thing = self.memory[name]
        return found

    def findings(self, account: Account) -> tuple[Diagnostic, ...]:
        """The diagnostics of one account."""
        return self._by_path.get(account.path, ())

    def counted(self, account: Account) -> Mapping[str, int]:
        """Severity word -> how many findings of an account nobody waived."""
        return self.counts.get(account.path, {})

    @cached_property
    def _by_path(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        found: dict[str, list[Diagnostic]] = {}
        for diagnostic in self.diagnostics:
            found.setdefault(diagnostic.path, []).append(diagnostic)
        return {path: tuple(listed) for path, listed in found.items()}

    @cached_property
    def errors(self) -> int:
        """How many findings fail the build."""
        return self.workspace.count(Severity.ERROR)

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        return dict(address.of_accounts(self.accounts))

    def address(self, account: Account) -> str:
        """The address of an account's page, `accounts/<id>.md`; two plans never share one."""
        return self._addresses[account.path]

    @cached_property
    def account_pages(self) -> Mapping[str, str]:
        """Account id -> address of its page, for links by id; the first plan of an id that two have."""
        return {account.id: self.address(account) for account in reversed(self.accounts)}

    @cached_property
    def kam_pages(self) -> Mapping[str, str]:
        """Person id -> address of the page, for the people who have one."""
        return address.of_people(self.kams)

    @cached_property
    def tier_pages(self) -> Mapping[str, str]:
        """Tier id -> address of its page, for every tier in force."""
        return address.in_folder("tiers", self.ruleset.tiers)

    @cached_property
    def segment_pages(self) -> Mapping[str, str]:
        """Segment -> address of its page: those of the portfolio file, in its order."""
        return address.in_folder("segments", self.portfolio.segments)

    @cached_property
    def region_pages(self) -> Mapping[str, str]:
        """Region -> address of its page: those of the portfolio file, in its order."""
        return address.in_folder("regions", self.portfolio.regions)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Parents with their subsidiaries, as far as the audience may see who belongs to whom, by name."""
        return groups(self.outlooks)

    @cached_property
    def group_pages(self) -> Mapping[str, str]:
        """Account id -> address of the page of its group, for every account that belongs to one."""
        pages = address.in_folder("groups", (group.head for group in self.groups))
        return {**pages, **{member.outlook.account.id: pages[group.head] for group in self.groups for member in group.members}}

    def calendar(self, of: str = "") -> str | None:
        """The address of the calendar that belongs to a page: of a KAM, of an account, without one of all; None where none are published."""
        return address.of_calendar(self.portfolio.publish, of)

    def webcal(self, address: str) -> str:
        """What a calendar program subscribes to; empty where nobody says where the site is published."""
        _, _, place = self.url.partition("://")
        return f"webcal://{place.rstrip('/')}/{address}" if place else ""
