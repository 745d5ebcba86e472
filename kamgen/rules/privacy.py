"""Family 7: privacy and safety. What a plan's words would show to readers who should not see it, or do to them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final

from kamgen import markdown
from kamgen.day import months_before
from kamgen.diagnostic import FieldPath, Finding, Message, Place
from kamgen.model.kind import LINK, PROSE
from kamgen.model.people import Contact
from kamgen.model.plan import Plan
from kamgen.model.portfolio import Portfolio
from kamgen.model.text import Text, is_link, links, texts
from kamgen.node import Document, MappingNode, Node, ScalarNode, place_in
from kamgen.rule import Yield, rule
from kamgen.telephone import RUN, country_of_name, country_of_zone, emails, phones
from kamgen.visibility import ALWAYS, Astray, astray, is_shown, own_words

MADE_FOR_IT: Final = frozenset({"email", "phone"})
SHOWN: Final = 12
"""How many names a message lists."""
BARE: Final = re.compile(r"\s*(?:https?:[/\\]*(?:[?#:].*)?|(?:mailto|tel):)\s*", re.IGNORECASE)
BEGINNING: Final = re.compile(r"(?:https?:)?[/\\]*", re.IGNORECASE)
HALF: Final = re.compile(r"https?:(?:[/\\]?(?![/\\])|[/\\]+[^/\\?#]*\s)", re.IGNORECASE)
"""One slash, or a space in the name of the place: a browser looks for it below the page, or nowhere."""
HOST: Final = re.compile(r"(?:www\.|//)|(?:[\w-]+\.)+(?P<end>[^\W\d_]{2,})(?=[/?#]|$)", re.IGNORECASE)
"""The name of a place on the web without what must stand before it: `www.havnens.dk`, `havnens.dk/kontakt`."""
FILES: Final = frozenset(
    {"csv", "doc", "docx", "eml", "htm", "html", "jpeg", "jpg", "json", "md", "msg", "odp", "ods", "odt", "pdf", "png", "ppt", "pptx"}
    | {"rtf", "svg", "txt", "xls", "xlsm", "xlsx", "xml", "yaml", "yml", "zip"}
)
"""How the names of files end, which are no places."""
TAG_NAME: Final = re.compile(r"<(?:!--|[!/?]?(?:h[1-6](?![\w-])|[a-z]*))", re.IGNORECASE | re.ASCII)
"""Letters only, for digits may be a telephone number; headings are called by theirs."""
LONGEST: Final = 60
"""How many characters of a tag or an address a message quotes."""


@rule("KAM701", variants=("email", "phone"), apart=("email", "phone"))
def personal_data_in_text(plan: Plan, document: Document, portfolio: Portfolio) -> Yield:
    """An e-mail address or a telephone number stands in a text that the readers of the site see.

    Why: contact data in the fields made for it is hidden from the site and goes when the person goes; in a note it is published and stays (ours).

    Help: move it to `email:` or `phone:` of the contact, and write the person's name in the text.
    """
    own, audience = own_words(document), portfolio.publish.audience
    hidden = "team" if audience == "site" else "private"

    def countries() -> Iterable[str]:
        return _countries(portfolio.time_zone, plan.company.country if plan.company else None)

    for text in _texts(plan):
        if is_link(text.kind) or text.field[-1] in MADE_FOR_IT:
            continue
        for variant, found in _personal(text.words, countries):
            if is_shown(document, text.field, own, audience):
                words = text.words[found[0] :].partition("\n")[0]
                values = {"where": document.name(text.field), "n": len(found), "shown": f"{words[:3]}…", "level": hidden}
                yield Finding(text.field, values, variant=variant, place=_place(document, text.field, words[:8], found[0]))


def _personal(words: str, countries: Callable[[], Iterable[str]]) -> Iterator[tuple[str, list[int]]]:
    """Where addresses and numbers begin in a text, if it has any."""
    if "@" in words and (found := list(emails(words))):
        yield "email", found
    if RUN.search(words) and (found := list(phones(words, countries))):
        yield "phone", found


@cache
def _countries(time_zone: str, country: str | None) -> tuple[str, ...]:
    """Whose national numbers are looked for: ours by the time zone, and the customer's."""
    found = (country_of_zone(time_zone), country_of_name(country) if country else None)
    return tuple(dict.fromkeys(code for code in found if code))


