"""A contract with work of every kind in its ledger, and reports of it."""

import datetime as dt
import itertools
import uuid
from decimal import Decimal

import pytest

from candidates.models import Contribution, Placement, Share, UsedMonth
from contracts import ledger
from contracts.models import Account, Block
from network import actions as network_actions
from network import changing
from reports import actions, printing
from reports.models import Definition, Report
from sroi_portal.core.models import Job, RoleName
from tests import factories
from tests.conftest import NOON, TODAY
from tests.network import trying

JANUARY, APRIL = dt.date(2026, 1, 1), dt.date(2026, 4, 1)
MONTHS = [dt.date(2026, month, 1) for month in (1, 2, 3)]
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
def tried(busy, ada, olga, piet):
    """A pilot on the busy contract, and a lesson that reached a value table."""
    by = {"by": ada, "at": NOON}
    pilot = trying.pilot(busy.authority, ada, category=busy.category)
    trying.add_place(pilot, busy, by=piet)
    partner = {"supplier": busy.supplier}
    network_actions.add_partner(pilot, partner, **by)
    lesson = trying.lesson(pilot, olga)
    network_actions.review_lesson(lesson, **by)
    network_actions.publish_lesson(lesson, **by)
    table = factories.ValueTableFactory(valid_from=TODAY)
    named = changing.of("table", table)
    network_actions.name_change(lesson, {**named._asdict(), "changed_on": TODAY}, **by)
    return pilot


@pytest.fixture
def subject(busy, quiet, elsewhere, abroad, tried):
    """What a report of each kind is about."""
    return {
        Definition.CONTRACT: {"contract": busy},
        Definition.PORTFOLIO: {},
        Definition.SUPPLIER: {"supplier": busy.supplier},
        Definition.CATEGORY: {"category": busy.category, "other_authority_ids": [elsewhere.pk]},
        Definition.QUALITY: {"other_authority_ids": [elsewhere.pk]},
        Definition.ANNUAL: {"year": 2026, "other_authority_ids": [elsewhere.pk]},
        Definition.JOBS: {"year": 2026, "other_authority_ids": [elsewhere.pk]},
        Definition.PILOTS: {"year": 2026, "category": busy.category},
    }


@pytest.fixture
def work(sara, olga):
    """Write verified work of a person straight into the tables: EUR 100.00 and 36 hours a month."""
    numbers = itertools.count(1)

    def _work(contract, block, *, months=MONTHS[:1], person=None):
        person = person or factories.candidate(contract.supplier, f"K-{next(numbers)}")
        entered = {"entered_by": sara, "entered_at": NOON}
        placement = Placement.objects.create(
            supplier=contract.supplier,
            candidate=person,
            contract=contract,
            block=block,
            contract_form="temporary",
            starts_on=months[0],
            **entered,
        )
        contribution = Contribution.objects.create(
            supplier=contract.supplier,
            placement=placement,
            starts_on=months[0],
            ends_on=months[-1].replace(day=28),
            **entered,
        )
        owners = {"supplier": contract.supplier, "authority": contract.authority}
        share = Share.objects.create(
            contribution=contribution,
            contract=contract,
            block=block,
            status="verified",
            valuation={"by_month": [{"month": f"{day}", "hours": "36.00"} for day in months]},
            submitted_by=sara,
            submitted_at=NOON,
            verified_by=olga,
            verified_at=NOON,
            **owners,
        )
        for day in months:
            UsedMonth.objects.create(
                share=share,
                reference_hash=person.reference_hash,
                group_code=block.code,
                month=day,
                part="1",
                counted="1",
                **owners,
            )
            facts = {"source": share.uuid, "source_kind": "candidates.share", "month": day}
            factories.entry(contract, Account.VERIFIED, Decimal(100), **facts)
        return person

    return _work


@pytest.fixture
def ww(table):
    return Block.objects.get(table=table, code="ww")


@pytest.fixture
def contracts(ministry, other_ministry, noord, zuid, cora, table):
    """Of two authorities, in two categories, with three suppliers each."""
    suppliers = [noord, zuid, factories.SupplierFactory(name="Leverancier Oost", kvk="99990003")]
    catering = factories.CategoryFactory(code="catering", name_nl="Catering", name_en="Catering")
    return {
        (authority.code, category.code): [
            factories.active_contract(
                authority=authority,
                supplier=supplier,
                category=category,
                manager=cora,
                value_table=table,
            )
            for supplier in suppliers
        ]
        for authority in (ministry, other_ministry)
        for category in (factories.CategoryFactory(), catering)
    }
