"""Charts: what is drawn, what is said, and that no label is ever more than a label."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from decimal import Decimal
from fractions import Fraction

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kamgen import chart as door
from kamgen.chart import Chart, Lead, drawing
from kamgen.charts.bars import Bar, bars, order
from kamgen.charts.columns import columns
from kamgen.charts.lettering import shortened, width
from kamgen.charts.lines import Line, lines
from kamgen.charts.packing import Box, Circle, Label, labelled, settled
from kamgen.charts.plane import Bubble, Quarters, plane
from kamgen.charts.stacks import Part, Stack, stacks
from kamgen.charts.timeline import Moment, Span, Window, timeline
from kamgen.page import templates

HOSTILE = (
    '<script>alert("1")</script>',
    "{{ 7 * 7 }}",
    "a | b",
    "=cmd()|' /C calc'!A0",
    "广东省客户",
    "Дом",
    '"><img src=x onerror=alert(1)>',
    "]]>",
    "&lt;",
)
TODAY = dt.date(2026, 5, 6)


def link(address: str) -> str:
    return f"../{address.removesuffix('.md')}/"


def bar_chart(label: str = "Acme", address: str = "accounts/acme.md") -> Chart:
    rows = [Bar(label, Decimal("120.50"), "120.50 EUR", address, goal=Decimal(100), goal_words="100 EUR"), Bar("Beta", None, "not given")]
    return bars("b", "One of two", "Revenue.", rows, ["Account", "Revenue", "Budget"])


def column_chart(label: str = "2025", address: str = "") -> Chart:
    rows = [Bar(label, Decimal(-5), "-5", address), Bar("2026", Decimal(7), "7", goal=9, goal_words="budget 9"), Bar("2027", None, "", goal=12)]
    return columns("c", "Up", "Per year.", rows, ["Year", "Revenue", "Budget"])


def stack_chart(label: str = "Accounts", address: str = "") -> Chart:
    parts = (Part("A", Fraction(1, 2), "1"), Part("a part with a long name", Fraction(1, 100), "2"), Part("C", 49, "49"))
    return stacks(
        "s", "Half", "Parts.", [Stack(label, parts, "3", address), Stack("Empty", (), "none")], ["What", "A", "a part with a long name", "C", "All"]
    )


QUARTERS = Quarters("Profit", "Potential", Fraction(3), ("Keep", "Nurture", "Develop", "All"))


def bubble(label: str, across: int = 4, up: int = 4, size: int | None = 100, address: str = "accounts/x.md") -> Bubble:
    return Bubble(label, Fraction(across), Fraction(up), None if size is None else Decimal(size), f"{size} EUR", str(across), str(up), address)


def plane_chart(label: str = "Acme", address: str = "accounts/acme.md") -> Chart:
    bubbles = [bubble(label, address=address), bubble("Small", 1, 1, 1, address), bubble("No size", 4, 1, None, address)]
    return plane("p", "Two of three", "Bubbles.", bubbles, QUARTERS, ["Account", "Quarter", "Profit", "Potential", "Revenue"])


def time_chart(label: str = "Frame", address: str = "accounts/acme.md") -> Chart:
    spans = [
        Span(
            label,
            None,
            dt.date(2026, 12, 31),
            "until 2026-12-31",
            address,
            (Moment(dt.date(2026, 6, 30), "notice"), Moment(dt.date(2030, 1, 1), "far")),
        ),
        Span("Open", dt.date(2026, 1, 1), None, "open"),
    ]
    window = Window(dt.date(2025, 1, 1), dt.date(2027, 6, 30), TODAY, "today")
    return timeline("t", "One ends", "Agreements.", spans, window, ["What", "From", "To", "Words", "Points"])


def line_chart(label: str = "Trust", address: str = "") -> Chart:
    told = [Line(label, {2024: 3, 2026: 4}, {2024: "3", 2026: "4"}, address), Line("Twin", {2024: 3, 2026: 4}, {2024: "3", 2026: "4"})]
    return lines("l", "Better", "Traits.", [*told, Line("Silent", {}, {})], (1, 5), ("Trait", "Score"))


KINDS = {"bars": bar_chart, "columns": column_chart, "stacks": stack_chart, "plane": plane_chart, "timeline": time_chart, "lines": line_chart}


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Nothing is drawn yet."""
    pictures = door.Pictures()
    monkeypatch.setattr(door, "PICTURES", pictures)
    return pictures


