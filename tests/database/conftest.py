"""A row of each table that has a constraint, by its name."""

import copy
import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import models

from candidates.models import CandidateCode, Contribution, Evidence, Share, UsedMonth
from contracts.models import (
    Code,
    ConsortiumMember,
    Goal,
    GoalProgress,
    LedgerEntry,
    Lot,
    Notice,
    Obligation,
    ObligationConcept,
    ObligationRule,
    TurnoverReport,
)
from reports.models import (
    BurdenQuarter,
    FixedTable,
    PublishedCell,
    PublishedFulfilment,
    Report,
    ReportBatch,
    TableKind,
    WorkOfContract,
)
from sroi_portal.core.models import Job
from suppliers.models import Certificate, Invitation
from tests import factories
from tests.conftest import NOON, TODAY

YESTERDAY = TODAY - dt.timedelta(days=1)
HASH = b"h" * 32
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 1, 31)


def another(row, changes):
    """Insert a copy of the row with another key and these facts, straight into its table."""
    made = copy.copy(row)
    made._state = models.base.ModelState()
    if isinstance(made._meta.pk, models.AutoField):
        made.pk = None
    if hasattr(made, "uuid"):
        made.uuid = uuid.uuid4()
    for name, value in changes.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made


def _of(contract):
    return {
        "contract": contract,
        "authority": contract.authority,
        "supplier": contract.supplier,
    }


@pytest.fixture
def a_role(olga):
    return olga.role_assignments.get()


@pytest.fixture
def a_membership(sara):
    return sara.memberships.get()


@pytest.fixture
def a_job(db):
    return Job.objects.create(task="core.nothing", asked_at=NOON, due_at=NOON)


@pytest.fixture
def an_invitation(noord, noor):
    return Invitation.objects.create(
        supplier=noord,
        email="nieuw@example.org",
        role="member",
        token_hash=HASH,
        invited_by=noor,
        invited_at=NOON,
        expires_at=NOON,
    )


@pytest.fixture
def an_evidence_kind(db):
    return factories.EvidenceKindFactory()


@pytest.fixture
def a_block(table):
    return table.blocks.get(code="ww")


@pytest.fixture
def a_bonus(table):
    return table.bonuses.get()


@pytest.fixture
def a_code(db):
    return Code.objects.create(list="cpv", code="90910000", label_nl="Schoonmaak", label_en="Clean")


@pytest.fixture
def a_tender(ministry, piet):
    return factories.TenderFactory(authority=ministry, officer=piet, procedure_id=uuid.uuid4())


@pytest.fixture
def a_lot(a_tender):
    return Lot.objects.create(
        tender=a_tender, authority=a_tender.authority, identifier="LOT-0001", title="Noord"
    )


@pytest.fixture
def a_notice(ministry, piet):
    return Notice.objects.create(
        authority=ministry,
        notice_id=uuid.uuid4(),
        notice_version="01",
        sha256=HASH,
        raw=b"<xml/>",
        facts={},
        uploaded_by=piet,
        uploaded_at=NOON,
    )


@pytest.fixture
def a_noticed_contract(contract, a_tender):
    contract.tender, contract.notice_contract = a_tender, "CON-0001"
    contract.save()
    return contract


@pytest.fixture
def another_contract(contract):
    return another(contract, {})


@pytest.fixture
def a_framework(ministry, noord, piet):
    return factories.ContractFactory(
        authority=ministry, supplier=noord, officer=piet, is_framework=True
    )


@pytest.fixture
def a_member(contract, zuid):
    return ConsortiumMember.objects.create(contract=contract, supplier=zuid, share_pct=Decimal(40))


@pytest.fixture
def a_certificate(noord, piet):
    return Certificate.objects.create(
        supplier=noord,
        kind="pso-1",
        valid_from=YESTERDAY,
        valid_until=TODAY,
        checked_on=TODAY,
        recorded_by=piet,
    )


@pytest.fixture
def a_rule(ministry):
    return ObligationRule.objects.create(
        authority=ministry, code="regel", version="1", publisher="VB", name="Regel"
    )


@pytest.fixture
def a_rule_line(a_rule):
    return a_rule.lines.create(position=1, base_kind="wage_sum", percentage=Decimal(5))


@pytest.fixture
def an_effect(a_rule):
    return a_rule.certificate_effects.create(kind="pso-1", discount_pct=Decimal(10))


@pytest.fixture
def a_turnover_report(contract, cora):
    return TurnoverReport.objects.create(
        **_of(contract),
        starts_on=FIRST,
        ends_on=LAST,
        amount_eur=Decimal(100),
        reported_by=cora,
        reported_at=NOON,
    )


