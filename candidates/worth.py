"""What a share is worth: its facts gathered for the valuation, with the room others leave."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.db.models import Max

from candidates import paths, units
from candidates.limits import limit_left
from candidates.models import (
    CLAIMED,
    PRICED,
    Placement,
    PlacementStatus,
    Share,
    ShareStatus,
    UsedMonth,
)
from candidates.models.used_month import Person
from candidates.uses import Used, facts_of, together, use_of, used_months
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
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Job:
    """All that a worth follows from, whether it is entered or only thought of."""

    block: Block
    starts_on: dt.date
    bonus_codes: tuple[str, ...] = ()
    hours: tuple[valuation.HoursPeriod, ...] = ()
    contract_starts_on: dt.date | None = None
    quantity: Decimal | None = None
    days: Decimal | None = None
    amount_eur: Decimal | None = None
    vat_pct: Decimal | None = None
    certificates: frozenset[str] = frozenset()  # of the partner, on the last day


def of_share(share: Share, used: Used | None = None) -> valuation.Valuation:
    """Value a share beside what others use (R-011, R-013): all that is claimed, unless told.

    At verification only what is verified counts as used: room is given in order of
    verification (R-062).
    """
    contribution = share.contribution
    period = (contribution.starts_on, contribution.ends_on)
    used = used_by_others(share, CLAIMED) if used is None else used
    if placement := contribution.placement:
        block = share.known_block
        return of_work(placement, share.contract, block, period, used=used, pct=share.pct)
    return of_job(_job(share), period, used=used, pct=share.pct)


def _bonus_codes(
    placement: Placement, block: Block, period: tuple[dt.date, dt.date]
) -> tuple[str, ...]:
    """Add what a permanent contract brings: pro rata from its first day, whole once (R-166)."""
    since = placement.permanent_on
    if since is None or since > period[1]:
        return tuple(placement.bonus_codes)
    later = [each for each in bonuses_of(block) if each.code in placement.permanent_bonus_codes]
    now = [each.code for each in later if since <= period[0] or not each.as_terms().prorata]
    return tuple(dict.fromkeys([*placement.bonus_codes, *now]))


def _job(share: Share) -> Job:
    """Take what is no work; an hour, a day and a time have the price of the table (R-161)."""
    contribution, partner = share.contribution, share.contribution.partner
    block = share.known_block
    is_priced = block.unit in PRICED
    held = partner.certificates.valid_on(contribution.ends_on) if partner else ()
    return Job(
        block=block,
        starts_on=contribution.starts_on,
        contract_starts_on=share.contract.starts_on,
        quantity=contribution.told_quantity,
        days=contribution.days,
        amount_eur=None if is_priced else contribution.amount_eur,
        vat_pct=None if is_priced else contribution.vat_pct,
        certificates=frozenset(each.kind for each in held),
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
        bonus_codes=_bonus_codes(placement, block, period),
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
    terms = job.block.table.as_terms()
    offered, facts = chosen(bonuses_of(job.block), job.bonus_codes)
    work = valuation.Work(
        starts_on=period[0],
        ends_on=period[1],
        periods=job.hours,
        employment_started_on=job.starts_on,
        contract_starts_on=job.contract_starts_on,
        facts=facts,
        bonuses_given=used.bonuses,
        limit_left_eur=used.limit_left_eur,
        months_used=used.months(terms),
        months_counted=used.counted,
        quantity=job.quantity,
        days=job.days,
        amount_eur=job.amount_eur,
        vat_pct=job.vat_pct,
        certificates=job.certificates,
        room=_room(used.parts),
        room_on_contract=_room(used.on_contract),
    )
    return valuation.value(terms, job.block.as_terms(), offered, work, pct)


def bonuses_of(block: Block) -> list[TableBonus]:
    """Find the bonuses that may hold for a row."""
    return [bonus for bonus in block.table.bonuses.all() if bonus.holds_for(block)]


def chosen(
    bonuses: Iterable[TableBonus], codes: Iterable[str]
) -> tuple[tuple[valuation.Bonus, ...], frozenset[str]]:
    """Give the terms of the bonuses that were ticked, and all that a tick stands for: no age is stored."""
    terms = tuple(bonus.as_terms() for bonus in bonuses if bonus.code in codes)
    return terms, frozenset[str]().union(*(each.ticked for each in terms))


def used_by_reference(contract: Contract, supplier: Supplier, reference: str, block: Block) -> Used:
    """Find what a person known to a supplier by this reference uses already."""
    reference_hash = personal.keyed_hash(reference, of=supplier.uuid)
    used = _used((supplier.pk, reference_hash), contract, block)
    return replace(used, limit_left_eur=limit_left(contract, block))


def used_by_candidate(placement: Placement, *, besides: Share | None = None) -> Used:
    """Find what all claims of a person use, as its own supplier sees them."""
    contract, block = placement.contract, placement.block
    person = (placement.supplier_id, bytes(placement.candidate.reference_hash))
    used = _used(person, contract, block, besides=besides)
    return replace(used, limit_left_eur=limit_left(contract, block, besides=besides))


def used_by_others(share: Share, beside: Iterable[str]) -> Used:
    """Read as the worker, over all authorities: who checks sees only the figure that follows."""
    statuses = tuple(beside)
    used, placement = Used(), share.contribution.placement
    with acting_as(DatabaseRole.WORKER):
        if placement:
            person = (share.supplier_id, bytes(placement.candidate.reference_hash))
            used = _used(person, share.contract, share.known_block, statuses, besides=share)
        left = limit_left(share.contract, share.known_block, statuses, besides=share)
    return replace(used, limit_left_eur=left)


def used_by_each(shares: Sequence[Share], beside: Iterable[str]) -> dict[int, Used]:
    """Find in one reading what `used_by_others` finds for each of many, of different persons.

    A row with a limit is not for here: what is left of it changes with each that is granted.
    """
    placements = {share.pk: share.contribution.placement_id or 0 for share in shares}
    with acting_as(DatabaseRole.WORKER):
        known = Placement.objects.filter(pk__in=placements.values())
        people = {
            pk: (supplier_id, bytes(reference_hash))
            for pk, supplier_id, reference_hash in known.values_list(
                "pk", "supplier", "candidate__reference_hash"
            )
        }
        mates = paths.mates_of(people.values())
        asked = {*people.values(), *(mate for each in mates.values() for mate in each)}
        found = UsedMonth.objects.counting(beside).of_each(asked)
        facts = {
            share.pk: facts_of(person, share.known_block, found[person], besides=share)
            for share in shares
            if (person := people.get(placements[share.pk]))
        }
    used = {}
    for share in shares:
        person, own = people.get(placements[share.pk]), share.contribution_id
        alone = use_of(
            facts.get(share.pk, ()), share.known_block, contract_id=share.contract_id, own=own
        )
        theirs = (
            [row for mate in mates.get(person, ()) for _pk, row in found[mate]] if person else []
        )
        used[share.pk] = together(alone, paths.months_of(theirs))
    return used


def wanted(share: Share, unit: str | None = None) -> list[ledger.Wanted]:
    """Give what a share stands for in the ledger with the status it has, month by month."""
    account = ACCOUNTS.get(ShareStatus(share.status))
    if account is None:
        return []
    share.require_details()  # without them nothing would be posted instead of what stands
    if share.valuation is None:
        return []
    stored = valuation.Valuation.from_json(share.valuation)
    place = (share.contract_id, account, unit or share.contract.owed_unit)
    return list(units.lines(place, stored.by_month))


def planned(placement: Placement, unit: str) -> list[ledger.Wanted]:
    """Give what a running placement will be worth from the first day not claimed (R-120)."""
    contract = placement.contract
    first = max(filter(None, (placement.starts_on, contract.starts_on, first_unclaimed(placement))))
    last = min(filter(None, (placement.ends_on, contract.closes_on)))
    is_off = placement.status == PlacementStatus.WITHDRAWN or not contract.accepts_contributions
    if is_off or last < first:
        return []
    used = used_by_candidate(placement)
    value = of_work(placement, contract, placement.block, (first, last), used=used)
    place = (contract.pk, Account.PLANNED, unit)
    return list(units.lines(place, value.by_month))


def use(share: Share, value: valuation.Valuation) -> None:
    """Keep what the share uses of the person's months, instead of what it used before."""
    UsedMonth.objects.filter(share=share).delete()
    placement = share.contribution.placement
    if placement is None:
        return
    with (
        nullcontext()
        if Placement.candidate.is_cached(placement)
        else acting_as(DatabaseRole.WORKER)
    ):
        reference_hash = placement.candidate.reference_hash
    rows = used_months(
        value,
        share.known_block,
        contract_id=share.contract_id,
        contribution_id=share.contribution_id,
    )
    UsedMonth.objects.bulk_create(
        UsedMonth(
            share=share,
            supplier_id=share.supplier_id,
            authority_id=share.authority_id,
            reference_hash=reference_hash,
            group_code=row.group_code,
            month=row.month,
            part=row.part,
            counted=row.counted,
            bonus_codes=row.bonus_codes,
        )
        for row in rows
    )


