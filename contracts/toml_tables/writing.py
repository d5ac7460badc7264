"""A table written as TOML that reads back to the same table."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from contracts.toml_tables.settings import Setting
from contracts.toml_tables.tables import BonusRow, Limit, Row, RowKind, Staff, Table
from contracts.valuation import AgeOperator, Terms

type Written = dict[str, Any]
IN_TERMS = tuple(setting for setting in Setting if hasattr(Terms, setting))


def as_toml(table: Table) -> str:
    """Write a table in the form of the files that are shipped."""
    data = as_data(table)
    parts = [_section("[table]", data["table"])]
    for name in ("limits", "rows", "bonuses"):
        parts += [_section(f"[[{name}]]", row) for row in data[name]]
    return "\n".join(parts)


def as_data(table: Table) -> Written:
    """Give a table by the names of its file: all settings, of the rest only what is said."""
    return {
        "table": _head(table),
        "limits": [_limit(limit) for limit in table.limits],
        "rows": [_row(row) for row in table.rows],
        "bonuses": [_bonus(row) for row in table.bonuses],
    }


def _head(table: Table) -> Written:
    terms = table.terms
    return {
        "code": table.code,
        "version": terms.version,
        "publisher": terms.publisher,
        "name": terms.table,
        "source": table.source,
        "status": table.status,
        **_said(terms, {"valid_from": None}),
        **({} if terms.norm_assumed else {"norm_hours": terms.norm_hours}),
        **_said(terms, {"counts_max_months": None}),
        **{name: getattr(terms, name) for name in IN_TERMS},
        "as_published": sorted(table.as_published),
    }


def _limit(limit: Limit) -> Written:
    return {"code": limit.code, "nl": limit.label_nl, "en": limit.label_en, "pct": limit.pct}


def _row(row: Row) -> Written:
    block = row.block
    return {
        "code": block.code,
        **_said(row, {"kind": RowKind.PLACEMENT, "target_group": ""}),
        "nl": block.label_nl,
        "en": block.label_en,
        "unit": block.unit,
        **_said(block, ROW_DEFAULTS),
        **_said(row, {"staff": Staff.ANY, "limit": ""}),
        "privacy": row.privacy,
        "evidence": list(row.evidence_kinds),
    }


def _bonus(row: BonusRow) -> Written:
    bonus = row.bonus
    return {
        "code": bonus.code,
        "nl": bonus.label_nl,
        "en": bonus.label_en,
        "value_eur": bonus.value_eur,
        "conditions": list(bonus.conditions),
        **_said(bonus, BONUS_DEFAULTS),
        "rows": list(row.rows),
    }


ROW_DEFAULTS = {
    "value_eur": None,
    "recognition_pct": Decimal(100),
    "certificate": "",
    "counts_max_months": None,
    "counts_always": False,
    "cap_is_exception": False,
    "minimum_hours_per_week": None,
    "prorata_hours": True,
    "look_back_months": None,
    "same_employer_months": None,
    "benefit_from_months": None,
    "benefit_until_months": None,
    "daily_max_eur": None,
}
BONUS_DEFAULTS = {
    "age": None,
    "age_operator": AgeOperator.FROM,
    "after_internship_months": None,
    "prorata": True,
    "highest_of": "",
}


def _said(thing: object, defaults: Mapping[str, Any]) -> Written:
    """Leave out what is as it is when nothing is said."""
    found = {name: getattr(thing, name) for name in defaults}
    return {name: value for name, value in found.items() if value != defaults[name]}


def _section(title: str, fields: Mapping[str, Any]) -> str:
    return "\n".join([title, *_lines(fields), ""])


def _lines(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        if value != []:
            yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, StrEnum | str):
        return _text(str(value))
    if isinstance(value, list):
        return f"[{_joined(value)}]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _joined(values: Iterable[str]) -> str:
    return ", ".join(map(_text, values))


def _text(text: str) -> str:
    """Write a text as JSON does: TOML reads that the same, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
