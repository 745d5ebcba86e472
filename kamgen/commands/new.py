"""`kamgen new`: a plan for a new account."""

from __future__ import annotations

from pathlib import Path

import click

from kamgen import folder, store
from kamgen.commands import judged, pick
from kamgen.commands.completion import of_regions, of_segments, of_tiers, of_us
from kamgen.commands.desk import answer_of, difference
from kamgen.commands.office import Desk, Office, office, verified
from kamgen.commands.place import Misuse
from kamgen.commands.words import DATES, dates, dry_run_option, one_line, with_words
from kamgen.commands.written import Revision
from kamgen.diagnostic import Message
from kamgen.edit import CannotEditError, Set
from kamgen.folder import PLANS, survey
from kamgen.frozen import with_values
from kamgen.intent.skeleton import id_of
from kamgen.intent.skeleton import plan as skeleton
from kamgen.message import say
from kamgen.model.kind import ACCOUNT_ID
from kamgen.model.plan import STATUSES
from kamgen.parse import stem
from kamgen.style import canonical


@click.command()
@click.argument("name")
@click.option(
    "--tier", metavar="TIER", required=True, shell_complete=of_tiers, help="The tier, like A: what it asks for is what the plan begins with."
)
@click.option("--owner", metavar="PERSON", required=True, shell_complete=of_us, help="The key account manager.")
@click.option("--id", "account_id", metavar="ID", help="The file's name without .md; default: made from NAME. It never changes.")
@click.option("--status", type=click.Choice(STATUSES), help="What the account is to us; default: active.")
@click.option("--reason", metavar="TEXT", callback=with_words, help="Why, where the status asks for a reason: at-risk, paused, lost.")
@click.option("--since", metavar="DATE", help=f"Customer, or key account, since, {DATES}; default: today.")
@click.option("--segment", metavar="NAME", shell_complete=of_segments, help="One of the portfolio's segments.")
@click.option("--region", metavar="NAME", shell_complete=of_regions, help="One of the portfolio's regions.")
@click.option("--potential", metavar="AMOUNT", help="What we could sell to them in a year.")
@dry_run_option
def new(
    name: str, tier: str, owner: str, account_id: str | None, status: str | None, reason: str | None, since: str | None, segment: str | None,
    region: str | None, potential: str | None, dry_run: bool,
) -> int:  # fmt: skip
    """Begin the plan of a new account, with exactly the parts and questions that its tier asks for, and hints as comments."""
    here = office()
    name = one_line(name)
    path = f"{PLANS}/{_free(here.root, name, account_id)}.md"
    tier = _called(here, tier)
    given = {"account": name, "tier": tier, "owner": pick.person(here.portfolio, owner).id, "status": status}
    day = dates(since or "today", here.today, back=True).isoformat()
    more = {"status_reason": reason, "since": day, "segment": segment, "region": region, "potential": potential}
    facts = {key: value for key, value in {**given, **more}.items() if value}
    desk = verified(here, path, _written(here, tier, facts))
    if not dry_run:
        store.create(here.root, path, desk.data)
    answer_of(_made(desk, facts), difference(path, b"", desk.data) if dry_run else None)
    return 0


def _called(here: Office, tier: str) -> str:
    """The id of a tier that is asked for in capitals or not."""
    return next((known for known in here.ruleset.tiers if known.casefold() == tier.casefold()), tier)


def _written(here: Office, tier: str, facts: dict[str, str]) -> bytes:
    found = here.ruleset.tier(tier)
    if found is None:
        raise pick.among("new.no-tier", [(known, known) for known in here.ruleset.tiers], tier=tier)
    file = next(file for file in _templates(here.root, tier) if file.is_file())
    try:
        return canonical(skeleton(file.read_text("utf-8"), found, facts))
    except CannotEditError as error:
        raise Misuse(f"{file.name}: {error}") from None


def _templates(root: Path, tier: str) -> list[Path]:
    """Where a template may be: the company's own of the tier, its own for all, then the same of ours."""
    from kamgen.page import TEMPLATES  # noqa: PLC0415  (it brings the pages)

    return [place / name for place in (root / "templates" / "new", TEMPLATES / "new") for name in (f"{tier}.md", "plan.md")]


def _free(root: Path, name: str, asked: str | None) -> str:
    """The id of a new account. Raises Misuse where there is none, or where another account has it or the name."""
    account = asked or id_of(name)
    if not ACCOUNT_ID.fullmatch(account) or len(account) > folder.MAX_ID or account in folder.RESERVED | folder.PAGES:
        raise Misuse(say("new.no-id", text=asked or name))
    for file in survey(root):
        if folder.skeleton(stem(file.path)) == folder.skeleton(account):
            raise Misuse(say("new.taken", path=file.path))
    if there := pick.named(root, name):
        raise Misuse(say("new.named", name=name, path=there))
    return account


def _made(desk: Desk, facts: dict[str, str]) -> Revision:
    """The new plan, which was nothing before."""
    owner = desk.office.portfolio.person_name(desk.plan.owner) or desk.plan.owner
    told = Message("new.did", {"path": desk.path, "tier": desk.plan.tier, "owner": owner})
    return Revision(with_values(desk, data=b""), desk, tuple(Set((name,), value) for name, value in facts.items()), (told,), *judged.errors(desk))
