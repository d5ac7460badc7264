"""The cases: each beside the bare SQL or the bare library it needs at least."""

import datetime as dt
import itertools
import statistics
from collections.abc import Callable
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import bulk, files, spreadsheets
from benchmarks.measure import PAIRS, Result, compare, milliseconds
from candidates import actions as candidate_actions
from candidates.models import Share
from contracts import fulfilment, valuation
from contracts.dimensions import Dimension
from contracts.models import Block, Contract, Fulfilment, PrivacyClass, Signal
from contracts.valuation import codec
from reports import actions, portfolio, printing, summaries
from reports.models import Definition, Report
from sroi_portal.core import pdf
from sroi_portal.core.models import Authority, RoleAssignment, RoleName, User
from suppliers.models import Membership, MembershipRole

TODAY = dt.date(2026, 3, 4)
SHARES = Path(__file__).with_name("shares.sql")
CONTRIBUTIONS = 1_000_000
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
BARE_FIGURES = """
    SELECT f.authority_id, c.category_id, count(*), sum(f.owed_eur), sum(f.done_eur),
           sum(f.verified_eur), sum(f.submitted_eur), sum(f.unchecked_eur), sum(f.planned_eur),
           sum(f.expected_eur), sum(f.forecast_low_eur), sum(f.forecast_high_eur)
      FROM contracts_fulfilment f
      JOIN contracts_contract c ON c.id = f.contract_id
     WHERE c.status IN ('awarded', 'handed_over', 'active', 'settling', 'settled')
     GROUP BY f.authority_id, c.category_id
"""
BARE_ATTENTION = f"""
    SELECT c.id, f.expected_eur - f.done_eur AS shortfall_eur
      FROM contracts_fulfilment f
      JOIN contracts_contract c ON c.id = f.contract_id
     WHERE c.status IN ('awarded', 'handed_over', 'active', 'settling', 'settled')
       AND f.signal IN ('act', 'talk')
     ORDER BY f.signal <> 'act', shortfall_eur DESC, c.id
     LIMIT {portfolio.ATTENTION}
"""
FULL_SIZE = 1_000_000


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
        rows: list[tuple[object, ...]] = cursor.fetchall() if cursor.description else []
    return rows


def dashboard_sums() -> Result:
    """Q1: figures by category over all authorities, kept, beside the bare sum over contracts."""
    with transaction.atomic():
        summaries.refresh_due()
    ids = list(Authority.objects.values_list("pk", flat=True))
    is_full_size = Contract.objects.count() >= FULL_SIZE

    def case() -> None:
        if not summaries.cells(ids, Dimension.CATEGORY, {}):
            raise RuntimeError("the sums are not kept")

    anchor = ("bare SELECT sum() over contracts", lambda: _run(BARE_FIGURES))
    at_most = 0.03 if is_full_size else 0.5  # what Django itself takes weighs at small sizes
    return compare("figures of a dashboard", case, anchor, at_most=at_most, pairs=21)


def attention() -> Result:
    """Q3: what calls loudest on a dashboard when every contract calls, beside the bare query."""
    Fulfilment.objects.update(signal=Signal.TALK)
    with transaction.atomic():
        summaries.refresh_due()
    _run("VACUUM ANALYZE contracts_fulfilment, reports_calling")
    ids = list(Authority.objects.values_list("pk", flat=True))
    contracts = portfolio.in_sight(User.objects.get(email="officer@example.org"))

    def case() -> None:
        if len(summaries.attention(ids, {}, contracts)) != portfolio.ATTENTION:
            raise RuntimeError("not every contract calls")

    count = Contract.objects.count()
    anchor = ("bare SELECT over contracts", lambda: _run(BARE_ATTENTION))
    name = f"what needs attention, of {count:,} that call"
    at_most = 0.1 if count >= FULL_SIZE else 3  # as above: at small sizes Django itself weighs
    return compare(name, case, anchor, at_most=at_most, pairs=21)


def list_page() -> Result:
    """W2: the first page of the contracts of fifteen ministries, from request to answer."""
    return _page("contracts list page", "/contracts/")


def dashboard_page() -> Result:
    """Q2: the dashboard by category over all authorities, from request to answer."""
    with transaction.atomic():
        summaries.refresh_due()
    return _page("dashboard page", "/figures/?by=category", tables=("contracts_", "reports_"))


def contract_page() -> Result:
    """One contract with its figures and its course, from request to answer."""
    contract = Contract.objects.order_by("pk")[0]
    return _page("contract page", contract.get_absolute_url())


def work_list_page() -> Result:
    """Open the page of a coordinator of one ministry, among a million contributions."""
    coordinator = User.objects.create_user("coordinator@example.org", name="Coordinator")
    RoleAssignment.objects.create(
        user=coordinator,
        authority=Authority.objects.order_by("pk")[0],
        role=RoleName.COORDINATOR,
        given_at=NOON,
    )
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data={})
    each = CONTRIBUTIONS // Contract.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(SHARES.read_text().replace(":shares", str(each)))
        cursor.execute("VACUUM ANALYZE")
    name = f"work lists at {Share.objects.count():,} contributions"
    return _page(name, "/", email=coordinator.email, tables=("candidates_", "contracts_"))


