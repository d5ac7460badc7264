"""What happens to a placement: entered, changed, ended, withdrawn."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from candidates import locking, units, worth
from candidates.agreed_jobs import posting as agreed_jobs
from candidates.models import Candidate, Placement, PlacementStatus, WeeklyHours
from contracts import ledger, parties
from contracts.models import Block, Contract, LedgerUnit
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save
from suppliers.models import Supplier

CENT = Decimal("0.01")


class ContractClosedError(RefusedError):
    """The contract takes no new work: not awarded yet, being settled, settled or cancelled."""


class NotInTableError(RefusedError):
    """The row is not one of the contract's value table."""


@dataclass(frozen=True)
class PlacementFacts:
    """What a supplier enters about a placement; `reference` is its own name for the person."""

    reference: str
    block: Block
    hours_per_week: Decimal
    starts_on: dt.date
    contract_form: str
    ends_on: dt.date | None = None
    bonus_codes: list[str] = field(default_factory=list)
    informed_on: dt.date | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def enter_placement(
    contract: Contract, facts: PlacementFacts, *, by: User, at: dt.datetime
) -> Placement:
    """Record that somebody works; plan what it will count for until the contract ends (R-120)."""
    supplier = parties.working_for(contract, by)
    locking.lock_people(Candidate.objects.with_reference(supplier, facts.reference))
    contract = lock(contract)
    require_open(contract)
    if facts.block.table_id != contract.value_table_id:
        raise NotInTableError(_("This row does not stand in the value table of the contract."))
    placement = Placement(
        uuid=facts.key,
        supplier=supplier,
        candidate=_candidate(supplier, facts, by=by, at=at),
        contract=contract,
        block=facts.block,
        bonus_codes=facts.bonus_codes,
        contract_form=facts.contract_form,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        entered_by=by,
        entered_at=at,
    )
    placement.full_clean()
    placement.save()
    _set_hours(placement, facts.starts_on, facts.hours_per_week)
    post_plan(placement, by=by, at=at)
    audit.record(placement, "enter_placement", by=by, at=at)
    return placement


@transaction.atomic
def change_hours(
    placement: Placement,
    *,
    by: User,
    at: dt.datetime,
    holds_from: dt.date,
    hours_per_week: Decimal,
) -> None:
    """Let other hours a week hold from a day on; the plan follows."""
    placement = lock(placement)
    _set_hours(placement, holds_from, hours_per_week)
    save(placement)
    post_plan(placement, by=by, at=at)
    audit.record(placement, "change_hours", by=by, at=at, changed=["weekly_hours"])


@transaction.atomic
def end_placement(
    placement: Placement, *, by: User, at: dt.datetime, ends_on: dt.date, reason: str = ""
) -> None:
    """Write down the last working day; nothing is planned after it."""
    placement = lock(placement)
    placement.ends_on = ends_on
    move(placement, PlacementStatus.ENDED, verb="end_placement", by=by, at=at, remark=reason)
    post_plan(placement, by=by, at=at)
    agreed_jobs.follow_placement(placement, by=by, at=at)


@transaction.atomic
def withdraw_placement(placement: Placement, *, by: User, at: dt.datetime) -> None:
    """Take back a placement entered by mistake, as long as nothing of it is claimed."""
    placement = lock(placement)
    if placement.contributions.filter(is_live=True).exists():
        raise IllegalMoveError(
            _("Periods of this placement were entered. Withdraw those first, or end the placement.")
        )
    move(placement, PlacementStatus.WITHDRAWN, verb="withdraw_placement", by=by, at=at)
    post_plan(placement, by=by, at=at)
    agreed_jobs.follow_placement(placement, by=by, at=at)


@transaction.atomic
def inform_candidate(
    candidate: Candidate, *, by: User, at: dt.datetime, informed_on: dt.date
) -> None:
    """Write down that the person was given the letter about what is recorded."""
    candidate = lock(candidate)
    candidate.informed_on = informed_on
    save(candidate)
    audit.record(candidate, "inform_candidate", by=by, at=at, changed=["informed_on"])


def post_plan(placement: Placement, *, by: User | None, at: dt.datetime) -> None:
    """Bring what is planned up to date after the placement, or what is claimed of it, changed.

    A plan that differs by a cent, because it begins in another month, stays as it is (R-120).
    """
    unit = placement.contract.owed_unit
    counts_persons = unit == LedgerUnit.PERSON
    person = units.person(placement) if counts_persons else ()
    wanted = [*worth.planned(placement, unit), *person]
    ledger.post(ledger.Source.of(placement), wanted, by=by, at=at, within=CENT)
    first = units.first_of_person(placement) if counts_persons else None
    if first not in (None, placement):
        post_plan(first, by=by, at=at)


def require_open(contract: Contract) -> None:
    """Refuse new work on a contract that takes none; a framework never does (R-116).

    :raises ContractClosedError: with why.
    """
    if contract.is_framework:
        raise ContractClosedError(
            _("A framework agreement takes no work itself: enter it on one of its call-offs.")
        )
    if contract.supplier.insolvent_on:
        raise ContractClosedError(
            _("The supplier is insolvent: no new work is entered. What was entered stays.")
        )
    if not contract.accepts_contributions:
        raise ContractClosedError(
            _("Nothing can be entered on this contract: its status is “%(status)s”.")
            % {"status": contract.get_status_display()}
        )


def _candidate(
    supplier: Supplier, facts: PlacementFacts, *, by: User, at: dt.datetime
) -> Candidate:
    """Find the person by the supplier's own reference, or begin."""
    known = Candidate.objects.with_reference(supplier, facts.reference).first()
    person = known or Candidate(supplier=supplier)
    if known is None:
        person.reference = facts.reference
        person.informed_on = facts.informed_on
        person.save()
        audit.record(person, "enter_placement", by=by, at=at)
    return person


def _set_hours(placement: Placement, holds_from: dt.date, hours_per_week: Decimal) -> None:
    change = WeeklyHours.objects.filter(placement=placement, holds_from=holds_from).first()
    change = change or WeeklyHours(
        placement=placement,
        supplier=placement.supplier,
        authority_ids=placement.authority_ids,
        holds_from=holds_from,
    )
    change.hours_per_week = hours_per_week
    change.full_clean()
    change.save()
