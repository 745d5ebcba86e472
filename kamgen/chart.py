"""What a chart is: a title that says the finding, a picture, the data as a table. Vega-Lite draws it at build time; the only door to vl-convert.

A chart is drawn when a page asks for its picture (`Chart.svg`, or `figure(chart)` of `templates/partials/chart.html`), and once: what is
drawn is kept in `PICTURES`, and in the cache of the builds, by what it is drawn from. Drawing starts a JavaScript engine (about
1.2 s, once) and takes about 5 ms per word in the picture, 0.1 s for most; so charts are for pages that there is one of, and small bars
in the rows of a table are HTML and CSS.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from markupsafe import Markup, escape

from kamgen.cache import Cache, Nothing
from kamgen.frozen import Frozen
from kamgen.stamp import digest


class Pictures(dict[str, str]):
    """The pictures that are drawn, by the hash of what they are drawn from.

    A build that remembers says where those of builds before are, and by a `stamp` what they were drawn by.
    """

    def __init__(self) -> None:
        super().__init__()
        self.remember(Nothing(), "")

    def remember(self, cache: Cache, stamp: str) -> None:
        """Pictures that were not drawn in this process are looked for in a cache, and kept there."""
        self._cache, self._stamp = cache, stamp

    def __missing__(self, key: str) -> str:
        """One of a build before. Raises KeyError where there is none."""
        data = self._cache.load(digest(("picture", self._stamp, key)))
        if data is None:
            raise KeyError(key)
        self[key] = data.decode()
        return self[key]

    def keep(self, key: str, picture: str) -> None:
        """One that was just drawn."""
        self[key] = picture
        self._cache.keep(digest(("picture", self._stamp, key)), picture.encode())


PICTURES: Final = Pictures()
SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
NOWHERE: Final = "https://chart.invalid/"
"""Where links lead until a page says where it stands: the picture holds their numbers. Vega gives every mark of a layer a link, or none."""
SIZE: Final = 14
"""Height of the letters of a picture, in its own units."""


class Cell(Frozen):
    """A cell of a chart's table: words, where they lead (the address of a page), and what they are sorted by."""

    words: str
    address: str = ""
    order: str = ""


class Heading(Frozen):
    """A column of a chart's table."""

    name: str
    number: bool = False


class Lead(Frozen):
    """Where a mark of the picture leads (the address of a page), and what a screen reader and the pointer are told."""

    address: str
    words: str


class Drawing(Frozen):
    """What a picture is drawn from: a Vega-Lite specification as text, its size, where its marks lead.

    `least` is the width in CSS pixels below which it scrolls in its own region, so that its letters stay legible on a phone.
    """

    specification: str
    width: int
    height: int
    leads: tuple[Lead, ...] = ()
    least: int = 320

    @property
    def key(self) -> str:
        """What the picture is remembered by."""
        return hashlib.sha256(self.specification.encode()).hexdigest()


class Chart(Frozen):
    """A picture that a leader would put on a slide.

    `id` is unique on its page and plain ASCII; `title` says the finding, `description` what is drawn and how to read it; the table
    (`headings`, `rows`) holds the same data in words. Without data there is no drawing, and the title says why.
    """

    id: str
    title: str
    description: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawing: Drawing | None = None

    def svg(self, link: Callable[[str], str]) -> Markup:
        """The picture for a page; `link` turns an address into a relative URL. Nothing where nothing is drawn."""
        return Markup(_placed(self.id, self.drawing, link)) if self.drawing else Markup()  # noqa: S704  (drawn by us; Vega escapes)


def drawing(width: int, height: int, layers: Iterable[Mapping[str, Any]], *, leads: Iterable[Lead] = (), least: int = 320) -> Drawing:
    """What to draw in a box of this size: layers of Vega-Lite, which depend on no font of the machine and on no clock."""
    whole = {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "padding": 0,
        "autosize": "none",
        "background": None,
        "config": {"aria": False, "font": "inherit", "view": {"stroke": None}, "text": {"fontSize": SIZE, "fill": "currentColor", "limit": 0}},
        "layer": list(layers),
    }
    return Drawing(json.dumps(whole, ensure_ascii=False, sort_keys=True), width, height, tuple(leads), least)


