"""A value table read back from the database, whole."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from contracts import valuation
from contracts.models import Block, TableBonus, ValueTable
from contracts.models import EvidenceKind as KeptKind
from contracts.models import TargetGroup as KeptGroup
from contracts.toml_tables import (
    BonusRow,
    EvidenceKind,
    Limit,
    Privacy,
    Row,
    RowKind,
    Setting,
    Staff,
    Status,
    Table,
    TargetGroup,
)
from contracts.valuation import codec


class Catalogue(NamedTuple):
    """The groups and kinds of evidence that a table may name."""

    groups: tuple[TargetGroup, ...]
    kinds: tuple[EvidenceKind, ...]


def of(table: ValueTable) -> Table:
    """Read a table with its rows, bonuses and limits; what is newer than it has its default."""
    blocks = table.blocks.select_related("group").prefetch_related("evidence_kinds")
    return Table(
        code=table.code,
        source=table.source,
        terms=replace(
            table.as_terms(),
            publisher=table.publisher,
            table=table.name,
            version=table.version,
            valid_from=table.valid_from,
        ),
        rows=tuple(map(_row, blocks)),
        bonuses=tuple(map(_bonus, table.bonuses.all())),
        limits=tuple(codec.decode(Limit, each) for each in table.terms.get("limits", [])),
        as_published=frozenset(map(Setting, table.terms.get("as_published", []))),
        status=Status.DRAFT if table.published_at is None else Status.PUBLISHED,
    )


def is_same(one: Table, other: Table) -> bool:
    """Whether two tables say the same; evidence has no order."""
    return _without_order(one) == _without_order(other)


def counts_same(one: Table, other: Table) -> bool:
    """Whether two tables differ in nothing but who says so, and where."""
    silent: Any = {"source": "", "as_published": frozenset[Setting](), "status": Status.PUBLISHED}
    return is_same(replace(one, **silent), replace(other, **silent))


def catalogue() -> Catalogue:
    """Read what a table may name; two queries."""
    groups = (
        TargetGroup(group.code, group.label_nl, group.label_en, Privacy(group.privacy_class), ())
        for group in KeptGroup.objects.all()
    )
    return Catalogue(tuple(groups), tuple(map(_kind, KeptKind.objects.all())))


def _row(block: Block) -> Row:
    beside: dict[str, Any] = block.terms
    terms = replace(
        block.as_terms(),
        code=block.code,
        unit=valuation.Unit(block.unit),
        value_eur=block.value_eur,
        label_nl=block.label_nl,
        label_en=block.label_en,
    )
    return Row(
        block=terms,
        kind=RowKind(block.kind),
        target_group=block.group.code if block.group else "",
        privacy=Privacy(block.privacy_class),
        evidence_kinds=tuple(kind.code for kind in block.evidence_kinds.all()),
        staff=Staff(beside.get("staff", Staff.ANY)),
        limit=beside.get("limit", ""),
    )


def _bonus(bonus: TableBonus) -> BonusRow:
    terms = replace(
        bonus.as_terms(),
        code=bonus.code,
        value_eur=bonus.value_eur,
        label_nl=bonus.label_nl,
        label_en=bonus.label_en,
    )
    return BonusRow(terms, tuple(bonus.applies_to))


def _kind(kind: KeptKind) -> EvidenceKind:
    return EvidenceKind(
        code=kind.code,
        label_nl=kind.label_nl,
        label_en=kind.label_en,
        issuer_nl=kind.issuer_nl,
        issuer_en=kind.issuer_en,
        privacy=Privacy(kind.privacy_class),
        file_allowed=kind.file_allowed,
        valid_months=kind.valid_months,
    )


def _without_order(table: Table) -> Table:
    return replace(table, rows=tuple(_sorted(table.rows)))


def _sorted(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        yield replace(row, evidence_kinds=tuple(sorted(row.evidence_kinds)))
