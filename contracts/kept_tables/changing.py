"""A table with one thing changed: a row, a bonus or a limit, by its code."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from contracts.toml_tables import BonusRow, Limit, Row, Table
from sroi_portal.core.status import RefusedError

ALL = "all"  # the group of bonuses of which only the highest counts, over the whole table


class StillNamedError(RefusedError):
    """Something else in the table names what is taken away."""


def parts_of(table: Table, kind: str) -> dict[str, Any]:
    """Give the rows, bonuses or limits by their code."""
    return {code_of(part): part for part in getattr(table, kind)}


def code_of(part: Row | BonusRow | Limit) -> str:
    if isinstance(part, Row):
        return part.block.code
    return part.bonus.code if isinstance(part, BonusRow) else part.code


def put(table: Table, kind: str, part: Any, instead_of: str = "") -> Table:
    """Add a part at the end, or put it in the place of another; what names the old one follows."""
    parts: tuple[Any, ...] = getattr(table, kind)
    if instead_of:
        parts = tuple(part if code_of(each) == instead_of else each for each in parts)
    else:
        parts = (*parts, part)
    changed = _with(table, kind, parts)
    follow = FOLLOWERS.get(kind)
    return follow(changed, instead_of, part) if follow and instead_of else changed


def without(table: Table, kind: str, code: str) -> Table:
    """Take a part away.

    :raises StillNamedError: when a bonus is for this row alone, or a row falls under this limit.
    """
    _refuse_if_named(table, kind, code)
    kept = tuple(part for part in getattr(table, kind) if code_of(part) != code)
    bonuses = tuple(
        replace(bonus, rows=tuple(row for row in bonus.rows if row != code))
        if kind == "rows"
        else bonus
        for bonus in table.bonuses
    )
    return _with(replace(table, bonuses=bonuses), kind, kept)


def moved(table: Table, kind: str, code: str, *, up: bool) -> Table:
    """Let a part change places with its neighbour; the first stays first, the last stays last."""
    parts = list(getattr(table, kind))
    here = next((place for place, part in enumerate(parts) if code_of(part) == code), None)
    if here is None:
        return table
    there = here - 1 if up else here + 1
    if 0 <= there < len(parts):
        parts[here], parts[there] = parts[there], parts[here]
    return _with(table, kind, tuple(parts))


def highest_counts(table: Table) -> bool:
    """Whether of all bonuses together only the highest counts."""
    return any(row.bonus.highest_of == ALL for row in table.bonuses)


def let_highest_count(table: Table, *, is_wanted: bool) -> Table:
    """Let only the highest of all bonuses count, or let them add up; other groups stay."""
    bonuses = tuple(
        replace(row, bonus=replace(row.bonus, highest_of=_group(row, is_wanted=is_wanted)))
        for row in table.bonuses
    )
    return replace(table, bonuses=bonuses)


def _with(table: Table, kind: str, parts: tuple[Any, ...]) -> Table:
    changed: Any = {kind: parts}
    return replace(table, **changed)


def _group(row: BonusRow, *, is_wanted: bool) -> str:
    if is_wanted:
        return ALL
    return "" if row.bonus.highest_of == ALL else row.bonus.highest_of


def _follow_row(table: Table, old: str, row: Row) -> Table:
    """Let bonuses that named the row name it by its new code."""
    new = row.block.code
    bonuses = tuple(
        replace(bonus, rows=tuple(new if code == old else code for code in bonus.rows))
        for bonus in table.bonuses
    )
    return replace(table, bonuses=bonuses)


def _follow_limit(table: Table, old: str, limit: Limit) -> Table:
    """Let rows under the limit have its new code and percentage."""
    rows = tuple(
        replace(row, limit=limit.code, block=replace(row.block, limit_pct=limit.pct))
        if row.limit == old
        else row
        for row in table.rows
    )
    return replace(table, rows=rows)


def _refuse_if_named(table: Table, kind: str, code: str) -> None:
    if kind == "rows":
        naming = [each.bonus.code for each in table.bonuses if each.rows == (code,)]
        text = _("The extra “%(by)s” is for this row alone. Change or remove that first.")
    elif kind == "limits":
        naming = [row.block.code for row in table.rows if row.limit == code]
        text = _("The row “%(by)s” falls under this limit. Change that row first.")
    else:
        return
    if naming:
        raise StillNamedError(text % {"by": naming[0]})


FOLLOWERS: dict[str, Callable[[Table, str, Any], Table]] = {
    "rows": _follow_row,
    "limits": _follow_limit,
}
