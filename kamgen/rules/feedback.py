"""Family 5, feedback: what the customer says of us, and what we make of it."""

from __future__ import annotations

import datetime as dt

from kamgen.day import months_before
from kamgen.diagnostic import Finding
from kamgen.figures.satisfaction import latest
from kamgen.model.block import says
from kamgen.model.plan import Plan
from kamgen.rule import Yield, rule


@rule("KAM515", variants=("never", "ahead"), gate=True)
def stale_feedback(plan: Plan, as_of: dt.date, *, months: int = 12) -> Yield:
    """The customer has not been asked for a year how content it is.

    Why: successful companies ask every year, and listen all the time (002); the report card is a block of the plan (003).
    A prospect, and an account younger than `months`, have nothing to report on yet. A report card that is dated ahead is none yet.

    Help: ask, and add the answer under `feedback:`.
    """
    since = months_before(as_of, months)
    if plan.status == "prospect" or (plan.since is not None and plan.since > since):
        return
    last = latest(plan.feedback, as_of)
    if last is None or last.date < since:
        ahead = min((card.date for card in plan.feedback if card.date > as_of), default=None) if last is None else None
        values = {"date": last.date if last else ahead, "months": months, "scale": (last and last.scale) or 10, "n": months}
        yield Finding(("feedback",), values, variant="" if last else "ahead" if ahead else "never")


@rule("KAM516", variants=("no-measure",))
def old_complaint(plan: Plan, as_of: dt.date, *, days: int = 30) -> Yield:
    """A complaint has been open for more than a month.

    Why: a complaint that waits is what drives customers away; feedback is answered and solved in time (003).
    A complaint may be open for `days`.

    Help: solve it and write `closed:`; until then tell the customer what is done, and write it under `measure:`.
    """
    for index, complaint in enumerate(plan.complaints):
        age = (as_of - complaint.date).days
        if age > days and (complaint.closed is None or complaint.closed > as_of):
            values = {"text": complaint.text, "date": complaint.date, "n": age, "measure": complaint.measure, "owner": complaint.owner or plan.owner}
            yield Finding(("complaints", index), values, variant="" if says(complaint.measure) else "no-measure")


@rule("KAM521")
def feedback_not_used(plan: Plan, as_of: dt.date, *, months: int = 12) -> Yield:
    """A problem in the customer's report card has no measure.

    Why: problems that the customer names go into the next plan, with a measure, a person and a day (003). Report cards of the last
    `months` count, and always the latest.

    Help: write `measure:`, `owner:` and `due:` under the problem.
    """
    last = latest(plan.feedback, as_of)
    if last is None:
        return
    since = min(last.date, months_before(as_of, months))
    for index, card in enumerate(plan.feedback):
        for number, found in enumerate(card.problems if since <= card.date <= as_of else ()):
            if not says(found.measure):
                values = {"text": found.text, "date": card.date, "owner": found.owner or plan.owner}
                yield Finding(("feedback", index, "problems", number), values)
