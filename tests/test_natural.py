"""What a finding is known by: another item in the place of a known one is new, the same one moved or mended in passing is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.workspace import load
from tests.test_check import AS_OF, made, plan

WAIVED = "waivers:\n  - {{rule: {}, reason: so, until: {}, approved_by: vera}}\n"
PROBLEM = "feedback:\n  - {{date: 2026-02-10, score: 8, scale: 10, problems: [{{text: {}}}]}}\n"


def prints(root: Path, rule: str, text: str) -> list[str]:
    return sorted(found.fingerprint for found in load(made(root, {"acme": plan(text)}), AS_OF).diagnostics if found.rule == rule)


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        ("waiver-expired", WAIVED.format("no-team", "2026-01-01"), WAIVED.format("review-missed", "2026-01-01")),
        ("waiver-expired", WAIVED.format("no-team", "2026-01-01"), WAIVED.format("no-team", "2026-04-01")),
        (
            "waiver-expired",
            "waivers:\n  - {rule: contact-not-met, contact: anna, reason: so, until: 2026-01-01}\n",
            "waivers:\n  - {rule: contact-not-met, reason: so, until: 2026-01-01}\n",
        ),
        ("agreement-expired", "agreements: [{title: Frame, end: 2026-01-01}]\n", "agreements: [{title: Service, end: 2026-01-01}]\n"),
        ("agreement-expired", "agreements: [{title: Frame, end: 2025-12-31}]\n", "agreements: [{title: Frame, end: 2026-01-01}]\n"),
        (
            "agreement-expired",
            "agreements: [{title: Frame, start: 2024-01-01, end: 2025-12-31}]\n",
            "agreements: [{title: Frame, start: 2025-01-01, end: 2025-12-31}]\n",
        ),
        ("goal-late", "goals: [{text: More, due: 2026-01-01}]\n", "goals: [{text: Less, due: 2026-01-01}]\n"),
        ("action-overdue", "actions: [{text: Ask, due: 2026-01-01}]\n", "actions: [{text: Call, due: 2026-01-01}]\n"),
        ("feedback-not-used", PROBLEM.format("Late"), PROBLEM.format("Broken")),
        ("old-complaint", "complaints: [{date: 2026-01-12, text: Late}]\n", "complaints: [{date: 2026-01-12, text: Broken}]\n"),
        ("strategy-without-why", "strategies: [{text: Be near}]\n", "strategies: [{text: Be far}]\n"),
    ],
)
def test_another_in_the_same_place_is_another_finding(tmp_path: Path, rule: str, one: str, other: str) -> None:
    first, second = prints(tmp_path, rule, one), prints(tmp_path, rule, other)
    assert len(first) == len(second) == 1
    assert first != second
    assert prints(tmp_path, rule, f"# a comment\n{one}") == first


@pytest.mark.parametrize(
    ("rule", "block", "items"),
    [
        ("waiver-expired", "waivers", ["{rule: no-team, until: 2026-01-01, reason: so}", "{rule: review-missed, until: 2026-01-01, reason: so}"]),
        ("goal-late", "goals", ["{text: More, due: 2026-01-01}", "{id: g1, text: Less, due: 2026-01-01}"]),
        ("strategy-without-why", "strategies", ["{text: Be near}", "{text: Be far}", "{text: Be far}"]),
    ],
)
def test_the_order_of_items_makes_no_difference(tmp_path: Path, rule: str, block: str, items: list[str]) -> None:
    found = [prints(tmp_path, rule, f"{block}:\n" + "".join(f"  - {item}\n" for item in order)) for order in (items, items[::-1])]
    assert found[0] == found[1]
    assert len(set(found[0])) == len(items)


def test_an_id_says_all(tmp_path: Path) -> None:
    """Who words a goal anew has not made another."""
    one, other = (f"goals: [{{id: g1, text: {text}, due: 2026-01-01}}]\n" for text in ("More", "Far more"))
    assert prints(tmp_path, "goal-late", one) == prints(tmp_path, "goal-late", other)
