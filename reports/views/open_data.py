"""What everybody may read without an account: published tables and their files (N25, R-307)."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports import burden, open_data, published
from reports import open_contracts as contracts
from reports.disclosure import LIMITS
from reports.models import FixedTable
from reports.models.burden import FEWEST
from sroi_portal.core import csv_files
from sroi_portal.core.http import reads_published


@reads_published
@login_not_required
@require_safe
def open_page(request: HttpRequest) -> HttpResponse:
    """Say what is published, how it is made and under which licence."""
    context = {
        "series": open_data.series(),
        "years": contracts.years(),
        "burden": burden.as_json(),
        "notes": published.notes(),
        "limits": LIMITS,
        "fewest": FEWEST,
    }
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
    return _csv(f"{kind}-{day}", published.csv_header(table), published.csv_rows(table))


@reads_published
@login_not_required
@require_safe
def open_burden(_request: HttpRequest, suffix: str) -> HttpResponse:
    """Send what reporting asks of people, by quarter (N24)."""
    if suffix == "json":
        return JsonResponse({"quarters": burden.as_json()})
    if suffix != "csv":
        raise Http404
    return _csv("burden", burden.CSV_HEADER, burden.csv_rows())


@reads_published
@login_not_required
@require_safe
def open_contracts(_request: HttpRequest, year: int) -> StreamingHttpResponse:
    """Stream the contracts that were awarded in a year, as one OCDS package."""
    changed_at = dict(contracts.years()).get(year)
    if changed_at is None:
        raise Http404
    uri = open_data.address("open-contracts", year)
    return StreamingHttpResponse(
        contracts.package(year, changed_at, uri=uri), content_type="application/json"
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


def _csv(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(header)
    table.writerows([csv_files.cell(value) for value in row] for row in rows)
    return HttpResponse(
        written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
