"""Home page, figures, reports and exports."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import FETCH_RAISE, F, Q, QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts.dimensions import Dimension
from contracts.forms import ContractFilterForm
from contracts.models import Contract
from contracts.views.contract_pages import listed
from reports import (
    actions,
    definitions,
    exports,
    facts,
    peers,
    portfolio,
    printing,
    rules,
    summaries,
    tracing,
)
from reports.facts import stories
from reports.forms import (
    ChoiceForm,
    CockpitForm,
    CorrectionForm,
    ReportFilter,
    ReportForm,
    SubjectForm,
    WorkFilter,
    authorities_to_report,
)
from reports.home import cockpit as cockpit_figures
from reports.home import lasting as own_lasting
from reports.home import listings, waiting, work_lists
from reports.home.to_do import looked_after, own_contracts, to_do
from reports.models import Definition, Report, ReportStatus
from sroi_portal.core import list_files
from sroi_portal.core.doing import done
from sroi_portal.core.http import PAGE_SIZE, UserRequest, paginate, require
from sroi_portal.core.models import Job, RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from sroi_portal.core.table_files import Sheet

SUBJECTS = ("authority", "contract", "supplier", "category")
OVERVIEW_ROLES = (RoleName.POLICY_MAKER, RoleName.AUDITOR)


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person; a visitor reads what the portal is."""
    user = request.user
    if not isinstance(user, User):
        return render(request, "reports/welcome.html")
    lists = work_lists(user, now=timezone.now())
    shown: dict[str, Any] = {
        "lists": lists,
        "waiting": waiting(lists),
        "has_empty": any(each.is_work and not each.items for each in lists),
    }
    if user.authorities_with(*OVERVIEW_ROLES):
        contracts = portfolio.in_sight(user)
        seen = user.authorities_with(*CONTRACT_ROLES)
        kept = summaries.cells(seen, Dimension.REGIME, {})
        shown["total"] = portfolio.total_of(contracts, kept)
        shown["attention"] = summaries.attention(seen, {}, contracts)
    return render(request, "reports/home.html", shown)


@require_safe
def work_list(request: UserRequest, key: str) -> HttpResponse:
    """Show all of a list of the home page, the most urgent first."""
    found = {each.key: each for each in listings(request.user, now=timezone.now())}
    if key not in found:
        raise Http404
    listing = found[key]
    form = WorkFilter(request.GET, user=request.user)
    wanted = form.cleaned_data if form.is_valid() else {}
    authority = wanted.get("authority")
    rows = listing.narrowed(wanted.get("q", ""), authority.pk if authority else None)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "listing": listing,
        "form": form,
        "page": page,
        "items": [listing.show(row) for row in page],
        "is_narrowed": any(wanted.values()),
        "may_accept_all": key == "accept" and page.paginator.count,
    }
    return render(request, "reports/work_list_page.html", context)


@require_safe
def cockpit(request: UserRequest) -> HttpResponse:
    """Show a supplier its figures and what it has to do, over all authorities (G07)."""
    require(rules.may_see_cockpit(request.user))
    form = CockpitForm(request.GET, contracts=own_contracts(request.user))
    contracts = _narrowed_cockpit(request.user, form)
    tasks = to_do(request.user, contracts, timezone.localdate())
    rows = cockpit_figures.rows_of(contracts, tasks)
    places = [place for by in peers.PARTS for place in peers.of_supplier(contracts, by)]
    context = {
        "filter": form,
        "peers": places,
        "peers_chart": peers.chart(places),
        "is_narrowed": any(form.cleaned_data.values()) if form.is_valid() else False,
        "items": [task.item for task in tasks],
        "rows": rows,
        "total": cockpit_figures.total(_("All contracts"), rows),
        "authorities": cockpit_figures.by_authority(rows),
        "lasting": own_lasting.of_firm(request.user.supplier_ids, contracts, timezone.localdate()),
    }
    return render(request, "reports/cockpit.html", context)


@list_files.export
def cockpit_export(request: UserRequest) -> Sheet:
    """Send the rows of the overview as a file, with the same filters."""
    require(rules.may_export_cockpit(request.user))
    form = CockpitForm(request.GET, contracts=own_contracts(request.user))
    contracts = cockpit_figures.with_account(_narrowed_cockpit(request.user, form))
    return exports.cockpit_sheet(contracts)


