"""Copying value tables from files; what a contract uses never changes (E02)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from contracts.models import (
    Block,
    EvidenceKind,
    TableBonus,
    TargetGroup,
    ValueTable,
    ValueTableStatus,
)
from contracts.toml_tables import BonusRow, Row, Table
from contracts.toml_tables import EvidenceKind as ReadKind
from contracts.toml_tables import TargetGroup as ReadGroup
from contracts.valuation import codec
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, move, save

type Facts = dict[str, Any]
TABLE_NAMES = ("publisher", "name", "source", "valid_from", "terms")
BONUS_NAMES = ("code", "position", "label_nl", "label_en", "value_eur", "terms", "applies_to")
BLOCK_NAMES = (
    "code",
    "position",
    "label_nl",
    "label_en",
    "kind",
    "unit",
    "value_eur",
    "privacy_class",
    "terms",
)


class TableInUseError(Exception):
    """The file differs from a version that is frozen in contracts."""


def load_evidence_kinds(kinds: Iterable[ReadKind]) -> None:
    """Write the kinds that are new or differ."""
    for kind in kinds:
        facts = {
            "label_nl": kind.label_nl,
            "label_en": kind.label_en,
            "issuer_nl": kind.issuer_nl,
            "issuer_en": kind.issuer_en,
            "privacy_class": kind.privacy.value,
            "file_allowed": kind.file_allowed,
            "valid_months": kind.valid_months,
        }
        EvidenceKind.objects.update_or_create(code=kind.code, defaults=facts)


def load_target_groups(groups: Iterable[ReadGroup]) -> None:
    for group in groups:
        facts = {
            "label_nl": group.label_nl,
            "label_en": group.label_en,
            "privacy_class": group.privacy.value,
        }
        TargetGroup.objects.update_or_create(code=group.code, defaults=facts)


@transaction.atomic
def load_value_table(
    read: Table, *, by: User | None, at: dt.datetime, approved_by: User | None = None
) -> ValueTable:
    """Copy a version from its file and publish it; the same file once more changes nothing.

    :raises TableInUseError: when the file differs and contracts use the version already.
    :raises ValidationError: when who proposes also approves.
    """
    known = ValueTable.objects.filter(code=read.code, version=read.terms.version).first()
    table = lock(known) if known else ValueTable(code=read.code, version=read.terms.version)
    if known and _stored(table) == _wanted(read):
        return table
    if known and table.contracts.exists():
        raise TableInUseError(
            _(
                "%(table)s is frozen in contracts and cannot change. "
                "Give the file another version number."
            )
            % {"table": table}
        )
    for name, value in _table_facts(read).items():
        setattr(table, name, value)
    table.proposed_by, table.approved_by = by, approved_by
    save(table)
    _write_rows(table, read)
    if table.status == ValueTableStatus.DRAFT:
        table.published_at = at
        move(table, ValueTableStatus.PUBLISHED, verb="load_value_table", by=by, at=at)
    else:
        audit.record(table, "load_value_table", by=by, at=at, changed=["terms"])
    return table


def _write_rows(table: ValueTable, read: Table) -> None:
    table.bonuses.all().delete()
    table.blocks.all().delete()
    groups = {group.code: group for group in TargetGroup.objects.all()}
    kinds = {kind.code: kind for kind in EvidenceKind.objects.all()}
    for position, row in enumerate(read.rows, start=1):
        block = Block(table=table, **_block_facts(row, position))
        block.group = groups.get(row.target_group)
        block.full_clean(validate_unique=False)
        block.save()
        block.evidence_kinds.set(kinds[code] for code in row.evidence_kinds)
    for position, found in enumerate(read.bonuses, start=1):
        bonus = TableBonus(table=table, **_bonus_facts(found, position))
        bonus.full_clean(validate_unique=False)
        bonus.save()


def _table_facts(read: Table) -> Facts:
    limits = [codec.encode(limit) for limit in read.limits]
    return {
        "publisher": read.terms.publisher,
        "name": read.terms.table,
        "source": read.source,
        "valid_from": read.terms.valid_from,
        "terms": {
            **codec.encode(read.terms),
            "rounding": read.rounding.value,
            "limits": limits,
        },
    }


def _block_facts(row: Row, position: int) -> Facts:
    """Give a block's own fields, and in its terms what the valuation and the page read."""
    beside = {
        "staff": row.staff.value,
        "benefit_from_months": row.benefit_from_months,
        "benefit_until_months": row.benefit_until_months,
        "limit": row.limit,
    }
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


def _wanted(read: Table) -> list[Facts]:
    blocks = [
        {
            **_block_facts(row, position),
            "group": row.target_group or None,
            "evidence": sorted(row.evidence_kinds),
        }
        for position, row in enumerate(read.rows, start=1)
    ]
    bonuses = [_bonus_facts(found, position) for position, found in enumerate(read.bonuses, 1)]
    return [_table_facts(read), *blocks, *bonuses]


def _stored(table: ValueTable) -> list[Facts]:
    blocks = [
        {
            **_kept(block, BLOCK_NAMES),
            "group": block.group.code if block.group else None,
            "evidence": sorted(kind.code for kind in block.evidence_kinds.all()),
        }
        for block in table.blocks.select_related("group").prefetch_related("evidence_kinds")
    ]
    bonuses = [_kept(bonus, BONUS_NAMES) for bonus in table.bonuses.all()]
    return [_kept(table, TABLE_NAMES), *blocks, *bonuses]


def _kept(obj: models.Model, names: Iterable[str]) -> Facts:
    return {name: getattr(obj, name) for name in names}
