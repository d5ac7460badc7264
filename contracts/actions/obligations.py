"""What a contract owes, version after version (R-110 to R-115, R-119)."""

import copy
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Sum
from django.utils.translation import gettext as _

from contracts import ledger, obligation_rules
from contracts.actions.telling import tell_supplier
from contracts.models import (
    BOUNDED_BASES,
    FIXED_BASES,
    Account,
    BaseKind,
    Contract,
    ContractStatus,
    Notice,
    Obligation,
    ObligationConcept,
    ObligationRule,
    of_base,
    unit_of,
)
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, save

CHANGING = (ContractStatus.AWARDED, ContractStatus.HANDED_OVER, ContractStatus.ACTIVE)
OF_CONTRACT = (
    "value_eur",
    "wage_sum_eur",
    "hours",
    "ends_on",
    "foreign_value",
    "exchange_rate",
    "rate_on",
)
COPIED = (
    "rule",
    "percentage",
    "floor_eur",
    "cap_eur",
    "discount_pct",
    "deviation",
    "exempt_reason",
    "follows_from",
)

OWED_ACCOUNTS = (Account.OBLIGATION, Account.WAIVED)

type Bounds = tuple[Decimal | None, Decimal | None]  # the least and the most


class ObligationStandsError(RefusedError):
    """The obligation cannot change any more, or not in this way."""


class UnexplainedError(RefusedError):
    """What was chosen differs from the rule, and nobody says why."""


@dataclass(frozen=True, kw_only=True)
class ObligationChange:
    """What is different from a day on, and why; what is None stays as it was."""

    cause: str
    reason: str
    holds_from: dt.date
    base_kind: str | None = None
    percentage: Decimal | None = None
    fixed: Decimal | None = None  # of a fixed base, in its unit
    bounds: Bounds | None = None
    deviation: str | None = None
    value_eur: Decimal | None = None
    wage_sum_eur: Decimal | None = None
    hours: Decimal | None = None
    ends_on: dt.date | None = None
    foreign_value: Decimal | None = None
    exchange_rate: Decimal | None = None
    rate_on: dt.date | None = None
    notice: Notice | None = None

    def of_contract(self, contract: Contract) -> dict[str, Any]:
        """Give the facts of the contract that change with it."""
        told = {name: getattr(self, name) for name in OF_CONTRACT}
        return {
            name: value
            for name, value in told.items()
            if value is not None and value != getattr(contract, name)
        }

    @property
    def sets_owed(self) -> bool:
        """Whether it says how much is owed where nothing was."""
        return self.percentage is not None or self.fixed is not None


def current_obligation(contract: Contract) -> Obligation | None:
    return contract.obligations.order_by("version").last()


@transaction.atomic
def fix_obligation(contract: Contract, *, by: User, at: dt.datetime) -> Obligation | None:
    """Make the first version of the concept; none yet under a tailored plan, none of a framework.

    Runs in the transaction of the award, and posts.
    """
    concept = ObligationConcept.objects.filter(contract=contract).first()
    if contract.is_framework or contract.awarded_on is None or concept is None:
        return None
    concept.contract = contract
    concept.discount_pct = discount_of(concept)  # on the day that counts, not when it was typed
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
    keep_version(obligation, None, by=by, at=at)
    audit.record(obligation, "fix_obligation", by=by, at=at)
    return obligation


