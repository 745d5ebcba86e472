"""What the shell completes: accounts, people, activities, types, tiers and the like, by the words that a command takes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from kamgen.commands import pick
from kamgen.commands.office import Desk, line_of, office
from kamgen.commands.place import root
from kamgen.diagnostic import Message
from kamgen.folder import survey
from kamgen.message import render

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _at_most(found: Iterable[tuple[str, str]], begun: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem  # noqa: PLC0415  (only a shell that completes needs it)

    asked = begun.casefold()
    return [CompletionItem(word, help=name) for word, name in found if word.casefold().startswith(asked) or (asked and asked in name.casefold())]


def _completing(list_of: Callable[[click.Context], Iterable[tuple[str, str]]]) -> Callable[..., list[CompletionItem]]:
    """A completion that stays silent where something cannot be read: a shell is no place for a sentence."""

    def complete(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        try:
            return _at_most(list_of(context), begun)
        except (click.ClickException, OSError):
            return []

    return complete


@_completing
def of_accounts(_context: click.Context) -> Iterable[tuple[str, str]]:
    """What means each account."""
    return [(word, "") for word in pick.pasted(file.path for file in survey(root()) if file.readable).values()]


@_completing
def of_types(_context: click.Context) -> Iterable[tuple[str, str]]:
    """The types of activities, with what they are called."""
    return [(name, kind.label or "") for name, kind in office().ruleset.activity_types.items()]


def _us(_context: click.Context) -> Iterable[tuple[str, str]]:
    return [(person.id, person.name) for person in office().portfolio.people if person.active]


def _desk(context: click.Context) -> Desk:
    here = office()
    path = pick.account(here.root, context.params.get("account") or _typed(context))
    return here.desk(path, (here.root / path).read_bytes())


def _typed(context: click.Context) -> str:
    """The account of a line that ends in an option without its value: click reads no arguments of such a line."""
    from click.shell_completion import split_arg_string  # noqa: PLC0415  (only a shell that completes needs it)

    words = split_arg_string(os.environ.get("COMP_WORDS", ""))
    return next(iter(words[len(context.command_path.split()) :]), "")


def _theirs(context: click.Context) -> Iterable[tuple[str, str]]:
    return [(contact.id, contact.name) for contact in _desk(context).plan.contacts]


def _everybody(context: click.Context) -> Iterable[tuple[str, str]]:
    return [*_theirs(context), *_us(context)]


@_completing
def of_activities(context: click.Context) -> Iterable[tuple[str, str]]:
    """The planned activities of the account that is named on the line."""
    desk = _desk(context)
    planned = [one for one in desk.plan.activities if one.status == "planned"]
    return [(one.id or one.date.isoformat(), line_of(render(Message("words.activity", desk.diary.about(one))))) for one in planned]


@_completing
def of_tiers(_context: click.Context) -> Iterable[tuple[str, str]]:
    """The tiers, with what they are called."""
    return [(name, tier.label or "") for name, tier in office().ruleset.tiers.items()]


@_completing
def of_offers(context: click.Context) -> Iterable[tuple[str, str]]:
    """The offers of the account that is named on the line."""
    return [(offer.id or "", offer.text) for offer in _desk(context).plan.offers if offer.id]


@_completing
def of_rules(_context: click.Context) -> Iterable[tuple[str, str]]:
    """The rules, by name and by code."""
    import kamgen.rules  # noqa: F401, PLC0415  (importing it registers the rules; only who asks for them pays)
    from kamgen import rule  # noqa: PLC0415  (see above)

    found = sorted(rule.REGISTRY.values(), key=lambda one: one.code)
    return [*((one.name, one.page["summary"]) for one in found), *((one.code, "") for one in found)]


of_us, of_contacts, of_everybody = _completing(_us), _completing(_theirs), _completing(_everybody)
of_segments = _completing(lambda _: [(name, "") for name in office().portfolio.segments])
of_regions = _completing(lambda _: [(name, "") for name in office().portfolio.regions])
