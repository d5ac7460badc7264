"""A supplier's figures over all contracts and authorities: owed, counted, waiting, returned (G07)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from candidates.models import Share, ShareStatus
from contracts.models import OWING, Contract, Fulfilment, Signal
from contracts.templatetags.contract_words import SIGNAL_TONES
from reports.facts import percentage
from reports.home.to_do import Task
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.money import ZERO

if TYPE_CHECKING:
    from sroi_portal.core.models import Authority


@dataclass(frozen=True, slots=True)
class Row:
    """One contract, with what comes next."""

    contract: Contract
    fulfilment: Fulfilment
    waiting_eur: Decimal
    returned_eur: Decimal
    next_task: Task | None

    @property
    def is_over(self) -> bool:
        ends_on = self.contract.ends_on
        return ends_on is not None and ends_on < timezone.localdate()

    @property
    def signal_tone(self) -> str:
        return SIGNAL_TONES[Signal(self.fulfilment.signal)]


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over contracts in euros; other units are never added to it."""

    label: str
    contracts: int
    owed_eur: Decimal
    done_eur: Decimal
    waiting_eur: Decimal
    returned_eur: Decimal
    expected_eur: Decimal

    @property
    def percentage(self) -> Decimal | None:
        return percentage(self.done_eur, self.owed_eur)


def with_account(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Keep those that owe, with what waits and what came back; the rows of page and file."""
    back = (
        Share.objects.filter(contract=OuterRef("pk"), status=ShareStatus.RETURNED)
        .order_by()
        .values("contract")
        .annotate(total=Sum("value_eur"))
    )
    returned = Coalesce(Subquery(back.values("total")), Value(ZERO), output_field=MoneyField())
    return (
        contracts.filter(status__in=OWING, fulfilment__isnull=False)
        .annotate(returned_eur=returned)
        .annotate(waiting_eur=F("fulfilment__submitted_eur") - F("returned_eur"))
        .select_related("authority", "fulfilment")
        .order_by("authority__name", "ends_on", "pk")
    )


def rows_of(contracts: QuerySet[Contract], tasks: Iterable[Task]) -> list[Row]:
    """Show each contract with the first of what is to be done on it; one query."""
    first: dict[int | None, Task] = {}
    for task in tasks:
        first.setdefault(task.contract_id, task)
    found: Iterable[Any] = with_account(contracts)
    return [
        Row(
            contract=contract,
            fulfilment=contract.fulfilment,
            waiting_eur=contract.waiting_eur,
            returned_eur=contract.returned_eur,
            next_task=first.get(contract.pk),
        )
        for contract in found
    ]


def total(label: str, rows: Iterable[Row]) -> Total:
    kept = list(rows)

    def added(name: str) -> Decimal:
        return sum((getattr(row.fulfilment, name) for row in kept), ZERO)

    return Total(
        label=label,
        contracts=len(kept),
        owed_eur=added("owed_eur"),
        done_eur=added("done_eur"),
        waiting_eur=sum((row.waiting_eur for row in kept), ZERO),
        returned_eur=sum((row.returned_eur for row in kept), ZERO),
        expected_eur=added("expected_eur"),
    )


def by_authority(rows: Iterable[Row]) -> list[Total]:
    kept = list(rows)
    authorities: dict[Authority, list[Row]] = {}
    for row in kept:
        authorities.setdefault(row.contract.authority, []).append(row)
    return [total(authority.name, own) for authority, own in authorities.items()]


def in_year(contracts: QuerySet[Contract], year: int) -> QuerySet[Contract]:
    """Keep what runs on some day of a year."""
    return contracts.filter(starts_on__lte=dt.date(year, 12, 31), ends_on__gte=dt.date(year, 1, 1))