@transaction.atomic
def change_obligation(
    contract: Contract,
    change: ObligationChange,
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Obligation | None:
    """Make a new version and post the difference; the old figure stays (A05, R-119).

    A tailored contract without an obligation may change its value or term alone: no version then.

    :raises ChangedMeanwhileError: when somebody else changed the contract since.
    :raises ObligationStandsError: of a concept, a framework, or a contract that is settled.
    :raises UnexplainedError: when it differs from the rule and `deviation` is empty.
    """
    contract = changing(contract, revision=revision)
    changed = change.of_contract(contract)
    before, version = _proposed(contract, change, by=by, at=at)
    save(contract)
    audit.record(contract, "change_obligation", by=by, at=at, changed=changed)
    if version:
        if not version.deviation and deviates(version):
            raise UnexplainedError(_("This differs from the rule. Say why."))
        keep_version(version, before, by=by, at=at)
        audit.record(version, "change_obligation", by=by, at=at)
    tell_supplier(
        "change_obligation", contract, by=by, at=at, facts={"before": before, "version": version}
    )
    return version


def proposed_obligation(
    contract: Contract, change: ObligationChange, *, by: User, at: dt.datetime
) -> tuple[Obligation | None, Obligation | None]:
    """Compute the version that stands and the one a change would make; nothing is kept.

    :raises ObligationStandsError: when the change cannot be made or misses something.
    """
    _require_changing(contract)
    return _proposed(copy.copy(contract), change, by=by, at=at)


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


def rules_for(contract: Contract, day: dt.date) -> list[ObligationRule]:
    """Give the newest version of each rule that proposes on this day: own, used, then others."""
    used = ObligationConcept.objects.filter(
        rule=OuterRef("pk"), authority_id=contract.authority_id
    ).exclude(contract=contract.pk)
    found: Any = (
        ObligationRule.objects.published()
        .of_authority(contract.authority_id)
        .holding_on(day)
        .annotate(was_used=Exists(used))
        .prefetch_related("lines", "certificate_effects")
        .order_by(F("valid_from").asc(nulls_first=True), "pk")
    )
    newest = {(rule.authority_id, rule.code): rule for rule in found}.values()
    return sorted(
        newest,
        key=lambda rule: (rule.authority_id is None, not rule.was_used, rule.publisher, rule.pk),
    )


def discount_of(concept: ObligationConcept) -> Decimal:
    """Give what the supplier's certificates take off; nothing off a fixed number (R-115)."""
    if concept.rule is None or concept.base_kind in FIXED_BASES:
        return Decimal(0)
    return obligation_rules.discount(concept.rule.as_terms(), asked_of(concept.contract))


def bounds_of(base_kind: str, proposal: obligation_rules.Proposal) -> Bounds:
    """Give the least and the most that a rule sets; they are in euros, so only of euros."""
    is_bounded = base_kind in BOUNDED_BASES
    return (proposal.floor_eur, proposal.cap_eur) if is_bounded else (None, None)


def deviates(concept: ObligationConcept | Obligation) -> bool:
    """Whether the officer chose something else than the rule proposes (R-111)."""
    if concept.rule is None or not concept.base_kind:
        return False
    proposal = obligation_rules.propose(concept.rule.as_terms(), asked_of(concept.contract))
    fits = any(
        line.base_kind == concept.base_kind and line.percentage in (None, concept.percentage)
        for line in proposal.lines
    )
    asked = bounds_of(concept.base_kind, proposal)
    return not fits or (concept.floor_eur, concept.cap_eur) != asked


def changing(contract: Contract, *, revision: int | None = None) -> Contract:
    """Lock a contract whose obligation may still change.

    :raises ObligationStandsError: of a concept, a framework, or a contract that is settled.
    """
    contract = lock(contract, revision=revision)
    _require_changing(contract)
    return contract


def next_version(
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


def compute(version: Obligation) -> None:
    """Take the base as it stands now, and the percentage of it.

    :raises ObligationStandsError: when the base or the percentage is not known.
    """
    version.base = _base(version.base_kind, version.contract)
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
    version.quantity = owed


def keep_version(
    version: Obligation, before: Obligation | None, *, by: User, at: dt.datetime
) -> None:
    """Keep a version, and post by how much it differs from the one before."""
    save(version)
    ledger.post(ledger.Source.of(version), list(_difference(version, before)), by=by, at=at)


def _proposed(
    contract: Contract, change: ObligationChange, *, by: User, at: dt.datetime
) -> tuple[Obligation | None, Obligation | None]:
    """Write the facts on the contract given, and compute what it owes then."""
    if contract.awarded_on and change.holds_from < contract.awarded_on:
        raise ObligationStandsError(_("A change cannot hold from a day before the award."))
    for name, value in change.of_contract(contract).items():
        setattr(contract, name, value)
    before = current_obligation(contract)
    if before is None and not change.sets_owed:
        return None, None
    version = next_version(contract, before, by=by, at=at)
    version.cause, version.reason = change.cause, change.reason
    version.holds_from, version.notice = change.holds_from, change.notice
    if change.deviation is not None:
        version.deviation = change.deviation
    _apply(version, change)
    return before, version


def _apply(version: Obligation, change: ObligationChange) -> None:
    was_in = version.unit
    version.base_kind = change.base_kind or version.base_kind
    version.unit = unit_of(version.base_kind)
    if version.unit != was_in:
        _require_no_work(version.contract)
    if change.bounds is not None:
        version.floor_eur, version.cap_eur = change.bounds
    if version.base_kind not in BOUNDED_BASES:
        version.floor_eur = version.cap_eur = None
    if version.base_kind in FIXED_BASES:
        if change.fixed is None and (version.percentage is not None or version.unit != was_in):
            raise ObligationStandsError(_("Fill in the fixed amount or number."))
        version.base = version.percentage = None
        version.quantity = version.quantity if change.fixed is None else change.fixed
        return
    if change.percentage is not None:
        version.percentage = change.percentage
    compute(version)


def _require_no_work(contract: Contract) -> None:
    """Refuse another unit once work was entered: that was posted in the unit of its day."""
    work = contract.entries.filter(goal=None).exclude(account__in=OWED_ACCOUNTS)
    if work.exists():
        raise ObligationStandsError(
            _("Work was entered already, and counted in the present unit. Choose a base in it.")
        )


def _base(base_kind: str, contract: Contract) -> Decimal | None:
    bases = {
        BaseKind.CONTRACT_VALUE: contract.value_eur,
        BaseKind.WAGE_SUM: contract.wage_sum_eur,
        BaseKind.HOURS: contract.hours,
    }
    return _turnover(contract) if base_kind == BaseKind.TURNOVER else bases[BaseKind(base_kind)]


def _turnover(contract: Contract) -> Decimal:
    total = contract.turnover_reports.aggregate(total=Sum("amount_eur"))["total"]
    return total or Decimal("0.00")


def _require_changing(contract: Contract) -> None:
    if contract.status not in CHANGING:
        raise ObligationStandsError(
            _("The obligation changes from the award until the contract is settled.")
        )
    if contract.is_framework:
        raise ObligationStandsError(_("A framework owes nothing itself: its call-offs do."))


def _of(contract: Contract) -> dict[str, Any]:
    return {
        "contract": contract,
        "authority": contract.authority,
        "supplier": contract.supplier,
    }


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
