"""What a share is worth: its facts gathered for the valuation, with the room others leave."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db.models import Max

from candidates.models import (
    Candidate,
    Contribution,
    Placement,
    PlacementStatus,
    Share,
    ShareStatus,
    UsedMonth,
)
from contracts import ledger, valuation
from contracts.models import Account, Block, Contract, TableBonus
from sroi_portal.core import personal
from sroi_portal.core.acting import DatabaseRole, acting_as
from suppliers.models import Supplier

ACCOUNTS = {
    ShareStatus.SUBMITTED: Account.SUBMITTED,
    ShareStatus.RETURNED: Account.SUBMITTED,
    ShareStatus.OBJECTED: Account.SUBMITTED,
    ShareStatus.UNCHECKED: Account.UNCHECKED,
    ShareStatus.VERIFIED: Account.VERIFIED,
}
CLAIMED = tuple(ACCOUNTS)
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Used:
    """What other shares of the same person use: of the norm a month, and of the counting cap."""

    parts: dict[dt.date, Fraction] = field(default_factory=dict)
    counted: dict[dt.date, Fraction] = field(default_factory=dict)

    @property
    def months(self) -> Fraction:
        return sum(self.counted.values(), Fraction(0))


@dataclass(frozen=True)
class Job:
    """All that a worth follows from, whether it is entered or only thought of."""

    block: Block
    bonus_codes: tuple[str, ...]
    hours: tuple[valuation.HoursPeriod, ...]
    starts_on: dt.date
    contract_starts_on: dt.date | None = None


def of_share(share: Share, *, beside: Iterable[str] = CLAIMED) -> valuation.Valuation:
    """Value a share beside what other shares with these statuses use (E05, A09).

    At submission all that is claimed counts as used; at verification only what is verified:
    room is given in order of verification.
    """
    contribution = share.contribution
    return of_work(
        _placement(contribution),
        share.contract,
        share.block,
        (contribution.starts_on, contribution.ends_on),
        used=used_by_others(share, beside),
        pct=share.pct,
    )


def of_work(
    placement: Placement,
    contract: Contract,
    block: Block,
    period: tuple[dt.date, dt.date],
    *,
    used: Used,
    pct: Decimal = WHOLE,
) -> valuation.Valuation:
    job = Job(
        block=block,
        bonus_codes=tuple(placement.bonus_codes),
        hours=tuple(_hours(placement, period[1])),
        starts_on=placement.starts_on,
        contract_starts_on=contract.starts_on,
    )
    return of_job(job, period, used=used, pct=pct)


def of_job(
    job: Job, period: tuple[dt.date, dt.date], *, used: Used | None = None, pct: Decimal = WHOLE
) -> valuation.Valuation:
    """Value a period of work, entered or only thought of: the one way to a worth (N11)."""
    used = used or Used()
    bonuses = bonuses_of(job.block)
    chosen = [bonus for bonus in bonuses if bonus.code in job.bonus_codes]
    work = valuation.Work(
        starts_on=period[0],
        ends_on=period[1],
        periods=job.hours,
        employment_started_on=job.starts_on,
        contract_starts_on=job.contract_starts_on,
        facts=_facts(chosen),
        months_used=used.months,
        months_counted=used.counted,
        room={month: max(1 - part, Fraction(0)) for month, part in used.parts.items()},
    )
    terms = tuple(bonus.as_terms() for bonus in chosen)
    return valuation.value(job.block.table.as_terms(), job.block.as_terms(), terms, work, pct)


def bonuses_of(block: Block) -> list[TableBonus]:
    """Find the bonuses that may hold for a row."""
    return [
        bonus
        for bonus in block.table.bonuses.all()
        if not bonus.applies_to or block.code in bonus.applies_to
    ]


def used_by_reference(supplier: Supplier, reference: str, block: Block) -> Used:
    """Find what a person known by this reference uses already."""
    rows = UsedMonth.objects.filter(
        supplier=supplier,
        reference_hash=personal.keyed_hash(reference, of=supplier.uuid),
        share__status__in=CLAIMED,
    )
    return _sum(rows.values_list("block_code", "month", "part", "counted"), block.code)


def used_by_candidate(placement: Placement, *, besides: Share | None = None) -> Used:
    """Find what all claims of a person use, as its own supplier sees them."""
    rows = UsedMonth.objects.filter(
        supplier_id=placement.supplier_id,
        reference_hash=placement.candidate.reference_hash,
        share__status__in=CLAIMED,
    ).exclude(share=besides)
    return _sum(rows.values_list("block_code", "month", "part", "counted"), placement.block.code)


def used_by_others(share: Share, beside: Iterable[str]) -> Used:
    """Read as the worker, over all authorities: who checks sees only the figure that follows."""
    with acting_as(DatabaseRole.WORKER):
        placement = _placement(share.contribution)
        rows = UsedMonth.objects.filter(
            supplier_id=share.supplier_id,
            reference_hash=placement.candidate.reference_hash,
            share__status__in=tuple(beside),
        ).exclude(share_id=share.pk)
        return _sum(rows.values_list("block_code", "month", "part", "counted"), share.block.code)


def lock_candidate(share: Share) -> None:
    """Let nobody else value work of this person until the transaction ends."""
    with acting_as(DatabaseRole.WORKER):
        candidate = Candidate.objects.filter(placements__contributions=share.contribution_id)
        list(candidate.select_for_update(of=("self",)).values_list("pk", flat=True))


def wanted(share: Share) -> list[ledger.Wanted]:
    """Give what a share stands for in the ledger with the status it has, month by month."""
    account = ACCOUNTS.get(ShareStatus(share.status))
    if account is None or share.valuation is None:
        return []
    stored = valuation.Valuation.from_json(share.valuation)
    return [
        ledger.Wanted(share.contract_id, account, earned.month, earned.amount_eur)
        for earned in stored.by_month
        if earned.amount_eur
    ]


def planned(placement: Placement) -> list[ledger.Wanted]:
    """Give what a running placement will be worth from the first day not claimed (R-120)."""
    contract = placement.contract
    first = max(filter(None, (placement.starts_on, contract.starts_on, first_unclaimed(placement))))
    last = min(filter(None, (placement.ends_on, contract.ends_on)))
    if placement.status == PlacementStatus.WITHDRAWN or last < first:
        return []
    used = used_by_candidate(placement)
    value = of_work(placement, contract, placement.block, (first, last), used=used)
    return [
        ledger.Wanted(contract.pk, Account.PLANNED, earned.month, earned.amount_eur)
        for earned in value.by_month
        if earned.amount_eur
    ]


def use(share: Share, value: valuation.Valuation) -> None:
    """Keep what the share uses of the person's months, instead of what it used before."""
    UsedMonth.objects.filter(share=share).delete()
    placement = _placement(share.contribution)
    with acting_as(DatabaseRole.WORKER):
        reference_hash = Candidate.objects.get(pk=placement.candidate_id).reference_hash
    UsedMonth.objects.bulk_create(
        UsedMonth(
            share=share,
            supplier_id=share.supplier_id,
            authority_id=share.authority_id,
            reference_hash=reference_hash,
            block_code=share.block.code,
            month=earned.month,
            part=str(earned.part),
            counted=str(earned.months),
        )
        for earned in value.by_month
    )


