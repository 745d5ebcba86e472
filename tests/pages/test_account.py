"""The account page: nothing that is filled is invisible, nothing that is written there is active."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from kamgen import page
from kamgen.message import has
from kamgen.model.activity import Activity
from kamgen.model.kind import Kind, RecordOf, Reference, Scalar
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.model.record import keys
from kamgen.pages.account import accounts
from kamgen.pages.account.money import total
from kamgen.pages.account.people import last_met, organisation
from kamgen.pages.account.values import QUIET, label
from kamgen.pages.account.work import timeline
from kamgen.site import Site

from .plans import AS_OF, HERE, SETTINGS, Leaf, filled, inner, leaves, marked, site_of, with_plan

RICH = (HERE / "rich.md").read_text(encoding="utf-8")
THIN = "---\naccount: Thin\ntier: C\nowner: kari.nygaard\n---\n"
TEMPLATES = page.templates(None, "en")
BLOCKS = frozenset(["p", "li", "dt", "dd", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6", "tr"])


def made(site: Site, name: str) -> page.Page:
    return next(found for found in accounts(site) if isinstance(found, page.Page) and found.source == f"plans/{name}.md")


def html(site: Site, name: str) -> str:
    return TEMPLATES.render(made(site, name), site, lambda address: f"/{address}")


def tree(fragment: str) -> Element:
    root: Element = html5lib.parseFragment(fragment, namespaceHTMLElements=False)
    return root


def text(fragment: str) -> str:
    """What people read: a line for each block, no-break spaces as none so that amounts are one word."""
    broken = re.sub(rf"(</?(?:{'|'.join(sorted(BLOCKS))})[ >])", r"\n\1", fragment)
    lines = "".join(tree(broken).itertext()).replace("\u00a0", "").split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


@pytest.fixture
def empty(tmp_path: Path) -> Site:
    return site_of(tmp_path, {})


# Nothing that is filled is invisible.


def words(fragment: str) -> str:
    """Everything that is read, fast: the page is made three hundred times. Nothing in it but tags has a `<`, as other tests prove."""
    return unescape(re.sub(r"<[^>]*>", " ", fragment)).replace("\u00a0", "")


def shown_as(kind: Kind, leaf: Leaf) -> str:
    """What the page says for a value that `marked` made."""
    value = marked(kind, leaf)
    name = kind.name if isinstance(kind, Scalar) else ""
    if isinstance(kind, Reference) and kind.target == "contact":
        return f"{value.title()} Named"
    if isinstance(kind, Scalar) and kind.choices:
        return label(f"{leaf.path}.{value}", "en")
    said = {
        "flag": lambda: "yes" if value else "no",
        "share": lambda: f"{int(value * 100)}%",
        "margin": lambda: f"{int(value * 100)}%",
        "time": lambda: value.isoformat("minutes"),
        "link": lambda: value.removeprefix("https://"),
    }
    return said[name]() if name in said else str(value)


def test_nothing_that_is_filled_is_invisible(empty: Site) -> None:
    whole = words(html(with_plan(empty, filled(marked)), "filled"))
    unseen = []
    for number, (path, kind) in enumerate(leaves()):
        other = words(html(with_plan(empty, filled(marked, changed=path)), "filled"))
        before, after = shown_as(kind, Leaf(path, number, other=False)), shown_as(kind, Leaf(path, number, other=True))
        said = whole.count(before) > other.count(before)
        if not (said and (path in QUIET or other.count(after) > whole.count(after))):
            unseen.append(path)
    assert unseen == []


def test_a_key_of_every_table_is_shown(empty: Site) -> None:
    def named(kind: Kind, leaf: Leaf) -> Any:
        return f"named{leaf.number}end" if isinstance(kind, Scalar) and kind.name == "text" else marked(kind, leaf)

    seen = text(html(with_plan(empty, filled(named)), "filled"))
    for number, (path, _) in enumerate(leaves()):
        if path in {"sales.competitor_shares", "feedback.scores", "visibility", "classification.criteria"}:
            assert f"named{number}end" in seen or f"marker{number}end" in seen


def test_the_body_is_shown(empty: Site) -> None:
    assert "marker9999end" in text(html(with_plan(empty, filled(marked)), "filled"))


def walked(cls: Any, path: str = "") -> Iterator[tuple[str, Kind]]:
    for key in keys(cls):
        here = f"{path}.{key.name}".removeprefix(".")
        yield here, inner(key.kind)
        kind = inner(key.kind)
        if isinstance(kind, RecordOf):
            yield from walked(kind.record, here)


def test_every_key_and_every_choice_has_a_label() -> None:
    wanted = [f"label.{path}" for path, _ in walked(Plan)]
    wanted += [f"label.{path}.{choice}" for path, kind in walked(Plan) if isinstance(kind, Scalar) for choice in kind.choices]
    assert [name for name in wanted if not has(name)] == []


# Nothing that is written there is active.

HOSTILE = ("<script>alert(1)</script>", "{{ 7*7 }}", "javascript:alert(1)", '"><img src=x onerror=alert(1)>', "[x](javascript:alert(1))", "&lt;b&gt;")
TEXT_TAGS = ("a", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "li", "ol", "p", "span", "strong", "time", "ul")
FRAME_TAGS = (
    "article",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "nav",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
)
TAGS = frozenset(("DOCUMENT_FRAGMENT", *TEXT_TAGS, *FRAME_TAGS))
ATTRIBUTES = frozenset(("aria-hidden", "class", "id", "href", "rel", "aria-label", "data-label", "datetime", "scope", "start", "style", "tabindex"))
BAR = re.compile(r"width: \d+%")
ADDRESS = re.compile(r"(?:https?|mailto|tel):|[#/]")


def assert_inert(fragment: str) -> None:
    for element in tree(fragment).iter():
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        assert ADDRESS.match(element.get("href", "#"))
        assert BAR.fullmatch(element.get("style", "width: 0%"))


@pytest.mark.parametrize("evil", HOSTILE)
def test_hostile_text_stays_text(empty: Site, evil: str) -> None:
    def hostile(kind: Kind, leaf: Leaf) -> Any:
        if isinstance(kind, Scalar) and kind.name in {"text", "prose", "link", "id", "month"}:
            return f"{evil} {leaf.word}"
        return evil if isinstance(kind, Reference) and kind.target != "contact" else marked(kind, leaf)

    fragment = html(with_plan(empty, filled(hostile)), "filled")
    assert_inert(fragment)
    assert evil in text(fragment)
    assert "49" not in text(fragment).replace("marker49end", "").split()


def test_links_open_only_where_they_may(tmp_path: Path) -> None:
    fragment = html(site_of(tmp_path, {"rich": RICH}), "rich")
    links = {element.get("href"): element.get("rel") for element in tree(fragment).iter("a") if not str(element.get("href")).startswith(("#", "/"))}
    assert links == {
        "https://havnens.example": "noopener",
        "https://files.example/a.pdf": "noopener",
        "mailto:anna@havnens.example": "noopener",
        "tel:+4586123456": "noopener",
    }
    assert "file:///etc/passwd" in text(fragment)


def test_a_whole_page_is_well_formed(tmp_path: Path) -> None:
    fragment = html(site_of(tmp_path, {"rich": RICH}), "rich")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parseFragment(fragment)
    assert parser.errors == []
    assert_inert(fragment)


def test_headings_leave_out_no_level_and_every_id_is_used_once(tmp_path: Path) -> None:
    root = tree(html(site_of(tmp_path, {"rich": RICH}), "rich"))
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {element.get("href", "#")[1:] for element in root.iter("a") if str(element.get("href")).startswith("#")} <= set(ids)


def test_every_section_is_in_the_table_of_contents(tmp_path: Path) -> None:
    found = page.headings(html(site_of(tmp_path, {"rich": RICH}), "rich"))
    assert {heading.id for heading in found} >= {"section-findings", "section-people", "section-questions"}


# What people read.


def without_verdict(fragment: str) -> str:
    """The page without the findings, which are the rules' business."""
    plan = re.sub(r'<section class="kg-section">\s*<h2 id="section-findings">.*?</section>', "", fragment, flags=re.DOTALL)
    return text(re.sub(r'<a class="kg-count.*?</a>', "", plan)) + "\n"


