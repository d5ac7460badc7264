"""After a settlement: it is reopened by two people, and each side looks back (R-233, E17)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.settling import SettlementError, propose_settlement
from contracts.actions.telling import tell_supplier
from contracts.models import (
    Contract,
    ContractStatus,
    Settlement,
    SettlementScore,
    SettlementStatus,
)
from contracts.models.settlement import DECIDED, ScoreSide
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, move, write


@transaction.atomic
def ask_reopening(settlement: Settlement, *, by: User, at: dt.datetime, reason: str) -> None:
    """Ask a colleague to reopen it."""
    settlement = _locked(settlement)
    settlement.reopening_by, settlement.reopening_at = by, at
    move(
        settlement,
        SettlementStatus.REOPENING,
        verb="ask_reopening",
        by=by,
        at=at,
        remark=reason,
    )


@transaction.atomic
def confirm_reopening(
    settlement: Settlement, *, by: User, at: dt.datetime, reason: str
) -> Settlement:
    """Reopen what a colleague asked for; nothing is posted, a new settlement begins (R-233)."""
    settlement = _locked(settlement)
    settlement.reopened_by, settlement.reopened_at = by, at
    move(
        settlement,
        SettlementStatus.REOPENED,
        verb="confirm_reopening",
        by=by,
        at=at,
        remark=reason,
    )
    contract = settlement.contract
    move(contract, ContractStatus.SETTLING, verb="confirm_reopening", by=by, at=at)
    tell_supplier("settlement", contract, by=by, at=at, facts={"settlement": settlement})
    return propose_settlement(contract, by=by, at=at)


@transaction.atomic
def refuse_reopening(settlement: Settlement, *, by: User, at: dt.datetime, reason: str) -> None:
    """Leave it settled."""
    settlement = _locked(settlement)
    settlement.reopening_by = settlement.reopening_at = None
    move(
        settlement,
        SettlementStatus.SETTLED,
        verb="refuse_reopening",
        by=by,
        at=at,
        remark=reason,
    )


@transaction.atomic
def give_score(
    settlement: Settlement,
    side: ScoreSide,
    score: int,
    *,
    by: User,
    at: dt.datetime,
    sentence: str = "",
) -> SettlementScore:
    """Score the result for one side, 1 to 5, with a sentence that is sealed (R-234).

    :raises SettlementError: before it is settled.
    """
    settlement = _decided(settlement)
    given = SettlementScore(
        settlement=settlement,
        authority=settlement.authority,
        supplier=settlement.supplier,
        side=side,
        score=score,
        given_by=by,
        given_at=at,
    )
    write(given)
    audit.record(given, "give_score", by=by, at=at, remark=sentence)
    return given


@transaction.atomic
def record_lesson(settlement: Settlement, lesson: str, *, by: User, at: dt.datetime) -> None:
    """Write down what was learned; it is sealed (R-234).

    :raises SettlementError: before it is settled.
    """
    settlement = _decided(settlement)
    audit.record(settlement, "record_lesson", by=by, at=at, remark=lesson)


def _locked(settlement: Settlement) -> Settlement:
    contract: Contract = lock(settlement.contract)
    settlement = lock(settlement)
    settlement.contract = contract
    return settlement


def _decided(settlement: Settlement) -> Settlement:
    settlement = lock(settlement)
    if settlement.status not in DECIDED:
        raise SettlementError(_("This is asked once the contract is settled."))
    return settlement
