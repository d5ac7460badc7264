"""What a contract owes, version after version (R-110 to R-115)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from contracts import ledger, obligation_rules
from contracts.models import (
    FIXED_BASES,
    Account,
    BaseKind,
    Contract,
    ContractStatus,
    Notice,
    Obligation,
    ObligationCause,
    ObligationConcept,
    ObligationRule,
    TurnoverReport,
    of_base,
    unit_of,
)
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, save

CHANGING = (ContractStatus.AWARDED, ContractStatus.HANDED_OVER, ContractStatus.ACTIVE)
OF_CONTRACT = ("value_eur", "wage_sum_eur", "hours", "ends_on")
COPIED = ("rule", "percentage", "floor_eur", "cap_eur", "discount_pct", "deviation")
DAY = dt.timedelta(days=1)


class ObligationStandsError(Exception):
    """The obligation cannot change any more, or not in this way."""


@dataclass(frozen=True, kw_only=True)
class ObligationChange:
    """What is different from a day on, and why; what is None stays as it was."""

    cause: str
    reason: str
    holds_from: dt.date
    base_kind: str | None = None
    percentage: Decimal | None = None
    fixed: Decimal | None = None  # of a fixed base, in its unit
    floor_eur: Decimal | None = None
    cap_eur: Decimal | None = None
    value_eur: Decimal | None = None
    wage_sum_eur: Decimal | None = None
    hours: Decimal | None = None
    ends_on: dt.date | None = None
    notice: Notice | None = None

    def of_contract(self) -> dict[str, Any]:
        """Give the facts of the contract that change with it."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: told[name] for name in OF_CONTRACT if told[name] is not None}


def current_obligation(contract: Contract) -> Obligation | None:
    return contract.obligations.order_by("version").last()


def fix_obligation(contract: Contract, *, by: User, at: dt.datetime) -> Obligation | None:
    """Make the first version of the concept; none yet under a tailored plan, none of a framework.

    Runs in the transaction of the award, and posts.
    """
    concept = ObligationConcept.objects.filter(contract=contract).first()
    if contract.is_framework or contract.awarded_on is None or concept is None:
        return None
    concept.contract = contract
    if concept.quantity is None:
        return None
    obligation = Obligation(
        **_of(contract),
        base_kind=concept.base_kind,
        base=None if concept.base_kind in FIXED_BASES else concept.base,
        quantity=concept.quantity,
        unit=concept.unit,
        reason=concept.reason,
        holds_from=contract.awarded_on,
        decided_by=by,
        decided_at=at,
        **{name: getattr(concept, name) for name in COPIED},
    )
    if obligation.base_kind in FIXED_BASES:
        obligation.percentage = None
    _write(obligation, None, verb="award_contract", by=by, at=at)
    return obligation


