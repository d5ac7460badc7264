"""What happens to a contract until it is awarded: a concept, changes, the award itself."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.actions.exempting import rule_asks
from contracts.actions.obligations import deviates, discount_of, fix_obligation
from contracts.actions.settling_terms import settling_terms
from contracts.facts import reserved
from contracts.models import (
    BOUNDED_BASES,
    FIXED_BASES,
    BaseKind,
    Contract,
    ContractStatus,
    Fulfilment,
    LedgerUnit,
    ObligationConcept,
    ObligationRule,
    Regime,
    Tender,
    TenderStatus,
    ValueTableStatus,
)
from sroi_portal.core import audit, terms
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save

CONTACT_DAYS = 7  # after award
PLAN_DAYS = 42
OWED = (
    "rule",
    "base_kind",
    "percentage",
    "fixed_eur",
    "fixed_quantity",
    "floor_eur",
    "cap_eur",
    "reason",
    "deviation",
    "exempt_reason",
    "follows_from",
)
FROM_RULE = (
    "report_months",
    "report_days",
    "review_days",
    "objection_days",
    "counts_unchecked",
    "accepts_unlinked",
)
BASES: dict[str, str] = {BaseKind.WAGE_SUM: "wage_sum_eur", BaseKind.HOURS: "hours"}
MUST_HAVE = ("value_eur", "awarded_on", "starts_on", "ends_on", "value_table")


class IncompleteContractError(RefusedError):
    """Something that an awarded contract must have is still missing."""


class NotAConceptError(RefusedError):
    """What is awarded no longer changes as a concept does."""


@transaction.atomic
def log_contract(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Contract:
    """Write a contract down as a concept, which may still miss anything but who and what."""
    contract = Contract(uuid=key or uuid.uuid4(), officer=by)
    _write(contract, facts)
    save(contract)
    contract.lots.set(facts.get("lots", ()))
    concept = ObligationConcept(contract=contract, authority=contract.authority)
    _write_owed(concept, facts)
    audit.record(contract, "log_contract", by=by, at=at, moved=("", contract.status))
    return contract


@transaction.atomic
def change_contract(
    contract: Contract,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Contract:
    """Change a concept; the same facts once more change nothing.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises NotAConceptError: when it is awarded already.
    """
    contract = lock(contract, revision=revision)
    _require_concept(contract)
    concept = concept_of(contract)
    changed = [name for name in facts if _standing(contract, concept, name) != _told(facts[name])]
    if changed:
        _write(contract, facts)
        save(contract)
        contract.lots.set(facts.get("lots", contract.lots.all()))
        _write_owed(concept, facts)
        audit.record(contract, "change_contract", by=by, at=at, changed=changed)
    return contract


@transaction.atomic
def award_contract(
    contract: Contract, *, by: User, at: dt.datetime, revision: int | None = None
) -> Contract:
    """Log the contract for good: its table is frozen, what it owes stands (R-110, R-130).

    :raises IncompleteContractError: when something is missing; the message says what.
    """
    contract = lock(contract, revision=revision)
    missing = missing_for_award(contract)
    if missing:
        raise IncompleteContractError(
            _("This is still missing: %(facts)s.") % {"facts": ", ".join(missing)}
        )
    awarded_on = contract.awarded_on or timezone.localdate(at)
    concept = concept_of(contract)
    contract.rule_asks = None if contract.is_framework else rule_asks(contract, concept)
    _set_clocks(contract, concept.rule, awarded_on)
    _take_share_over(contract)
    move(contract, ContractStatus.AWARDED, verb="award_contract", by=by, at=at)
    if not contract.is_framework:
        _open_account(contract, by=by, at=at)
    if contract.tender:
        _award_tender(contract.tender, by=by, at=at)
    return contract


@transaction.atomic
def cancel_contract(contract: Contract, *, by: User, at: dt.datetime, reason: str) -> None:
    """Throw a concept away that should not have been.

    :raises NotAConceptError: when it is awarded already.
    """
    contract = lock(contract)
    _require_concept(contract)
    move(contract, ContractStatus.CANCELLED, verb="cancel_contract", by=by, at=at, remark=reason)


def concept_of(contract: Contract) -> ObligationConcept:
    """Give what the concept is to owe, empty where nothing was typed yet."""
    found = ObligationConcept.objects.filter(contract=contract).first()
    concept = found or ObligationConcept(contract=contract, authority=contract.authority)
    concept.contract = contract
    return concept


def missing_for_award(contract: Contract) -> list[str]:
    """Name what must still be filled in."""
    missing = [_label(Contract, name) for name in MUST_HAVE if getattr(contract, name) is None]
    if contract.value_table and contract.value_table.status != ValueTableStatus.PUBLISHED:
        missing.append(_("a value table that is published"))
    return [*missing, *_missing_owed(contract, concept_of(contract))]


def _missing_owed(contract: Contract, concept: ObligationConcept) -> Iterator[str]:
    if contract.is_framework or (contract.regime == Regime.TAILORED and not concept.base_kind):
        return
    needed: dict[str, Any]
    if concept.base_kind == BaseKind.FIXED:
        needed = {"fixed_eur": concept.fixed_eur}
    elif concept.base_kind in FIXED_BASES:
        needed = {"fixed_quantity": concept.fixed_quantity}
    else:
        needed = {"base_kind": concept.base_kind, "percentage": concept.percentage}
        base = BASES.get(concept.base_kind)
        if base and getattr(contract, base) is None:
            yield _label(Contract, base)
    needed["reason"] = concept.reason
    if deviates(concept):
        needed["deviation"] = concept.deviation
    if concept.asks_nothing and rule_asks(contract, concept):
        needed["exempt_reason"] = concept.exempt_reason
    yield from (
        _label(ObligationConcept, name) for name, value in needed.items() if value in (None, "")
    )


def _open_account(contract: Contract, *, by: User, at: dt.datetime) -> None:
    """Begin the account of what is owed and done; a framework has none (R-116)."""
    fulfilment = Fulfilment(
        contract=contract, authority=contract.authority, supplier=contract.supplier, stale_since=at
    )
    fulfilment.save()
    obligation = fix_obligation(contract, by=by, at=at)
    if obligation and obligation.unit == LedgerUnit.EURO:
        fulfilment.original_eur = fulfilment.obligation_eur = obligation.quantity
        fulfilment.owed_eur = obligation.quantity
        fulfilment.save(update_fields=["original_eur", "obligation_eur", "owed_eur"])


def _set_clocks(contract: Contract, rule: ObligationRule | None, awarded_on: dt.date) -> None:
    """Freeze the terms of the rule for this contract (R-130)."""
    contact, plan = (rule.contact_days, rule.plan_days) if rule else (CONTACT_DAYS, PLAN_DAYS)
    contract.contact_due_on = terms.due_on(awarded_on, contact)
    contract.plan_due_on = terms.due_on(awarded_on, plan)
    for name in FROM_RULE if rule else ():
        setattr(contract, name, getattr(rule, name))
    if contract.malus_factor == 1:
        contract.malus_factor = settling_terms(contract.authority).malus_factor


def _take_share_over(contract: Contract) -> None:
    """Let the share stand on the contract that was seen when its supplier tendered (A08)."""
    check = reserved.checks_of(contract).first() if contract.is_reserved else None
    if check:
        contract.reserved_share_pct = check.share_pct
        contract.reserved_checked_on, contract.reserved_checked_by = check.seen_on, check.checked_by


def _award_tender(tender: Tender, *, by: User, at: dt.datetime) -> None:
    tender = lock(tender)
    if TenderStatus.AWARDED in tender.MOVES.get(tender.status, ()):
        move(tender, TenderStatus.AWARDED, verb="award_contract", by=by, at=at)


def _require_concept(contract: Contract) -> None:
    if contract.status != ContractStatus.DRAFT:
        raise NotAConceptError(
            _("This contract is awarded. It can no longer be changed as a concept.")
        )


def _write(contract: Contract, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if name not in (*OWED, "lots"):
            setattr(contract, name, value)


def _write_owed(concept: ObligationConcept, facts: Mapping[str, Any]) -> None:
    for name in OWED:
        setattr(concept, name, facts.get(name, getattr(concept, name)))
    if concept.base_kind and concept.base_kind not in BOUNDED_BASES:
        concept.floor_eur = concept.cap_eur = None
    concept.discount_pct = discount_of(concept)
    concept.full_clean(validate_unique=False)
    concept.save()


def _standing(contract: Contract, concept: ObligationConcept, name: str) -> object:
    if name == "lots":
        return _told(contract.lots.all())
    return getattr(concept if name in OWED else contract, name)


def _told(value: Any) -> object:
    """Compare sets of rows by their ids, all else as it is."""
    return (
        {row.pk for row in value}
        if hasattr(value, "__iter__") and not isinstance(value, str)
        else value
    )


def _label(model: type[Contract | ObligationConcept], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
