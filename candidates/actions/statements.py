"""A supplier states a period: what was submitted in it is complete, or there is nothing (C13, D14)."""

import datetime as dt
import hashlib
import json
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import Share, ShareStatus
from contracts import clocks
from contracts.models import Contract, PeriodFigures, PeriodStatement, StatementStatus
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import ChangedMeanwhileError, RefusedError, lock, move, save

NOT_SENT = (ShareStatus.DRAFT, ShareStatus.WITHDRAWN)


class PeriodNotOpenError(RefusedError):
    """The period is not over, is no period of the contract, or the contract takes no statement."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What the signer saw and says: the fingerprint of the figures, and whether there are none."""

    sha256: str
    is_nil: bool
    reason: str = ""


def figures_of(contract: Contract, first: dt.date, last: dt.date) -> dict[str, Any]:
    """Tell what was submitted of work that ended in a period: one line a contribution."""
    sent = (
        Share.objects.filter(contract=contract, contribution__ends_on__range=(first, last))
        .exclude(status__in=NOT_SENT)
        .order_by("contribution__ends_on", "pk")
    )
    lines = [
        {"share": str(share), "hours": str(hours), "value_eur": str(value_eur)}
        for share, hours, value_eur in sent.values_list("uuid", "hours", "value_eur")
    ]
    hours, value_eur = (
        sum((Decimal(line[name]) for line in lines), Decimal(0)) for name in ("hours", "value_eur")
    )
    return {
        "contract": str(contract.uuid),
        "starts_on": first.isoformat(),
        "ends_on": last.isoformat(),
        "count": len(lines),
        "hours": str(hours),
        "value_eur": str(value_eur),
        "lines": lines,
    }


def fingerprint(figures: dict[str, Any]) -> bytes:
    text = json.dumps(figures, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def has_changed(statement: PeriodStatement) -> bool:
    """Whether other contributions belong to the period now than those that were stated."""
    stated = {line["share"] for line in statement.figures.facts["lines"]}
    found = figures_of(statement.contract, statement.starts_on, statement.ends_on)
    return stated != {line["share"] for line in found["lines"]}


def period_of(contract: Contract, first: dt.date) -> clocks.Period | None:
    """Find the period of a contract that begins on a day."""
    return next((each for each in clocks.periods(contract) if each.starts_on == first), None)


@transaction.atomic
def sign_period(
    contract: Contract,
    first: dt.date,
    signature: Signature,
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> PeriodStatement:
    """Freeze who states what of a period; a statement that stands is replaced (R-240, R-241).

    :raises ChangedMeanwhileError: when the figures are not those that the signer saw.
    :raises PeriodNotOpenError: when the period cannot be stated, or has or lacks figures.
    """
    contract = lock(contract)
    period = _open_period(contract, first, today=timezone.localdate(at))
    figures = figures_of(contract, period.starts_on, period.ends_on)
    if fingerprint(figures).hex() != signature.sha256:
        raise ChangedMeanwhileError(
            _("The figures changed since you opened the page. Look at them again below.")
        )
    if signature.is_nil != (figures["count"] == 0):
        raise PeriodNotOpenError(
            _("“Nothing to report” is for a period in which nothing was submitted, and only then.")
        )
    statement = PeriodStatement(
        uuid=key or uuid.uuid4(),
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_on=period.due_on,
        version=_replace(contract, period, by=by, at=at),
        is_nil=signature.is_nil,
        signed_by=by,
        signed_at=at,
        signer_name=by.name,
        signer_role=_role(contract, by),
        sha256=fingerprint(figures),
    )
    save(statement)
    PeriodFigures.objects.create(
        statement=statement,
        authority=contract.authority,
        supplier=contract.supplier,
        facts=figures,
    )
    audit.record(statement, "sign_period", by=by, at=at, remark=signature.reason)
    return statement


@transaction.atomic
def withdraw_statement(
    statement: PeriodStatement,
    *,
    by: User,
    at: dt.datetime,
    reason: str,
    revision: int | None = None,
) -> None:
    """Take a statement back: the period is to be stated again (R-241).

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises IllegalMoveError: when it stands no longer.
    :raises PeriodNotOpenError: when the contract takes no statements any more.
    """
    contract = lock(statement.contract)
    if contract.status not in clocks.STATING:
        raise PeriodNotOpenError(_("This contract takes no statements any more."))
    statement = lock(statement, revision=revision)
    move(
        statement,
        StatementStatus.WITHDRAWN,
        verb="withdraw_statement",
        by=by,
        at=at,
        remark=reason,
    )


def _open_period(contract: Contract, first: dt.date, *, today: dt.date) -> clocks.Period:
    if contract.status not in clocks.STATING or contract.is_framework:
        raise PeriodNotOpenError(_("This contract takes no statements any more."))
    period = period_of(contract, first)
    if period is None:
        raise PeriodNotOpenError(_("No period of this contract begins on that day."))
    if period.ends_on >= today:
        raise PeriodNotOpenError(_("This period is not over yet."))
    return period


def _replace(contract: Contract, period: clocks.Period, *, by: User, at: dt.datetime) -> int:
    """Put aside what was stated of the same days; give the number of the next version."""
    days = {"starts_on__lte": period.ends_on, "ends_on__gte": period.starts_on}
    for standing in contract.statements.standing().filter(**days).select_for_update():
        move(standing, StatementStatus.REPLACED, verb="sign_period", by=by, at=at)
    before = contract.statements.filter(starts_on=period.starts_on).order_by("-version").first()
    return before.version + 1 if before else 1


def _role(contract: Contract, person: User) -> str:
    held = person.memberships.held().filter(supplier=contract.supplier_id)
    role: str = held.values_list("role", flat=True).get()
    return role
