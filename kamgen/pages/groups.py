"""Groups: a parent with its subsidiaries, rolled up; the list, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from kamgen.extract import extract
from kamgen.figures.groups import Group
from kamgen.page import Page, page
from kamgen.pages.rolled import ROWS, heads, line, overview
from kamgen.site import Site

INDEX: Final = "groups/index.md"


@page("groups")
def groups(site: Site) -> Iterator[Page]:
    """The list, then the groups by name."""
    yield Page(
        address=INDEX,
        title=site.say("views.groups"),
        template="groups.html",
        context=lambda: _listed(site),
        menu=33,
        section="views",
        hide=("navigation", "toc"),
        search=site.say("views.groups.search"),
    )
    for group in site.groups:
        some = extract(site, _outlooks(group))
        yield Page(
            address=site.group_pages[group.head],
            title=site.say("views.group", name=group.name),
            template="group.html",
            context=partial(_context, some, group),
            rests_on=some.rests_on,
            parent=INDEX,
            section="views",
            hide=("navigation", "toc"),
            search=site.say("views.group.search"),
        )


def _listed(site: Site) -> Mapping[str, Any]:
    found = [(group, line(site, group.name, site.group_pages[group.head], _outlooks(group)), _owners(site, group)) for group in site.groups]
    return {"lines": found[:ROWS], "total": len(found), "heads": heads(site)}


def _outlooks(group: Group) -> list[Any]:
    return [member.outlook for member in group.members]


def _owners(site: Site, group: Group) -> list[str]:
    """Who of us owns an open account of the group, by name."""
    owners = {member.outlook.plan.owner for member in group.members if member.outlook.open}
    return sorted(owners, key=lambda owner: (site.name(owner).casefold(), owner))


def _context(site: Site, group: Group) -> Mapping[str, Any]:
    return {
        "group": group,
        **overview(site, _outlooks(group)),
        "members": group.members[:ROWS],
        "owners": _owners(site, group),
        "head": site.account_pages.get(group.head),
        "unread": all(member.outlook.account.id != group.head for member in group.members),
    }
