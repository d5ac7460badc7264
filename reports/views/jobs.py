"""Social return and the banenafspraak beside each other, for who makes policy."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candidates.agreed_jobs import norm
from reports import jobs_figures, published, rules
from sroi_portal.core.http import UserRequest, require


@require_safe
def jobs(request: UserRequest) -> HttpResponse:
    """Show each published year; no filter holds for people (R-348)."""
    require(rules.may_see_dashboard(request.user))
    found = jobs_figures.published()
    wanted = request.GET.get("year", "")
    chosen = found.of(int(wanted)) if wanted.isascii() and wanted.isdigit() else None
    context = {
        "jobs": found,
        "year": chosen or next(iter(found.years), None),
        "is_another": bool(wanted and not chosen),
        "chart": jobs_figures.chart(found),
        "undrawn": [str(each.year) for each in found.years if not each.is_divided],
        "norm": norm.NORMS[-1],
        "notes": published.notes(),
        "may_issue": bool(rules.issues_for(request.user, rules.issuing_roles("jobs"))),
    }
    return render(request, "reports/jobs.html", context)
