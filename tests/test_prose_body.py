"""Markdown of plans: the short way for plain words says what Markdown says, and a body's headings fit the page."""

from __future__ import annotations

import re

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from kamgen import prose
from kamgen.markdown import converter

LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "", "## What do they buy?", "# One", "### Deep", "#No", "- item", "12 inns", "1. first", "a  ", "> q", "===", "---"]),
        st.text(alphabet="ab' \".,:;!?()/@-+=#>1é&<*_", max_size=12),
    ),
    max_size=12,
)


def seen(html: str) -> list[str]:
    """Tags and words, without the white space between them."""
    words = re.sub(r"\s+", " ", html5lib.serialize(html5lib.parseFragment(html), quote_attr_values="always", omit_optional_tags=False))
    return [part.strip() for part in re.split(r"(<[^>]*>)", words) if part.strip()]


@given(LINES)
def test_plain_words_take_the_short_way_to_the_same_page(lines: list[str]) -> None:
    text = "\n".join(lines)
    short = prose._plain_body(text, "text")
    assert short is None or seen(short) == seen(prose.clean(prose._marked_body(text, "text")))


@given(st.text(alphabet="ab' \".,:;!?()/@-+=#>1é&<*_|\\\n", max_size=30))
def test_a_plain_note_takes_the_short_way_to_the_same_page(text: str) -> None:
    assert seen(prose.prose(text)) == seen(prose.clean(converter().render(text.strip())))


def test_headings_begin_below_the_pages_own_and_leave_out_no_level() -> None:
    html = prose.body("# One\n\n#### Two\n\n# One\n\n## Ärenden\n\n* a *b*\n", "text")
    assert re.findall(r'<(h\d) id="([^"]+)">', html) == [("h3", "text-one"), ("h4", "text-two"), ("h3", "text--3"), ("h4", "text--4")]


def test_a_body_is_never_active() -> None:
    html = prose.body("## <script>x</script>\n\n[a](javascript:alert(1)) ![b](https://x.example/p.png) <img src=x onerror=y>", "text")
    assert {element.tag for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter()} == {"DOCUMENT_FRAGMENT", "h3", "p"}


def test_a_body_without_words_is_nothing() -> None:
    assert prose.body("\n\n", "text") == ""