def parsed(svg: str) -> object:
    root = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    found = root.parseFragment(svg)
    assert [error for error in root.errors if "table" not in str(error)] == []
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_labels_are_never_more_than_labels(kind: str) -> None:
    for word in HOSTILE:
        svg = KINDS[kind](word, "accounts/acme.md").svg(link)
        tags = {element.tag.rpartition("}")[2] for element in parsed(svg).iter() if isinstance(element.tag, str)}  # type: ignore[attr-defined]  # a comment's tag is a function
        assert tags <= {"DOCUMENT_FRAGMENT", "svg", "g", "path", "line", "text", "a", "title"}
        assert set(re.findall(r'href="([^"]*)"', svg)) == {"../accounts/acme/"}
        assert " on" not in re.sub(r">[^<]*<", "><", re.sub(r'"[^"]*"', "", svg))
        assert "http" not in svg


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_the_same_bytes_again(kind: str, undrawn: dict[str, str]) -> None:
    first = KINDS[kind]().svg(link)
    assert len(undrawn) == 1
    undrawn.clear()
    assert KINDS[kind]().svg(link) == first


def test_what_is_drawn_is_kept(undrawn: dict[str, str]) -> None:
    made = bar_chart()
    assert made.drawing
    undrawn[made.drawing.key] = "<g>kept</g>"
    assert "<g>kept</g>" in made.svg(link)


@pytest.mark.parametrize("kind", KINDS)
def test_no_picture_knows_a_font_or_a_colour_of_its_own(kind: str) -> None:
    svg = KINDS[kind]().svg(link)
    assert "font-family" not in svg
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) <= {"none", "currentColor", "transparent"} | set(
        re.findall(r'"(var\(--kg-[^"]*\))"', svg)
    )


def test_the_keyboard_stops_once_at_each_bar() -> None:
    svg = bar_chart().svg(link)
    assert svg.count("<a ") == 2
    assert svg.count('<a href="../accounts/acme/" tabindex="-1" aria-hidden="true">') == 1
    assert svg.count('<a href="../accounts/acme/" aria-label="Acme: 120.50 EUR"><title>Acme: 120.50 EUR</title>') == 1
    assert 'role="group" aria-labelledby="b-title" aria-describedby="b-about"' in svg
    assert 'role="img"' in column_chart().svg(link)


def test_the_table_has_all_that_the_picture_has() -> None:
    told = {name: [[cell.words for cell in row] for row in make().rows] for name, make in KINDS.items()}
    assert told == {
        "bars": [["Acme", "120.50 EUR", "100 EUR"], ["Beta", "not given", ""]],
        "columns": [["2025", "-5", ""], ["2026", "7", "budget 9"], ["2027", "", ""]],
        "stacks": [["Accounts", "1", "2", "49", "3"], ["Empty", "", "", "", "none"]],
        "plane": [["Acme", "All", "4", "4", "100 EUR"], ["Small", "Keep", "1", "1", "1 EUR"], ["No size", "Nurture", "4", "1", "None EUR"]],
        "timeline": [
            ["Frame", "", "2026-12-31", "until 2026-12-31", "2026-06-30 notice, 2030-01-01 far"],
            ["Open", "2026-01-01", "", "open", ""],
        ],
        "lines": [["Trust", "3", "4"], ["Twin", "3", "4"], ["Silent", "", ""]],
    }