def layer(mark: Mapping[str, Any], encoding: Mapping[str, Any], values: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A layer of marks over values of its own."""
    return {"mark": dict(mark), "encoding": dict(encoding), "data": {"values": list(values)}}


def at(field: str) -> dict[str, Any]:
    """A field that is a place, in units of the picture."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def coloured(field: str = "tone") -> dict[str, Any]:
    """A field that is a colour: one of the style sheet's, so that both palettes and paper have their own."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def said(field: str = "words") -> dict[str, Any]:
    """A field that is put as words, whatever stands in it."""
    return {"field": field, "type": "nominal"}


def leading(field: str = "lead") -> dict[str, Any]:
    """A field that is the number of a lead, or nothing."""
    return {"field": field, "type": "nominal"}


def lead(number: int | None, *, again: bool = False) -> str:
    """What a field of `leading` holds. `again` is for a mark beside the one that the keyboard stops at."""
    return f"{NOWHERE}none" if number is None else f"{NOWHERE}{number}{'/again' if again else ''}"


def _placed(name: str, made: Drawing, link: Callable[[str], str]) -> str:
    """The picture with its links, named by the title and described by the words of its figure.

    A picture with links is a group for screen readers: what stands in an `img` is not told.
    """
    role = "group" if made.leads else "img"
    about = f'role="{role}" aria-labelledby="{name}-title" aria-describedby="{name}-about"'
    box = f'viewBox="0 0 {made.width} {made.height}" style="min-width: {made.least}px; max-width: {made.width * 1.25:.0f}px"'
    return f'<svg class="kg-figure__picture" {box} {about}>{_linked(_drawn(made), made.leads, link)}</svg>'


def _drawn(made: Drawing) -> str:
    with suppress(KeyError):
        return PICTURES[made.key]
    import vl_convert  # noqa: PLC0415  (it carries a browser's engine)

    PICTURES.keep(made.key, _bare(vl_convert.vegalite_to_svg(made.specification, allowed_base_urls=[])))
    return PICTURES[made.key]


NOISE: Final = re.compile(
    r'<path class="(?:foreground|background)"[^>]*/>| (?:class="(?:mark|role)-[^"<>]*"|role="graphics-[a-z]*"|aria-roledescription="[a-z ]*"'
    r'|aria-hidden="true"|pointer-events="none"|opacity="1"|font-family="inherit"|stroke-miterlimit="10")(?=[^<>]*>)'
)
LOOSE: Final = re.compile(rf'<a xlink:href="{re.escape(NOWHERE)}none">(.*?)</a>', re.DOTALL)
DIGITS: Final = re.compile(r"(\.\d)\d+")
PLACES: Final = re.compile(r' (?:d|transform|x2|y2)="[^"<>]*"(?=[^<>]*>)')


def _bare(svg: str) -> str:
    """The marks of a picture without its frame and without what Vega says of itself, to a tenth of a unit."""
    inner = LOOSE.sub(r"\1", NOISE.sub("", svg[svg.index(">") + 1 : svg.rindex("</svg>")]))
    return PLACES.sub(lambda place: DIGITS.sub(r"\1", place[0]), inner).replace("<g></g>", "")


LINK: Final = re.compile(rf'<a xlink:href="{re.escape(NOWHERE)}(\d+)(/again)?">')


def _linked(marks: str, leads: tuple[Lead, ...], link: Callable[[str], str]) -> str:
    """The marks with real links; one that leads where another does is no stop of the keyboard."""

    def one(found: re.Match[str]) -> str:
        target = leads[int(found[1])]
        told = 'tabindex="-1" aria-hidden="true"' if found[2] else f'aria-label="{escape(target.words)}"'
        return f'<a href="{escape(link(target.address))}" {told}><title>{escape(target.words)}</title>'

    return LINK.sub(one, marks)
