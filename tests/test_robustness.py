"""What is killed, away or restarted leaves the right figures: what is to be done is a row first."""

import contextlib
import datetime as dt
import hashlib
import os
import secrets
import signal
import subprocess
import sys
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from candidates import actions as candidate_actions
from candidates.models import Share
from contracts import fulfilment
from contracts.models import Block, Fulfilment
from reports import actions as report_actions
from reports.models import Definition, Report, ReportStatus
from sroi_portal.core.models import Outgoing
from tests import processes
from tests.client import PortalClient
from tests.conftest import NOON

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TWO_MINUTES = 120
WORTH = Decimal("3333.33")  # January and February 2026: 2 / 12 of 20,000
WAITING = """
    SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE NOT granted AND datname = current_database()
"""


@pytest.fixture(autouse=True)
def _own_place(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    processes.empty_broker()


@contextlib.contextmanager
def held(statement, *values):
    """Keep a lock in a connection of its own."""
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute(statement, values)
        yield
    finally:
        other.rollback()
        other.close()


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


@pytest.fixture
def submitted(contract, sara):
    facts = candidate_actions.PlacementFacts(
        reference="K-01",
        block=Block.objects.get(table=contract.value_table, code="ww"),
        hours_per_week=Decimal(36),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
    )
    placement = candidate_actions.enter_placement(contract, facts, by=sara, at=NOON)
    period = (dt.date(2026, 1, 1), dt.date(2026, 2, 28))
    share = candidate_actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    candidate_actions.submit_share(share, by=sara, at=NOON)
    return Share.objects.get(pk=share.pk)


def is_right():
    """Nothing waits to be summed, and every sum is that of the ledger."""
    return fulfilment.stale_count() == 0 and fulfilment.different_from_ledger() == []


def figures(contract):
    row = Fulfilment.objects.get(contract=contract)
    return (row.verified_eur, row.submitted_eur)


def test_a_worker_killed_while_it_sums_leaves_the_right_figures(submitted, olga, contract):
    candidate_actions.verify_share(submitted, by=olga, at=NOON)
    with (
        held("LOCK TABLE contracts_ledgerentry IN ACCESS EXCLUSIVE MODE"),
        processes.running(processes.worker()) as first,
    ):
        processes.hint("contracts.tasks.recompute_stale")
        processes.until(somebody_waits, why=first.tail)
        first.kill()
    assert figures(contract) == (0, 0)
    with processes.running(processes.worker()) as second:
        processes.until(is_right, patience=TWO_MINUTES, why=second.tail)
    assert figures(contract) == (WORTH, 0)


def test_a_worker_killed_while_it_prints_leaves_one_pdf(contract, vera):
    report = report_actions.issue_report(
        Report(definition=Definition.CONTRACT, authority=contract.authority, contract=contract),
        by=vera,
        at=timezone.now(),
    )
    with processes.running(processes.worker()) as first:
        processes.hint(report_actions.PRINTING, str(report.job_uuid), str(report.uuid))
        processes.until(lambda: status_of(report) == ReportStatus.PRINTING, why=first.tail)
        with held("SELECT 1 FROM reports_report WHERE id = %s FOR UPDATE", report.pk):
            processes.until(somebody_waits, why=first.tail)
            first.kill()
    assert status_of(report) == ReportStatus.PRINTING
    with processes.running(processes.worker()) as second:
        issued = ReportStatus.ISSUED
        processes.until(lambda: status_of(report) == issued, patience=TWO_MINUTES, why=second.tail)
    report.refresh_from_db()
    stored = list((Path(settings.MEDIA_ROOT) / "reports").iterdir())
    assert [path.name for path in stored] == [Path(report.pdf.name).name]
    assert hashlib.sha256(stored[0].read_bytes()).digest() == bytes(report.pdf_sha256)


def status_of(report):
    return Report.objects.values_list("status", flat=True).get(pk=report.pk)


class Visitor:
    """Somebody signed in, with a browser that keeps two cookies and follows nothing."""

    def __init__(self, address, person):
        self.place = urlsplit(address).netloc
        session = PortalClient().sign_in(person).cookies["session"].value
        self.csrf = secrets.token_hex(16)
        self.cookies = f"session={session}; csrf={self.csrf}"

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, **fields):
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self.csrf} | fields))

    def _ask(self, method, path, body=None):
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        with contextlib.closing(HTTPConnection(self.place, timeout=30)) as line:
            line.request(method, path, body, headers)
            return line.getresponse().status