def test_without_data_nothing_is_drawn() -> None:
    empty = [
        bars("b", "t", "d", [Bar("Beta", None, "not given")], ["Account", "Revenue"]),
        columns("c", "t", "d", [], ["Year", "Revenue"]),
        stacks("s", "t", "d", [], ["What", "All"]),
        plane("p", "t", "d", [], QUARTERS, ["Account"]),
        timeline("t", "t", "d", [], Window(TODAY, TODAY, TODAY, "today"), ["What"]),
        lines("l", "t", "d", [], (1, 5), ("Trait", "Score")),
    ]
    assert [(made.drawing, str(made.svg(link))) for made in empty] == [(None, "")] * 6


def test_a_figure_has_a_title_words_and_a_table() -> None:
    page = templates(None, "en").environment.from_string('{% import "partials/chart.html" as charts with context %}{{ charts.figure(chart) }}')
    made = page.render(chart=bar_chart("<b>|{{"), link=link)
    assert '<p class="kg-figure__title" id="b-title">One of two</p>' in made
    assert '<a href="../accounts/acme/">&lt;b&gt;|{{</a>' in made
    assert 'data-order="120.5">120.50 EUR</td>' in made
    assert "<svg" in made
    plain = page.render(chart=bars("b", "Nothing", "d", [], ["Account", "Revenue"]), link=link)
    assert "<svg" not in plain
    assert "<table" not in plain


def values(made: Chart) -> list[list[dict[str, object]]]:
    """What each layer of a picture is drawn from."""
    assert made.drawing
    return [layer["data"]["values"] for layer in json.loads(made.drawing.specification)["layer"]]


@pytest.mark.parametrize(
    ("value", "goal", "above", "at_goal", "plate"),
    [
        (100, 200, 121 - 10, 20 - 10, False),  # the line is far above: each has its own words
        (95, 100, pytest.approx(30.1 + 13), 20 - 10, False),  # the line would cross the words: they stand on the column
        (200, 150, 20 - 10, pytest.approx(82.5), True),
        (200, 1, 20 - 10, 20 - 26, False),
        (1, 2, 121 - 10, 20 - 10, False),
    ],
)
def test_a_number_stands_at_its_column_and_not_on_the_line_of_its_goal(value: int, goal: int, above: float, at_goal: float, plate: bool) -> None:
    made = columns("c", "t", "d", [Bar("2026", value, str(value), goal=goal, goal_words=f"budget {goal}")], ["Year", "Revenue", "Budget"])
    (placed,) = values(made)[-1]
    assert placed["above"] == above
    assert placed["at_goal"] == at_goal
    assert bool(placed["plate"]) is plate


def test_a_column_too_low_for_words_has_them_above_those_of_its_goal() -> None:
    rows = [Bar("2025", 1000, "1 000"), Bar("2026", 10, "10", goal=11, goal_words="budget 11")]
    placed = values(columns("c", "t", "d", rows, ["Year", "Revenue", "Budget"]))[-1][1]
    assert placed["at_goal"] - placed["above"] == 16  # type: ignore[operator]  # both are numbers


def test_the_words_of_a_bar_stand_at_it_and_a_goal_of_all_is_told_once() -> None:
    told = [
        Bar("Low", 75, "75 %", goal=89, goal_words="89 %"),
        Bar("Near", 86, "86 %", goal=89, goal_words="89 %", tone="var(--kg-chart-3)"),
        Bar("Other", 86, "86 %", goal=89, goal_words="89 %", tone="red"),
        Bar("Equal", 89, "89 %", goal=89, goal_words="89 %"),
        Bar("High", 100, "100 %", goal=89, goal_words="89 %"),
    ]
    layers = values(bars("b", "t", "d", told, ["Account", "Share", "Average"]))
    after = {row["label"]: row for row in layers[0]}
    assert after["Low"]["after"] == after["Low"]["end"] + 6  # type: ignore[operator]  # a row holds words too, but numbers under these names
    assert after["High"]["after"] == after["High"]["end"] + 6  # type: ignore[operator]  # a row holds words too, but numbers under these names
    assert after["Near"]["ink"] == "var(--kg-chart-on-3)"
    assert after["Other"]["after"] == after["Other"]["goal"] + 6  # type: ignore[operator]  # a row holds words too, but numbers under these names
    assert [row["label"] for row in layers[-2]] == ["Near"]
    assert [row["words"] for row in layers[-1]] == ["Average 89 %"]
    apart = bars("b", "t", "d", [*told, Bar("Own", 1, "1", goal=2, goal_words="2")], ["Account", "Share", "Average"])
    assert len(values(apart)) == len(layers) - 1


