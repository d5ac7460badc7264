"""The end of a contract: what is owed and done is stated, divided by one and decided by another."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contracts import closing, fulfilment, ledger
from contracts.actions.letters import Writing, send_letter, write_letter
from contracts.actions.settling_terms import settling_terms
from contracts.actions.telling import tell_supplier
from contracts.facts import standing
from contracts.models import (
    Account,
    Contract,
    ContractStatus,
    FollowUp,
    Fulfilment,
    LedgerEntry,
    LedgerUnit,
    LetterKind,
    Settlement,
    SettlementStatus,
    StepKind,
    StepStatus,
)
from contracts.models.settlement import Reaction
from contracts.templatetags.unit_words import in_unit
from sroi_portal.core import audit, money, terms
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, write
from sroi_portal.core.templatetags import formats

ZERO = Decimal("0.00")
SOURCE = "contracts.settlement"
LANGUAGE = "nl"  # of letters that a verb writes
TAKING = (
    ContractStatus.AWARDED,
    ContractStatus.HANDED_OVER,
    ContractStatus.ACTIVE,
    ContractStatus.SETTLING,
)


class NotOverError(RefusedError):
    """The contract still runs, so it cannot be settled."""


class StillWaitingError(RefusedError):
    """Something on the contract waits for a decision."""


class SettlementError(RefusedError):
    """The settlement cannot go on, or not in this way."""


@dataclass(frozen=True)
class Division:
    """What is decided of a shortfall, or carried of a surplus (R-229, R-230)."""

    malus_part: Decimal = ZERO
    waived: Decimal = ZERO
    carried: Decimal = ZERO  # below zero: from a surplus
    carried_to: Contract | None = None
    carry_agreed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """What of a contract is not decided yet, in one unit."""

    unit: str
    submitted: Decimal = ZERO
    unchecked: Decimal = ZERO
    planned: Decimal = ZERO


@transaction.atomic
def start_settlement(contract: Contract, *, by: User, at: dt.datetime) -> Settlement:
    """Close the contract for new work after its last day, and propose a settlement (R-140).

    :raises NotOverError: before the last day has passed.
    :raises IllegalMoveError: when it does not run, as when it was settled: that is reopened.
    """
    closing.hold(contract)
    contract = lock(contract)
    if contract.status != ContractStatus.ACTIVE:
        raise IllegalMoveError(_("Only a contract that runs begins to be settled."))
    if contract.closes_on is None or contract.closes_on >= timezone.localdate(at):
        raise NotOverError(_("The contract still runs. Settle it after its last day."))
    move(contract, ContractStatus.SETTLING, verb="start_settlement", by=by, at=at)
    closing.close(contract, by=by, at=at)
    return propose_settlement(contract, by=by, at=at)


@transaction.atomic
def propose_settlement(contract: Contract, *, by: User, at: dt.datetime) -> Settlement:
    """Begin a settlement with the figures of now; after a reopening it is the next version."""
    settlement = Settlement(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        version=contract.settlements.count() + 1,
        proposed_by=by,
        proposed_at=at,
        malus_factor=contract.malus_factor,
    )
    _count(settlement, at)
    write(settlement)
    moved = ("", settlement.status)
    audit.record(settlement, "propose_settlement", by=by, at=at, moved=moved)
    return settlement


@transaction.atomic
def send_statement(settlement: Settlement, *, by: User, at: dt.datetime, remark: str = "") -> None:
    """Tell the supplier in a letter how the contract stands, and ask for a reaction (R-227).

    :raises StillWaitingError: while something on it is submitted and not decided.
    """
    contract, settlement = _settling(settlement)
    _require_nothing_waits(contract)
    _count(settlement, at)
    today = timezone.localdate(at)
    days = settling_terms(contract.authority).reaction_days
    settlement.react_by_on = terms.due_on(today, days)
    settlement.reaction, settlement.reacted_at, settlement.reacted_by = "", None, None
    move(
        settlement,
        SettlementStatus.STATED,
        verb="send_statement",
        by=by,
        at=at,
        remark=remark,
    )
    _send(settlement, LetterKind.STATEMENT, remark, by=by, at=at)


@transaction.atomic
def react_to_settlement(
    settlement: Settlement, reaction: Reaction, *, by: User, at: dt.datetime, remark: str
) -> None:
    """React within the term; what it says is sealed (R-227).

    :raises SettlementError: after the term, or when no reaction is asked for.
    """
    _contract, settlement = _settling(settlement)
    if settlement.status != SettlementStatus.STATED or settlement.reaction:
        raise SettlementError(_("No reaction is asked for now."))
    if settlement.react_by_on and timezone.localdate(at) > settlement.react_by_on:
        raise SettlementError(
            _("You could react until %(day)s.") % {"day": formats.day(settlement.react_by_on)}
        )
    settlement.reaction, settlement.reacted_by, settlement.reacted_at = reaction, by, at
    settlement.revision += 1
    write(settlement)
    changed = ["reaction"]
    audit.record(settlement, "react_to_settlement", by=by, at=at, changed=changed, remark=remark)


@transaction.atomic
def calculate_settlement(
    settlement: Settlement, division: Division, *, by: User, at: dt.datetime, remark: str
) -> None:
    """Divide the shortfall over malus, waiver and carry-over; another decides (R-228, R-229).

    :raises SettlementError: before the supplier reacted or could, or when figures changed.
    """
    contract, settlement = _settling(settlement)
    today = timezone.localdate(at)
    term = settlement.react_by_on
    if not settlement.reaction and (term is None or today <= term):
        raise SettlementError(_("The supplier did not react yet, and still may."))
    _require_nothing_waits(contract)
    _require_same_figures(settlement, at)
    _require_takes(settlement, division)
    _divide(settlement, division, contract)
    settlement.calculated_by, settlement.calculated_at = by, at
    move(
        settlement,
        SettlementStatus.CALCULATED,
        verb="calculate_settlement",
        by=by,
        at=at,
        remark=remark,
    )


@transaction.atomic
def return_settlement(settlement: Settlement, *, by: User, at: dt.datetime, reason: str) -> None:
    """Ask for another division."""
    _contract, settlement = _settling(settlement)
    settlement.calculated_by = settlement.calculated_at = None
    move(
        settlement,
        SettlementStatus.STATED,
        verb="return_settlement",
        by=by,
        at=at,
        remark=reason,
    )


@transaction.atomic
def decide_settlement(
    settlement: Settlement, *, by: User, at: dt.datetime, conclusion: str
) -> None:
    """Decide on what somebody else calculated: it is posted, and the contract closes (R-141).

    :raises StillWaitingError: while something on it waits.
    :raises SettlementError: when figures changed since, or a step is under way.
    """
    contract, settlement = _settling(settlement)
    _require_nothing_waits(contract)
    _require_same_figures(settlement, at)
    if contract.follow_ups.living().exists():
        raise SettlementError(_("A step of the follow-up is under way. Conclude it first."))
    settlement.decided_by, settlement.decided_at = by, at
    move(
        settlement,
        SettlementStatus.SETTLED,
        verb="decide_settlement",
        by=by,
        at=at,
        remark=conclusion,
    )
    ledger.post(ledger.Source.of(settlement), _wanted(settlement, contract, at), by=by, at=at)
    _send(settlement, LetterKind.DECISION, conclusion, by=by, at=at)
    move(contract, ContractStatus.SETTLED, verb="decide_settlement", by=by, at=at)


def open_work(contract: Contract) -> list[Open]:
    """Tell what waits, was not checked in time, or is still planned; one line a unit."""
    rows = (
        LedgerEntry.objects.filter(
            contract=contract,
            account__in=(Account.SUBMITTED, Account.UNCHECKED, Account.PLANNED),
        )
        .values_list("unit", "account")
        .annotate(total=Sum("quantity"))
        .order_by("unit")
    )
    by_unit: dict[str, dict[str, Decimal]] = {}
    for unit, account, total in rows:
        if total:
            by_unit.setdefault(unit, {})[account] = total
    return [Open(unit, **found) for unit, found in by_unit.items()]


def takers(contract: Contract) -> "QuerySet[Contract]":
    """Find contracts of the same two parties that can take a carry-over."""
    found: QuerySet[Contract] = (
        Contract.objects.filter(
            authority=contract.authority_id,
            supplier=contract.supplier_id,
            status__in=TAKING,
            is_framework=False,
        )
        .exclude(pk=contract.pk)
        .order_by("title", "pk")
    )
    return found


def malus_on_the_way(contract: Contract) -> Decimal:
    """Sum what was decided before the settlement, for the same shortfall."""
    decided = FollowUp.objects.filter(
        contract=contract, kind=StepKind.MALUS, status=StepStatus.DONE
    )
    return decided.aggregate(total=Sum("amount_eur"))["total"] or ZERO


def _settling(settlement: Settlement) -> tuple[Contract, Settlement]:
    """Lock the contracts in id order, then the settlement."""
    pks = filter(None, (settlement.contract_id, settlement.carried_to_id))
    for pk in sorted(pks):
        lock(Contract(pk=pk))
    contract = lock(settlement.contract)
    settlement = lock(settlement)
    settlement.contract = contract
    return contract, settlement


def _count(settlement: Settlement, at: dt.datetime) -> None:
    """Read from the ledger, this very moment, how the contract stands."""
    settlement.unit, settlement.owed, settlement.done = _figures(settlement.contract, at)
    entries = LedgerEntry.objects.filter(contract=settlement.contract).order_by("-pk")
    settlement.position = entries.values_list("pk", flat=True).first() or 0


def _figures(contract: Contract, at: dt.datetime) -> tuple[str, Decimal, Decimal]:
    with acting_as(DatabaseRole.WORKER):
        fulfilment.recompute(today=timezone.localdate(at), at=at, contract_ids=[contract.pk])
    kept = Fulfilment.objects.filter(contract=contract).first()
    stands = standing(kept, Decimal(1)) if kept else None
    if stands:
        return stands.unit, stands.owed, stands.done
    return LedgerUnit.EURO, kept.owed_eur if kept else ZERO, kept.done_eur if kept else ZERO


def _require_nothing_waits(contract: Contract) -> None:
    for found in open_work(contract):
        if found.submitted:
            raise StillWaitingError(
                _("Something on this contract still waits for a decision. Decide on that first.")
            )
        if found.unchecked and not contract.counts_unchecked:
            raise StillWaitingError(
                _("Something on this contract was not checked in time. Check it first.")
            )


def _require_same_figures(settlement: Settlement, at: dt.datetime) -> None:
    stated = (settlement.unit, settlement.owed, settlement.done)
    if _figures(settlement.contract, at) != stated:
        raise SettlementError(
            _("The figures changed since the statement. Send the supplier a new one.")
        )


def _require_takes(settlement: Settlement, division: Division) -> None:
    other = division.carried_to
    if other is not None and not takers(settlement.contract).filter(pk=other.pk).exists():
        raise SettlementError(
            _("Choose another contract of the same supplier and authority that is not settled.")
        )
    if other is not None and other.owed_unit != settlement.unit:
        raise SettlementError(_("The other contract counts in another unit."))


def _divide(settlement: Settlement, division: Division, contract: Contract) -> None:
    settlement.malus_part, settlement.waived = division.malus_part, division.waived
    settlement.carried, settlement.carried_to = division.carried, division.carried_to
    settlement.carry_agreed_on = division.carry_agreed_on if division.carried else None
    settlement.malus_factor = contract.malus_factor
    settlement.malus_before_eur = malus_on_the_way(contract)
    whole = money.rounded(division.malus_part * contract.malus_factor)
    settlement.malus_eur = max(whole - settlement.malus_before_eur, ZERO)


def _wanted(settlement: Settlement, contract: Contract, at: dt.datetime) -> list[ledger.Wanted]:
    """Say what the decision stands for; a malus takes the place of an earlier settlement's."""
    today = timezone.localdate(at)
    month = ledger.month_of(min(contract.closes_on or today, today))
    earlier = LedgerEntry.objects.filter(
        contract=contract, account=Account.MALUS, source_kind=SOURCE
    ).aggregate(total=Sum("quantity"))["total"]
    malus = settlement.malus_eur - (earlier or ZERO)
    unit = settlement.unit
    wanted = [
        ledger.Wanted(contract.pk, Account.MALUS, month, malus),
        ledger.Wanted(contract.pk, Account.WAIVED, month, settlement.waived, unit),
    ]
    other = settlement.carried_to
    if other is not None:
        first, last = other.starts_on or today, other.closes_on or today
        there = ledger.month_of(max(first, min(today, last)))
        wanted += [
            ledger.Wanted(contract.pk, Account.CARRIED, month, settlement.carried, unit),
            ledger.Wanted(other.pk, Account.CARRIED, there, -settlement.carried, unit),
        ]
    return wanted


def _send(
    settlement: Settlement, kind: LetterKind, reason: str, *, by: User, at: dt.datetime
) -> None:
    """Write and send the letter that belongs to what was done, and say so in a mail."""
    contract, unit = settlement.contract, settlement.unit
    with translation.override(LANGUAGE):
        facts = {
            "owed": in_unit(settlement.owed, unit),
            "done": in_unit(settlement.done, unit),
            "shortfall": in_unit(settlement.shortfall, unit),
            "surplus": in_unit(settlement.surplus, unit),
            "until": formats.day(settlement.react_by_on),
            "factor": formats.number(settlement.malus_factor),
            "malus": formats.euro(settlement.malus_eur),
            "waived": in_unit(settlement.waived, unit),
            "carried": in_unit(settlement.carried, unit),
            "other_contract": settlement.carried_to.title if settlement.carried_to else "–",
            "reason": reason,
        }
    letter = write_letter(contract, Writing(kind, facts, settlement=settlement), by=by, at=at)
    send_letter(letter, by=by, at=at)
    tell_supplier("settlement", contract, by=by, at=at, facts={"settlement": settlement})
