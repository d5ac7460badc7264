"""Work lists of who checks, audits, administers and advises."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import Share, ShareStatus
from contracts import rules as contract_rules
from contracts.models import ValueTable, ValueTableStatus
from contracts.templatetags.contract_words import TABLE_TONES
from reports.facts import LATE_DAYS
from reports.home.kinds import Item, WorkList, first_rows
from reports.models import Report, ReportStatus
from reports.templatetags.report_words import TONES
from sroi_portal.core.models import RoleAssignment, RoleName, User

RETURNED_TOO_LONG = dt.timedelta(days=14)


def coordinator_lists(user: User, now: dt.datetime) -> list[WorkList]:
    """List what waits for a decision, oldest first, and what came not back for too long."""
    shares = (
        Share.objects.visible_to(user)
        .filter(authority_id__in=user.authorities_with(RoleName.COORDINATOR))
        .select_related("contract", "supplier", "contribution")
    )
    to_check, check_count = first_rows(
        shares.filter(status=ShareStatus.SUBMITTED).order_by("submitted_at", "pk"),
        lambda share: _to_check(share, now),
    )
    returned, returned_count = first_rows(
        shares.filter(status=ShareStatus.RETURNED, decided_at__lt=now - RETURNED_TOO_LONG).order_by(
            "decided_at", "pk"
        ),
        _returned,
    )
    listed = reverse("candidates:share-list")
    return [
        WorkList(
            key="to-check",
            title=_("Contributions to check"),
            items=to_check,
            count=check_count,
            empty=_("Everything was checked. New contributions appear here by themselves."),
            url=f"{listed}?status={ShareStatus.SUBMITTED}",
            more=_("All contributions to check"),
        ),
        WorkList(
            key="returned",
            title=_("Returned, without an answer for two weeks"),
            items=returned,
            count=returned_count,
            empty=_("Suppliers answer your questions in time."),
            url=f"{listed}?status={ShareStatus.RETURNED}",
            more=_("All returned contributions"),
        ),
    ]


def report_list(user: User) -> WorkList:
    reports = Report.objects.visible_to(user).select_related("authority", "contract")
    items, count = first_rows(reports.order_by("-issued_at", "-pk"), _report, size=5)
    return WorkList(
        key="reports",
        title=_("Latest reports"),
        items=items,
        count=count,
        empty=_("No report was issued yet."),
        url=reverse("reports:report-list"),
        more=_("All reports"),
        is_work=False,
        is_beside=True,
    )


def administrator_list(user: User) -> WorkList:
    """People who were given a role last, for the authorities this person administers."""
    held = (
        RoleAssignment.objects.held()
        .filter(authority_id__in=user.authorities_with(RoleName.ADMINISTRATOR))
        .select_related("user", "authority")
        .order_by("-given_at", "-pk")
    )
    items, count = first_rows(held, _role)
    return WorkList(
        key="people",
        title=_("Roles given last"),
        items=items,
        count=count,
        empty=_("Nobody has a role yet. Add the first person."),
        url=reverse("core:person-list"),
        more=_("All people and roles"),
        is_work=False,
        is_beside=True,
    )


def table_lists(user: User) -> list[WorkList]:
    """Show what to approve to who may, and all tables to advisers."""
    approvals = [approval_list(user)] if contract_rules.judges_tables(user) else []
    tables = [adviser_list()] if user.has_role(RoleName.ADVISER) else []
    return [*approvals, *tables]


def adviser_list() -> WorkList:
    tables = ValueTable.objects.exclude(status=ValueTableStatus.WITHDRAWN)
    items, count = first_rows(tables.order_by("publisher", "-valid_from", "pk"), _table)
    return WorkList(
        key="tables",
        title=_("Value tables"),
        items=items,
        count=count,
        empty=_("No value table was loaded yet."),
        url=reverse("contracts:value-table-list"),
        more=_("All value tables"),
        is_work=False,
    )


def approval_list(user: User) -> WorkList:
    """List tables that a colleague proposed: another person publishes them."""
    tables = ValueTable.objects.to_approve_by(user).order_by("publisher", "pk")
    items, count = first_rows(tables, _table)
    return WorkList(
        key="approvals",
        title=_("Value tables to approve"),
        items=items,
        count=count,
        empty=_("No table waits for approval."),
        url=reverse("contracts:value-table-list"),
        more=_("All value tables"),
    )


def _to_check(share: Share, now: dt.datetime) -> Item:
    is_late = bool(share.submitted_at and (now - share.submitted_at).days > LATE_DAYS)
    return Item(
        label=share.contract.title,
        url=share.get_absolute_url(),
        sub=share.supplier.name,
        when=_("submitted"),
        on=timezone.localdate(share.submitted_at) if share.submitted_at else None,
        badge=_("waits for more than %(days)s days") % {"days": LATE_DAYS} if is_late else "",
        tone="negative",
    )


def _returned(share: Share) -> Item:
    return Item(
        label=share.contract.title,
        url=share.get_absolute_url(),
        sub=share.supplier.name,
        when=_("returned"),
        on=timezone.localdate(share.decided_at) if share.decided_at else None,
    )


def _report(report: Report) -> Item:
    return Item(
        label=report.contract.title if report.contract else report.authority.name,
        url=report.get_absolute_url(),
        sub=report.number,
        on=timezone.localdate(report.issued_at),
        badge=report.get_status_display(),
        tone=TONES[ReportStatus(report.status)],
    )


def _role(held: RoleAssignment) -> Item:
    return Item(
        label=held.user.name,
        url=reverse("core:person-detail", args=[held.user_id]),
        sub=f"{held.get_role_display()} · {held.authority.name}",
        when=_("given"),
        on=timezone.localdate(held.given_at),
    )


def _table(table: ValueTable) -> Item:
    return Item(
        label=str(table),
        url=table.get_absolute_url(),
        sub=table.publisher,
        when=_("valid from"),
        on=table.valid_from,
        badge=table.get_status_display(),
        tone=TABLE_TONES[ValueTableStatus(table.status)],
    )