@rule("KAM702")
def contact_kept_too_long(plan: Plan, document: Document, as_of: dt.date, *, months: int = 24) -> Yield:
    """A person who left long ago is still in the plan.

    Why: what is written about a person is kept as long as it is needed, and no longer (ours); who left is needed for nothing
    once the last activity is `months` months old.

    Help: take the person out of `contacts:`, and the id out of everything that names it.
    """
    for index, contact in enumerate(plan.contacts):
        last = _last_needed(plan, contact)
        if last and last < months_before(as_of, months):
            named = [document.name(field) for field in _mentions(document, index, contact)]
            also = Message("contact-kept-too-long.named", {"contact_id": contact.id, "named": named}) if named else ""
            values = {"contact": contact.name, "contact_id": contact.id, "left": contact.left, "last": last, "months": months, "also": also}
            yield Finding(("contacts", index), values, variant="met" if last != contact.left else "", contact=contact.id)


def _last_needed(plan: Plan, contact: Contact) -> dt.date | None:
    """The day the person left, or a later activity with the person; None for who has not left."""
    with_them = (activity.date for activity in plan.activities if contact.id in activity.contacts)
    return max((contact.left, *with_them)) if contact.left else None


def _mentions(document: Document, index: int, contact: Contact) -> tuple[FieldPath, ...]:
    """The parts of the front matter that name a contact, outside the contact itself."""
    words = frozenset({contact.id, contact.name})
    found = _named(document.root, words, ()) if document.root else ()
    return tuple(dict.fromkeys(field for field in found if field[:2] != ("contacts", index)))


def _named(node: Node, words: frozenset[str], field: FieldPath) -> Iterator[FieldPath]:
    """The fields below a node whose value, or whose name under `visibility`, is one of some words; a list once."""
    if isinstance(node, ScalarNode):
        if node.text in words:
            yield field[:-1] if isinstance(field[-1], int) else field
    elif isinstance(node, MappingNode):
        for name, child in node.items.items():
            if field == ("visibility",) and any(f"{name}.".startswith(f"contacts.{word}.") for word in words):
                yield (*field, name)
            yield from _named(child, words, (*field, name))
    else:
        for index, child in enumerate(node.items):
            yield from _named(child, words, (*field, index))


@rule("KAM703")
def raw_html(plan: Plan, document: Document) -> Yield:
    """A text holds HTML, which the site shows as it is written.

    Why: plans are Markdown; HTML from a plan is never let through, so readers see the tags instead of what they mean (ours).

    Help: write it in Markdown, or put it between back-ticks where the tag itself is meant.
    """
    if not markdown.TAG.search(document.text):
        return
    for text in _texts(plan):
        found = list(markdown.raw_html(text.words)) if text.kind.markdown else []
        if found:
            values = {"where": document.name(text.field), "tag": _tag(found[0].words), "n": len(found), "rest": len(found) - 1}
            yield Finding(text.field, values, place=_place(document, text.field, found[0].words, _offset(text.words, found[0].line)))


@rule("KAM704", variants=("nowhere",), apart=("nowhere",))
def unsafe_link(plan: Plan, document: Document, portfolio: Portfolio) -> Yield:
    """A link begins with something else than https, http, mailto or tel, or with nothing behind it.

    Why: such a link runs a script, opens a file of the reader's own computer or leads nowhere; the site shows its words without the link (ours).

    Help: put the document where a browser reaches it, and link to that address: `https://...`.
    """
    doubtful = markdown.may_link(document.text)
    for text in chain(_texts(plan) if doubtful else links(plan), _own_links(plan, portfolio)):
        if is_link(text.kind):
            found: Iterable[markdown.Found] = (markdown.Found(0, text.words),)
        else:
            found = markdown.links(text.words) if text.kind.markdown else ()
        yield from _unsafe(found, text, document)


def _own_links(plan: Plan, portfolio: Portfolio) -> Iterator[Text]:
    """The links in keys of the company's own."""
    for field in portfolio.custom_fields:
        value = plan.custom.get(field.name) if field.type == "link" else None
        if isinstance(value, str):
            yield Text((field.name,), value, LINK)