def test_where_a_part_is_too_small_for_its_words_all_parts_are_told_below() -> None:
    small = Stack("Spread", (Part("Owned", 80, "80"), Part("Pipeline", 1, "1"), Part("Gap", 8, "8")), "89")
    long = Stack("Long", tuple(Part(f"A part with a long name {n}", 1, "1") for n in range(9)), "9")
    large = Stack("Large", (Part("Owned", 45, "45"), Part("Gap", 44, "44")), "89")
    names = ["Product", *dict.fromkeys(part.label for stack in (small, long, large) for part in stack.parts), "All"]
    layers = values(stacks("s", "t", "d", [small, long, large], names))
    told = [row["words"] for row in layers[2]]
    assert told[:4] == ["Owned 80", "Pipeline 1", "Gap 8", "A part with a long name 0 1"]
    assert len(told) == 12
    assert len({row["middle"] for row in layers[2]}) > 2
    ends = [row["middle"] for row in layers[3]]
    assert ends[0] < layers[2][0]["middle"] < ends[1] < layers[2][3]["middle"] < ends[2]  # type: ignore[operator]  # all are numbers
    assert [row["words"] for row in layers[1]] == [
        "Owned 80",
        "8",
        *[row["words"] for row in layers[1] if row["middle"] == ends[1]],
        "Owned 45",
        "Gap 44",
    ]


def test_each_year_of_a_timeline_has_its_number_and_names_are_whole() -> None:
    layers = values(time_chart("A customer with a long name: a frame agreement over two years"))
    assert [mark["words"] for mark in layers[1]] == [
        "2025",
        "2025-04",
        "2025-07",
        "2025-10",
        "2026",
        "2026-04",
        "2026-07",
        "2026-10",
        "2027",
        "2027-04",
    ]
    assert next(row["label"] for row in layers[2]) == "A customer with a long name: a frame agreement over two years"


def test_many_lines_have_room_for_their_names() -> None:
    told = [Line(f"Trait {number}", {2026: 1}, {2026: "1"}) for number in range(20)]
    made = lines("l", "t", "d", told, (0, 100), ("Trait", "Score"))
    assert made.drawing
    names = json.loads(made.drawing.specification)["layer"][-1]["data"]["values"]
    heights = sorted(name["at"] for name in names)
    assert all(later - earlier >= 17.9 for earlier, later in itertools.pairwise(heights))
    assert heights[-1] <= made.drawing.height


@given(some.lists(some.tuples(some.integers(1, 5), some.integers(1, 5), some.integers(0, 5000)), max_size=25))
@settings(max_examples=25, deadline=None)
def test_every_bubble_stands_in_its_own_quarter(scores: list[tuple[int, int, int]]) -> None:
    made = plane("p", "t", "d", [bubble(f"Account {n}", *score) for n, score in enumerate(scores)], QUARTERS, ["Account"] * 5)
    if not scores:
        assert made.drawing is None
        return
    assert made.drawing
    layers = json.loads(made.drawing.specification)["layer"]
    boxes = [(box["l"], box["t"], box["r"], box["b"]) for box in layers[0]["data"]["values"]]
    ranked = sorted((bubble("", *score) for score in scores), key=lambda one: -(one.size or 0))
    for one, placed in zip(ranked, layers[2]["data"]["values"], strict=True):
        left, top, right, bottom = boxes[QUARTERS.of(one)]
        assert left <= placed["x"] <= right
        assert top <= placed["y"] <= bottom


