"""The account page: everything that one plan says, below what is to be done now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from kamgen.account import Account
from kamgen.figures.basket import basket
from kamgen.frozen import Frozen
from kamgen.model.plan import Plan
from kamgen.model.portfolio import CustomField
from kamgen.page import Page, Sheet, page
from kamgen.pages.account.ambition import ambition, steering
from kamgen.pages.account.analysis import analysis
from kamgen.pages.account.blocks import Part, Section, Text, facts, section
from kamgen.pages.account.brief import brief
from kamgen.pages.account.customer import business, customer
from kamgen.pages.account.head import FINDINGS, head, verdict
from kamgen.pages.account.money import money
from kamgen.pages.account.people import people
from kamgen.pages.account.questions import View, questions
from kamgen.pages.account.room import fitted, ids, is_rich, weight
from kamgen.pages.account.values import Words, own_rows
from kamgen.pages.account.work import activities, all_activities, cadence, is_long
from kamgen.pages.account.workshop import workshop
from kamgen.privacy import own_words
from kamgen.prose import body
from kamgen.questions import split
from kamgen.site import Site

Names = Mapping[str, Mapping[str, str]]
Made = Page | Sheet


class Shared(Frozen):
    """What all account pages need, made once: names by reference target, the company's own fields, accounts as judged, groups."""

    names: Names
    own: Mapping[str, CustomField]
    whole: Mapping[str, Account]
    children: Mapping[str, list[Account]]


@page("account")
def accounts(site: Site) -> Iterator[Made]:
    """One page per account, and beside it a brief, a workshop sheet, and all activities where the page has no room for them."""
    shared = _shared(site)
    for account in site.accounts:
        yield from _sheets(account, account.plan, site, shared) if account.plan else ()
        yield Page(
            address=site.address(account),
            title=account.name,
            template="account.html",
            context=partial(context, account, site.near, shared),
            rests_on=_rests_on(account, shared),
            source=account.path,
            parent="portfolio.md",
            search=_search(account.plan, site) if account.plan else "",
            hide=("navigation",),
        )


def _sheets(account: Account, plan: Plan, site: Site, shared: Shared) -> Iterator[Sheet]:
    for name, make in SHEETS.items():
        if _wanted(name, account, plan, site):
            yield Sheet(
                sheet_address(account, name, site),
                f"{account.name}: {site.say(f'account.{name}')}",
                f"account/{name}.html",
                partial(make, account, plan, site.near, shared),
                _rests_on(account, shared),
            )


def _rests_on(account: Account, shared: Shared) -> tuple[str, ...]:
    """Its plan, and those of its subsidiaries, which its page names."""
    return (account.path, *(child.path for child in shared.children.get(account.id, ())))


def _wanted(name: str, account: Account, plan: Plan, site: Site) -> bool:
    """Whether an account has a sheet: those of all activities, all findings and all of the plan only where its page has no room for them."""
    asked = {
        HISTORY: lambda: is_long(plan),
        VERDICT: lambda: len(site.findings(account)) > FINDINGS,
        WHOLE: lambda: is_rich(plan, account.document.text),
    }
    return asked.get(name, lambda: True)()


def sheet_address(account: Account, name: str, site: Site) -> str:
    """The address of a sheet of an account: `accounts/acme/brief.html`."""
    return f"{site.address(account).removesuffix('.md')}/{name}.html"


def _view(account: Account, plan: Plan, site: Site, shared: Shared) -> View:
    items = basket(plan, site.portfolio, site.as_of) if plan.sales else ()
    return View(shared.whole[account.path], plan, site, _words(account, plan, site, shared), items)


def _brief(account: Account, plan: Plan, site: Site, shared: Shared) -> Mapping[str, Any]:
    return {"account": account, **brief(_view(account, plan, site, shared))}


def _workshop(account: Account, plan: Plan, site: Site, shared: Shared) -> Mapping[str, Any]:
    return {"account": account, **workshop(_view(account, plan, site, shared))}


def _history(account: Account, plan: Plan, site: Site, shared: Shared) -> Mapping[str, Any]:
    return {"account": account, "section": all_activities(plan, _words(account, plan, site, shared), site.as_of)}


def _findings(account: Account, _plan: Plan, site: Site, _shared: Shared) -> Mapping[str, Any]:
    return {"account": account, "verdict": verdict(site.findings(account), site)}


def _whole(account: Account, plan: Plan, site: Site, shared: Shared) -> Mapping[str, Any]:
    sheets = {name: sheet_address(account, name, site) for name in (HISTORY,) if _wanted(name, account, plan, site)}
    return {"account": account, "sections": sections(_view(account, plan, site, shared)), "sheets": sheets}


