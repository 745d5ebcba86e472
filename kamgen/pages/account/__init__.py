"""The account page: everything that one plan says, below what is to be done now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from kamgen.account import Account
from kamgen.frozen import Frozen
from kamgen.model.plan import Plan
from kamgen.model.portfolio import CustomField
from kamgen.page import Page, Site, page
from kamgen.pages.account.ambition import ambition, steering
from kamgen.pages.account.analysis import analysis
from kamgen.pages.account.blocks import Part, Section, Text, facts, section
from kamgen.pages.account.customer import business, customer
from kamgen.pages.account.head import head, verdict
from kamgen.pages.account.money import money
from kamgen.pages.account.people import people
from kamgen.pages.account.values import Words, own_rows
from kamgen.pages.account.work import activities, cadence
from kamgen.privacy import own_words
from kamgen.prose import body

Names = Mapping[str, Mapping[str, str]]


class Shared(Frozen):
    """What all account pages need, made once: names by reference target, the company's own fields, plans as judged, groups."""

    names: Names
    own: Mapping[str, CustomField]
    whole: Mapping[str, Plan]
    children: Mapping[str, list[Account]]


@page("account")
def accounts(site: Site) -> Iterator[Page]:
    """One page per account."""
    shared = _shared(site)
    for account in site.accounts:
        yield Page(
            address=site.address(account),
            title=account.name,
            template="account.html",
            context=partial(context, account, site, shared),
            source=account.path,
            parent="portfolio.md",
            search=_search(account.plan, site) if account.plan else "",
            hide=("navigation",),
        )


def _shared(site: Site) -> Shared:
    children: dict[str, list[Account]] = defaultdict(list)
    for account in site.accounts:
        if account.plan and account.plan.parent:
            children[account.plan.parent].append(account)
    fields = {field.name: field for field in site.portfolio.custom_fields}
    return Shared(_names(site), fields, {account.path: account.plan for account in site.workspace.accounts if account.plan}, children)


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
    found = verdict(site.findings(account), site)
    if account.plan is None:
        return {"account": account, "verdict": found, "head": None, "sections": ()}
    words = _words(account, account.plan, site, shared)
    whole = shared.whole[account.path]
    return {
        "account": account,
        "verdict": found,
        "head": head(account, account.plan, whole, site, words),
        "parent": account.plan.parent,
        "parent_name": words.name("account", account.plan.parent),
        "children": shared.children.get(account.id, ()),
        "sections": sections(account, account.plan, site, words),
    }


def sections(account: Account, plan: Plan, site: Site, words: Words) -> list[Section]:
    """The sections that are filled, in the order of the page."""
    made = (
        customer(plan, words),
        business(plan, words),
        people(plan, words, site.as_of),
        cadence(account, words, site.workspace.ground.window, site.as_of),
        activities(plan, words, site.as_of),
        money(plan, words, site.portfolio.service_average),
        analysis(plan, words),
        ambition(plan, words),
        steering(plan, words, site.portfolio, site.as_of, own_words(account)),
        _own_fields(plan, words),
        _text(plan, words),
    )
    return [one for one in made if one]


def _own_fields(plan: Plan, words: Words) -> Section | None:
    found = facts(own_rows(plan, words))
    return section("custom", words, Part("own-fields", "", [found])) if found else None


def _text(plan: Plan, words: Words) -> Section | None:
    html = body(plan.body, "text")
    return section("text", words, Part("text", "", [Text(html)])) if html else None