def test_a_crowd_has_names_only_where_there_is_room() -> None:
    made = plane("p", "t", "d", [bubble(f"A customer with a name {n}", size=n) for n in range(60)], QUARTERS, ["Account"] * 5)
    assert made.drawing
    layers = json.loads(made.drawing.specification)["layer"]
    assert len(layers[2]["data"]["values"]) == 60
    assert 0 < len(layers[4]["data"]["values"]) < 60


def test_names_without_room_are_tried_first_where_then_more_have_room() -> None:
    shown = plane("p", "t", "d", [bubble(f"Account {n}", 4, 5, 16 - n) for n in range(16)], QUARTERS, ["Account"] * 5)
    assert len(values(shown)[4]) == 16


def test_a_circle_finds_the_next_free_place_or_stays() -> None:
    room = Box(0, 0, 200, 100)
    first = settled(Circle(50, 50, 20), room, [])
    second = settled(Circle(50, 50, 20), room, [first])
    assert first == Circle(50, 50, 20)
    assert not first.touches(second)
    assert settled(Circle(0, 0, 50), Box(0, 0, 100, 100), [first]) == Circle(50, 50, 50)


def test_a_label_stands_on_its_bubble_beside_it_or_nowhere() -> None:
    room, small = Box(0, 0, 300, 100), Circle(150, 50, 6)
    assert labelled("Acme", Circle(150, 50, 40), 12, room, [], []) == Label(
        150, 50, Box(150 - width("Acme", 12) / 2, 42.8, 150 + width("Acme", 12) / 2, 57.2)
    )
    beside = labelled("Acme", small, 12, room, [small], [])
    assert beside
    assert beside.box.left == pytest.approx(159)
    assert labelled("Acme", small, 12, room, [small, Circle(175, 50, 20)], [room]) is None


def test_a_label_without_room_at_its_bubble_stands_apart_with_a_line_that_crosses_nothing() -> None:
    room, small = Box(0, 0, 300, 200), Circle(150, 100, 6)
    around = [Circle(125, 100, 16), Circle(175, 100, 16)]
    found = labelled("A customer", small, 12, room, [small, *around], [])
    assert found
    assert found.apart
    assert not any(circle.under(found.box) for circle in around)
    x, y, to_x, to_y = found.line(small)
    assert (x - 150) ** 2 + (y - 100) ** 2 == pytest.approx(36)
    assert found.box.left <= to_x <= found.box.right
    assert found.box.top <= to_y <= found.box.bottom
    shown = plane("p", "t", "d", [bubble(f"Account {n}", 4, 5, 4 - n) for n in range(14)], QUARTERS, ["Account"] * 5)
    assert 0 < len(values(shown)[3]) < len(values(shown)[4])


def test_words_are_cut_where_there_is_no_room() -> None:
    assert shortened("Short", 100) == "Short"
    assert shortened("Two\nlines", 100) == "Two lines"
    assert shortened("A very long name of an account", 100).endswith("…")
    assert width("广") > width("%") > width("m") > width("a") > width("i") > width("\u0301") == 0
    assert shortened("广东省", 5) == "…"


def test_a_number_is_sorted_by_its_value() -> None:
    assert [order(value) for value in (None, 0, Decimal("1.50"), Fraction(1, 3), -20)] == ["", "0", "1.5", "0.333333", "-20"]


def test_a_drawing_is_known_by_what_is_drawn() -> None:
    assert drawing(10, 10, []).key == drawing(10, 10, [], leads=[Lead("a.md", "A")]).key
    assert drawing(10, 10, []).key != drawing(11, 10, []).key
