"""Records to DataFrames with declared columns: the tables of pages and downloads. pandas starts here, and only when it is used."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from kamgen.cadence import INTERNAL
from kamgen.diagnostic import Diagnostic
from kamgen.figures.coverage import Rate
from kamgen.figures.outlook import Outlook
from kamgen.figures.profile import Profile
from kamgen.model.activity import Activity
from kamgen.ruleset import HEALTH_PARTS, Ruleset

if TYPE_CHECKING:
    import pandas as pd

TEXT: Final = "string"
DATE: Final = "datetime64[s]"
WHOLE: Final = "Int64"
SHARE: Final = "Float64"
FLAG: Final = "boolean"
MONEY: Final = "object"
"""Decimals: money stays exact."""

ACCOUNTS: Final[Mapping[str, str]] = {
    "id": TEXT,
    "account": TEXT,
    "tier": TEXT,
    "key_account": FLAG,
    "owner": TEXT,
    "status": TEXT,
    "segment": TEXT,
    "region": TEXT,
    "currency": TEXT,
    "budget": MONEY,
    "potential": MONEY,
    "share_of_wallet": SHARE,
    "white_space": MONEY,
    "last_activity": DATE,
    "next_activity": DATE,
    "overdue": WHOLE,
    "held": WHOLE,
    "owed": WHOLE,
    "compliance": SHARE,
    "health": SHARE,
    **{f"health_{part}": SHARE for part in HEALTH_PARTS},
    "completeness": SHARE,
    "errors": WHOLE,
    "warnings": WHOLE,
    "infos": WHOLE,
}
"""One row per account. `held` and `owed` are the touches that compliance compares; money is in the base currency. `budget` is of the
current fiscal year, `share_of_wallet` and `white_space` of the last closed one; `health_...` are the parts of `health`."""

ACTIVITIES: Final[Mapping[str, str]] = {
    "account_id": TEXT,
    "account": TEXT,
    "tier": TEXT,
    "owner": TEXT,
    "date": DATE,
    "type": TEXT,
    "status": TEXT,
    "customer": FLAG,
    "by": TEXT,
    "contacts": TEXT,
    "subject": TEXT,
    "moves": WHOLE,
}
"""One row per activity."""

FINDINGS: Final[Mapping[str, str]] = {
    "severity": TEXT,
    "code": TEXT,
    "rule": TEXT,
    "account_id": TEXT,
    "owner": TEXT,
    "message": TEXT,
    "help": TEXT,
    "path": TEXT,
    "line": WHOLE,
    "column": WHOLE,
    "field": TEXT,
    "waived": FLAG,
}
"""One row per diagnostic."""


def accounts(
    outlooks: Iterable[Outlook],
    years: Sequence[int],
    base: str,
    findings: Mapping[str, Mapping[str, int]],
    names: Mapping[str, str],
    profiles: Mapping[str, Profile],
) -> pd.DataFrame:
    """One row per account, with a `revenue_<year>` column per year in `years`.

    `findings` counts them by path and severity word; `names` gives people's names by id; `base` is the currency of the money;
    `profiles` are by path.
    """
    declared = {**ACCOUNTS, **{f"revenue_{year}": MONEY for year in years}}
    rows = [
        {**_account(outlook, years, findings.get(outlook.account.path, {}), names), **_profile(profiles[outlook.account.path]), "currency": base}
        for outlook in outlooks
    ]
    return _frame(rows, declared)


def _account(outlook: Outlook, years: Sequence[int], counts: Mapping[str, int], names: Mapping[str, str]) -> dict[str, Any]:
    plan = outlook.plan
    return {
        **{name: getattr(plan, name) for name in ("account", "tier", "status", "segment", "region")},
        **{f"revenue_{year}": amount for year, amount in zip(years, outlook.revenue, strict=True)},
        **{f"{word}s": counts.get(word, 0) for word in ("error", "warning", "info")},
        **_compliance(outlook.compliance),
        "id": outlook.account.id,
        "key_account": outlook.key,
        "owner": names.get(plan.owner, plan.owner),
        "potential": outlook.potential,
        "last_activity": outlook.last.date if outlook.last else None,
        "next_activity": outlook.next.date if outlook.next else None,
        "overdue": len(outlook.overdue),
    }


def _profile(told: Profile) -> dict[str, Any]:
    parts = {part.name: part.value for part in told.health.parts}
    return {
        "budget": told.budget.value,
        "share_of_wallet": _share(told.wallet.value),
        "white_space": told.white_space.value,
        "health": _share(told.health.value),
        **{f"health_{name}": _share(parts.get(name)) for name in HEALTH_PARTS},
        "completeness": _share(told.completeness.value),
    }


def _share(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _compliance(rate: Rate) -> dict[str, Any]:
    """Where nothing is owed there is no figure."""
    return {
        "held": rate.part if rate.whole else None,
        "owed": rate.whole or None,
        "compliance": _share(rate.value),
    }


def activities(outlooks: Iterable[Outlook], ruleset: Ruleset, names: Mapping[str, str]) -> pd.DataFrame:
    """One row per activity, account by account, each in the order of its file."""
    rows = [_activity(activity, outlook, ruleset, names) for outlook in outlooks for activity in outlook.plan.activities]
    return _frame(rows, ACTIVITIES)


def _activity(activity: Activity, outlook: Outlook, ruleset: Ruleset, names: Mapping[str, str]) -> dict[str, Any]:
    plan = outlook.plan
    return {
        **{name: getattr(activity, name) for name in ("date", "type", "status", "subject")},
        "account_id": outlook.account.id,
        "account": plan.account,
        "tier": plan.tier,
        "owner": names.get(plan.owner, plan.owner),
        "customer": activity.type in ruleset.customer_types and activity.forum != INTERNAL,
        "by": names.get(activity.by or "", activity.by),
        "contacts": ", ".join(activity.contacts) or None,
        "moves": len(activity.moved_from),
    }


def findings(diagnostics: Iterable[Diagnostic]) -> pd.DataFrame:
    """One row per diagnostic, in the order given."""
    rows = [
        {
            "severity": diagnostic.severity.word,
            "code": diagnostic.code,
            "rule": diagnostic.rule,
            "account_id": diagnostic.account,
            "owner": diagnostic.owner,
            "message": diagnostic.message,
            "help": diagnostic.help,
            "path": diagnostic.path,
            "line": diagnostic.line,
            "column": diagnostic.column,
            "field": diagnostic.field,
            "waived": diagnostic.waived,
        }
        for diagnostic in diagnostics
    ]
    return _frame(rows, FINDINGS)


def _frame(rows: list[dict[str, Any]], declared: Mapping[str, str]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  (0.8 s that only tables pay)

    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in declared.items()})


FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would take for a formula."""


def csv(frame: pd.DataFrame) -> str:
    """The frame as CSV. Text stays text: what a spreadsheet would calculate gets a `'` in front. Dates are ISO, missing values empty."""
    safe = frame.copy()
    for name in safe.columns:
        if safe[name].dtype == TEXT:
            safe[name] = safe[name].map(neutral, na_action="ignore")
    buffer = io.StringIO()
    safe.to_csv(buffer, index=False, date_format="%Y-%m-%d", lineterminator="\n")
    return buffer.getvalue()


def neutral(text: str) -> str:
    """A text that no spreadsheet calculates."""
    return f"'{text}" if text.lstrip(" \u00a0\u3000\ufeff").startswith(FORMULA) else text