def _unsafe(found: Iterable[markdown.Found], text: Text, document: Document) -> Iterator[Finding]:
    """Each address that is none for a site, once in a text."""
    told: set[str] = set()
    for line, address in found:
        if (markdown.scheme(address) in markdown.SCHEMES and not _is_half(address)) or address in told:
            continue
        told.add(address)
        values = {
            "where": document.name(text.field),
            "address": _short(address) or "…",
            "rest": _rest(address),
        }
        place = _place(document, text.field, address, _offset(text.words, line))
        yield Finding(text.field, values, variant=_sort(address), place=place)


def _is_half(address: str) -> bool:
    """Whether an address begins as it may and leads nowhere all the same: `https://` or `mailto:` alone, `https:/havnens.dk`."""
    return BARE.fullmatch(address) is not None or HALF.match(address.strip()) is not None


def _rest(address: str) -> str:
    """What of an address can stay behind the beginning that is proposed."""
    rest = "" if BARE.fullmatch(address) else BEGINNING.sub("", _short(address), count=1)
    return rest if rest and not (_is_half(address) and " " in rest) else "..."


def _sort(address: str) -> str:
    """How an address fails: `nowhere.host` has all but the beginning, `nowhere` has no place at all, any other leads where it must not."""
    if _is_half(address):
        return "nowhere.host"
    if markdown.scheme(address) or address.startswith("\\"):
        return ""
    found = HOST.match(address)
    return "nowhere.host" if found and (found["end"] or "").casefold() not in FILES else "nowhere"


@rule("KAM705", variants=("item", "part", "always"))
def unknown_visibility_path(document: Document, portfolio: Portfolio) -> Yield:
    """What is to be hidden is not found in the plan, so it hides nothing.

    Why: a misspelt name is no key of the plan; what somebody wanted hidden is published (ours).

    Help: write the way to it with points, as findings do: `contacts.anna-lind.phone`; items of a list by id, name, date or number.
    """
    custom = frozenset(field.name for field in portfolio.custom_fields)
    for said, level in own_words(document).items():
        lost = None if said in ALWAYS else astray(said, document, custom)
        if said in ALWAYS:
            yield Finding(("visibility", said), {"said": said}, variant="always")
        elif lost:
            yield _hides_nothing(said, level, lost)


def _hides_nothing(said: str, level: str, lost: Astray) -> Finding:
    """The finding of a name that leads nowhere, with the nearest that leads somewhere."""
    near = _nearest(lost.word, lost.known)
    start = f"{lost.within}." if lost.within else ""
    mended = f"{start}{near}{said[len(start) + len(lost.word) :]}"
    values = {"said": said, "word": lost.word, "within": lost.within, "near": near, "known": lost.known, "level": level, "mended": mended}
    told = "near" if near else "known" if lost.sort == "item" and 0 < len(lost.known) <= SHOWN else ""
    sort = "" if lost.sort == "key" else lost.sort
    return Finding(("visibility", said), values, variant=".".join(word for word in (sort, told) if word))


def _texts(plan: Plan) -> Iterator[Text]:
    """Every text of a plan, and the words below the front matter."""
    yield from texts(plan)
    if plan.body:
        yield Text(("body",), plan.body, PROSE)


def _offset(words: str, line: int) -> int:
    """Where a line of a text begins."""
    return sum(len(part) for part in words.splitlines(keepends=True)[:line])


def _place(document: Document, field: FieldPath, words: str, offset: int) -> Place | None:
    """Where `words` stand in the file: exactly in the body, else where they are first found in the field; None where they are written otherwise."""
    node = document.node(field)
    if node:
        index = document.text.find(words, node.start.index, node.end.index)
    else:
        index = document.text.find(words, len(document.text) - len(document.body) + offset) if field == ("body",) else -1
    return place_in(document.text, index) if index >= 0 else None


def _tag(words: str) -> str:
    """The name of a tag, as a message quotes it: what stands in it may be an address that no report should have."""
    name = TAG_NAME.match(words)
    end = name.end() if name else 0
    return words[:end] + (">" if words[end : end + 1] == ">" else " …>")


def _short(words: str) -> str:
    """An address as a message quotes it."""
    line = " ".join(words.split()).replace("`", "'")
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _nearest(word: str, known: Iterable[str]) -> str:
    """What a word was probably meant to be, empty if nothing comes near."""
    import difflib  # noqa: PLC0415  (only a mistake needs it)

    return next(iter(difflib.get_close_matches(word, known, n=1)), "")
