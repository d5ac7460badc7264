"""Sums over contracts by authority, kept up to date by the worker (R-315)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, F, Model, QuerySet, Sum, Window
from django.db.models.functions import Cast, Left, RowNumber

from contracts.dimensions import PROVINCE_LENGTH, Dimension, expression
from contracts.models import Contract, LedgerEntry
from reports import course, portfolio
from reports.models import Calling, FiguresSum, QuarterSum, Touched
from sroi_portal.core import turns
from sroi_portal.core.models import Authority
from sroi_portal.core.turns import Turn

STORED = (
    Dimension.REGIME,
    Dimension.SIZE,
    Dimension.QUARTER,
    Dimension.REGION,
    Dimension.SUPPLIER,
)
FROM: dict[Dimension, tuple[Dimension, Any]] = {  # from which sums others follow
    Dimension.AUTHORITY: (Dimension.REGIME, F("authority_id")),
    Dimension.CATEGORY: (Dimension.REGIME, F("category_id")),
    Dimension.YEAR: (Dimension.QUARTER, Cast(Left("part", 4), BigIntegerField())),
    Dimension.PROVINCE: (Dimension.REGION, Left("part", PROVINCE_LENGTH)),
    Dimension.SUPPLIER: (Dimension.SUPPLIER, Cast("part", BigIntegerField())),
}
KEPT = ("authority", "category")  # filters that the sums know


def refresh_due() -> int:
    """Make the sums of touched authorities again, and tell how many; in the caller's transaction.

    What is posted meanwhile leaves a row of its own, for the next time.
    """
    turns.take(Turn.FIGURES)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_touched RETURNING authority_id")
        touched = sorted({row[0] for row in cursor.fetchall()})
    for authority_id in touched:
        for model, made in _made(authority_id):
            model._default_manager.filter(authority=authority_id).delete()
            model._default_manager.bulk_create(made)
    return len(touched)


def cells(
    authority_ids: Sequence[int], by: Dimension, wanted: Mapping[str, Any]
) -> dict[Any, portfolio.Figures] | None:
    """Give the figures as they are kept; None when the filters or the ledger ask to sum again."""
    if not _answers(authority_ids, wanted):
        return None
    stored, part = FROM.get(by, (by, F("part")))
    sums = {name: Sum(name) for name in (*portfolio.COUNTS, *portfolio.AMOUNTS)}
    found = _kept(FiguresSum.objects.filter(by=stored), authority_ids, wanted)
    rows = found.order_by().values(piece=part).annotate(**sums)
    return {row.pop("piece"): portfolio.Figures(**row) for row in map(dict, rows)}


def quarters(
    authority_ids: Sequence[int], wanted: Mapping[str, Any], contracts: QuerySet[Contract]
) -> list[course.Quarter]:
    """Give what was posted for the work of each quarter, kept or summed now."""
    if not _answers(authority_ids, wanted):
        return course.of_ledger(LedgerEntry.objects.filter(contract__in=contracts.order_by()))
    found = _kept(QuarterSum.objects.all(), authority_ids, wanted)
    sums = {name: Sum(name) for name in course.AMOUNTS}
    return [
        course.Quarter(**row)
        for row in found.order_by("quarter").values("quarter").annotate(**sums)
    ]


def attention(
    authority_ids: Sequence[int], wanted: Mapping[str, Any], contracts: QuerySet[Contract]
) -> list[Contract]:
    """Give the contracts that call loudest, found among those that are kept or among all."""
    if _answers(authority_ids, wanted):
        kept = _kept(Calling.objects.all(), authority_ids, wanted)
        contracts = contracts.filter(pk__in=list(kept.values_list("contract", flat=True)))
    return portfolio.attention(contracts)


def differences() -> list[str]:
    """Compare what is kept with contracts and ledger; what is touched is left out."""
    touched = set(Touched.objects.values_list("authority_id", flat=True))
    found = []
    for authority in Authority.objects.exclude(pk__in=touched).order_by("pk"):
        for model, made in _made(authority.pk):
            kept = model._default_manager.filter(authority=authority.pk)
            if _facts(kept) != _facts(made):
                found.append(f"{model._meta.label} of {authority.code} differs")
    return found


def _answers(authority_ids: Sequence[int], wanted: Mapping[str, Any]) -> bool:
    is_known = not any(value for name, value in wanted.items() if name not in KEPT)
    return is_known and not Touched.objects.filter(authority__in=authority_ids).exists()


def _kept(
    found: QuerySet[Any], authority_ids: Sequence[int], wanted: Mapping[str, Any]
) -> QuerySet[Any]:
    found = found.filter(authority__in=authority_ids)
    given = {name: wanted[name] for name in KEPT if wanted.get(name)}
    return found.filter(**given)


def _made(authority_id: int) -> Iterable[tuple[type[Model], list[Any]]]:
    contracts = Contract.objects.owing().filter(authority=authority_id, fulfilment__isnull=False)
    of_authority = {"authority_id": authority_id}
    yield (
        FiguresSum,
        [
            FiguresSum(**of_authority, by=by, part=str(cell.pop("piece")), **cell)
            for by in STORED
            for cell in portfolio.summed(contracts, "category_id", piece=expression(by))
        ],
    )
    yield Calling, [Calling(**of_authority, **row) for row in _calling(contracts)]
    entries = LedgerEntry.objects.filter(contract__in=contracts)
    yield (
        QuarterSum,
        [
            QuarterSum(**of_authority, **row)
            for row in course.summed(entries, category_id=F("contract__category_id"))
        ],
    )


def _calling(contracts: QuerySet[Contract]) -> list[dict[str, Any]]:
    """Find in each category as many as a dashboard shows: it shows no other, alone or together."""
    among = Window(RowNumber(), partition_by="category_id", order_by=portfolio.URGENCY)
    found = portfolio.calling(contracts).annotate(among=among).order_by("pk")
    rows = found.filter(among__lte=portfolio.ATTENTION)
    return [dict(row) for row in rows.values("category_id", contract_id=F("pk"))]


def _facts(rows: Iterable[Any]) -> set[tuple[Any, ...]]:
    return {tuple(value for name, value in _values(row) if name != "id") for row in rows}


def _values(row: Model) -> Iterable[tuple[str, Any]]:
    return ((field.attname, getattr(row, field.attname)) for field in row._meta.concrete_fields)
