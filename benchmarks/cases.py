"""The cases: each beside the bare SQL or the bare library it needs at least."""

import datetime as dt
import itertools
from collections.abc import Callable
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import Result, compare
from contracts import fulfilment
from contracts.models import Contract, Fulfilment
from reports import actions, printing
from reports.models import Definition, Report
from sroi_portal.core import pdf
from sroi_portal.core.models import Authority, User

TODAY = dt.date(2026, 3, 4)
NOON = dt.datetime(2026, 3, 4, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
BARE_SUMS = """
    SELECT contract_id,
           sum(quantity) FILTER (WHERE account = 'obligation'),
           sum(quantity) FILTER (WHERE account = 'waived'),
           sum(quantity) FILTER (WHERE account = 'planned'),
           sum(quantity) FILTER (WHERE account = 'submitted'),
           sum(quantity) FILTER (WHERE account = 'verified'),
           sum(quantity) FILTER (WHERE account = 'unchecked'),
           sum(quantity) FILTER (WHERE account = 'carried'),
           sum(quantity) FILTER (WHERE account = 'malus')
      FROM contracts_ledgerentry WHERE unit = 'eur' GROUP BY contract_id
"""


def recompute_all() -> Result:
    """R1: everything, nothing changed; persisted."""

    def case() -> None:
        with transaction.atomic():
            fulfilment.recompute(today=TODAY, at=NOON)

    case()
    anchor = ("bare SELECT sum() GROUP BY", lambda: _run(BARE_SUMS))
    return compare("full recomputation of fulfilment", case, anchor, at_most=1.35)


def recompute_one() -> Result:
    """I1: one stale contract, claim and commit included."""
    contracts = itertools.cycle(Contract.objects.order_by("pk").values_list("pk", flat=True)[:500])

    def case() -> None:
        with transaction.atomic():
            fulfilment.recompute_burst(today=TODAY, at=NOON)
        _mark(next(contracts))

    _mark(next(contracts))
    anchor = ("SELECT 1", lambda: _run("SELECT 1"))
    return compare("one contract's recomputation", case, anchor, at_most=100, pairs=101)


def _mark(contract_id: int) -> None:
    Fulfilment.objects.filter(pk=contract_id).update(stale_since=NOON)


def _run(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[object, ...]] = cursor.fetchall()
    return rows


def list_page() -> Result:
    """W2: the first page of the contracts of fifteen ministries, from request to answer."""
    client = Client()
    client.force_login(User.objects.get(), backend=settings.AUTHENTICATION_BACKENDS[0])
    with CaptureQueriesContext(connection) as asked:
        _page(client)
    said = [query["sql"] for query in asked]
    wanted = [sql for sql in said if sql.startswith("SELECT") and "contracts_" in sql]
    anchor = (
        f"its {len(wanted)} statements over contracts",
        lambda: [_run(sql.replace("%", "%%")) for sql in wanted],
    )
    return compare("contracts list page", lambda: _page(client), anchor, at_most=12, pairs=21)


def print_one() -> Result:
    """P1: one portfolio report; both print the same HTML to PDF/UA-1."""
    authority = Authority.objects.order_by("pk")[0]
    with transaction.atomic():
        report = actions.issue_report(
            Report(definition=Definition.PORTFOLIO, authority=authority),
            by=User.objects.get(),
            at=NOON,
        )
    html = printing.as_html(report)
    sheets = [finders.find(name) for name in (pdf.THEME, printing.STYLESHEET)]

    from weasyprint import HTML

    def bare() -> None:
        HTML(string=html).write_pdf(pdf_variant=pdf.VARIANT, stylesheets=sheets)

    anchor = ("bare WeasyPrint, same HTML", bare)
    return compare("one PDF report", lambda: printing.as_pdf(report), anchor, at_most=1, pairs=5)


def _page(client: Client) -> None:
    answer = client.get("/contracts/")
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"the list answered {answer.status_code}")


ALL: tuple[Callable[[], Result], ...] = (recompute_all, recompute_one, list_page, print_one)
