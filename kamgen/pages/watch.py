"""What leadership watches: accounts at risk, what turns red, decisions wanted, what changed; in full, for the home page and a page each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final

from kamgen.ahead import last_day
from kamgen.diagnostic import Diagnostic
from kamgen.drift import drift, turning
from kamgen.figures.outlook import Outlook
from kamgen.page import Page, page
from kamgen.site import Site
from kamgen.workspace import judge
from kamgen.written import share

AHEAD: Final = 30
"""Days that "turning red" looks ahead."""
BACK: Final = 7
"""Days that "changed" looks back."""
WEAK: Final = Fraction(1, 2)
"""A key account below this health is at risk (ours)."""
ROWS: Final = 1000
"""Lines of a list on its page; those beyond are counted."""
DECISIONS: Final = ("waiver-unapproved", "tier-mismatch", "posture-mismatch")
"""The rules whose findings wait for a leader, in the order that they are told in."""
ENDINGS: Final = frozenset({"agreement-expired", "agreement-expiring", "ending-without-meeting"})
UNTOLD: Final = frozenset({"held-in-the-future"})
"""What was wrong on an earlier day only because the text is of today."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a list: `sort` says what sort it is, `help` what to do, `severity` how grave it is, where it is a finding."""

    words: str
    sort: str = ""
    help: str = ""
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: whose it is, by name and address, the day, and what is said. `outlook` is None where no plan can be read."""

    name: str
    address: str
    outlook: Outlook | None
    date: dt.date | None
    told: tuple[Told, ...]

    @property
    def key(self) -> bool:
        """Whether it is about a key account."""
        return self.outlook is not None and self.outlook.key


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its name (`came`), and its lines."""

    name: str
    entries: tuple[Entry, ...]
    rows: int = ROWS


@dataclass(frozen=True)
class Watch:
    """The lists. `gone` are findings of seven days ago that do not stand any more."""

    at_risk: Listing
    turning: Listing
    decisions: Listing
    came: Listing
    gone: Listing


@page("watch")
def watching(site: Site) -> Iterator[Page]:
    """A page for each list; what came and what went stand on one."""
    found = cache(lambda: watch(site))
    yield _page(site, "at-risk", 26, lambda: (found().at_risk,))
    yield _page(site, "turning-red", 27, lambda: (found().turning,))
    yield _page(site, "decisions", 28, lambda: (found().decisions,))
    yield _page(site, "changed", 29, lambda: (found().came, found().gone))


def _page(site: Site, name: str, menu: int, lists: Callable[[], tuple[Listing, ...]]) -> Page:
    return Page(
        address=f"{name}.md",
        title=site.say(f"home.{name}"),
        template="watch.html",
        context=lambda: {"about": name, "lists": lists(), "days": DAYS},
        menu=menu,
        section="work",
        hide=("navigation", "toc"),
        search=site.say(f"home.{name}.search"),
    )


DAYS: Final[Mapping[str, int]] = {"turning-red": AHEAD, "changed": BACK}


def watch(site: Site) -> Watch:
    """Everything to watch; the portfolio is judged on two more days for it, once for a site."""
    return site.once("watch", lambda: _watch(site))


def _watch(site: Site) -> Watch:
    now = site.workspace
    changes = drift(judge(now.reading, now.as_of - dt.timedelta(days=BACK)), now)
    red = turning(now, last_day(now.as_of, AHEAD))
    tell = _teller(site)
    gone = (found for found in changes.gone if found.rule not in UNTOLD)
    return Watch(
        at_risk=Listing("at-risk", tuple(_at_risk(site))),
        turning=Listing("turning-red", tuple(tell(one.diagnostic, one.date) for one in red)),
        decisions=Listing("decisions", tuple(tell(found, None) for found in _wanted(now.diagnostics))),
        came=Listing("came", _grave_first(tell(found, None) for found in changes.came)),
        gone=Listing("gone", _grave_first(tell(found, None) for found in gone)),
    )


def _wanted(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    found = (one for one in diagnostics if one.rule in DECISIONS and not one.waived)
    return sorted(found, key=lambda one: DECISIONS.index(one.rule))


GRAVE: Final = ("error", "warning", "info")


def _grave_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Errors, then warnings; of each the key accounts first."""
    return tuple(sorted(entries, key=lambda entry: (GRAVE.index(entry.told[0].severity), not entry.key)))


def _teller(site: Site) -> Callable[[Diagnostic, dt.date | None], Entry]:
    """Puts a finding into a line, without the account's name at its beginning."""
    outlooks = {outlook.account.path: outlook for outlook in site.outlooks}
    names = {account.path: (account.name, site.address(account)) for account in site.accounts}

    def tell(found: Diagnostic, date: dt.date | None) -> Entry:
        name, address = names.get(found.path, (found.path, "health.md"))
        shown = site.told(found)
        words = shown.message.removeprefix(f"{name}: ")
        sort = site.say(f"home.sort.{found.rule}") if found.rule in DECISIONS else ""
        return Entry(name, address, outlooks.get(found.path), date, (Told(words, sort, shown.help, shown.severity.word),))

    return tell


def _at_risk(site: Site) -> Iterator[Entry]:
    """The accounts with a reason to worry: key accounts first, then those with the most reasons."""
    found = [(outlook, tuple(_reasons(site, outlook))) for outlook in site.outlooks if outlook.open]
    worrying = [(outlook, reasons) for outlook, reasons in found if reasons]
    for outlook, reasons in sorted(worrying, key=lambda pair: (not pair[0].key, -len(pair[1]))):
        yield Entry(outlook.plan.account, site.address(outlook.account), outlook, None, reasons)


def _reasons(site: Site, outlook: Outlook) -> Iterator[Told]:
    """Why an account is at risk: what its owner says, its health, what it complains of, what runs out."""
    plan = outlook.plan
    if plan.status == "at-risk":
        yield Told(plan.status_reason or site.say("home.risk.status.plain"), site.say("home.risk.status"))
    value = site.profiles[outlook.account.path].health.value
    if outlook.key and value is not None and value < WEAK:
        yield Told(site.say("home.risk.health.words", share=share(value), limit=share(WEAK)), site.say("home.risk.health"))
    waiting = sorted(complaint.date for complaint in plan.complaints if complaint.date <= site.as_of and _is_open(complaint.closed, site.as_of))
    if waiting:
        yield Told(site.say("home.risk.complaint.words", n=len(waiting), date=waiting[0]), site.say("home.risk.complaint"))
    for found in site.findings(outlook.account):
        if found.rule in ENDINGS and not found.waived:
            yield Told(found.message.removeprefix(f"{plan.account}: "), site.say("home.risk.agreement"), found.help)


def _is_open(closed: dt.date | None, as_of: dt.date) -> bool:
    return closed is None or closed > as_of
