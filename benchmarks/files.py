"""What becomes a file: facts of reports, pages of PDF, rows of lists."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.measure import Result, compare
from contracts.models import Contract
from reports import definitions, exports, facts, printing
from reports.models import Definition, Report
from sroi_portal.core import pdf, table_files
from sroi_portal.core.models import Authority

PRINTS, PROCESSES = 6, 2


def gather_facts() -> Result:
    """P2: the facts of a portfolio, beside the statements that it needs."""
    report = _portfolio()
    with CaptureQueriesContext(connection) as asked:
        definitions.gather(report)
    wanted = [query["sql"].replace("%", "%%") for query in asked]

    def bare() -> None:
        with connection.cursor() as cursor:
            for statement in wanted:
                cursor.execute(statement)
                cursor.fetchall()

    anchor = (f"its {len(wanted)} bare statements", bare)
    return compare("facts of a portfolio", lambda: definitions.gather(report), anchor, at_most=3)


def print_many() -> Result:
    """P3: a batch of reports by worker processes, beside one process with the library alone."""
    report = _portfolio()
    report.facts = definitions.gather(report).as_json()
    report.facts_sha256 = facts.sha256(report.facts)
    html = printing.as_html(report)
    sheets = [finders.find(name) for name in (pdf.THEME, printing.STYLESHEET)]

    from weasyprint import HTML

    def bare() -> None:
        for _number in range(PRINTS):
            HTML(string=html).write_pdf(pdf_variant=pdf.VARIANT, stylesheets=sheets)

    pages = len(HTML(string=html).render(stylesheets=sheets).pages) * PRINTS
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as workers:

        def case() -> None:
            list(workers.map(_printed, [html] * PRINTS))

        name = f"{pages} pages of PDF, {PROCESSES} processes"
        anchor = ("bare WeasyPrint, one process", bare)
        return compare(name, case, anchor, at_most=0.8, pairs=3)


def export_xlsx() -> Result:
    """X1: every contract as XLSX in constant memory, beside COPY of the same columns."""
    sheet = exports.sheet_of(Contract.objects.order_by("pk"))
    rows = Contract.objects.count()
    return compare(
        f"{rows:,} rows as XLSX",
        lambda: table_files.xlsx_file(sheet, sheet.rows()).close(),
        ("COPY", lambda: _copy(sheet)),
        at_most=120,
        pairs=3,
    )


def export_csv() -> Result:
    """X2: the same rows as CSV, beside the same COPY."""
    sheet = exports.sheet_of(Contract.objects.order_by("pk"))
    rows = Contract.objects.count()
    return compare(
        f"{rows:,} rows as CSV",
        lambda: table_files.csv_file(sheet, sheet.rows()).close(),
        ("COPY", lambda: _copy(sheet)),
        at_most=40,
        pairs=3,
    )


def _portfolio() -> Report:
    return Report(
        definition=Definition.PORTFOLIO,
        authority=Authority.objects.order_by("pk")[0],
        number="2026-0001",
        position=facts.latest_position(),
        cut_off_at=timezone.now(),
        pk=1,
    )


def _printed(html: str) -> int:
    return len(pdf.render(html, stylesheet=printing.STYLESHEET))


def _copy(sheet: table_files.Sheet) -> None:
    names = [column.field for column in sheet.columns]
    statement: Any = sheet.found.values_list(*names).query
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT CSV") as rows:
        for _block in rows:
            pass


ALL = (gather_facts, print_many, export_xlsx, export_csv)