@transaction.atomic
def change_obligation(
    contract: Contract,
    change: ObligationChange,
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Obligation:
    """Make a new version and post the difference; the old figure stays (A05).

    :raises ChangedMeanwhileError: when somebody else changed the contract since.
    :raises ObligationStandsError: of a concept, a framework, or a contract that is settled.
    """
    contract = _changing(contract, revision=revision)
    for name, value in change.of_contract().items():
        setattr(contract, name, value)
    save(contract)
    before = current_obligation(contract)
    version = _next(contract, before, by=by, at=at)
    version.cause, version.reason = change.cause, change.reason
    version.holds_from, version.notice = change.holds_from, change.notice
    _apply(version, change, contract)
    _write(version, before, verb="change_obligation", by=by, at=at)
    return version


@transaction.atomic
def report_turnover(
    contract: Contract,
    amount_eur: Decimal,
    *,
    period: tuple[dt.date, dt.date],
    by: User,
    at: dt.datetime,
) -> TurnoverReport:
    """Tell what was invoiced over a period; the obligation grows with it (R-113).

    :raises ObligationStandsError: when the obligation is not on turnover, or stands.
    :raises ValidationError: when turnover of these days was reported already.
    """
    contract = _changing(contract)
    before = _on_turnover(contract)
    report = TurnoverReport(
        **_of(contract),
        starts_on=period[0],
        ends_on=period[1],
        amount_eur=amount_eur,
        reported_by=by,
        reported_at=at,
    )
    save(report)
    audit.record(report, "report_turnover", by=by, at=at)
    _grow(contract, before, report, by=by, at=at)
    return report


@transaction.atomic
def correct_turnover(
    report: TurnoverReport,
    amount_eur: Decimal,
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Obligation:
    """Put a reported amount right; the version that it made stays beside the new one.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises ObligationStandsError: when the obligation is not on turnover, or stands.
    """
    contract = _changing(report.contract)
    before = _on_turnover(contract)
    report = lock(report, revision=revision)
    report.amount_eur, report.reported_by, report.reported_at = amount_eur, by, at
    save(report)
    audit.record(report, "correct_turnover", by=by, at=at, changed=["amount_eur"])
    return _grow(contract, before, report, by=by, at=at)


def asked_of(contract: Contract) -> obligation_rules.Asked:
    """Gather what a rule wants to know, certificates of the supplier included."""
    held = contract.supplier.certificates.all()
    return obligation_rules.Asked(
        nature=contract.nature,
        value_eur=contract.value_eur,
        wage_sum_eur=contract.wage_sum_eur,
        awarded_on=contract.awarded_on,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        certificates=tuple(
            obligation_rules.Held(each.kind, each.valid_from, each.valid_until) for each in held
        ),
    )


def rules_for(contract: Contract, today: dt.date) -> list[ObligationRule]:
    """Give the rules that may propose: of the authority first, then those that are shipped."""
    found = (
        ObligationRule.objects.published()
        .of_authority(contract.authority_id)
        .holding_on(contract.awarded_on or today)
        .prefetch_related("lines", "certificate_effects")
    )
    return sorted(found, key=lambda rule: (rule.authority_id is None, rule.publisher, rule.pk))


def deviates(concept: ObligationConcept) -> bool:
    """Whether the officer chose something else than the rule proposes (R-111)."""
    if concept.rule is None or not concept.base_kind:
        return False
    proposal = obligation_rules.propose(concept.rule.as_terms(), asked_of(concept.contract))
    bounds = (concept.floor_eur, concept.cap_eur)
    fits = any(
        line.base_kind == concept.base_kind and line.percentage in (None, concept.percentage)
        for line in proposal.lines
    )
    return not fits or bounds != (proposal.floor_eur, proposal.cap_eur)


def _apply(version: Obligation, change: ObligationChange, contract: Contract) -> None:
    version.base_kind = change.base_kind or version.base_kind
    version.unit = unit_of(version.base_kind)
    if version.base_kind in FIXED_BASES:
        version.base = version.percentage = version.floor_eur = version.cap_eur = None
        version.quantity = version.quantity if change.fixed is None else change.fixed
        return
    for name in ("percentage", "floor_eur", "cap_eur"):
        given = getattr(change, name)
        setattr(version, name, getattr(version, name) if given is None else given)
    version.base = _base(version.base_kind, contract)
    version.quantity = _computed(version)


def _base(base_kind: str, contract: Contract) -> Decimal | None:
    bases = {
        BaseKind.CONTRACT_VALUE: contract.value_eur,
        BaseKind.WAGE_SUM: contract.wage_sum_eur,
        BaseKind.HOURS: contract.hours,
    }
    return _turnover(contract) if base_kind == BaseKind.TURNOVER else bases[BaseKind(base_kind)]


def _computed(version: Obligation) -> Decimal:
    """Compute what a version on a base owes.

    :raises ObligationStandsError: when the base or the percentage is not known.
    """
    owed = of_base(
        version.base,
        version.percentage,
        floor=version.floor_eur,
        cap=version.cap_eur,
        discount_pct=version.discount_pct,
    )
    if owed is None:
        raise ObligationStandsError(
            _("Fill in the base and the percentage: without them nothing can be computed.")
        )
    return owed


def _grow(
    contract: Contract, before: Obligation, report: TurnoverReport, *, by: User, at: dt.datetime
) -> Obligation:
    version = _next(contract, before, by=by, at=at)
    version.cause, version.holds_from = ObligationCause.TURNOVER, report.ends_on
    version.base = _turnover(contract)
    version.quantity = _computed(version)
    _write(version, before, verb="change_obligation", by=by, at=at)
    return version


def _turnover(contract: Contract) -> Decimal:
    total = contract.turnover_reports.aggregate(total=Sum("amount_eur"))["total"]
    return total or Decimal("0.00")


def _on_turnover(contract: Contract) -> Obligation:
    found = current_obligation(contract)
    if found is None or found.base_kind != BaseKind.TURNOVER:
        raise ObligationStandsError(
            _("The obligation of this contract does not grow with its turnover.")
        )
    return found


def _changing(contract: Contract, *, revision: int | None = None) -> Contract:
    contract = lock(contract, revision=revision)
    if contract.status not in CHANGING:
        raise ObligationStandsError(
            _("The obligation changes from the award until the contract is settled.")
        )
    if contract.is_framework:
        raise ObligationStandsError(_("A framework owes nothing itself: its call-offs do."))
    return contract


def _of(contract: Contract) -> dict[str, Any]:
    return {
        "contract": contract,
        "authority": contract.authority,
        "supplier": contract.supplier,
    }


def _next(
    contract: Contract, before: Obligation | None, *, by: User, at: dt.datetime
) -> Obligation:
    """Begin a version as the last one was."""
    version = Obligation(**_of(contract), decided_by=by, decided_at=at, quantity=Decimal(0))
    if before:
        kept = ("base_kind", "base", "quantity", "unit", "reason", *COPIED)
        for name in kept:
            setattr(version, name, getattr(before, name))
        version.version = before.version + 1
    return version


def _write(
    version: Obligation, before: Obligation | None, *, verb: str, by: User, at: dt.datetime
) -> None:
    """Keep a version, and post by how much it differs from the one before."""
    save(version)
    audit.record(version, verb, by=by, at=at)
    ledger.post(ledger.Source.of(version), list(_difference(version, before)), by=by, at=at)


def _difference(version: Obligation, before: Obligation | None) -> Iterator[ledger.Wanted]:
    month = ledger.month_of(version.holds_from)
    signed = [(1, version), *([(-1, before)] if before else [])]
    for sign, each in signed:
        yield ledger.Wanted(
            contract_id=each.contract_id,
            account=Account.OBLIGATION,
            month=month,
            quantity=sign * each.quantity,
            unit=each.unit,
        )
