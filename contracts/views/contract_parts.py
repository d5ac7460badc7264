"""Parts of a contract's page that not every contract has: versions, turnover, goals, members."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from contracts import clocks, consortia, rules, versions
from contracts.actions import CHANGING
from contracts.actions.frameworks import OPEN
from contracts.actions.goals import RECORDING
from contracts.actions.transfers import MOVING
from contracts.models import (
    ACCEPTING,
    BaseKind,
    Contract,
    Fulfilment,
    Goal,
    GoalProgress,
    Obligation,
    Regime,
    Subcontract,
    SubcontractStatus,
)
from sroi_portal.core import history
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.money import ZERO

FULL = 100


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal, what is reached of it, and what was told about that."""

    goal: Goal
    reached: Decimal
    progress: list[GoalProgress]

    @property
    def percentage(self) -> Decimal | None:
        return versions.part(self.reached, self.goal.quantity)

    @property
    def bar(self) -> int:
        return max(0, min(FULL, int(self.percentage or 0)))


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """Who works along, and what this person may do about it."""

    subcontract: Subcontract
    may_consent: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class CallOffs:
    """Call-offs of a framework and their sum, of those that have an account."""

    rows: list[Contract]
    owed_eur: Decimal
    done_eur: Decimal

    @property
    def percentage(self) -> Decimal | None:
        return versions.part(self.done_eur, self.owed_eur)


def parts_of(
    contract: Contract,
    obligations: Sequence[Obligation],
    fulfilment: Fulfilment | None,
    *,
    person: User,
    today: dt.date,
) -> dict[str, Any]:
    """Gather what the page shows beside the facts; a fixed number of queries."""
    current = obligations[-1] if obligations else None
    goals = _goals(contract)
    return {
        "versions": versions.versions(obligations),
        "original_pct": versions.against_original(obligations, fulfilment),
        "clocks": clocks.clocks(contract, today),
        "goals": goals,
        "members": _members(contract, fulfilment),
        "partners": _partners(contract, person),
        "call_offs": _call_offs(contract, person) if contract.is_framework else None,
        "turnover": _turnover(contract, current, today),
        "may_part": _buttons(person, contract),
    }


def events(contract: Contract, parts: Mapping[str, Any], *, is_supplier: bool) -> list[Any]:
    """Tell the history; what officials said to each other stays with them."""
    own = history.of([contract])
    if is_supplier:
        own = [dataclasses.replace(event, remark="") for event in own]
    beside: list[Recorded] = [row.goal for row in parts["goals"]]
    beside += [row.subcontract for row in parts["partners"]]
    return sorted([*own, *history.of(beside)], key=lambda event: event.at, reverse=True)


def _goals(contract: Contract) -> list[GoalRow]:
    if contract.regime != Regime.TAILORED:
        return []
    told = GoalProgress.objects.select_related("recorded_by").order_by("-reached_on", "-pk")
    goals = contract.goals.prefetch_related(Prefetch("progress", queryset=told))
    rows = []
    for goal in goals:
        goal.contract = contract
        progress = list(goal.progress.all())
        reached = sum((each.quantity for each in progress), Decimal(0))
        rows.append(GoalRow(goal, reached, progress))
    return rows


def _members(contract: Contract, fulfilment: Fulfilment | None) -> tuple[consortia.Part, ...]:
    return consortia.parts(
        contract,
        contract.members.select_related("supplier"),
        owed_eur=fulfilment.owed_eur if fulfilment else ZERO,
        verified_eur=fulfilment.verified_eur if fulfilment else ZERO,
    )


def _call_offs(contract: Contract, person: User) -> CallOffs:
    rows = list(
        Contract.objects.visible_to(person)
        .filter(framework=contract)
        .select_related("supplier", "fulfilment")
        .order_by("awarded_on", "pk")
    )
    accounts = [each.fulfilment for each in rows if hasattr(each, "fulfilment")]
    return CallOffs(
        rows=rows,
        owed_eur=sum((each.owed_eur for each in accounts), ZERO),
        done_eur=sum((each.done_eur for each in accounts), ZERO),
    )


def _partners(contract: Contract, person: User) -> list[PartnerRow]:
    found = []
    rows = contract.subcontracts.select_related("supplier")
    if rules.is_party(person, contract):  # who else works along is not theirs to know
        rows = rows.filter(supplier_id__in=person.supplier_ids)
    for subcontract in rows:
        subcontract.contract = contract
        is_asked = subcontract.status == SubcontractStatus.PROPOSED
        stands = is_asked or subcontract.status == SubcontractStatus.AGREED
        found.append(
            PartnerRow(
                subcontract,
                may_consent=is_asked and rules.may_consent_partner(person, subcontract),
                may_end=stands and rules.may_end_partner(person, subcontract),
            )
        )
    return found


def _turnover(
    contract: Contract, current: Obligation | None, today: dt.date
) -> dict[str, Any] | None:
    """Tell what was reported of a contract on turnover, and what is missing."""
    if current is None or current.base_kind != BaseKind.TURNOVER:
        return None
    reports = list(contract.turnover_reports.all())
    periods = clocks.periods(contract, reports)
    return {
        "total_eur": sum((each.amount_eur for each in reports), ZERO),
        "count": len(reports),
        "missing": next((each for each in periods if each.is_missing_on(today)), None),
        "following": next((each for each in periods if each.ends_on >= today), None),
        "today": today,
    }


def _buttons(person: User, contract: Contract) -> dict[str, bool]:
    """Tell what the person may do and the contract is ready for."""
    is_changing = contract.status in CHANGING and not contract.is_framework
    is_tailored = contract.regime == Regime.TAILORED
    goal = Goal(contract=contract)
    return {
        "move": contract.status in MOVING
        and not contract.is_framework
        and contract.framework_id is None
        and rules.may_ask_transfer(person, contract),
        "name": contract.status in MOVING and rules.may_name_escalation(person, contract),
        "change": is_changing and rules.may_change_obligation(person, contract),
        "turnover": is_changing and rules.may_report_turnover(person, contract),
        "goals": is_changing and is_tailored and rules.may_set_goal(person, contract),
        "progress": is_tailored
        and contract.status in RECORDING
        and rules.may_record_progress(person, goal),
        "members": contract.status in (*CHANGING, "draft")
        and rules.may_set_members(person, contract),
        "name_partner": contract.status in ACCEPTING
        and not contract.is_framework
        and rules.may_name_partner(person, contract),
        "delegate": contract.supplier_id in person.supplier_ids
        and rules.may_delegate_contract(person, contract),
        "call_off": contract.is_framework
        and contract.status in OPEN
        and rules.may_log_call_off(person, contract),
    }
