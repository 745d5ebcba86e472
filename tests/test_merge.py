"""Two branches of a plan: what they say together, or a conflict; never something else that can be read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kamgen.decode import BYTE_ORDER_MARK
from kamgen.diagnostic import Message
from kamgen.document import read_plan
from kamgen.edit import CannotEditError, Insert, edit
from kamgen.merge import Outcome, apart, follow, merge, writing
from kamgen.message import render
from kamgen.parse import as_data
from tests import merging

MARKERS = re.compile(rb"(?m)^<{7} ours\r?\n(?:.*\n)*?={7}\r?\n(?:.*\n)*?>{7} theirs\r?$")


def data_of(outcome: Outcome) -> dict[str, Any]:
    document = read_plan("", outcome.data)
    assert {problem.kind for problem in document.problems} <= {"doubtful-text"}
    assert document.root is not None
    found: dict[str, Any] = as_data(document.root)
    return found


def outcome_of(seed: int) -> str:
    """Merged, conflict, or needless conflict; anything else is wrong."""
    base, ours, theirs, expected = merging.pair(seed)
    salt, end = ("x" if seed % 10 == 0 else ""), ("\r\n" if seed % 20 == 1 else "\n")
    outcome = merge(merging.written(base), merging.written(ours, end=end), merging.written(theirs, salt))
    if outcome.clashes:
        assert MARKERS.search(outcome.data), outcome
        assert "conflict-marker" in {problem.kind for problem in read_plan("", outcome.data).problems}
        return "conflict" if expected is None else "needless"
    assert expected is not None, (seed, "valid and lossy")
    said = data_of(outcome)
    assert merging.shown(said) == merging.shown(expected), seed
    assert read_plan("", outcome.data).body.split() == "".join(expected["body"]).split(), seed
    for side in (ours, theirs):
        assert in_order(merging.order(side), merging.order(said)), seed
    assert merging.comments(expected) <= set(re.findall("# about [a-z0-9]+", outcome.data.decode())), seed
    return "merged"


def in_order(side: dict[str, list[str]], result: dict[str, list[str]]) -> bool:
    """Whether what a side has in an order the result has in that order."""
    for name, items in side.items():
        found = [item for item in items if item in result.get(name, [])]
        if len(set(found)) == len(found) and sorted(found, key=result.get(name, []).index) != found:
            return False
    return True


def outcomes(seeds: range) -> Counter[str]:
    return Counter(outcome_of(seed) for seed in seeds)


def test_generated_branches() -> None:
    found = outcomes(range(120))
    assert found["merged"] > found["needless"] * 10


@pytest.mark.slow
def test_a_thousand_generated_branches() -> None:
    found = outcomes(range(1000))
    assert found["merged"] > 600
    assert found["conflict"] > 100
    assert found["needless"] < 50


BASE = """---
account: Acme A/S
tier: A   # the board says so
owner: kari.nygaard
contacts:
  - {name: Anna Lind, function: procurement}
activities:
  - {id: spring, date: 2026-06-09, type: lunch, status: planned}
  - date: 2026-05-01
    type: contact
    status: planned
---

## Strategy