@pytest.fixture
def a_goal(contract):
    return Goal.objects.create(
        **_of(contract),
        kind="work",
        title="Drie banen",
        quantity=Decimal(3),
        unit="person",
        due_on=LAST,
        agreed_on=FIRST,
    )


@pytest.fixture
def a_progress(a_goal, cora):
    return GoalProgress.objects.create(
        goal=a_goal,
        authority=a_goal.authority,
        supplier=a_goal.supplier,
        reached_on=LAST,
        quantity=Decimal(1),
        story="De eerste is begonnen.",
        recorded_by=cora,
        recorded_at=NOON,
    )


@pytest.fixture
def a_concept(contract):
    return ObligationConcept.objects.create(contract=contract, authority=contract.authority)


@pytest.fixture
def an_obligation(contract):
    return Obligation.objects.get(contract=contract)


@pytest.fixture
def an_entry(contract):
    return LedgerEntry.objects.get(contract=contract)


@pytest.fixture
def a_placement(contract, a_block, sara):
    return factories.placement(contract, a_block, sara)


@pytest.fixture
def a_candidate(a_placement):
    return a_placement.candidate


@pytest.fixture
def a_candidate_code(a_candidate, ministry):
    return CandidateCode.objects.create(
        candidate=a_candidate, supplier=a_candidate.supplier, authority=ministry
    )


@pytest.fixture
def a_change_of_hours(a_placement):
    return a_placement.weekly_hours.get()


@pytest.fixture
def a_contribution(a_placement, sara):
    return Contribution.objects.create(
        supplier=a_placement.supplier,
        placement=a_placement,
        starts_on=FIRST,
        ends_on=LAST,
        entered_by=sara,
        entered_at=NOON,
    )


@pytest.fixture
def a_share(a_contribution, contract, a_block, sara):
    """The first half of a contribution, submitted."""
    return Share.objects.create(
        contribution=a_contribution,
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        block=a_block,
        status="submitted",
        pct=Decimal(50),
        valuation={},
        submitted_by=sara,
        submitted_at=NOON,
        due_on=TODAY,
    )


@pytest.fixture
def a_used_month(a_share):
    return UsedMonth.objects.create(
        share=a_share,
        supplier=a_share.supplier,
        authority=a_share.authority,
        reference_hash=HASH,
        group_code="ww",
        month=FIRST,
        part="1",
        counted="1",
    )


@pytest.fixture
def an_evidence(a_placement, an_evidence_kind, sara):
    return Evidence.objects.create(
        placement=a_placement,
        supplier=a_placement.supplier,
        kind=an_evidence_kind,
        seen_on=TODAY,
        stated_by=sara,
        stated_at=NOON,
    )


@pytest.fixture
def many_reports(contract, vera):
    return ReportBatch.objects.create(authority=contract.authority, asked_by=vera, asked_at=NOON)


@pytest.fixture
def a_report(contract, vera):
    return Report.objects.create(
        number="2026-0001",
        definition="contract",
        authority=contract.authority,
        supplier=contract.supplier,
        contract=contract,
        facts={},
        facts_sha256=HASH,
        position=1,
        cut_off_at=NOON,
        issued_by=vera,
        issued_at=NOON,
    )


@pytest.fixture
def a_fixed_table(db):
    return FixedTable.objects.create(
        kind=TableKind.QUARTER,
        starts_on=dt.date(2025, 10, 1),
        ends_on=dt.date(2025, 12, 31),
        position=0,
        made_at=NOON,
    )


@pytest.fixture
def a_published_cell(a_fixed_table):
    return PublishedCell.objects.create(
        table=a_fixed_table, row="VB", people=10, hours=1, value_eur=1, is_suppressed=False
    )


@pytest.fixture
def a_work_of_contract(a_fixed_table, contract):
    return WorkOfContract.objects.create(
        table=a_fixed_table,
        row="VB",
        column="schoonmaak",
        contract=contract,
        supplier=contract.supplier,
        people=3,
    )


@pytest.fixture
def a_burden_quarter(db):
    days = {"starts_on": dt.date(2025, 10, 1), "ends_on": dt.date(2025, 12, 31), "made_at": NOON}
    minutes = {"submitted_count": 10, "minutes": 12}
    return BurdenQuarter.objects.create(
        decided_count=10, returned_pct=20, days=3, **minutes, **days
    )


@pytest.fixture
def a_published_fulfilment(contract):
    amounts = {"owed_eur": 100, "waived_eur": 0, "done_eur": 50, "malus_eur": 0, "percentage": 50}
    return PublishedFulfilment.objects.create(
        contract=contract, position=1, made_at=NOON, **amounts
    )