def test_the_verdict_has_errors_first_and_what_was_waived_apart(tmp_path: Path) -> None:
    broken = RICH.replace("kind: frame,", "kind: fame,").replace("owner: kari.nygaard\ndeputy", "owner: nobody\ndeputy")
    fragment = html(site_of(tmp_path, {"rich": broken}), "rich")
    severities = re.findall(r"kg-finding--(\w+)", fragment.partition("<details")[0])
    assert severities == sorted(severities, key=("error", "warning", "info").index)
    assert {"error", "warning"} <= set(severities)
    assert "overdue-activity" in fragment.partition("<details")[2]
    assert "overdue-activity" not in fragment.partition("<details")[0]


def test_a_rich_plan(tmp_path: Path, reviewed: Callable[[str, str], None]) -> None:
    reviewed("account-rich.txt", without_verdict(html(site_of(tmp_path, {"rich": RICH}), "rich")))


def test_a_thin_plan(tmp_path: Path, reviewed: Callable[[str, str], None]) -> None:
    reviewed("account-thin.txt", without_verdict(html(site_of(tmp_path, {"thin": THIN}), "thin")))


def test_an_unreadable_plan_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"broken": "---\naccount: Broken\ntier: C\nowner: [\n---\n", "thin": THIN})
    seen = text(html(site, "broken"))
    assert "plans/broken.md, line" in seen
    for finding in site.findings(next(account for account in site.accounts if account.id == "broken")):
        assert finding.message.replace("`", "").strip() in seen
        assert finding.help.replace("`", "").strip() in seen
    assert made(site, "broken").search == ""


