"""The database itself refuses: each row breaks one constraint, without a form or an action."""

import datetime as dt
import uuid
from decimal import Decimal
from functools import partial

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from candidates.models.agreed_job import JobAccount, JobEntry, JobForm, JobSector
from contracts.models import (
    Contract,
)
from reports.models.lasting import LastingOfContract
from sroi_portal.core import audit
from sroi_portal.core.models import DaySeal, ReadEvent
from tests import factories
from tests.conftest import NOON, TODAY
from tests.database.conftest import HASH, LAST, YESTERDAY, another

# constraint: (a row that stands, what another row like it says instead; people by their name)
REFUSED: dict[str, tuple[str, dict[str, object]]] = {
    "authority_ends_after_start": ("ministry", {"starts_on": TODAY, "ends_on": YESTERDAY}),
    "one_role_once": ("a_role", {}),
    "role_taken_by_iff_taken_at": ("a_role", {"taken_at": NOON}),
    "job_ended_iff_ended_at": ("a_job", {"status": "done"}),
    "address_in_small_letters": ("sara", {"email": "Sara@Example.org"}),
    "one_supplier_a_kvk_number": ("noord", {}),
    "kvk_has_eight_digits": ("noord", {"kvk": "9999001"}),
    "one_membership_a_supplier": ("a_membership", {}),
    "membership_ended_by_iff_ended_at": ("a_membership", {"ended_at": NOON}),
    "invitation_accepted_or_withdrawn": (
        "an_invitation",
        {"accepted_at": NOON, "withdrawn_at": NOON},
    ),
    "certificate_ends_after_start": (
        "a_certificate",
        {"kind": "pso-2", "valid_until": dt.date(2020, 1, 1)},
    ),
    "one_certificate_a_period": ("a_certificate", {}),
    "one_rule_a_version": ("a_rule", {}),
    "rule_cap_not_below_floor": ("a_rule", {"floor_eur": Decimal(2), "cap_eur": Decimal(1)}),
    "rule_reports_within_two_years": ("a_rule", {"report_months": 25}),
    "one_line_a_position": ("a_rule_line", {}),
    "rule_percentage_is_a_percentage": ("a_rule_line", {"percentage": Decimal("100.01")}),
    "labour_share_bounds_in_order": (
        "a_rule_line",
        {"labour_share_from_pct": Decimal(30), "labour_share_below_pct": Decimal(30)},
    ),
    "one_effect_a_certificate": ("an_effect", {}),
    "discount_is_a_percentage": ("an_effect", {"discount_pct": Decimal("100.01")}),
    "no_file_of_health_or_offences": ("an_evidence_kind", {"privacy_class": "art9"}),
    "one_table_a_version": ("table", {}),
    "table_four_eyes": ("table", {"proposed_by": "ada", "approved_by": "ada"}),
    "table_published_iff_published_at": ("table", {"published_at": None}),
    "one_block_a_code": ("a_block", {}),
    "one_bonus_a_code": ("a_bonus", {}),
    "one_code_a_list": ("a_code", {}),
    "one_tender_a_procedure": ("a_tender", {}),
    "one_lot_a_number": ("a_lot", {}),
    "lot_ends_after_start": ("a_lot", {"starts_on": TODAY, "ends_on": YESTERDAY}),
    "one_notice_a_version": ("a_notice", {}),
    "imported_notice_has_tender": ("a_notice", {"status": "imported"}),
    "contract_ends_after_start": ("contract", {"ends_on": dt.date(2025, 12, 31)}),
    "awarded_contract_is_complete": ("contract", {"value_table": None}),
    "running_contract_has_manager": ("contract", {"manager": None}),
    "contract_value_not_negative": ("contract", {"value_eur": Decimal("-0.01")}),
    "wage_sum_not_negative": ("contract", {"wage_sum_eur": Decimal("-0.01")}),
    "contract_hours_not_negative": ("contract", {"hours": Decimal("-0.01")}),
    "foreign_value_is_converted": (
        "contract",
        {
            "foreign_value": Decimal(1000),
            "foreign_currency": "USD",
            "exchange_rate": Decimal("0.9"),
            "rate_on": TODAY,
        },
    ),
    "framework_is_no_call_off": ("contract", {"is_framework": True, "framework": "a_framework"}),
    "contract_reports_within_two_years": ("contract", {"report_months": 0}),
    "one_member_a_supplier": ("a_member", {}),
    "member_share_is_a_part": ("a_member", {"share_pct": Decimal(100)}),
    "turnover_ends_after_start": ("a_turnover_report", {"ends_on": dt.date(2025, 12, 31)}),
    "turnover_not_negative": ("a_turnover_report", {"amount_eur": Decimal("-0.01")}),
    "turnover_periods_never_overlap": ("a_turnover_report", {"starts_on": LAST}),
    "goal_is_more_than_nothing": ("a_goal", {"quantity": Decimal(0)}),
    "goal_worth_not_negative": ("a_goal", {"worth_eur": Decimal("-0.01")}),
    "own_unit_has_a_name": ("a_goal", {"unit": "own"}),
    "progress_is_not_zero": ("a_progress", {"quantity": Decimal(0)}),
    "reserved_share_checked_by_iff_checked": ("contract", {"reserved_checked_on": TODAY}),
    "reserved_share_is_a_percentage": ("contract", {"reserved_share_pct": Decimal("100.01")}),
    "one_contract_a_notice_contract": ("a_noticed_contract", {}),
    "concept_percentage_is_a_percentage": ("a_concept", {"percentage": Decimal("100.01")}),
    "concept_amount_not_negative": ("a_concept", {"fixed_eur": Decimal("-0.01")}),
    "concept_number_not_negative": ("a_concept", {"fixed_quantity": Decimal("-0.01")}),
    "concept_cap_not_below_floor": (
        "a_concept",
        {"floor_eur": Decimal(2), "cap_eur": Decimal(1)},
    ),
    "obligation_unit_fits_base": ("an_obligation", {"unit": "hour"}),
    "one_obligation_a_version": ("an_obligation", {}),
    "obligation_is_base_times_percentage": ("an_obligation", {"quantity": Decimal("39999.99")}),
    "obligation_not_negative": (
        "an_obligation",
        {"base_kind": "fixed", "percentage": None, "quantity": Decimal("-0.01")},
    ),
    "one_entry_a_posting": ("an_entry", {}),
    "entry_month_is_first_day": ("an_entry", {"month": dt.date(2026, 1, 2)}),
    "entry_is_not_zero": ("an_entry", {"quantity": 0}),
    "euros_are_whole_cents": ("an_entry", {"posting_no": 2, "quantity": Decimal("0.001")}),
    "one_candidate_a_reference": ("a_candidate", {}),
    "one_code_an_authority": ("a_candidate_code", {"code": "AAAA-AAAA"}),
    "placement_ends_after_start": ("a_placement", {"ends_on": dt.date(2025, 12, 31)}),
    "ended_placement_has_last_day": ("a_placement", {"status": "ended"}),
    "one_change_of_hours_a_day": ("a_change_of_hours", {}),
    "hours_a_week_are_possible": ("a_change_of_hours", {"hours_per_week": Decimal("60.01")}),
    "contribution_ends_after_start": ("a_contribution", {"ends_on": dt.date(2025, 12, 31)}),
    "contribution_has_the_facts_of_its_kind": ("a_contribution", {"placement": None}),
    "contributions_of_a_placement_never_overlap": ("a_contribution", {"starts_on": LAST}),
    "four_eyes": (
        "a_share",
        {"status": "verified", "verified_at": NOON, "verified_by": "sara"},
    ),
    "verified_status_iff_verified_at": ("a_share", {"verified_at": NOON, "verified_by": "olga"}),
    "submitted_share_says_when_and_by_whom": ("a_share", {"submitted_by": None}),
    "decided_by_iff_decided_at": ("a_share", {"decided_at": NOON}),
    "submitted_share_has_valuation": ("a_share", {"valuation": None}),
    "share_lies_between_0_and_100": ("a_share", {"from_pct": Decimal("50.01")}),
    "one_share_a_contract": ("a_share", {"from_pct": Decimal(50)}),
    "parts_of_a_contribution_never_exceed_100": (
        "a_share",
        {"contract": "another_contract", "from_pct": Decimal("49.99")},
    ),
    "one_use_a_month": ("a_used_month", {}),
    "evidence_valid_after_issue": ("an_evidence", {"issued_on": TODAY, "valid_until": YESTERDAY}),
    "seen_evidence_says_when": ("an_evidence", {"seen_on": None}),
    "scan_iff_file": ("an_evidence", {"scan": "clean"}),
    "issued_status_iff_printed": ("a_report", {"status": "issued"}),
    "report_says_what_it_is_about": ("a_report", {"contract": None}),
    "batch_is_made_iff_packed": ("many_reports", {"made_at": NOON}),
    "correction_says_what_was_wrong": ("a_report", {"reason": "x"}),
    "only_some_reports_are_of_several_authorities": ("a_report", {"other_authority_ids": [1]}),
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, said = REFUSED[constraint]
    row = request.getfixturevalue(row_name)
    changes = {
        name: request.getfixturevalue(value)
        if row._meta.get_field(name).is_relation and isinstance(value, str)
        else value
        for name, value in said.items()
    }

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, changes)

    assert refusal.value.__cause__.diag.constraint_name == constraint