def post_contribution() -> Result:
    """Submit one month of work: valued, recorded, posted; beside the same statements alone."""
    share, sara = _drafted()

    def submit() -> None:
        with transaction.atomic():
            candidate_actions.submit_share(share, by=sara, at=NOON)
            transaction.set_rollback(True)

    submit()  # the rows of the table are read once
    with CaptureQueriesContext(connection) as asked:
        submit()
    verbs = ("SELECT", "INSERT", "UPDATE", "DELETE")
    said = [query["sql"].replace("%", "%%") for query in asked if query["sql"].startswith(verbs)]

    def bare() -> None:
        with transaction.atomic():
            for sql in said:
                _run(sql)
            transaction.set_rollback(True)

    anchor = (f"its {len(said)} statements", bare)
    return compare("posting a contribution", submit, anchor, at_most=3, pairs=51)


def verify_many() -> Result:
    """Verify a thousand shares in one go; each stays a transaction of its own."""
    share, sara = _drafted("bulk")
    candidate_actions.submit_share(share, by=sara, at=NOON)
    return bulk.verify_a_thousand(Share.objects.with_facts().get(pk=share.pk), NOON)


def value_placements() -> Result:
    """Value a thousand months of work, with a bonus and a cap, in one process."""
    terms = valuation.Terms(publisher="P", table="T", version="1", norm_hours=Decimal(36))
    row = valuation.Block(
        code="row",
        unit=valuation.Unit.FULL_TIME_YEAR,
        value_eur=Decimal(40_000),
        counts_max_months=24,
    )
    bonus = valuation.Bonus(code="bonus", value_eur=Decimal(10_000), conditions=("permanent",))
    works = [
        valuation.Work(
            starts_on=first,
            ends_on=first + dt.timedelta(days=27),
            periods=(valuation.HoursPeriod(first, first + dt.timedelta(days=27), Decimal(32)),),
            facts=frozenset({"permanent"}),
        )
        for first in (dt.date(2025, 1, 1) + dt.timedelta(days=day) for day in range(1000))
    ]

    def case() -> None:
        for work in works:
            valuation.value(terms, row, (bonus,), work)

    case()
    taken = statistics.median(milliseconds(case) for _ in range(PAIRS))
    return Result(
        "1,000 valuations",
        "10,000 a second",
        100,
        taken,
        taken / 100,
        "≤ 1 x",
        taken <= 100,
    )


def print_one() -> Result:
    """P1: one portfolio report; both print the same HTML to PDF/UA-1."""
    authority = Authority.objects.order_by("pk")[0]
    with transaction.atomic():
        report = actions.issue_report(
            Report(definition=Definition.PORTFOLIO, authority=authority),
            by=User.objects.get(email="officer@example.org"),
            at=NOON,
        )
    html = printing.as_html(report)
    sheets = [finders.find(name) for name in (pdf.THEME, printing.STYLESHEET)]

    from weasyprint import HTML

    def bare() -> None:
        HTML(string=html).write_pdf(pdf_variant=pdf.VARIANT, stylesheets=sheets)

    anchor = ("bare WeasyPrint, same HTML", bare)
    return compare("one PDF report", lambda: printing.as_pdf(report), anchor, at_most=1, pairs=5)


def _page(
    name: str,
    path: str,
    *,
    email: str = "officer@example.org",
    tables: tuple[str, ...] = ("contracts_",),
) -> Result:
    """Time a page beside the statements over these tables that it needs."""
    client = Client()
    client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])

    def case() -> None:
        answer = client.get(path, secure=True)
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status_code}")

    with CaptureQueriesContext(connection) as asked:
        case()
    said = [query["sql"].replace("%", "%%") for query in asked]
    wanted = [
        sql for sql in said if sql.startswith("SELECT") and any(each in sql for each in tables)
    ]
    anchor = (
        f"{len(wanted)} of its {len(said)} statements",
        lambda: [_run(sql) for sql in wanted],
    )
    return compare(name, case, anchor, at_most=12, pairs=21)


def _drafted(name: str = "row") -> tuple[Share, User]:
    """Draft a month of work on one of the contracts."""
    contract = Contract.objects.order_by("pk")[7]
    sara = User.objects.create_user(f"sara-{name}@example.org", name="Sara")
    Membership.objects.create(
        user=sara, supplier=contract.supplier, role=MembershipRole.MEMBER, given_at=NOON
    )
    row = valuation.Block(code=name, unit=valuation.Unit.FULL_TIME_YEAR, value_eur=Decimal(40_000))
    block = Block.objects.create(
        table=contract.value_table,
        code=row.code,
        position=1,
        label_nl="Rij",
        label_en="Row",
        unit=row.unit,
        value_eur=row.value_eur,
        privacy_class=PrivacyClass.ORDINARY,
        terms=codec.encode(row),
    )
    first = contract.starts_on.replace(day=1)
    facts = candidate_actions.PlacementFacts(
        reference="K-01",
        block=block,
        hours_per_week=Decimal(32),
        starts_on=first,
        contract_form="temporary",
    )
    placement = candidate_actions.enter_placement(contract, facts, by=sara, at=NOON)
    share = candidate_actions.draft_contribution(
        placement, by=sara, at=NOON, period=(first, first + dt.timedelta(days=27))
    )
    return share, sara


GROWING: tuple[Callable[[], Result], ...] = (
    recompute_all,
    recompute_one,
    dashboard_sums,
    dashboard_page,
    list_page,
    attention,
)
ALL: tuple[Callable[[], Result], ...] = (
    *GROWING,
    contract_page,
    value_placements,
    post_contribution,
    verify_many,
    print_one,
    work_list_page,
    spreadsheets.read_and_check,
    spreadsheets.enter,
    *files.ALL,
)
