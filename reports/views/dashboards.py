"""Figures over all contracts in sight; the address holds the question."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import FETCH_RAISE, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contracts import dimensions
from contracts.models import Contract, Fulfilment
from network import suggesting
from reports import comparing, course, coverage, exports, portfolio, rules, summaries
from reports.forms import CoverageFilter, DashboardFilter
from sroi_portal.core import list_files
from sroi_portal.core.http import PAGE_SIZE, UserRequest, paginate, require
from sroi_portal.core.table_files import Sheet


@require_safe
def dashboard(request: UserRequest) -> HttpResponse:
    """Show figures by one dimension; each leads to the contracts behind it (R-312)."""
    require(rules.may_see_dashboard(request.user))
    form = DashboardFilter(request.GET, person=request.user)
    wanted, by = form.wanted(), form.chosen()
    contracts = dimensions.narrowed(portfolio.in_sight(request.user), wanted)
    cells = summaries.cells(form.seen, by, wanted)
    shown = portfolio.figures_of(contracts, by=by, wanted=wanted, cells=cells)
    context: dict[str, Any] = {
        "form": form,
        "is_narrowed": any(wanted.values()),
        "only_of": wanted.get("supplier"),
        "shown": shown,
        "page": Paginator(shown.rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "chart": portfolio.chart(shown) if shown.total.contracts else None,
        "course": course.chart(summaries.quarters(form.seen, wanted, contracts)),
        "attention": summaries.attention(form.seen, wanted, contracts),
        "stories": suggesting.newest(wanted["category"].pk if wanted.get("category") else None),
        "coverage_url": portfolio.coverage_url(wanted),
        "silent_url": portfolio.coverage_url({**wanted, "show": coverage.SILENT}),
        "contracts_url": portfolio.contracts_url(
            {**portfolio.address_of(wanted), "status": dimensions.ALL_AWARDED}
        ),
        "stale": Fulfilment.objects.stale().filter(contract__in=contracts).count(),
        "may_issue": rules.may_issue_report(request.user),
    }
    return render(request, "reports/dashboard.html", context)


@list_files.export
def dashboard_export(request: UserRequest) -> Sheet:
    """Send the parts of the dashboard as a file, with the same question."""
    require(rules.may_see_dashboard(request.user))
    form = DashboardFilter(request.GET, person=request.user)
    wanted, by = form.wanted(), form.chosen()
    contracts = dimensions.narrowed(portfolio.in_sight(request.user), wanted)
    return exports.figures_sheet(contracts, by)


@require_safe
def compare(request: UserRequest) -> HttpResponse:
    """Set parts of the contracts beside each other (G08)."""
    require(rules.may_see_dashboard(request.user))
    form = DashboardFilter(request.GET, person=request.user)
    wanted, by = form.wanted(), form.chosen()
    contracts = dimensions.narrowed(portfolio.in_sight(request.user), wanted)
    rows = comparing.compared(contracts, by, wanted)
    context: dict[str, Any] = {
        "form": form,
        "is_narrowed": any(wanted.values()),
        "only_of": wanted.get("supplier"),
        "by": by,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "reports/compare.html", context)


@require_safe
def missing(request: UserRequest) -> HttpResponse:
    """Show what is missing and why, so that nobody has to ask (N21)."""
    require(rules.may_see_dashboard(request.user))
    form = CoverageFilter(request.GET, person=request.user)
    wanted, narrowed = _covered(request, form)
    shown = wanted.get("show") or coverage.EXEMPT
    reasons = coverage.reasons(narrowed)
    rows = _listed(narrowed, wanted).select_related("authority", "supplier", "fulfilment")
    context: dict[str, Any] = {
        "form": form,
        "is_narrowed": any(wanted.values()),
        "only_of": wanted.get("supplier"),
        "total": portfolio.total_of(narrowed),
        "shown": shown,
        "heading": dict(coverage.LISTS)[shown],
        "reasons": [
            (row, portfolio.coverage_url({**wanted, "reason": row.code})) for row in reasons
        ],
        "page": paginate(request, rows.fetch_mode(FETCH_RAISE)),
    }
    return render(request, "reports/missing.html", context)


@list_files.export
def missing_export(request: UserRequest) -> Sheet:
    """Send the rows of the list as a file, with the same filters."""
    require(rules.may_see_dashboard(request.user))
    form = CoverageFilter(request.GET, person=request.user)
    wanted, narrowed = _covered(request, form)
    rows = _listed(narrowed, wanted)
    return coverage.sheet(wanted.get("show") or coverage.EXEMPT, rows)


def _covered(
    request: UserRequest, form: CoverageFilter
) -> tuple[dict[str, Any], QuerySet[Contract]]:
    wanted = form.wanted()
    found = dimensions.narrowed(portfolio.in_sight(request.user), wanted)
    return wanted, found.matching(wanted["q"]) if wanted.get("q") else found  # type: ignore[attr-defined]


def _listed(contracts: QuerySet[Contract], wanted: dict[str, Any]) -> Any:
    shown = wanted.get("show") or coverage.EXEMPT
    rows = coverage.missing(contracts, shown, timezone.localdate())
    is_by_reason = shown == coverage.EXEMPT and wanted.get("reason")
    return rows.filter(why=wanted["reason"]) if is_by_reason else rows