def _hours(placement: Placement, last: dt.date) -> Iterator[valuation.HoursPeriod]:
    """Turn dated changes of hours into periods; the last one holds until the end of the work."""
    changes = sorted(placement.weekly_hours.all(), key=lambda change: change.holds_from)
    ends = [change.holds_from - dt.timedelta(days=1) for change in changes[1:]]
    for change, ends_on in zip(changes, [*ends, max(last, placement.starts_on)], strict=True):
        yield valuation.HoursPeriod(change.holds_from, ends_on, change.hours_per_week)


def first_unclaimed(placement: Placement) -> dt.date | None:
    claimed = placement.contributions.filter(is_live=True, shares__status__in=CLAIMED)
    last: dt.date | None = claimed.aggregate(last=Max("ends_on"))["last"]
    return last + dt.timedelta(days=1) if last else None


def _used(
    person: Person,
    contract: Contract,
    block: Block,
    statuses: Iterable[str] = CLAIMED,
    *,
    besides: Share | None = None,
) -> Used:
    found = UsedMonth.objects.counting(statuses).of_each([person])[person]
    own = besides.contribution_id if besides else None
    rows = facts_of(person, block, found, besides=besides)
    alone = use_of(rows, block, contract_id=contract.pk, own=own)
    return together(alone, paths.months_of_mates(person, statuses))


def _room(parts: dict[dt.date, Fraction]) -> dict[dt.date, Fraction]:
    return {month: max(1 - part, Fraction(0)) for month, part in parts.items()}