def _narrowed_cockpit(user: User, form: CockpitForm) -> QuerySet[Contract]:
    contracts = own_contracts(user)
    wanted = form.cleaned_data if form.is_valid() else {}
    if wanted.get("authority"):
        contracts = contracts.filter(authority=wanted["authority"])
    if wanted.get("year"):
        contracts = cockpit_figures.in_year(contracts, wanted["year"])
    return looked_after(contracts, user) if wanted.get("mine") else contracts


@require_safe
def report_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_reports(request.user))
    form = ReportFilter(request.GET, user=request.user)
    reports: QuerySet[Report] = Report.objects.visible_to(request.user)
    if form.is_valid():
        reports = _narrowed(reports, form.cleaned_data)
    return render(
        request,
        "reports/report_list.html",
        {
            "filter": form,
            "page": paginate(request, _in_order(reports)),
            "may_see_schedules": rules.may_see_schedules(request.user),
            "may_issue": rules.may_issue_report(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def report_issue(request: UserRequest) -> HttpResponse:
    """Choose what the report is about, look at its facts, issue it."""
    require(rules.may_issue_report(request.user))
    if request.method == "POST":
        return _issue(request, ReportForm(request.POST, user=request.user))
    choice = ChoiceForm(request.GET, user=request.user)
    if not choice.is_valid():
        raise Http404
    kind = choice.kind()
    if kind is None:
        return render(request, "reports/report_issue.html", _choices(request.user, choice))
    asked = request.GET if request.GET.keys() & set(kind.asks) else None
    subject = SubjectForm(asked, user=request.user, kind=kind, today=timezone.localdate())
    if not subject.is_valid():
        return render(request, "reports/report_issue.html", {"subject": subject, "kind": kind})
    about = {"definition": kind.definition.value, **subject.cleaned_data}
    form = ReportForm(user=request.user, initial={**about, "language": request.user.language})
    report = subject.report()
    report.language = request.user.language
    shown = {"form": form, "kind": kind, **_preview(report)}
    shown["preview"] = printing.as_preview(report, shown["facts"])
    return render(request, "reports/report_issue.html", shown)


@require_safe
def report_detail(request: UserRequest, report_id: int) -> HttpResponse:
    """Show the very facts of the PDF; `?check` makes them again from the ledger."""
    report = report_of(request, report_id)
    return render(
        request,
        "reports/report_detail.html",
        {
            **printing.context(report),
            **tracing.addresses(report, request.user),
            "twin": printing.as_twin(report),
            "is_recalled": stories.lacks_words(definitions.read(report)),
            "pdf_fingerprint": bytes(report.pdf_sha256 or b"").hex(),
            "archive_fingerprint": bytes(report.archive_sha256 or b"").hex(),
            "job": _job(report),
            "is_checked": "check" in request.GET,
            "differences": definitions.differences(report) if "check" in request.GET else [],
            "may_correct": rules.may_correct_report(request.user, report),
            "corrected_by": Report.objects.filter(corrects=report).first(),
            "may_reprint": rules.may_reprint_report(request.user, report),
        },
    )


@require_safe
def report_progress(request: UserRequest, report_id: int) -> HttpResponse:
    """Tell how far the print is; the page loads anew when it ended."""
    report = report_of(request, report_id)
    if not request.htmx:
        return redirect(report)
    shown = {"report": report, "job": _job(report)}
    response = render(request, "reports/report_detail.html#progress", shown)
    if report.status in (ReportStatus.ISSUED, ReportStatus.FAILED):
        response.headers["HX-Refresh"] = "true"
    return response


@require_safe
def report_download(request: UserRequest, report_id: int) -> HttpResponse | FileResponse:
    report = report_of(request, report_id)
    if report.status != ReportStatus.ISSUED:
        raise Http404
    if stories.lacks_words(definitions.read(report)):
        return recalled(request, report)
    return FileResponse(
        report.pdf.open("rb"),
        as_attachment=True,
        filename=report.file_name(".pdf"),
        content_type="application/pdf",
    )


@require_safe
def report_facts(request: UserRequest, report_id: int) -> HttpResponse:
    """Send what was frozen: the SHA-256 of the file is the one that is printed (R-283)."""
    report = report_of(request, report_id)
    name = report.file_name(".json")
    return HttpResponse(
        facts.canonical(report.facts),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
def report_correct(request: UserRequest, report_id: int) -> HttpResponse:
    """Show what the report would say otherwise now, and issue it anew with the reason."""
    report = report_of(request, report_id)
    require(rules.may_correct_report(request.user, report))
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        try:
            return redirect(actions.correct_report(report, by=request.user, at=now, reason=reason))
        except (actions.AlreadyCorrectedError, actions.NothingToCorrectError) as refusal:
            form.refuse(refusal)
    changes = _preview(report.anew(""))["facts"].issue.changes
    shown = {"report": report, "form": form, "changes": changes}
    return render(request, "reports/report_correct.html", shown)


@require_POST
def report_reprint(request: UserRequest, report_id: int) -> HttpResponse:
    report = report_of(request, report_id)
    require(rules.may_reprint_report(request.user, report))
    done(
        request,
        lambda: actions.reprint_report(report, by=request.user, at=timezone.now()),
        _("The report was sent to the printer again."),
    )
    return redirect(report)


@list_files.export
def contract_export(request: UserRequest) -> Sheet:
    """Send the contracts of the list as a file, with the same filters."""
    require(rules.may_export_contracts(request.user))
    form = ContractFilterForm(request.GET, person=request.user)
    contracts = listed(request.user, form, request.GET.get("sort", ""))
    return exports.sheet_of(contracts)


def _issue(request: UserRequest, form: ReportForm) -> HttpResponse:
    if form.is_valid():
        made = form.already_made()
        if made is None:
            made = actions.issue_report(form.report(), by=request.user, at=timezone.now())
            messages.success(request, _("Report %(number)s is issued.") % {"number": made.number})
        return redirect(made)
    return render(request, "reports/report_issue.html", {"form": form})


def _choices(user: User, choice: ChoiceForm) -> dict[str, Any]:
    own = (Definition.CONTRACT, Definition.PORTFOLIO)  # each has a panel of its own
    return {
        "choice": choice,
        "found": choice.found(),
        "authorities": authorities_to_report(user),
        "kinds": [
            kind
            for kind in definitions.KINDS.values()
            if kind.definition not in own and rules.issues_for(user, kind.roles)
        ],
    }


def _preview(report: Report) -> dict[str, Any]:
    """Gather the facts as they would be frozen now, without a number."""
    report.number, report.cut_off_at = "", timezone.now()
    report.position = facts.latest_position()
    found = definitions.gather(report)
    sums, standing = found.in_short
    return {
        "report": report,
        "facts": found,
        "title": definitions.kind_of(report).title(found),
        "standing": standing,
        "sums": sums,
    }


def recalled(request: UserRequest, report: Report) -> HttpResponse:
    """Give no file out of which words would speak that may no longer be repeated (R-337)."""
    said = _("A permission to quote was withdrawn: the files are no longer given out.")
    messages.error(request, said)
    return redirect(report)


def report_of(request: UserRequest, report_id: int) -> Report:
    reports = Report.objects.visible_to(request.user).select_related(*SUBJECTS)
    report: Report = get_object_or_404(reports, pk=report_id)
    return report


def _in_order(reports: QuerySet[Report]) -> QuerySet[Report]:
    named = reports.select_related(*SUBJECTS).annotate(replaced_by=F("corrected_by__number"))
    return named.order_by("-issued_at", "-pk").fetch_mode(FETCH_RAISE)


def _job(report: Report) -> Job | None:
    return Job.objects.filter(uuid=report.job_uuid).first() if report.job_uuid else None


def _narrowed(reports: QuerySet[Report], wanted: dict[str, Any]) -> QuerySet[Report]:
    if wanted["definition"]:
        reports = reports.filter(definition=wanted["definition"])
    if wanted["authority"]:
        reports = reports.filter(authority=wanted["authority"])
    if words := wanted["words"].strip():
        reports = reports.filter(
            Q(number__icontains=words)
            | Q(contract__title__icontains=words)
            | Q(supplier__name__icontains=words)
            | Q(category__name_nl__icontains=words)
            | Q(category__name_en__icontains=words)
        )
    return reports