def test_a_plan_without_contacts_has_no_people(tmp_path: Path) -> None:
    assert "section-people" not in html(site_of(tmp_path, {"thin": THIN}), "thin")


def test_a_product_of_which_nothing_else_is_known_is_shown(tmp_path: Path) -> None:
    bare = THIN.replace("tier: C", "tier: C\nsales: [{product: lamps}]")
    assert "Lamps" in text(html(site_of(tmp_path, {"thin": bare}), "thin"))


def test_the_search_finds_an_account_by_its_people_and_place(tmp_path: Path) -> None:
    search = made(site_of(tmp_path, {"rich": RICH}), "rich").search
    assert all(word in search for word in ("Havnens", "Kari Nygaard", "Aarhus", "retail", "Anna Lind"))


def test_what_is_not_for_the_audience_is_absent(tmp_path: Path) -> None:
    own = "swot: team, contacts.anna-lind: private, activities.late.date: private, contacts.bo.title: site"
    hidden = RICH.replace("visibility: {swot: team}", f"visibility: {{{own}}}")
    site = site_of(tmp_path, {"rich": hidden}, SETTINGS.replace("audience: team", "audience: site"))
    fragment = html(site, "rich") + made(site, "rich").search
    assert not [word for word in ("Anna", "anna-lind", "Beslag Nord opens", "HK-17", "swot", "Ring about the ramp") if word in fragment]
    assert "contacts.bo.title" in fragment


def test_a_hidden_next_activity_is_not_said_to_be_missing(tmp_path: Path) -> None:
    hidden = RICH.replace("visibility: {swot: team}", "visibility: {activities: private}")
    seen = text(html(site_of(tmp_path, {"rich": hidden}), "rich"))
    assert "One is planned; what it is, is not shown here." in seen
    assert "One activity is overdue; what it is, is not shown here." in seen


def test_the_group_is_linked_both_ways(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"thin": THIN, "child": THIN.replace("Thin", "Child").replace("tier: C", "tier: C\nparent: thin")})
    assert '<a href="/accounts/child.md">Child</a>' in html(site, "thin")
    assert '<a href="/accounts/thin.md">Thin</a>' in html(site, "child")


def test_a_closed_account_is_asked_for_nothing(tmp_path: Path) -> None:
    closed = THIN.replace("tier: C", "tier: C\nstatus: lost\nstatus_reason: Closed down")
    assert "None is asked for: the account is lost." in text(html(site_of(tmp_path, {"thin": closed}), "thin"))


@pytest.mark.parametrize("status", ["active", "lost"])
def test_a_hidden_status_is_not_told_in_other_words(tmp_path: Path, status: str) -> None:
    late = "activities: [{date: 2026-04-01, type: contact, status: planned}]"
    hidden = THIN.replace("tier: C", f"tier: C\nstatus: {status}\nvisibility: {{status: team}}\n{late}")
    site = site_of(tmp_path, {"thin": hidden}, SETTINGS.replace("audience: team", "audience: site"))
    fragment = html(site, "thin")
    top = fragment.partition('id="section-findings"')[0]
    assert "kg-status--" not in fragment
    assert "Nothing is shown here." in text(top)
    assert "None is planned" not in text(top)
    assert "None is asked for" not in text(top)
    assert ("kg-late" in top) is (status == "active")


