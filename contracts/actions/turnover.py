"""Reports of turnover: the obligation grows with each of them (R-113)."""

import datetime as dt
import uuid
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.actions.obligations import (
    ObligationStandsError,
    changing,
    compute,
    current_obligation,
    keep_version,
    next_version,
)
from contracts.actions.telling import tell_supplier
from contracts.models import BaseKind, Contract, Obligation, ObligationCause, TurnoverReport
from sroi_portal.core import audit, mail
from sroi_portal.core.models import NoticeKind, User
from sroi_portal.core.status import RefusedError, lock, save
from sroi_portal.core.templatetags import formats


class TurnoverPeriodError(RefusedError):
    """The days of a report lie outside the contract, are not over, or were reported."""


@transaction.atomic
def report_turnover(
    contract: Contract,
    amount_eur: Decimal,
    *,
    period: tuple[dt.date, dt.date],
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> TurnoverReport:
    """Tell what was invoiced over a period; the obligation grows with it (R-113).

    :raises ObligationStandsError: when the obligation is not on turnover, or stands.
    :raises TurnoverPeriodError: when these days cannot be reported.
    """
    contract = changing(contract)
    before = _on_turnover(contract)
    _require_free(contract, period, today=timezone.localdate(at))
    report = TurnoverReport(
        uuid=key or uuid.uuid4(),
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        starts_on=period[0],
        ends_on=period[1],
        amount_eur=amount_eur,
        reported_by=by,
        reported_at=at,
    )
    save(report)
    audit.record(report, "report_turnover", by=by, at=at)
    version = _grown(report, before, _sentence(report), by=by, at=at)
    audit.record(version, "report_turnover", by=by, at=at)
    _tell("report_turnover", report, version, by=by, at=at)
    return report


@transaction.atomic
def correct_turnover(
    report: TurnoverReport,
    amount_eur: Decimal,
    *,
    reason: str,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Obligation:
    """Put a reported amount right; the version that it made stays beside the new one.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises ObligationStandsError: when the obligation is not on turnover, or stands.
    """
    contract = changing(report.contract)
    before = _on_turnover(contract)
    report = lock(report, revision=revision)
    report.contract = contract
    report.amount_eur, report.reported_by, report.reported_at = amount_eur, by, at
    save(report)
    audit.record(report, "correct_turnover", by=by, at=at, changed=["amount_eur"])
    version = _grown(report, before, reason, by=by, at=at)
    audit.record(version, "correct_turnover", by=by, at=at)
    _tell("correct_turnover", report, version, by=by, at=at)
    return version


def _on_turnover(contract: Contract) -> Obligation:
    found = current_obligation(contract)
    if found is None or found.base_kind != BaseKind.TURNOVER:
        raise ObligationStandsError(
            _("The obligation of this contract does not grow with its turnover.")
        )
    return found


def _require_free(contract: Contract, period: tuple[dt.date, dt.date], *, today: dt.date) -> None:
    """Say which report is in the way, before the database refuses."""
    starts_on, ends_on = period
    if ends_on > today:
        raise TurnoverPeriodError(
            _("The period ends on %(day)s. You can report it once it is over.")
            % {"day": formats.day(ends_on)}
        )
    first, last = contract.starts_on or starts_on, contract.ends_on or ends_on
    if starts_on < first or ends_on > last:
        raise TurnoverPeriodError(
            _("The contract runs from %(first)s to %(last)s. Choose days within it.")
            % {"first": formats.day(first), "last": formats.day(last)}
        )
    other = contract.turnover_reports.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if other:
        raise TurnoverPeriodError(
            _(
                "Turnover of %(first)s to %(last)s was reported already. "
                "Choose other days, or correct that report."
            )
            % {"first": formats.day(other.starts_on), "last": formats.day(other.ends_on)}
        )


def _grown(
    report: TurnoverReport, before: Obligation, reason: str, *, by: User, at: dt.datetime
) -> Obligation:
    version = next_version(report.contract, before, by=by, at=at)
    version.cause, version.reason = ObligationCause.TURNOVER, reason
    version.holds_from = report.ends_on
    compute(version)
    keep_version(version, before, by=by, at=at)
    return version


def _sentence(report: TurnoverReport) -> str:
    return _("Turnover of %(first)s to %(last)s was reported: %(amount)s.") % {
        "first": formats.day(report.starts_on),
        "last": formats.day(report.ends_on),
        "amount": formats.euro(report.amount_eur),
    }


def _tell(
    verb: str, report: TurnoverReport, version: Obligation, *, by: User, at: dt.datetime
) -> None:
    """Tell the other side: the manager when the supplier reports, the supplier otherwise."""
    contract, facts = report.contract, {"report": report, "version": version}
    if contract.supplier_id not in by.supplier_ids:
        tell_supplier(verb, contract, by=by, at=at, facts=facts)
    elif contract.manager:
        mail.send(
            f"contracts/mail/{verb}.txt",
            to=[contract.manager],
            at=at,
            context={"contract": contract, **facts},
            notice=NoticeKind.CONTRACT,
            about=contract,
        )