def test_without_redis_pages_work_and_the_rest_is_done_when_it_is_back(submitted, olga, contract):
    nowhere = "unix:///nowhere/redis.sock"
    with processes.running_web(REDIS_URL=nowhere) as address:
        visitor = Visitor(address, olga)
        pages = (reverse("home"), contract.get_absolute_url(), submitted.get_absolute_url())
        assert [visitor.get(page) for page in pages] == [200, 200, 200]
        assert visitor.post(reverse("candidates:share-verify", args=[submitted.pk])) == 302
    assert submitted.pk in Share.objects.verified().values_list("pk", flat=True)
    assert figures(contract) == (0, 0)
    with processes.running(processes.worker()) as worker:
        processes.until(lambda: is_right() and all_mail_is_sent(), why=worker.tail)
    assert figures(contract) == (WORTH, 0)


def all_mail_is_sent():
    return Outgoing.objects.exists() and not Outgoing.objects.filter(sent_at=None).exists()


class Servers:
    """PostgreSQL and Valkey of this test alone."""

    def __init__(self, folder):
        bare = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        self.own = bare | {"SROI_LOCAL": str(folder), "SROI_THROWAWAY": "1"}
        self.call("start")
        lines = self.call("env").splitlines()
        printed = dict(line.replace("'", "").split("=", 1) for line in lines)
        self.urls = {name: value for name, value in printed.items() if name.endswith("_URL")}
        self.urls |= {"MEDIA_ROOT": str(folder)}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            env=processes.environment(**self.urls, STATIC_ROOT=str(folder)),
            check=True,
        )

    def call(self, verb):
        command = [sys.executable, "-m", "machine.services", verb]
        return subprocess.check_output(command, env=self.own, text=True)

    def stop_database(self):
        pid = int(self.call("status").splitlines()[0].split()[-1])
        os.kill(pid, signal.SIGINT)
        processes.until(lambda: "postgres: stopped" in self.call("status"))

    def query(self, sql):
        with psycopg.connect(self.urls["DATABASE_OWNER_URL"]) as database:
            return database.execute(sql).fetchone()

    def write_mail(self):
        self.query(
            "INSERT INTO core_outgoing (to_address, subject, body, written_at, attempts, error)"
            " VALUES ('a@example.org', 'Hallo', 'Dag', now(), 0, '') RETURNING id"
        )

    def sent_count(self):
        return self.query("SELECT count(sent_at) FROM core_outgoing")[0]


@pytest.fixture
def servers(tmp_path):
    own = Servers(tmp_path)
    yield own
    own.call("remove")


def test_a_database_that_restarts_is_found_again(servers):
    with (
        processes.running_web(**servers.urls) as address,
        processes.running(processes.worker(**servers.urls)) as worker,
    ):
        page = f"{address}{reverse('account_login')}"
        servers.write_mail()
        processes.until(lambda: servers.sent_count() == 1, why=worker.tail)
        assert processes.status_of(page) == 200

        servers.stop_database()
        assert processes.status_of(f"{address}{reverse('core:health')}") == 503
        assert processes.status_of(page) == 500
        servers.call("start")

        processes.until(lambda: processes.status_of(page) == 200)
        servers.write_mail()
        processes.until(lambda: servers.sent_count() == 2, why=worker.tail)
