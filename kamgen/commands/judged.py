"""What `kamgen check` says of a plan before an edit and after it: what an edit must not bring is refused, other errors that it brings are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kamgen import parse, rulebook
from kamgen.commands.office import Desk, line_of, of_account
from kamgen.commands.place import Misuse
from kamgen.diagnostic import Diagnostic, Message, Severity
from kamgen.document import read_file, read_plan
from kamgen.folder import called, survey
from kamgen.message import say
from kamgen.model.plan import Plan
from kamgen.rulebook import Rules
from kamgen.ruleset import Ruleset

REFERENCES: Final = ("KAM1", "KAM704")
"""The rules of family 1, and that of links: what an edit must not bring."""
SAID: Final = {
    "next.none": ("KAM201",),
    "next.overdue": ("KAM202", "KAM216"),
    "said.no-note": ("KAM203",),
    "said.no-note.counts-not": ("KAM209",),
    "said.no-proposal": ("KAM207",),
    "said.no-proposal.binding": ("KAM207",),
}
"""The rules whose fact a sentence of an answer tells already."""
SHOWN: Final = 5
"""How many errors have a line of their own."""


def errors(*states: Desk) -> tuple[tuple[Diagnostic, ...], ...]:
    """The errors that `kamgen check` finds in each state of a plan that lies open, on the day of the office; all they refer to is read once."""
    import kamgen.rules  # noqa: F401, PLC0415  (importing it registers the rules; the commands of the day do without)
    from kamgen import rule  # noqa: PLC0415  (the rules: the commands of the day do without)

    rules = rulebook.load(states[0].office.document, rule.known())
    names = _names(states[0], rules.ruleset)
    return tuple(_errors(state, rules, names) for state in states)


def _errors(desk: Desk, rules: Rules, names: parse.Names) -> tuple[Diagnostic, ...]:
    from kamgen.check import account_of, check_accounts  # noqa: PLC0415  (the rules: the commands of the day do without)
    from kamgen.ground import Ground  # noqa: PLC0415  (the rules: the commands of the day do without)

    here = desk.office
    ground = Ground(here.portfolio, here.document, here.problems, rules, here.today, {})
    document = read_plan(desk.path, desk.data)
    plan, problems = parse.read_plan(document, names, here.portfolio.custom_fields)
    account = account_of(document, plan, problems, desk.plan.id, ground, here.portfolio.roles)
    return tuple(one for one in check_accounts((account,), ground) if one.severity is Severity.ERROR)


def _names(desk: Desk, ruleset: Ruleset) -> parse.Names:
    """What the plan may refer to; a new one is among the accounts before it is written."""
    from kamgen.workspace import names_of  # noqa: PLC0415  (the rules: the commands of the day do without)

    here = desk.office
    names = names_of(here.document, here.problems, here.portfolio, ruleset, survey(here.root))
    return {**names, "account": {**names["account"], desk.plan.id: desk.plan.id}}


def brought(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The errors that were not there before. One whose account, person or activity is called otherwise since then was there."""
    known, often = {one.identity for one in before}, Counter(one.code for one in before)
    more = {code for code, times in Counter(one.code for one in after).items() if times > often[code]}
    return tuple(one for one in after if one.identity not in known and one.code in more)


def still_refers(plan: Desk, before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> None:
    """Raises Misuse where the rules of family 1, or that of links, find an error that they did not find before: an id twice, a circle."""
    known = set(_of_references(before))
    fresh = next((message for message in _of_references(after) if message not in known), None)
    if fresh:
        raise Misuse(line_of(fresh) if plan.plan.account in fresh else of_account(plan.plan, fresh))


def heads_no_circle(before: Desk, after: Desk) -> None:
    """Raises Misuse where a new parent closes a circle of accounts (KAM112); only the plans up the chain of parents are read."""
    if after.plan.parent in {None, before.plan.parent}:
        return
    if after.plan.parent == after.plan.id:
        raise Misuse(of_account(after.plan, say("refuse.own-parent")))
    from kamgen.rules.references import circles  # noqa: PLC0415  (the rules: the commands of the day do without)

    chain = {plan.id: plan for plan in _chain(after)}
    circle = next(circles({id: plan.parent for id, plan in chain.items() if plan.parent}), ())
    if after.plan.id in circle:
        names = [chain[id].account for id in circle]
        raise Misuse(line_of(say("parent-cycle", account=names[0], circle=" > ".join(names))))


def _chain(desk: Desk) -> Iterator[Plan]:
    """A plan, its parent's, and so on, as far as they can be read; each once."""
    here, met = desk.office, set[str]()
    plan: Plan | None = desk.plan
    while plan and plan.id not in met:
        yield plan
        met.add(plan.id)
        path = next(reversed(called(here.root, plan.parent)), None) if plan.parent else None
        plan = here.read(path, read_file(here.root, path))[0] if path else None


def _of_references(found: Iterable[Diagnostic]) -> Iterator[str]:
    return (one.message for one in found if one.code.startswith(REFERENCES))


def in_lines(found: Iterable[Diagnostic], told: Iterable[Message], *, dry_run: bool) -> list[str]:
    """A line for each error that an edit brings, but for those that its answer, the sentences `told`, speaks of anyway."""
    there = {code for message in told for code in SAID.get(message.id, ())}
    fresh = [one for one in found if one.code not in there]
    word = "said.brought.would" if dry_run else "said.brought"
    shown = [line_of(say(word, code=one.code, message=one.message)) for one in fresh[:SHOWN]]
    return [*shown, *([say("said.brought.more", n=len(fresh) - SHOWN)] if len(fresh) > SHOWN else [])]


def in_json(found: Iterable[Diagnostic]) -> list[dict[str, str]]:
    """The errors as programs read them."""
    return [{"code": one.code, "rule": one.rule, "message": one.message, "help": one.help} for one in found]
