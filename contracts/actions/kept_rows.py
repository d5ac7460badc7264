"""Writing what a value table says into its rows in the database."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import Block, EvidenceKind, TableBonus, TargetGroup, ValueTable
from contracts.toml_tables import BonusRow, Problem, Row, Table, TableError
from contracts.valuation import codec
from sroi_portal.core.status import save

type Facts = dict[str, Any]


def write(table: ValueTable, wanted: Table) -> None:
    """Let the database say what a table says.

    :raises TableError: with each row that cannot be kept and why.
    """
    for name, value in _table_facts(wanted).items():
        setattr(table, name, value)
    save(table)
    table.bonuses.all().delete()
    table.blocks.all().delete()
    problems = [*_write_blocks(table, wanted.rows), *_write_bonuses(table, wanted.bonuses)]
    if problems:
        raise TableError(problems)


def _write_blocks(table: ValueTable, rows: Iterable[Row]) -> Iterable[Problem]:
    groups = {group.code: group for group in TargetGroup.objects.all()}
    kinds = {kind.code: kind for kind in EvidenceKind.objects.all()}
    for position, row in enumerate(rows, start=1):
        block = Block(table=table, **_block_facts(row, position))
        block.group = groups.get(row.target_group)
        reasons = _reasons(block)
        if reasons:
            yield from (Problem(row_name(position, row.block.code), text) for text in reasons)
        else:
            block.save()
            block.evidence_kinds.set(kinds[code] for code in row.evidence_kinds)


def _write_bonuses(table: ValueTable, bonuses: Iterable[BonusRow]) -> Iterable[Problem]:
    for position, found in enumerate(bonuses, start=1):
        bonus = TableBonus(table=table, **_bonus_facts(found, position))
        reasons = _reasons(bonus)
        if reasons:
            name = _("extra %(number)s (%(code)s)") % {"number": position, "code": bonus.code}
            yield from (Problem(name, text) for text in reasons)
        else:
            bonus.save()


def _reasons(part: Block | TableBonus) -> list[str]:
    """Say why a row cannot be kept."""
    try:
        part.full_clean()
    except ValidationError as refused:
        return [
            f"{name}: {text}" if name != "__all__" else text
            for name, texts in refused.message_dict.items()
            for text in texts
        ]
    return []


def row_name(position: int, code: str) -> str:
    return _("row %(number)s (%(code)s)") % {"number": position, "code": code}


def _table_facts(read: Table) -> Facts:
    return {
        "code": read.code,
        "version": read.terms.version,
        "publisher": read.terms.publisher,
        "name": read.terms.table,
        "source": read.source,
        "valid_from": read.terms.valid_from,
        "terms": {
            **codec.encode(read.terms),
            "limits": [codec.encode(limit) for limit in read.limits],
            "as_published": sorted(read.as_published),
        },
    }


def _block_facts(row: Row, position: int) -> Facts:
    """Give a block's own fields, and in its terms what the valuation and the page read."""
    beside = {"staff": row.staff.value, "limit": row.limit}
    return {
        "code": row.block.code,
        "position": position,
        "label_nl": row.block.label_nl,
        "label_en": row.block.label_en,
        "kind": row.kind.value,
        "unit": row.block.unit.value,
        "value_eur": row.block.value_eur,
        "privacy_class": row.privacy.value,
        "terms": {**codec.encode(row.block), **beside},
    }


def _bonus_facts(found: BonusRow, position: int) -> Facts:
    return {
        "code": found.bonus.code,
        "position": position,
        "label_nl": found.bonus.label_nl,
        "label_en": found.bonus.label_en,
        "value_eur": found.bonus.value_eur,
        "terms": codec.encode(found.bonus),
        "applies_to": list(found.rows),
    }
