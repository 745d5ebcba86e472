"""Markdown of plans and of the handbook, and what must not come out of it."""

from __future__ import annotations

import pytest

from kamgen.prose import body, clean_page, escaped, plain_text, prose, safe_link, ticks

SAME = [
    "Call back on Tuesday",
    "Price - and delivery",
    "Ratio 3:1, and #4 of 5",
    "Zürich, 東京, Київ",
    "a 'quote' and a \"quote\"",
]


@pytest.mark.parametrize("text", SAME)
def test_plain_words_are_a_paragraph_of_the_same_words(text):
    assert plain_text(prose(text)) == text
    assert prose(text).startswith("<p>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Now**", "<p><strong>Now</strong></p>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("[a](https://a.example)", '<p><a href="https://a.example" rel="noopener">a</a></p>\n'),
        ("[a](mailto:a@a.example)", '<p><a href="mailto:a@a.example" rel="noopener">a</a></p>\n'),
        ("[a](../b.md)", '<p><a rel="noopener">a</a></p>\n'),
        ("[a](//b.example)", '<p><a rel="noopener">a</a></p>\n'),
        ("![a](https://b.example/p.png)", "<p></p>\n"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"),
        ("{{ 7*7 }}", "<p>{{ 7*7 }}</p>\n"),
        ("a {: onclick=alert(1) }", "<p>a {: onclick=alert(1) }</p>"),
    ],
)
def test_markdown_keeps_words_and_safe_links(text, expected):
    assert str(prose(text)) == expected


@pytest.mark.parametrize(
    "text", ["[a](javascript:alert(1))", "[a](data:text/html,b)", "[a](vbscript:b)", "<script>alert(1)</script>", "<a onclick=b>"]
)
def test_nothing_runs(text):
    made = f"{prose(text)}{body(text, 'x')}"
    assert "<script" not in made
    assert "<a onclick" not in made
    assert 'href="' not in made


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<div class="admonition note"><p>a</p></div>', '<div class="admonition note"><p>a</p></div>'),
        ('<img src="a.png" alt="b">', '<img src="a.png" alt="b">'),
        ('<img src="../a.png" onerror="b">', '<img src="../a.png">'),
        ('<img src="https://b.example/a.png">', "<img>"),
        ('<img src="//b.example/a.png">', "<img>"),
        ('<img src="/\\b.example/a.png">', "<img>"),
        ('<script>a</script><p style="background:url(//b)">b</p>', "<p>b</p>"),
        ('<a href="../b/#c">d</a>', '<a href="../b/#c" rel="noopener">d</a>'),
        ('<a href="javascript:b">d</a>', '<a rel="noopener">d</a>'),
        ('<td style="text-align: right; color: red">a</td>', "a"),
        ('<iframe src="a"></iframe><form action="b"><input></form>', ""),
    ],
)
def test_a_handbook_page_keeps_its_shape_and_runs_nothing(html, expected):
    assert clean_page(html) == expected


def test_table_cells_keep_their_side_and_nothing_else():
    made = clean_page('<table><tbody><tr><td style="text-align:right;color:red">1</td></tr></tbody></table>')
    assert 'style="text-align:right"' in made


def test_ticks_are_code_and_the_rest_is_text():
    assert str(ticks("add `a: <b>` under <c>")) == "add <code>a: &lt;b&gt;</code> under &lt;c&gt;"
    assert str(ticks("one ` alone & <b>")) == "one ` alone &amp; &lt;b&gt;"


def test_text_is_escaped_once():
    assert str(escaped(escaped("a & <b>"))) == "a &amp; &lt;b&gt;"
    assert plain_text("<em>a</em> &amp; b") == "a & b"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example", "https://a.example"),
        (" tel:+45 ", "tel:+45"),
        ("javascript:b", None),
        ("../a", None),
        ("JAVASCRIPT:b", None),
        ("", None),
    ],
)
def test_a_link_has_a_known_scheme(url, expected):
    assert safe_link(url) == expected
