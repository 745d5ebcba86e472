"""The command line: which commands there are, and what a failure looks like."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, NoReturn

import click

from kamgen.message import say

COMMANDS: Final = {
    "check": "Check the account plans, and fail if one breaks a rule.",
    "upcoming": "Tell what turns red in the days ahead if nothing happens.",
    "build": "Check the plans and build the site.",
    "serve": "Show the site in a browser, and refresh it when a plan is saved.",
    "explain": "Explain a rule: what the problem is, why it matters, how to mend it.",
    "rules": "Tell what is in force: tiers, what each asks for, how grave every finding is.",
    "status": "Tell the portfolio's state on one screen.",
    "agenda": "Tell what is overdue, what comes, and who has no next activity.",
    "brief": "Tell what to know before a meeting.",
    "worklog": "Tell what was done with customers in a week.",
    "digest": "Write a mail of what there is to do.",
    "ics": "Write a calendar of activities.",
    "log": "Write down what was done with a customer, and plan what comes next.",
    "plan": "Plan an activity with a customer.",
    "held": "Settle a planned activity that took place.",
    "move": "Move a planned activity to another day.",
    "cancel": "Call off a planned activity.",
    "retype": "Change the type of an activity.",
    "contact": "Keep the customer's people: add, edit, left.",
    "review": "Record that a plan was reviewed.",
    "set": "Set one field of a plan.",
    "new": "Begin the plan of a new account.",
    "schedule": "Plan a year's activities as the tier asks for them.",
    "fmt": "Put plans into the usual order and style; comments stay.",
    "merge": "Put two versions of a plan together by what they say; for git.",
    "pages": "List the pages of the site, and the templates that make them.",
    "schema": "Print the JSON Schema of the plan file.",
}
"""Every command, in the order of the help; each is the function of its name in `kamgen.commands.<name>`."""


class Commands(click.Group):
    """A group that imports a command when it is used: the others cost nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """In the order of a salesperson's day, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (click's signature)
        """The command, None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"kamgen.commands.{cmd_name}"), cmd_name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of the first word; an unknown one is told with the nearest."""
        if args and args[0] not in COMMANDS:
            import difflib  # noqa: PLC0415  (only a mistake needs it)

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            raise click.UsageError(say("no-such-command.near", text=args[0], near=near[0]) if near else say("no-such-command", text=args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  (click's signature)
        """The list in the help, without importing a single command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kamgen")
def cli() -> None:
    """Key account management as code: account plans in Markdown, checked by the rules of their tier, published as a site."""


def main() -> None:
    """Runs a command. Exit codes: 0 clean, 1 findings of severity error, 2 misuse, 3 a bug or the machine."""
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        _leave(run(sys.argv[1:] or ["--help"]))
    except SystemExit as verdict:  # while it is at hand, so is all that the command has read
        _leave(int(verdict.code or 0))


def _leave(code: int) -> NoReturn:
    """Ends the process without giving back, object by object, what a thousand plans were read into: a tenth of a check's time."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def run(arguments: list[str]) -> int:
    """A command's exit code; what went wrong is one line on the error stream."""
    asked: dict[str, str] = {}
    try:
        result: Any = cli.main(arguments, prog_name="kamgen", standalone_mode=False, color=False if os.environ.get("NO_COLOR") else None, obj=asked)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        return _tell(asked, error.format_message(), error.exit_code, getattr(error, "candidates", ()))
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  (nobody reads on; closing must not fail either)
        return 0
    except OSError as error:
        from kamgen.commands.place import of_machine  # noqa: PLC0415  (only what went wrong needs it)

        return _tell(asked, of_machine(error), 3)
    except Exception as error:  # noqa: BLE001  (the last door: no traceback reaches a user)
        if os.environ.get("KAMGEN_DEBUG"):
            traceback.print_exc()
        return _tell(asked, say("bug", words=f"{type(error).__name__}: {error}"), 3)
    return result if isinstance(result, int) else 0


def _tell(asked: Mapping[str, str], line: str, code: int, candidates: Sequence[tuple[str, str]] = ()) -> int:
    if asked.get("form") == "json":
        from kamgen.commands.answer import refusal  # noqa: PLC0415  (only a program that is refused something needs it)

        click.echo(refusal(asked["command"], line, candidates))
    else:
        click.echo(f"kamgen: {line}", err=True)
    return code