Fewer shops.
"""
SPRING = "id: spring; date: 2026-06-09; type: lunch; status: planned"
END = "    status: planned\n---"


def logged(text: str, words: str) -> str:
    """A branch that logs an activity as people do: at the end."""
    return text.replace(
        END, f"    status: planned\n  # heard by {words}\n  - date: 2026-07-01\n    type: contact\n    status: held\n    by: {words}\n---"
    )


def merged(ours: str, theirs: str, base: str = BASE) -> tuple[str, list[str]]:
    outcome = merge(base.encode(), ours.encode(), theirs.encode())
    return outcome.data.decode(), [render(message) for message in (*outcome.notes, *outcome.clashes)]


def test_two_that_log_an_activity_do_not_disagree() -> None:
    ours = logged(BASE, "kari")
    text, told = merged(ours, logged(BASE, "jens"))
    assert told == []
    theirs = logged(END, "jens").removeprefix("    status: planned\n").removesuffix("---")
    assert text == ours.replace("    by: kari\n", f"    by: kari\n{theirs}")


def test_one_thing_that_both_have_logged_is_one() -> None:
    assert merged(logged(BASE, "kari"), logged(BASE, "kari")) == (logged(BASE, "kari"), [])


def test_what_both_changed_stays_between_markers_and_the_rest_is_merged() -> None:
    ours = logged(BASE, "kari").replace("tier: A", "tier: B")
    theirs = BASE.replace("tier: A", "tier: C").replace("status: planned}", "status: cancelled}").replace("Fewer", "More")
    text, told = merged(ours, theirs)
    assert told == ['Acme A/S: Tier was "A" and was changed twice: here to "B", in the other version to "C"']
    assert text == ours.replace("status: planned}", "status: cancelled}").replace("Fewer", "More").replace(
        "tier: B   # the board says so\n",
        "<<<<<<< ours\ntier: B   # the board says so\n=======\ntier: C   # the board says so\n>>>>>>> theirs\n",
    )


def test_a_meeting_that_one_held_and_the_other_moved_is_neither() -> None:
    ours = BASE.replace("status: planned}", "status: held, note: They grow, updated: 2026-06-09}")
    theirs = BASE.replace("2026-06-09", "2026-06-16").replace("status: planned}", "status: planned, moved_from: [2026-06-09], updated: 2026-06-08}")
    text, told = merged(ours, theirs)
    here, there = "date: 2026-06-09; status: held", "date: 2026-06-16; status: planned; moved_from: 2026-06-09"
    was = 'Acme A/S: Activities, spring was "date: 2026-06-09; status: planned" and was changed twice'
    assert told == [f'{was}: here to "{here}", in the other version to "{there}"']
    assert (text.count("note: They grow"), text.count("updated: 2026-06-09")) == (2, 2)


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (
            ("  - {id: spring, date: 2026-06-09, type: lunch, status: planned}\n", ""),
            ("status: planned}", "status: planned, subject: Autumn}"),
            f'Activities, spring was taken out here, and changed in the other version to "{SPRING}; subject: Autumn"',
        ),
        (
            ("status: planned}", "status: planned, subject: Autumn}"),
            ("  - {id: spring, date: 2026-06-09, type: lunch, status: planned}\n", ""),
            f'Activities, spring was taken out in the other version, and changed here to "{SPRING}; subject: Autumn"',
        ),
        (
            ("tier: A", "segment: shops\ntier: A"),
            ("tier: A", "tier: A\nsegment: bars"),
            'Segment was written twice: here "shops", in the other version "bars"',
        ),
        (("Fewer", "Five"), ("Fewer", ""), None),
        (("Fewer shops.\n", ""), ("Fewer", "More"), None),
    ],
)
def test_what_each_side_did_is_told(ours: tuple[str, str], theirs: tuple[str, str], words: str | None) -> None:
    text, told = merged(BASE.replace(*ours), BASE.replace(*theirs))
    assert MARKERS.search(text.encode())
    assert words is None or told == [f"Acme A/S: {words}"]


def test_the_text_below_is_told_by_its_words() -> None:
    told = merged(BASE.replace("Fewer shops.\n", ""), BASE.replace("Fewer", "More and " * 30))[1]
    assert len(told) == 1
    assert 'changed twice at the same place: here it says "nothing", in the other version "More and More' in told[0]
    assert "…" in told[0]


def test_both_have_made_the_file() -> None:
    text, told = merged(BASE, logged(BASE, "jens").replace("tier: A   # the board says so\n", "tier: A\n"), "")
    assert told == []
    assert text == logged(BASE, "jens")
    assert 'Tier was written twice: here "A", in the other version "C"' in merged(BASE, BASE.replace("tier: A", "tier: C"), "")[1][0]


def test_an_order_that_one_side_changed_is_kept_and_two_orders_disagree() -> None:
    base = "---\naccount: A\nteam: [{person: a}, {person: b}, {person: c}]\n---\n"
    turned = base.replace("{person: a}, {person: b}, {person: c}", "{person: c}, {person: b}, {person: a}")
    longer = base.replace("{person: c}", "{person: c}, {person: d}")
    other = base.replace("{person: a}, {person: b}", "{person: b}, {person: a}")
    assert "[{person: c}, {person: d}, {person: b}, {person: a}]" in merged(longer, turned, base)[0]
    assert "[{person: c}, {person: d}, {person: b}, {person: a}]" in merged(turned, longer, base)[0]
    assert "Our team was" in merged(turned, other, base)[1][0]


def test_the_form_of_our_file_is_kept() -> None:
    ours = BYTE_ORDER_MARK + logged(BASE, "kari").replace("\n", "\r\n").encode()
    outcome = merge(BASE.encode(), ours, BASE.replace("Fewer", "More").encode())
    assert outcome == Outcome(ours.replace(b"Fewer", b"More"))


def test_a_text_without_an_end_is_ended_where_another_follows() -> None:
    base = "---\naccount: A\n---"
    assert merged(base, base + "\n\nText\n", base) == ("---\naccount: A\n---\n\nText\n", [])
    assert merged(base.replace("account: A", "account: B"), base + "\n\nText", base)[0] == "---\naccount: B\n---\n\nText"


def test_a_file_that_cannot_be_read_is_merged_line_by_line() -> None:
    broken = BASE.replace("{name: Anna Lind", "{name: [Anna Lind")
    text, told = merged(logged(BASE, "kari"), broken)
    assert text == logged(broken, "kari")
    assert len(told) == 2
    assert told[0].startswith("the other version cannot be read (line ")
    assert told[0].endswith("), so the two were put together line by line")
    assert told[1].startswith("what came of it cannot be read either (line ")


def test_a_file_that_the_other_side_mended_is_merged() -> None:
    broken = BASE.replace("tier: A", "owner: kari\nowner: bo\ntier: A")
    outcome = merge(broken.encode(), broken.encode(), BASE.encode())
    assert (outcome.data, outcome.clashes) == (BASE.encode(), ())
    assert len(outcome.notes) == 2


def test_a_file_that_cannot_be_read_may_be_in_conflict() -> None:
    text, told = merged(BASE.replace("tier: A", "tier: [B"), BASE.replace("tier: A", "tier: C"))
    assert "<<<<<<< ours\ntier: [B   # the board says so\n=======\ntier: C   # the board says so\n>>>>>>> theirs\n" in text
    assert told[0].startswith("this version cannot be read")
    assert told[1] == "both versions changed the same lines"


def test_lines_that_fit_and_say_nonsense_are_a_conflict() -> None:
    """Here both sides give the same key in two places; git alone would see nothing wrong."""
    base = "---\na: &x 1\n---\n"
    assert merge(base.encode(), base.encode(), base.encode()).data == base.encode()
    ours, theirs = BASE.replace("account:", "segment: shops\naccount:"), BASE.replace("activities:", "segment: shops\nactivities:")
    assert merged(ours, theirs) == (ours, [])


def test_a_comment_that_has_no_place_is_a_conflict() -> None:
    base = "---\naccount: A\nteam:\n  - person: a\n  - person: b\n---\n"
    ours = base.replace("  - person: a\n  - person: b\n", "  [{person: a, role: x}, # first\n   {person: b}]\n")
    theirs = base.replace("  - person: a\n", "  - person: a\n    # nobody else\n    mandate: y\n")
    text, told = merged(ours, theirs, base)
    assert told == ["both versions changed the same lines"]
    assert "# first" in text
    assert "# nobody else" in text
    assert MARKERS.search(text.encode())


def test_what_can_be_there_only_once_is_one() -> None:
    ours = BASE.replace("activities:", "costs:\n  - {year: 2025, sales: 100}\nactivities:")
    theirs = BASE.replace("activities:", "costs:\n  - {year: 2025, promotion: 7}\nactivities:")
    text, told = merged(ours, theirs)
    assert told == []
    assert text.count("year: 2025") == 1
    assert "sales: 100" in text
    assert "promotion: 7" in text


def test_two_that_look_alike_may_be_two() -> None:
    ours, theirs = (logged(BASE, "kari").replace("by: kari", f"by: kari\n    note: {word}") for word in ("We met Anna", "We met Bo"))
    text, told = merged(ours, theirs)
    assert len(told) == 1
    assert told[0].startswith('Acme A/S: Activities, 2026-07-01 was written twice: here "date: 2026-07-01; type: contact')
    assert "<<<<<<< ours\n    note: We met Anna\n=======\n    note: We met Bo\n>>>>>>> theirs\n" in text


CALL = "  - {{id: 2026-07-01-contact-anna-lind, date: 2026-07-01, type: contact, status: held, contacts: [anna-lind], note: {note}}}\n---"
FIRST, SECOND = (BASE.replace(END, END[:-3] + CALL.format(note=note)) for note in ("Prices", "Kiosks"))
APART = (
    "Acme A/S: both versions wrote down an activity as 2026-07-01-contact-anna-lind; both are kept, "
    "and that of the other version is called 2026-07-01-contact-anna-lind-2"
)


def test_two_calls_with_one_person_on_one_day_are_two() -> None:
    text, told = merged(FIRST, SECOND)
    assert told == [APART]
    assert text.startswith(FIRST.rpartition("\n---\n")[0])
    assert calls_of(text) == {"2026-07-01-contact-anna-lind": "Prices", "2026-07-01-contact-anna-lind-2": "Kiosks"}


def calls_of(text: str) -> dict[str, str]:
    """What was said in each call that the branches logged."""
    found = data_of(Outcome(text.encode()))["activities"]
    return {one["id"]: f"{one['note']}{one.get('result', '')}" for one in found if one["date"] == "2026-07-01"}


def test_what_a_merge_has_numbered_is_known_again() -> None:
    """Each branch takes in the other, one goes on with its own call, and they meet again."""
    here, there = merged(FIRST, SECOND)[0], merged(SECOND, FIRST)[0]
    assert merged(here, there) == (here, [])
    later = SECOND.replace("note: Kiosks", "note: Kiosks, result: Ordered")
    assert merged(here, later, SECOND) == (here.replace("note: Kiosks", "note: Kiosks, result: Ordered"), [])
    text, told = merged(later, here, SECOND)
    assert (calls_of(text), told) == ({"2026-07-01-contact-anna-lind": "Prices", "2026-07-01-contact-anna-lind-2": "KiosksOrdered"}, [])


def test_the_same_call_is_one_and_one_that_is_known_otherwise_is_a_conflict() -> None:
    assert merged(FIRST, FIRST.replace("note: Prices", "note: Prices, result: Agreed")) == (
        FIRST.replace("note: Prices", "note: Prices, result: Agreed"),
        [],
    )
    assert MARKERS.search(merged(FIRST, SECOND.replace("status: held, contacts", "status: planned, contacts"))[0].encode())


def test_an_id_that_the_plan_speaks_of_elsewhere_stays() -> None:
    hidden = "visibility: {activities.2026-07-01-contact-anna-lind: private}\ntier: A"
    text, told = merged(FIRST, SECOND.replace("tier: A", hidden))
    assert MARKERS.search(text.encode())
    assert len(told) == 1


def test_an_id_that_cannot_be_changed_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise CannotEditError(Message("edit.nowhere", {"field": "x"}))

    monkeypatch.setattr(apart, "edit", refuse)
    assert MARKERS.search(merged(FIRST, SECOND)[0].encode())


def test_an_item_that_one_side_gave_an_id_is_the_same() -> None:
    ours = BASE.replace("  - date: 2026-05-01\n", "  - id: call\n    date: 2026-05-01\n")
    theirs = BASE.replace("    status: planned\n---", "    status: held\n    note: They grow\n---")
    assert merged(ours, theirs) == (theirs.replace("  - date: 2026-05-01\n", "  - id: call\n    date: 2026-05-01\n"), [])


@pytest.mark.parametrize("tier", ["A", "C"])
def test_where_no_edit_can_be_made_the_lines_are_shown(monkeypatch: pytest.MonkeyPatch, tier: str) -> None:
    def refuse(*_: object) -> str:
        raise CannotEditError(Message("edit.nowhere", {"field": "x"}))

    monkeypatch.setattr(writing, "applied", refuse)
    ours = logged(BASE, "kari").replace("tier: A", "tier: B").replace("status: planned}", "status: held}")
    theirs = BASE.replace("tier: A", f"tier: {tier}").replace("status: planned}", "status: planned, note: x}")
    text, told = merged(ours, theirs)
    lines, twice = "both versions changed the same lines", 'Acme A/S: Tier was "A" and was changed twice: here to "B", in the other version to "C"'
    assert told == [lines if tier == "A" else twice]
    assert "<<<<<<< ours\n  - {id: spring, date: 2026-06-09, type: lunch, status: held}\n=======\n" in text


@pytest.mark.parametrize("seed", range(20))
def test_what_one_side_left_alone_is_as_the_other_wrote_it(seed: int) -> None:
    base, ours, _, _ = merging.pair(seed)
    was, here = merging.written(base), merging.written(ours)
    assert merge(was, here, was) == merge(was, was, here) == merge(was, here, here) == Outcome(here)


@pytest.mark.slow
def test_two_that_log_in_real_files_do_not_disagree(corpora: Path) -> None:
    tried = 0
    for file in sorted((corpora / "frontmatter").glob("*.md"))[::8]:
        base = file.read_bytes()
        try:
            ours, theirs = (edit(base, [Insert(("activities",), {"date": day, "note": f"a: # {day}"})]) for day in ("2026-05-07", "2026-05-08"))
        except CannotEditError:
            continue
        outcome = merge(base, ours, theirs)
        assert outcome.clashes == ()
        assert [item["note"] for item in data_of(outcome)["activities"]] == ["a: # 2026-05-07", "a: # 2026-05-08"]
        tried += 1
    assert tried > 80


PEOPLE = BASE.replace(
    "activities:",
    "  - {name: Bo Bak, title: Buyer}\nactivities:\n  - {date: 2026-04-01, type: contact, status: held, contacts: [bo-bak], note: Prices}",
)
RENAMED = PEOPLE.replace("{name: Bo Bak,", "{name: Bo Bak, id: bb,").replace("[bo-bak]", "[bb]")


def mentioning(text: str, person: str) -> str:
    """A branch that logs an activity with somebody."""
    return text.replace(END, f"    status: planned\n  - {{date: 2026-07-01, type: contact, status: held, contacts: [{person}], note: Called}}\n---")


def test_what_one_side_says_of_a_person_follows_the_new_id_of_the_other() -> None:
    for sides in ((mentioning(PEOPLE, "bo-bak"), RENAMED), (RENAMED, mentioning(PEOPLE, "bo-bak"))):
        assert merged(*sides, base=PEOPLE) == (mentioning(RENAMED, "bb"), [])
    by_name = mentioning(PEOPLE, "Bo Bak")
    assert merged(by_name, RENAMED, base=PEOPLE) == (mentioning(RENAMED, "Bo Bak"), [])
    more = PEOPLE.replace("[bo-bak]", "[bo-bak, anna-lind]")
    assert merged(more, RENAMED, base=PEOPLE) == (RENAMED.replace("[bb]", "[bb, anna-lind]"), [])
    hidden = PEOPLE.replace("---\n\n", "visibility: {contacts.bo-bak.title: team}\n---\n\n")
    assert merged(hidden, RENAMED, base=PEOPLE)[0].count("contacts.bb.title: team") == 1


def test_what_one_side_says_of_a_person_follows_the_new_name_of_the_other() -> None:
    by_name = PEOPLE.replace("[bo-bak]", "[Bo Bak]")
    married = by_name.replace("{name: Bo Bak,", "{name: Bo Ek, id: bo-bak,").replace("[Bo Bak]", "[Bo Ek]")
    assert merged(mentioning(by_name, "Bo Bak"), married, base=by_name) == (mentioning(married, "Bo Ek"), [])


def test_what_refers_to_something_that_is_gone_is_a_conflict(monkeypatch: pytest.MonkeyPatch) -> None:
    told = 'Acme A/S: what one version says does not fit what the other changed: activities[4].contacts[1]: there is no contact "bo-bak"'
    gone = PEOPLE.replace("  - {name: Bo Bak, title: Buyer}\n", "").replace("[bo-bak]", "[anna-lind]")
    both = RENAMED.replace("Bo Bak", "Bodil Bak")
    new = mentioning(PEOPLE, "bo-bak").replace("activities:", "  - {id: bb, name: Bente Bo}\nactivities:", 1)
    for ours, theirs in ((mentioning(PEOPLE, "bo-bak"), gone), (both, mentioning(PEOPLE, "bo-bak")), (new, RENAMED)):
        text, words = merged(ours, theirs, base=PEOPLE)
        assert MARKERS.search(text.encode()), text
        assert words[0].startswith(told) or "taken out" in words[0] or "twice" in words[0], words

    def cannot(*_: object) -> bytes:
        raise CannotEditError(Message("merge.nothing"))

    monkeypatch.setattr(follow, "edit", cannot)
    assert merged(mentioning(PEOPLE, "bo-bak"), RENAMED, base=PEOPLE)[1][0].startswith(told)


ANNA, BO, ADDED = "  - {name: Anna Lind, function: procurement}\n", "  - {name: Bo Bak, title: Buyer}\n", "activities:\n  - {date"
CALLED_AL = PEOPLE.replace("{name: Anna Lind,", "{id: al, name: Anna Lind,")


@pytest.mark.parametrize(
    ("here", "mentioned"),
    [
        (CALLED_AL.replace(ADDED, "  - {name: Anna Lind Two, id: anna-lind}\n" + ADDED), "anna-lind"),
        (
            PEOPLE.replace("{name: Anna Lind,", "{id: anna-lind, name: Anna Berg,").replace(
                ADDED, "  - {name: Anna Lind, id: anna-lind-2}\n" + ADDED
            ),
            "Anna Lind",
        ),
        (PEOPLE.replace(BO, "").replace("[bo-bak]", "[]").replace("{name: Anna Lind,", "{id: bo-bak, name: Anna Lind,"), "bo-bak"),
        (
            PEOPLE.replace("{name: Anna Lind,", "{id: bo-bak, name: Anna Lind,").replace("{name: Bo Bak,", "{id: anna-lind, name: Bo Bak,"),
            "anna-lind",
        ),
    ],
)
def test_what_is_said_of_a_person_goes_to_nobody_who_has_got_the_id_or_name_since(here: str, mentioned: str) -> None:
    for sides in ((here, mentioning(PEOPLE, mentioned)), (mentioning(PEOPLE, mentioned), here)):
        text, told = merged(*sides, base=PEOPLE)
        assert MARKERS.search(text.encode())
        assert any(words.endswith("somebody else has them now; say of whom the other version speaks") for words in told)
    for sides in ((here, PEOPLE.replace(ANNA, "")), (PEOPLE.replace(ANNA, ""), here)):
        assert merged(*sides, base=PEOPLE)[1]
    assert merged(here, logged(here, "jens"), base=PEOPLE) == (logged(here, "jens"), [])
    elsewhere = PEOPLE.replace("tier: A ", "tier: B ")
    assert merged(elsewhere, here, base=PEOPLE) == (here.replace("tier: A ", "tier: B "), [])
    corrected = here.replace("note: Prices", "note: Price list")
    assert merged(logged(PEOPLE, "jens"), corrected, base=PEOPLE) == (logged(corrected, "jens"), [])


def test_an_id_that_goes_on_to_another_is_followed_from_both() -> None:
    """Anna gives hers up, and Bo gets it: what is hidden of each stays hidden, and what the other version says of each stays theirs."""
    hidden = PEOPLE.replace("---\n\n", "visibility: {contacts.bo-bak: team, contacts.anna-lind: private}\n---\n\n")
    here = CALLED_AL.replace("{name: Bo Bak,", "{id: anna-lind, name: Bo Bak,").replace("[bo-bak]", "[anna-lind]")
    for sides in ((hidden, here), (here, hidden)):
        text, told = merged(*sides, base=PEOPLE)
        assert (told, data_of(Outcome(text.encode()))["visibility"]) == ([], {"contacts.al": "private", "contacts.anna-lind": "team"})
    both = mentioning(PEOPLE, "anna-lind, bo-bak")
    for sides in ((both, here), (here, both)):
        assert merged(*sides, base=PEOPLE) == (mentioning(here, "al, anna-lind"), [])


@pytest.mark.parametrize(
    ("there", "whole"),
    [
        ("{name: Anna Lind, title: Head, function: procurement}", "{id: al, name: Anna Lind, title: Head, function: procurement}"),
        ("{name: Anna Lind, function: procurement, left: 2026-05-01}", "{id: al, name: Anna Lind, function: procurement, left: 2026-05-01}"),
        ("{id: anna-lind, name: Anna Berg, function: procurement}", "{id: al, name: Anna Berg, function: procurement}"),
    ],
)
def test_a_person_whom_one_side_gave_an_id_is_changed_by_the_other(there: str, whole: str) -> None:
    theirs = PEOPLE.replace("{name: Anna Lind, function: procurement}", there)
    for sides in ((CALLED_AL, theirs), (theirs, CALLED_AL)):
        assert merged(*sides, base=PEOPLE) == (PEOPLE.replace("{name: Anna Lind, function: procurement}", whole), [])


def test_two_ids_for_one_person_are_a_conflict() -> None:
    told = merged(CALLED_AL, CALLED_AL.replace("id: al,", "id: an,"), base=PEOPLE)[1]
    assert any(words.startswith("Acme A/S: Anna Lind (anna-lind) has another id or name in one version") for words in told)


def test_one_without_an_id_that_the_other_side_retyped_is_the_same() -> None:
    ours = BASE.replace("    status: planned\n---", "    status: held\n    note: Called\n---")
    theirs = BASE.replace("  - date: 2026-05-01\n    type: contact\n", "  - id: 2026-05-01-contact-no-1\n    date: 2026-05-01\n    type: lunch\n")
    text, told = merged(ours, theirs)
    assert MARKERS.search(text.encode())
    assert len(told) == 1
    assert "was changed twice" in told[0]
    assert "type: lunch" in told[0]