HISTORY: Final = "activities"
VERDICT: Final = "all-findings"
WHOLE: Final = "whole"
SHEETS: Final = {"brief": _brief, "workshop": _workshop, HISTORY: _history, VERDICT: _findings, WHOLE: _whole}
"""The sheets of an account by name: what their templates are given."""


def _shared(site: Site) -> Shared:
    children: dict[str, list[Account]] = defaultdict(list)
    for account in site.accounts:
        if account.plan and account.plan.parent:
            children[account.plan.parent].append(account)
    fields = {field.name: field for field in site.portfolio.custom_fields}
    return Shared(_names(site), fields, {account.path: account for account in site.workspace.accounts}, children)


def _names(site: Site) -> Names:
    """What references mean that are the same for every account."""
    tiers = site.ruleset.tiers.values()
    return {
        "person": {person.id: person.name for person in site.portfolio.people},
        "product": {product.id: product.label or product.id for product in site.portfolio.products},
        "tier": {tier.id: tier.label or tier.id for tier in tiers},
        "activity-type": {name: kind.label or name for name, kind in site.ruleset.activity_types.items()},
        "requirement": {name: asked.label or name for tier in tiers for name, asked in tier.requirements.items()},
        "account": {account.id: account.name for account in site.accounts},
    }


def _words(account: Account, plan: Plan, site: Site, shared: Shared) -> Words:
    """Names of the account's own things, and of its tier's requirements, before those of all."""
    asked = account.tier.requirements if account.tier else {}
    requirements = {**shared.names["requirement"], **{name: found.label or name for name, found in asked.items()}}
    own = {
        "contact": {contact.id: contact.name for contact in plan.contacts},
        "goal": {goal.id: goal.text for goal in plan.goals if goal.id},
        "offer": {offer.id: offer.text for offer in plan.offers if offer.id},
        "requirement": requirements,
        "requirement-or-forum": requirements,
    }
    return Words(site.language, plan.currency or site.portfolio.currency, {**shared.names, **own}, shared.own)


def _search(plan: Plan, site: Site) -> str:
    """What the search finds an account by: only what the audience may see."""
    contacts = [contact.name for contact in plan.contacts]
    city = plan.company.city if plan.company else None
    words = (plan.account, site.portfolio.person_name(plan.owner), plan.tier, plan.segment, plan.region, city, *contacts)
    return " · ".join([word for word in words if word])


def context(account: Account, site: Site, shared: Shared) -> Mapping[str, Any]:
    """What the template lays out; only the problems, where the plan cannot be read."""
    found = site.findings(account)
    if account.plan is None:
        return {"account": account, "verdict": verdict(found, site), "head": None, "sections": ()}
    view = _view(account, account.plan, site, shared)
    told_of = verdict(found, site, FINDINGS)
    sheets = {name: sheet_address(account, name, site) for name in SHEETS if _wanted(name, account, account.plan, site)}
    filled = fitted(sections(view), weight(told_of) * 6 // 5) if WHOLE in sheets else sections(view)
    return {
        "account": account,
        "verdict": told_of,
        "head": head(view, ids(filled)),
        "parent": account.plan.parent,
        "parent_name": view.words.name("account", account.plan.parent),
        "children": shared.children.get(account.id, ()),
        "sections": filled,
        "sheets": sheets,
        "source": site.source_url(account.path, 1),
    }


def sections(view: View) -> list[Section]:
    """The sections that are filled, in the order of the page."""
    plan, words, site = view.plan, view.words, view.site
    said = split(plan.body)
    made = (
        customer(plan, words),
        business(plan, words),
        people(plan, words, site.ruleset, site.as_of),
        activities(plan, words, site.as_of),
        cadence(view.account, words, site.workspace.ground.window, site.as_of),
        questions(view, said.answers),
        money(view),
        analysis(plan, words),
        ambition(plan, words, site.as_of),
        steering(plan, words, site, view.account, own_words(view.account)),
        _own_fields(plan, words),
        _text(said.rest, words),
    )
    return [one for one in made if one]


def _own_fields(plan: Plan, words: Words) -> Section | None:
    found = facts(own_rows(plan, words))
    return section("custom", words, Part("own-fields", "", [found])) if found else None


def _text(rest: str, words: Words) -> Section | None:
    html = body(rest, "text")
    return section("text", words, Part("text", "", [Text(html)])) if html else None
