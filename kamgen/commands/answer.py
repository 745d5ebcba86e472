"""What a command that writes answers with `--format json`: one object on standard output, also where it refuses.

    {"command": "log", "account": "acme", "path": "plans/acme.md", "changed": true, "did": ["held 2026-05-06 Call or mail with Anna Lind"],
     "activities": ["2026-05-06-contact-anna-lind"], "contacts": [], "fields": {"activities.2026-05-06-contact-anna-lind.note": "..."},
     "next": {"date": "2026-06-02", "type": "status-meeting", "id": "2026-06-02-status-meeting-anna-lind", "contacts": ["anna-lind"]},
     "errors": null, "diff": null}

`did` are the sentences of the line that people read; `activities` and `contacts` the ids of what was written; `fields` every field that
says something else now, as `kamgen set` calls it, null where it was taken out; `next` is null where nothing is planned;
`errors` is what `kamgen check` will say of this plan that it did not say before, each with `code`, `rule`, `message` and `help`; null where
the command is one of every day (log, plan, held, move, cancel) and does not wait for the rules. What the portfolio as a whole comes to,
like too many key accounts, is said by `kamgen check`;
`diff` is text with `--dry-run`, and then nothing was written, whatever `changed` says.

What is refused, and what the disk does not take, is `{"command": ..., "error": ..., "candidates": [{"id": ..., "name": ...}]}` with the exit
code that it has without `--format json`; `candidates` is what may have been meant, by the word that means just that one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])
Option = Callable[[Function], Function]
FORM: Final = "form"
Candidate = tuple[str, str]
"""What may have been meant: the word that means it, and what people call it."""


def _remember(context: click.Context, _parameter: click.Parameter, form: str) -> str:
    """The callback of an option `--format`: what is refused from here on is told in that form."""
    context.find_root().ensure_object(dict)[FORM] = form
    context.find_root().obj["command"] = context.command_path.partition(" ")[2]
    return form


def form_option(forms: Sequence[str] = ("text", "json"), words: str = "Who reads the result.", *, passed: bool = True) -> Option[Any]:
    """`--format`: in which of some forms a command prints, refusals included; `words` explain it, and the command gets it where it is `passed`."""
    return click.option(
        "--format", "form", type=click.Choice(forms), default="text", show_default=True, is_eager=True, expose_value=passed,
        callback=_remember, help=words,
    )  # fmt: skip


format_option: Option[Any] = form_option(words="Who reads the answer.", passed=False)
"""`--format json` of a command that writes: a program reads the answer."""


def in_json() -> bool:
    """Whether a program reads the answer of the running command."""
    context = click.get_current_context(silent=True)
    return context is not None and (context.find_root().obj or {}).get(FORM) == "json"


def tell(answer: Mapping[str, Any]) -> None:
    """Prints an object, which begins with the name of the running command."""
    click.echo(as_text({"command": click.get_current_context().find_root().obj["command"], **answer}))


def as_text(answer: Mapping[str, Any]) -> str:
    """An object as programs read it."""
    import json  # noqa: PLC0415  (most answers are for people)

    return json.dumps(answer, ensure_ascii=False, indent=2)


def refusal(command: str, error: str, candidates: Sequence[Candidate]) -> str:
    """What a program reads where nothing was done."""
    first = error.partition("\n")[0].rstrip(": ")
    return as_text({"command": command, "error": first, "candidates": [{"id": word, "name": name} for word, name in candidates]})
