"""What everybody may read without an account: published tables and their files (N25, R-307)."""

import csv
import io

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports import open_data, published
from reports.disclosure import LIMITS
from reports.models import FixedTable
from sroi_portal.core import csv_files
from sroi_portal.core.http import reads_published


@reads_published
@login_not_required
@require_safe
def open_page(request: HttpRequest) -> HttpResponse:
    """Say what is published, how it is made and under which licence."""
    context = {"series": open_data.series(), "notes": published.notes(), "limits": LIMITS}
    return render(request, "reports/open_page.html", context)


@reads_published
@login_not_required
@require_safe
def open_table(request: HttpRequest, kind: str, day: str) -> HttpResponse:
    table = _table(kind, day)
    context = {
        "table": table,
        "title": published.title_of(table),
        "grids": [published.grid(table, measure) for measure in published.measures_of(table)],
        "notes": published.notes(),
    }
    return render(request, "reports/open_table.html", context)


@reads_published
@login_not_required
@require_safe
def open_file(_request: HttpRequest, kind: str, day: str, suffix: str) -> HttpResponse:
    """Send a table for machines: points for decimals, commas between columns."""
    table = _table(kind, day)
    if suffix == "json":
        return JsonResponse(published.as_json(table), json_dumps_params={"ensure_ascii": False})
    if suffix != "csv":
        raise Http404
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(published.CSV_HEADER)
    rows.writerows([csv_files.cell(value) for value in row] for row in published.csv_rows(table))
    return HttpResponse(
        written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{kind}-{day}.csv"'},
    )


@reads_published
@login_not_required
@require_safe
def open_catalogue(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(
        open_data.catalogue(),
        content_type="application/ld+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _table(kind: str, day: str) -> FixedTable:
    starts_on = open_data.day_of(day)
    if starts_on is None:
        raise Http404
    found: FixedTable = get_object_or_404(published.tables(), kind=kind, starts_on=starts_on)
    return found
