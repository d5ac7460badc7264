"""A contract with work of every kind in its ledger, and reports of it."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from contracts import ledger
from contracts.models import Account
from reports import actions, printing
from reports.models import Definition, Report
from sroi_portal.core.models import Job, RoleName
from tests import factories
from tests.conftest import NOON

JANUARY, APRIL = dt.date(2026, 1, 1), dt.date(2026, 4, 1)
LONG_AGO = dt.datetime(2026, 1, 20, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def post(olga):
    """Post what a source of work stands for, through the ledger itself."""

    def _post(contract, account, euros, *, month=JANUARY, source=None, at=NOON):
        source = source or ledger.Source("candidates.share", uuid.uuid4())
        wanted = ledger.Wanted(contract.pk, account, month, Decimal(euros))
        ledger.post(source, [wanted], by=olga, at=at)
        return source

    return _post


@pytest.fixture
def busy(contract, post):
    """Verified 6,000.00 in three parts, 1,500.50 waits (500.50 for long), 250.00 unchecked."""
    for euros in ("1000.00", "2000.00", "3000.00"):
        post(contract, Account.VERIFIED, euros)
    post(contract, Account.SUBMITTED, "500.50", at=LONG_AGO)
    post(contract, Account.SUBMITTED, "1000.00", month=APRIL)
    post(contract, Account.UNCHECKED, "250.00", month=APRIL)
    post(contract, Account.PLANNED, "4000.00", month=APRIL)
    return contract


@pytest.fixture
def quiet(ministry, zuid, cora, table):
    """Owes EUR 5,000.00, reported nothing, has no category."""
    return factories.active_contract(
        authority=ministry,
        supplier=zuid,
        manager=cora,
        value_table=table,
        value_eur=Decimal("100000.00"),
        category=None,
        title="Stil contract",
    )


@pytest.fixture
def issue(ministry, vera):
    """Issue a report of a contract, or of the ministry; or what the facts say."""

    def _issue(contract=None, *, language="nl", at=NOON, definition=None, **facts):
        alone = Definition.CONTRACT if contract else Definition.PORTFOLIO
        report = Report(
            definition=definition or alone,
            authority=ministry,
            contract=contract,
            language=language,
            **facts,
        )
        return actions.issue_report(report, by=vera, at=at)

    return _issue


@pytest.fixture
def print_out():
    """Print as the worker does."""

    def _print(report):
        job = Job.objects.get(uuid=report.job_uuid)
        printing.print_report(str(report.uuid), job, now=lambda: NOON)
        report.refresh_from_db()
        return report

    return _print


@pytest.fixture
def elsewhere(other_ministry, vera):
    """Another authority of which vera makes the policy."""
    factories.RoleAssignmentFactory(user=vera, authority=other_ministry, role=RoleName.POLICY_MAKER)
    return other_ministry


@pytest.fixture
def abroad(elsewhere, zuid, cora, table, post):
    """Owes EUR 5,000.00 to the other ministry; EUR 700.00 of it waits for long."""
    contract = factories.active_contract(
        authority=elsewhere,
        supplier=zuid,
        manager=cora,
        value_table=table,
        value_eur=Decimal("100000.00"),
        title="Elders",
    )
    post(contract, Account.SUBMITTED, "700.00", at=LONG_AGO)
    return contract


@pytest.fixture
def subject(busy, quiet, elsewhere, abroad):
    """What a report of each kind is about."""
    return {
        Definition.CONTRACT: {"contract": busy},
        Definition.PORTFOLIO: {},
        Definition.SUPPLIER: {"supplier": busy.supplier},
        Definition.CATEGORY: {"category": busy.category, "other_authority_ids": [elsewhere.pk]},
        Definition.QUALITY: {"other_authority_ids": [elsewhere.pk]},
        Definition.ANNUAL: {"year": 2026, "other_authority_ids": [elsewhere.pk]},
    }