def _placement(contribution: Contribution) -> Placement:
    if contribution.placement is None:
        raise ValueError(f"contribution {contribution.pk} has no placement")
    return contribution.placement


def _hours(placement: Placement, last: dt.date) -> Iterator[valuation.HoursPeriod]:
    """Turn dated changes of hours into periods; the last one holds until the end of the work."""
    changes = list(placement.weekly_hours.order_by("holds_from"))
    ends = [change.holds_from - dt.timedelta(days=1) for change in changes[1:]]
    for change, ends_on in zip(changes, [*ends, max(last, placement.starts_on)], strict=True):
        yield valuation.HoursPeriod(change.holds_from, ends_on, change.hours_per_week)


def _facts(bonuses: Iterable[TableBonus]) -> frozenset[str]:
    """Take a tick on a bonus for all that it asks; an age is never stored."""
    facts: set[str] = set()
    for bonus in bonuses:
        terms = bonus.as_terms()
        facts.update(terms.conditions)
        if terms.age is not None:
            facts.add(terms.age_fact)
    return frozenset(facts)


def first_unclaimed(placement: Placement) -> dt.date | None:
    claimed = placement.contributions.filter(is_live=True, shares__status__in=CLAIMED)
    last: dt.date | None = claimed.aggregate(last=Max("ends_on"))["last"]
    return last + dt.timedelta(days=1) if last else None


def _sum(rows: Iterable[tuple[str, dt.date, str, str]], block_code: str) -> Used:
    used = Used()
    for code, month, part, counted in rows:
        used.parts[month] = used.parts.get(month, Fraction(0)) + Fraction(part)
        if code == block_code:
            used.counted[month] = used.counted.get(month, Fraction(0)) + Fraction(counted)
    return used
