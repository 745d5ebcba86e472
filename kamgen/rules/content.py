"""Family 5, what a plan says: the parts that its tier asks for, the analysis questions, length, reasons and next steps."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kamgen.day import working_day
from kamgen.diagnostic import Finding, Message, Place
from kamgen.figures.completeness import completeness, is_new
from kamgen.figures.measure import is_revenue_alone
from kamgen.model.analysis import Need
from kamgen.model.block import FIRST, GROUPS, says, stub
from kamgen.model.plan import Plan
from kamgen.node import Document, Node, scalars
from kamgen.questions import QUESTIONS, answers
from kamgen.rule import Yield, rule
from kamgen.ruleset import Ruleset, Tier

MONTH: Final = dt.timedelta(days=30)
SHOWN: Final = 5
"""How many first lines a help gives to paste; the others come when these are written."""
NEXT: Final = 3
"""How many questions a help names."""
TOLD: Final[Mapping[str, str]] = {
    "contacts": "no-contact",
    "activities": "no-next-activity",
    "arrangements": "vip-without-arrangements",
    "classification": "unclassified",
    "potential": "unclassified",
    "team": "no-team",
    "executive_sponsor": "no-executive-sponsor",
    "meetings": "no-meeting-structure",
    "feedback": "stale-feedback",
    "reviews": "review-missed",
    "kpis": "kpis-missing",
}
"""Parts whose absence another rule tells of, with a help of its own, or leaves untold: whom it excuses, nobody asks."""
WORD: Final = re.compile(r"\w+")
NUMBER_WORDS: Final = frozenset(
    {"no", "none", "never", "without", "third", "thirds", "quarter", "quarters", "twice", "once", "dozen", "hundred", "thousand"}
    | {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty"}
    | {"ingen", "inga", "inget", "intet", "ingenting", "aldrig", "aldri", "uden", "utan", "uten", "hälften", "tredjedel"}
    | {"två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "hundra", "hundre", "hundrede"}
    | {"fire", "seks", "syv", "åtte", "otte", "ni", "elleve", "tyve", "kein", "keine", "zwei", "drei", "vier", "fünf", "sechs", "sieben"}
    | {"acht", "neun", "zehn", "zwölf", "hälfte"}
    | {"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "hundreds"}
    | {"tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo", "trettio", "femtio"}
    | {"tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten", "tredive", "halvtreds"}
    | {"dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig", "dreißig", "hundert"}
)
"""What can be measured without a digit: six fewer returns, no empty shelf."""
NUMBER_STEMS: Final = ("half", "halv", "halb", "doubl", "dubbl", "dubbel", "dobbel", "dobl", "fördubbl", "fordobl", "verdoppel", "tripl")
"""How words begin that say how much: half, halved, halverad ledtid, fordoblet."""
ONE: Final = re.compile(
    r"\b(?:one|an|en|ett?|ein(?:e[nr]?)?) (?:minut[et]?|hour|morning|afternoon|evening|night|shift|day|week|month|year|percent"
    r"|time|timme|dag|uge|uke|vecka|måned|månad|år|stunde|tag|morgon|morgen|aften|kväll|kveld|natt?|abend|nacht|woche|monat|jahr|pro[csz]ent)\b",
    re.IGNORECASE,
)
"""One is a number where it counts time or a share: one hour a week, and not one contact for all shops."""
MANY: Final = frozenset("半倍两兩")
WORDED: Final = re.compile("[A-Za-zÀ-ɏ\u3400-\u9fff]")
"""Letters of the scripts whose numbers in words are known here; of what is written in others nobody says that it lacks a number."""


@rule("KAM501", variants=("prospect",))
def missing_block(plan: Plan, ruleset: Ruleset, tier: Tier, as_of: dt.date, *, days: int = 90) -> Yield:
    """Parts of the plan that the tier asks for are empty.

    Why: a plan is as deep as the customer is worth: one depth for large and small customers is why plans fail (003); what belongs into
    it stands in the sources (001, 003). One finding lists all parts, so that a new plan is a list to work off and not a flood. A part whose
    absence another rule tells of is left to it, whether that rule speaks, is turned off or rests; a part for which the rule set has it in
    other tiers only is asked for here. A new customer has `days` to get a plan, and a prospect is not asked for what only
    time brings.

    Help: write the parts, the weightiest first; a goal comes with an action that leads to it.
    """
    if is_new(plan, as_of, days):
        return
    found = completeness(plan, tier, as_of)
    missing = [block for block in found.missing if block not in TOLD or ruleset.spares(TOLD[block], tier)]
    if missing and found.rate.value is not None:
        values = {
            "n": len(missing),
            "missing": [Message(f"label.{block}") for block in missing],
            "percent": int(found.rate.value * 100),
        }
        values["lines"] = [*_first_lines(missing, plan)]
        yield Finding((), values, variant="prospect" if plan.status == "prospect" else "", also=tuple((block,) for block in missing))


def _first_lines(missing: Sequence[str], plan: Plan) -> Iterator[Message]:
    """How the weightiest parts begin, to paste; with the first goal, an action that leads to it."""
    shown = missing[:SHOWN]
    new = "goals" in shown
    goal = FIRST["goals.id"] if new else next((goal.id for goal in plan.goals if goal.id and goal.status == "open"), None)
    led = ["actions"] if new and "actions" in missing and "actions" not in shown else []
    for block in (*shown, *led):
        line = stub(block).replace("text: ...,", f"text: ..., goal: {goal},") if block == "actions" and goal else stub(block)
        yield Message("missing-block.need" if block == "needs" else "missing-block.line", {"line": line})
    if new and "actions" not in missing:
        item = f"{{text: ..., goal: {goal}, owner: ..., due: ..., days: ...}}"
        yield Message("missing-block.action" if plan.actions else "missing-block.actions", {"item": item})


@rule("KAM502")
def unanswered_question(plan: Plan, document: Document, tier: Tier, as_of: dt.date, *, days: int = 90) -> Yield:
    """Fewer analysis questions are answered than the tier asks for.

    Why: the eleven questions lead from the customer card to the activities (000): what we have done and what not, what they buy and what
    not, how they decide, who competes. A new customer has `days` to be understood.

    Help: write the question as a heading below the front matter, and a sentence or more under it.
    """
    if not tier.questions or is_new(plan, as_of, days):
        return
    asked = answers(plan.body)
    given = [slug for slug, answer in asked.items() if answer.given]
    if len(given) < tier.questions:
        still = sorted((slug for slug in QUESTIONS if slug not in given), key=lambda slug: slug not in asked)
        named = ", ".join(f"`## {QUESTIONS[slug]}`" for slug in still[: min(NEXT, tier.questions - len(given))])
        place = _body_place(document, next((asked[slug].line for slug in still if slug in asked), 0))
        yield Finding(("body",), {"n": len(given), "asked": tier.questions, "all": len(QUESTIONS), "next": named}, place=place)


@rule("KAM508")
def plan_too_long(document: Document, tier: Tier, *, characters: int = 2500) -> Yield:
    """A part of the plan is longer than its limit in pages.

    Why: a plan that is too long is not read and not kept (003): the customer file has 1-4 pages, the performance file 1-2, opportunities and
    threats 1, the report card 1, goals and actions 2-4, long-term issues 1. A page is `characters` long.

    Help: keep what changes a decision; move the rest into a document, and link it under `documents:`.
    """
    nodes = document.root.items if document.root else {}
    for group, limit in tier.pages.items():
        written = {block: nodes[block] for block in GROUPS[group] if block in nodes}
        most = limit * characters
        if sum(map(_span, written.values())) > most:
            sizes = {block: sum(len(text.text) for text in scalars(node)) for block, node in written.items()}
            if (size := sum(sizes.values())) > most:
                values = {"group": Message(f"plan-too-long.{group}"), "characters": f"{size:,}", "most": f"{most:,}", "n": limit}
                yield Finding((next(iter(written)),), {**values, "longest": max(sizes, key=lambda block: sizes[block])})


@rule("KAM511")
def strategy_without_why(plan: Plan) -> Yield:
    """A strategy does not say why it will work.

    Why: a strategy is a way to the goal and the reason why it leads there (003); without the reason nobody sees when it has stopped to hold.

    Help: write the reason under the strategy as `why:`.
    """
    for index, strategy in enumerate(plan.strategies):
        if not says(strategy.why):
            yield Finding(("strategies", index), {"text": strategy.text})


@rule("KAM512")
def issue_without_next_step(plan: Plan, as_of: dt.date) -> Yield:
    """A long-term issue has no next step.

    Why: long-term issues are what outlives a year's plan (003); without a next step they only stand there.

    Help: write under the issue `next_step:`, and who takes it by when.
    """
    for index, issue in enumerate(plan.issues):
        if not says(issue.next_step):
            yield Finding(("issues", index), {"text": issue.text, "owner": issue.owner or plan.owner, "due": issue.due or working_day(as_of + MONTH)})


@rule("KAM517")
def kpis_missing(plan: Plan, tier: Tier, as_of: dt.date, *, days: int = 90) -> Yield:
    """No key figure beyond revenue is followed.

    Why: a key account manager answers for the customer as a managing director does (001): profit, profitability, satisfaction, service level
    or delivery precision, and not only revenue. Key tiers are asked, and those whose `blocks` name `kpis`; a prospect is not, nor a customer
    of less than `days`.

    Help: agree on one with the customer, and write it under `kpis:`.
    """
    if not (tier.gated or tier.blocks.get("kpis")) or plan.status == "prospect" or is_new(plan, as_of, days):
        return
    if all(not says(kpi) or is_revenue_alone(kpi.text) for kpi in plan.kpis):
        paste = Message("paste.kpi" if plan.kpis else "paste.kpi.first")
        yield Finding(("kpis",), {"paste": paste}, variant="revenue" if plan.kpis else "")


@rule("KAM518")
def need_without_gain(plan: Plan) -> Yield:
    """A need is not agreed with the customer, or what it gains cannot be measured.

    Why: solutions mean an agreed need with a measurable gain (002); a need that only we see sells nothing. A number, in the gain or in what
    follows from it, makes it measurable; so do words like six, half, halved or no.

    Help: ask the customer; write `agreed: true`, and under `gain:` what gets better and by how much.
    """
    for index, need in enumerate(plan.needs):
        if lacks := [*_lacks(need)]:
            said = f"need-without-gain.{'-and-'.join(lacks)}"
            yield Finding(("needs", index), {"text": need.text, "lacks": Message(said), "advice": Message(f"{said}.advice")})


def _body_place(document: Document, line: int) -> Place:
    """A line of the body, counted from 0; the last line of the file where there is no body."""
    return Place(min(document.body_line + line, document.text.rstrip("\n").count("\n") + 1), 1)


def _span(node: Node) -> int:
    """How many characters of the file a part takes: never fewer than it shows, and known without looking into it."""
    return node.end.index - node.start.index


def _lacks(need: Need) -> Iterator[str]:
    if not need.agreed:
        yield "agreed"
    if not says(need.gain):
        yield "gain"
    elif not _is_measurable(f"{need.gain} {need.impact or ''}"):
        yield "number"


def _is_measurable(text: str) -> bool:
    words = WORD.findall(text.casefold())
    counted = any(word in NUMBER_WORDS or word.startswith(NUMBER_STEMS) for word in words)
    told = counted or any(letter.isnumeric() or letter in MANY for letter in text) or ONE.search(text) is not None
    return told or WORDED.search(text) is None