# The pure functions.


def contact(name: str, reports_to: str | None = None) -> Contact:
    return Contact(id=name, name=name.title(), reports_to=reports_to)


def test_everybody_stands_in_the_organisation_chart_once_even_in_a_circle() -> None:
    chart = organisation([contact("a", "b"), contact("b", "c"), contact("c", "a"), contact("d"), contact("e", "d"), contact("f", "nobody")])

    def names(nodes: Any) -> list[str]:
        return [name for node in nodes for name in (node.name, *names(node.below))]

    assert sorted(names(chart)) == ["A", "B", "C", "D", "E", "F"]
    assert [node.name for node in chart] == ["D", "F", "A"]
    assert [node.name for node in chart[0].below] == ["E"]


def activity(day: int, status: str, *contacts: str) -> Activity:
    return Activity(date=dt.date(2026, 5, day), type="contact", status=status, contacts=contacts)


def test_last_met_is_the_latest_held_activity_that_names_the_person() -> None:
    found = [activity(1, "held", "a", "b"), activity(5, "held", "a"), activity(4, "held", "a"), activity(6, "planned", "b"), activity(9, "held", "b")]
    assert last_met(found, AS_OF) == {"a": dt.date(2026, 5, 5), "b": dt.date(2026, 5, 1)}


def test_the_timeline_looks_ahead_first() -> None:
    ahead, settled = timeline([activity(1, "held"), activity(9, "planned"), activity(3, "cancelled"), activity(2, "planned")])
    assert [one.date.day for one in ahead] == [2, 9]
    assert [one.date.day for one in settled] == [3, 1]


def test_a_sum_says_how_many_values_it_is_of() -> None:
    assert total([Decimal(3), None, Decimal(-1)]) == (Decimal(2), 2)
    assert total([None]) == (Decimal(0), 0)


def test_own_keys_are_called_as_the_portfolio_calls_them(tmp_path: Path) -> None:
    seen = text(html(site_of(tmp_path, {"rich": RICH}), "rich"))
    assert "CRM id\nHK-17" in seen
    assert "x_crm_id" not in seen


def test_own_fields_are_shown_by_what_they_hold(tmp_path: Path) -> None:
    declared = "{key: x_crm_id, label: CRM id, type: text}, {key: x_ok, type: flag}, {key: x_doc, label: Paper, type: link}"
    settings = SETTINGS.replace("  - {key: x_crm_id, label: CRM id, type: text}\n", f"  [{declared}]\n")
    own = 'x_ok: "true"\nx_doc: "https://files.example/d"\nx_free: {a: one, b: [two, null]}\nx_none: null\nx_list: [A sentence, a comma, another]\n'
    fragment = html(site_of(tmp_path, {"thin": THIN.replace("tier: C\n", f"tier: C\n{own}")}, settings), "thin")
    assert '<a href="https://files.example/d" rel="noopener">' in fragment
    assert "ok\nyes\nPaper\nfiles.example/d\nfree\na: one\nb: two\nlist\nA sentence\na comma\nanother" in text(fragment)
    assert "none" not in text(fragment)


def test_a_score_without_its_scale_is_shown_as_what_it_is(tmp_path: Path) -> None:
    survey = THIN.replace("tier: C", "tier: C\nfeedback: [{date: 2026-02-10, score: 8}]\nsales: [{product: lamps, actual: {2025: 10}}]")
    seen = text(html(site_of(tmp_path, {"thin": survey}), "thin"))
    assert "2026-02-10 Score 8" in seen
    assert seen.partition("Sales by product and year")[2].count("Lamps") == 1


def test_a_chain_of_command_without_end_is_drawn_in_pieces() -> None:
    chart = organisation([contact("p0"), *(contact(f"p{number}", f"p{number - 1}") for number in range(1, 400))])

    def depth(nodes: Any) -> int:
        return 1 + max(map(depth, (node.below for node in nodes)), default=0) if nodes else 0

    def count(nodes: Any) -> int:
        return sum(1 + count(node.below) for node in nodes)

    assert depth(chart) == 20
    assert count(chart) == 400
