"""What stands in a value table, in words: for forms and for comparing."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from contracts.models import EvidenceKind, PrivacyClass, TargetGroup
from contracts.toml_tables import (
    BonusRow,
    Limit,
    Privacy,
    Row,
    RowKind,
    Staff,
    Table,
    described,
)
from contracts.valuation import AgeOperator, Unit
from sroi_portal.core.templatetags import formats

type Facts = dict[str, str]

CHOICES: dict[type[StrEnum], dict[Any, str | Promise]] = {
    Unit: {
        Unit.FULL_TIME_YEAR: gettext_lazy("an amount for a full-time year"),
        Unit.MONTH: gettext_lazy("an amount for a full-time month"),
        Unit.LEARNING_YEAR: gettext_lazy("an amount for a learning year"),
        Unit.HOUR: gettext_lazy("an amount for an hour"),
        Unit.DAY: gettext_lazy("an amount for a day"),
        Unit.FLAT: gettext_lazy("an amount for each time"),
        Unit.INVOICE_SHARE: gettext_lazy("the invoice without VAT, or a part of it"),
        Unit.ACTUAL_COST: gettext_lazy("the actual cost"),
        Unit.AGREED: gettext_lazy("an amount that is agreed each time"),
    },
    RowKind: {
        RowKind.PLACEMENT: gettext_lazy("somebody works or learns"),
        RowKind.PURCHASE: gettext_lazy("something is bought"),
        RowKind.ACTIVITY: gettext_lazy("an activity, or knowledge that is shared"),
        RowKind.GUIDANCE: gettext_lazy("guidance or training"),
    },
    Staff: {
        Staff.ANY: gettext_lazy("new or there already"),
        Staff.NEW: gettext_lazy("new at the employer"),
        Staff.EXISTING: gettext_lazy("there already"),
    },
    AgeOperator: {
        AgeOperator.FROM: gettext_lazy("this age or older"),
        AgeOperator.OLDER: gettext_lazy("older than this age"),
    },
    Privacy: {Privacy(code): label for code, label in PrivacyClass.choices},
}
LABELS: dict[str, str | Promise] = {
    "after_internship_months": gettext_lazy("after an internship of at least"),
    "age": gettext_lazy("age"),
    "age_operator": gettext_lazy("the age on the edge"),
    "benefit_from_months": gettext_lazy("benefit lasts from"),
    "benefit_until_months": gettext_lazy("benefit lasts until"),
    "cap_is_exception": gettext_lazy("the limit of months is an exception to that of the table"),
    "certificate": gettext_lazy("only with the certificate"),
    "code": gettext_lazy("code"),
    "conditions": gettext_lazy("conditions"),
    "counts_always": gettext_lazy("counts always"),
    "counts_max_months": gettext_lazy("months that count at most"),
    "daily_max_eur": gettext_lazy("at most a day"),
    "evidence_kinds": gettext_lazy("shown by"),
    "highest_of": gettext_lazy("only the highest counts of the group"),
    "kind": gettext_lazy("what is done"),
    "label_en": gettext_lazy("label in English"),
    "label_nl": gettext_lazy("label in Dutch"),
    "limit": gettext_lazy("falls under the limit"),
    "limit_pct": gettext_lazy("at most of the obligation"),
    "look_back_months": gettext_lazy(
        "months that the employment may have begun before the contract"
    ),
    "minimum_hours_per_week": gettext_lazy("hours a week at least"),
    "norm_hours": gettext_lazy("full-time week"),
    "pct": gettext_lazy("at most of the obligation"),
    "privacy": gettext_lazy("privacy class"),
    "prorata": gettext_lazy("counts in proportion, as the row"),
    "prorata_hours": gettext_lazy("counts in proportion to the hours"),
    "publisher": gettext_lazy("publisher"),
    "recognition_pct": gettext_lazy("part that is recognised"),
    "rows": gettext_lazy("for which rows"),
    "same_employer_months": gettext_lazy("months away from the same employer"),
    "source": gettext_lazy("source"),
    "staff": gettext_lazy("people who are"),
    "table": gettext_lazy("name"),
    "target_group": gettext_lazy("target group"),
    "unit": gettext_lazy("counts for"),
    "valid_from": gettext_lazy("for contracts awarded from"),
    "value_eur": gettext_lazy("value"),
    "version": gettext_lazy("version"),
}
PARTS = ("rows", "bonuses", "limits")


class Names(NamedTuple):
    """The labels of what a table names by code."""

    groups: Mapping[str, str]
    kinds: Mapping[str, str]


def names() -> Names:
    """Read the labels; two queries."""
    return Names(
        {group.code: group.label for group in TargetGroup.objects.all()},
        {kind.code: kind.label for kind in EvidenceKind.objects.all()},
    )


def of_settings(table: Table) -> Facts:
    """Tell who publishes it and since when, then each setting as a question with its answer."""
    terms = table.terms
    told = {
        "publisher": terms.publisher,
        "table": terms.table,
        "version": terms.version,
        "valid_from": terms.valid_from,
        "source": table.source,
        "norm_hours": terms.norm[0],
        "counts_max_months": terms.counts_max_months,
    }
    facts = {label(name): say(name, value) for name, value in told.items()}
    if terms.norm[1]:
        facts[label("norm_hours")] += " " + _("(assumed)")
    bonuses = [row.bonus for row in table.bonuses]
    asked = described(terms, bonuses, table.as_published)
    return facts | {str(each.question): str(each.answer) for each in asked}


def of_row(row: Row, known: Names) -> Facts:
    """Tell a row; the codes of groups and evidence become their labels."""
    evidence = sorted(known.kinds.get(code, code) for code in row.evidence_kinds)
    told = _fields(row) | {
        "target_group": known.groups.get(row.target_group, row.target_group),
        "evidence_kinds": ", ".join(evidence),
    }
    told.pop("block")
    return _facts(_fields(row.block) | told)


def of_bonus(row: BonusRow) -> Facts:
    return _facts(_fields(row.bonus) | {"rows": row.rows or _("all")})


def of_limit(limit: Limit) -> Facts:
    return _facts(_fields(limit))


def label(name: str) -> str:
    """Name a field."""
    return capfirst(str(LABELS.get(name, name.replace("_", " "))))


def label_name() -> str:
    """Name the field that holds the label in the reader's language."""
    return "label_en" if get_language() == "en" else "label_nl"


def choices(kind: type[StrEnum]) -> list[tuple[str, str | Promise]]:
    return [(str(each), CHOICES[kind][each]) for each in kind]


def say(name: str, value: Any) -> str:
    """Write one fact; what is not said is empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, StrEnum):
        return str(CHOICES.get(type(value), {}).get(value, value))
    if isinstance(value, dt.date):
        return formats.day(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return _number(name)(value) if isinstance(value, int | Decimal) else str(value)


def _number(name: str) -> Callable[[Any], str]:
    by_end: dict[str, Callable[[Any], str]] = {
        "eur": formats.euro,
        "pct": formats.pct,
        "months": _months,
        "hours": formats.hours,
        "week": formats.hours,
    }
    return by_end.get(name.rpartition("_")[2], formats.number)


def _months(amount: Decimal | int) -> str:
    text = formats.number(amount)
    return ngettext("%(months)s month", "%(months)s months", 1 if amount == 1 else 2) % {
        "months": text
    }


def _fields(thing: Any) -> dict[str, Any]:
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


def _facts(told: Mapping[str, Any]) -> Facts:
    return {name: say(name, value) for name, value in told.items()}