def _attempted(attempt):
    attempt()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _refusal(attempt):
    """Name the constraint by which the database refuses, also when the transaction ends."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        _attempted(attempt)
    return refusal.value.__cause__.diag.constraint_name


def test_a_framework_gets_no_entries(a_framework):
    """R-116."""
    attempt = partial(
        factories.entry, a_framework, "obligation", Decimal(1), source=a_framework.uuid
    )
    assert _refusal(attempt) == "framework_carries_nothing"


def test_a_call_off_belongs_to_a_framework(contract, another_contract):
    attempt = partial(Contract.objects.filter(pk=contract.pk).update, framework=another_contract)
    assert _refusal(attempt) == "call_off_has_framework"


def test_what_has_entries_or_call_offs_does_not_change_sides(contract, a_framework, noord, piet):
    factories.ContractFactory(
        authority=a_framework.authority, supplier=noord, officer=piet, framework=a_framework
    )
    for row, is_framework in ((contract, True), (a_framework, False)):
        attempt = partial(
            Contract.objects.filter(pk=row.pk).update, is_framework=is_framework, framework=None
        )
        assert _refusal(attempt) == "framework_stays_what_it_is"


def test_members_together_carry_less_than_the_whole(a_member, contract):
    """R-117."""
    other = factories.SupplierFactory()
    attempt = partial(another, a_member, {"supplier": other, "share_pct": Decimal(60)})
    assert _refusal(attempt) == "members_carry_a_part"
    another(a_member, {"supplier": other, "share_pct": Decimal("59.99")})


def test_the_lead_is_no_member_beside_itself(a_member, noord):
    attempt = partial(another, a_member, {"supplier": noord, "share_pct": Decimal(1)})
    assert _refusal(attempt) == "lead_is_no_member"


@pytest.fixture
def an_audit_event(contract, piet):
    return audit.record(contract, "log_contract", by=piet, at=NOON)


@pytest.fixture
def a_read_event(sara):
    return ReadEvent.objects.create(at=NOON, by=sara, candidate_uuid=uuid.uuid4(), activity="see")


@pytest.fixture
def a_day_seal(db):
    return DaySeal.objects.create(day=TODAY, last_event_id=0, event_count=0, sha256=HASH)


@pytest.fixture
def a_job_entry(db):
    return JobEntry.objects.create(
        source_uuid=uuid.uuid4(),
        account=JobAccount.STATED,
        form=JobForm.HIRED_IN,
        sector=JobSector.GOVERNMENT,
        month=dt.date(2026, 1, 1),
        hours=Decimal("110.92"),
        posting_no=1,
        posted_at=NOON,
    )


@pytest.fixture
def a_lasting_of_contract(a_fixed_table, contract):
    return LastingOfContract.objects.create(
        table=a_fixed_table,
        row="VB",
        column="schoonmaak",
        contract=contract,
        supplier=contract.supplier,
        people=3,
    )


APPEND_ONLY = {
    "candidates.JobEntry": "a_job_entry",
    "reports.LastingOfContract": "a_lasting_of_contract",
    "core.AuditEvent": "an_audit_event",
    "core.ReadEvent": "a_read_event",
    "core.DaySeal": "a_day_seal",
    "contracts.LedgerEntry": "an_entry",
    "reports.FixedTable": "a_fixed_table",
    "reports.PublishedCell": "a_published_cell",
    "reports.WorkOfContract": "a_work_of_contract",
    "reports.BurdenQuarter": "a_burden_quarter",
    "reports.PublishedFulfilment": "a_published_fulfilment",
}


def test_every_append_only_table_is_tried_here():
    said = {model._meta.label for model in apps.get_models() if hasattr(model, "APPEND_ONLY")}
    assert said == set(APPEND_ONLY)


@pytest.mark.parametrize("row_name", APPEND_ONLY.values())
def test_nobody_changes_or_removes_what_is_append_only(row_name, request):
    row = request.getfixturevalue(row_name)
    same = type(row)._default_manager.filter(pk=row.pk)
    first = next(field for field in row._meta.concrete_fields if not field.primary_key)

    with pytest.raises(DatabaseError, match="append-only: UPDATE refused"), transaction.atomic():
        same.update(**{first.attname: getattr(row, first.attname)})
    with pytest.raises(DatabaseError, match="append-only: DELETE refused"), transaction.atomic():
        same._raw_delete(same.db)

    assert same.exists()
