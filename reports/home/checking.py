"""Work lists of who checks, audits, administers and advises."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from candidates.models import (
    Agreement,
    AgreementStatus,
    JudgedFact,
    Share,
    ShareStatus,
)
from contracts import rules as contract_rules
from contracts.models import ACCEPTING, ValueTable, ValueTableStatus
from contracts.templatetags.contract_words import TABLE_TONES
from reports.home.buying import looked_after
from reports.home.kinds import Item, WorkList, first_rows
from reports.home.listing import OF_CONTRACT, Listing
from reports.home.proof import proof_listings
from reports.models import Report, ReportStatus
from reports.templatetags.report_words import TONES
from sroi_portal.core import quarters
from sroi_portal.core.models import Announcement, RoleAssignment, RoleName, User
from sroi_portal.core.models.authority import PEOPLE_ROLES
from sroi_portal.core.templatetags import formats
from suppliers.models import Certificate

RETURNED_TOO_LONG = dt.timedelta(days=14)


def coordinator_lists(user: User, now: dt.datetime) -> list[Listing]:
    """List what waits for a decision, the first due first, and what came not back for too long."""
    today = timezone.localdate(now)
    mine = user.authorities_with(RoleName.COORDINATOR)
    shares = (
        Share.objects.visible_to(user)
        .filter(authority_id__in=mine)
        .select_related("contract", "supplier", "contribution")
    )
    listed = reverse("candidates:share-list")

    def of_shares(status: str, show: Callable[[Share], Item], **more: Any) -> Listing:
        rows = more.pop("rows", shares).filter(status=status)
        url = f"{listed}?status={status}"
        order = more.pop("order", "due_on")
        facts = {
            "rows": rows.order_by(order, "pk"),
            "show": show,
            "url": url,
            "search": OF_CONTRACT,
        }
        return Listing(is_big=True, **(facts | more))

    return [
        of_shares(
            ShareStatus.SUBMITTED,
            lambda share: _to_check(share, today),
            key="to-check",
            title=_("Contributions to check"),
            empty=_("Everything was checked. New contributions appear here by themselves."),
        ),
        of_shares(
            ShareStatus.OBJECTED,
            lambda share: _to_check(share, today),
            rows=shares.exclude(rejected_by=user),
            key="objections",
            title=_("Objections to decide on"),
            empty=_("No supplier objects to a rejection."),
        ),
        of_shares(
            ShareStatus.UNCHECKED,
            lambda share: _to_check(share, today),
            key="unchecked",
            title=_("Not checked in time"),
            empty=_("Everything was checked in time."),
        ),
        of_shares(
            ShareStatus.RETURNED,
            _returned,
            rows=shares.filter(decided_at__lt=now - RETURNED_TOO_LONG),
            order="decided_at",
            key="returned",
            title=_("Returned, without an answer for two weeks"),
            empty=_("Suppliers answer your questions in time."),
        ),
        Listing(
            key="not-right",
            title=_("People say that something is not right"),
            rows=JudgedFact.objects.visible_to(user)
            .waiting()
            .filter(authority_ids__overlap=list(mine))
            .select_related("placement__contract", "supplier")
            .order_by("due_on", "pk"),
            show=lambda judged: _not_right(judged, today),
            empty=_("Everybody agrees with what is recorded, or has an answer."),
            url=reverse("candidates:fact-list"),
            search=("placement__contract__title__icontains", "supplier__name__icontains"),
            authority="placement__contract__authority",
        ),
        *proof_listings(user, shares, today),
        Listing(
            key="agreements",
            title=_("Tailored contributions to agree on"),
            rows=Agreement.objects.visible_to(user)
            .filter(authority_id__in=mine, status=AgreementStatus.PROPOSED)
            .select_related("contract", "supplier")
            .order_by("proposed_at", "pk"),
            show=_agreement,
            empty=_("No supplier proposes a contribution that no row has a price for."),
            search=OF_CONTRACT,
        ),
    ]


def certificate_list(user: User, today: dt.date) -> Listing:
    """List certificates of the own suppliers that end soon or were looked up long ago (R-215)."""
    suppliers = looked_after(user, today).filter(status__in=ACCEPTING).values("supplier")
    return Listing(
        key="certificates",
        title=_("Certificates to see again"),
        rows=Certificate.objects.filter(supplier__in=suppliers)
        .to_verify(today)
        .select_related("supplier"),
        show=lambda each: _certificate(each, today),
        empty=_("The certificates of your suppliers were seen in the past year."),
        search=("supplier__name__icontains",),
        authority="supplier__contracts__authority",
    )


def report_list(user: User) -> WorkList:
    reports = Report.objects.visible_to(user).select_related(
        "authority", "contract", "category", "supplier"
    )
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
        .filter(authority_id__in=user.authorities_with(*PEOPLE_ROLES))
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


def _to_check(share: Share, today: dt.date) -> Item:
    is_late = bool(share.due_on and share.due_on < today)
    return Item(
        label=share.contract.title,
        url=share.get_absolute_url(),
        sub=share.supplier.name,
        when=_("at the latest on"),
        on=share.due_on,
        badge=_("overdue") if is_late else "",
        tone="negative",
    )


def _not_right(judged: JudgedFact, today: dt.date) -> Item:
    """Say what it is about and by when; the words of the person stand behind the link."""
    is_late = judged.is_late(today)
    return Item(
        label=judged.placement.contract.title,
        url=judged.get_absolute_url(),
        sub=f"{judged.get_fact_display()} · {judged.supplier.name}",
        when=_("answer at the latest on"),
        on=judged.due_on,
        badge=_("overdue") if is_late else "",
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


def _until(report: Report) -> str:
    """Name the quarter or year that it is about, where it is about one."""
    if report.quarter:
        names = {"number": quarters.number(report.quarter), "year": report.quarter.year}
        return _("quarter %(number)s of %(year)s") % names
    return str(report.year or "")


def _report(report: Report) -> Item:
    return Item(
        label=f"{report.get_definition_display()} · {report.about}",
        url=report.get_absolute_url(),
        sub=" · ".join(
            part for part in (report.number, report.authority.name, _until(report)) if part
        ),
        on=timezone.localdate(report.issued_at),
        badge=report.get_status_display(),
        tone=TONES[ReportStatus(report.status)],
    )


def announcement_list(user: User, today: dt.date) -> WorkList:
    """List what is announced now or later, for who keeps the texts of its authority."""
    texts = Announcement.objects.written_for(user).filter(ends_on__gte=today)
    items, count = first_rows(
        texts.select_related("authority").order_by("starts_on", "pk"), _announcement
    )
    return WorkList(
        key="announcements",
        title=_("Announcements"),
        items=items,
        count=count,
        empty=_("Nothing is announced now."),
        url=reverse("core:announcement-list"),
        more=_("All announcements"),
        is_work=False,
        is_beside=True,
    )


def _announcement(told: Announcement) -> Item:
    return Item(
        label=Truncator(told.text).chars(80),
        url=reverse("core:announcement-list"),
        sub=told.authority.name,
        when=_("until"),
        on=told.ends_on,
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


def _agreement(agreement: Agreement) -> Item:
    return Item(
        label=agreement.title,
        url=agreement.get_absolute_url(),
        sub=f"{agreement.contract.title} · {agreement.supplier.name}",
        when=_("proposed"),
        on=timezone.localdate(agreement.proposed_at),
        value=formats.euro(agreement.value_eur),
    )


def _certificate(certificate: Certificate, today: dt.date) -> Item:
    is_over = certificate.valid_until < today
    return Item(
        label=certificate.supplier.name,
        url=certificate.supplier.get_absolute_url(),
        sub=certificate.get_kind_display(),
        when=_("valid until"),
        on=certificate.valid_until,
        badge=_("ended") if is_over else _("see again"),
        tone="negative" if is_over else "warning",
    )
