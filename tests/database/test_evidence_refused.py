"""The database itself refuses: evidence, entry rules, samples and visits."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from candidates.models import EntryFinding, Sample, SampleShare, Visit
from contracts.models import EntryRule, EvidenceDemand
from tests.conftest import NOON, TODAY
from tests.database.conftest import FIRST, LAST, YESTERDAY, another

# constraint: (a row that stands, what another row like it says instead)
REFUSED = {
    "evidence_of_placement_or_contribution": ("an_evidence", {"placement": None}),
    "seen_by_us_on_a_visit": ("an_evidence", {"result": "seen_by_us"}),
    "one_entry_rule_a_day": ("an_entry_rule", {}),
    "entry_rule_limit_iff_measured": ("an_entry_rule", {"limit": None, "effect": "block"}),
    "one_demand_a_day": ("a_demand", {}),
    "demand_of_row_or_way": ("a_demand", {"block": "a_block", "row_kind": "purchase"}),
    "demand_within_a_year": ("a_demand", {"row_kind": "purchase", "within_days": 367}),
    "one_finding_a_rule": ("a_finding", {}),
    "sample_ends_after_start": ("a_sample", {"starts_on": TODAY, "ends_on": YESTERDAY}),
    "sample_has_a_size": ("a_sample", {"size": 0}),
    "one_chance_a_share": ("a_drawn_share", {"place": 2}),
    "one_share_a_place": ("a_drawn_share", {"share": "another_share"}),
    "every_share_has_a_chance": (
        "a_drawn_share",
        {"share": "another_share", "place": 2, "weight": 0},
    ),
    "outcome_of_a_drawn_share": (
        "a_drawn_share",
        {"share": "another_share", "place": 2, "outcome": "in_order"},
    ),
    "visit_in_order_agrees": ("a_visit", {"hours": "differs"}),
}


@pytest.fixture
def an_entry_rule(ministry, ada):
    return EntryRule.objects.create(
        authority=ministry,
        condition="hours_over",
        limit=Decimal(40),
        valid_from=FIRST,
        set_by=ada,
        set_at=NOON,
    )


@pytest.fixture
def a_demand(ministry, ada, an_evidence_kind):
    return EvidenceDemand.objects.create(
        authority=ministry,
        evidence_kind=an_evidence_kind,
        valid_from=FIRST,
        set_by=ada,
        set_at=NOON,
    )


@pytest.fixture
def a_finding(a_share, an_entry_rule):
    return EntryFinding.objects.create(
        share=a_share,
        authority=a_share.authority,
        supplier=a_share.supplier,
        rule=an_entry_rule,
        found_at=NOON,
    )


@pytest.fixture
def a_sample(ministry, olga):
    return Sample.objects.create(
        authority=ministry,
        starts_on=FIRST,
        ends_on=LAST,
        size=1,
        seed="0" * 32,
        drawn_by=olga,
        drawn_at=NOON,
    )


@pytest.fixture
def a_drawn_share(a_sample, a_share):
    return SampleShare.objects.create(
        sample=a_sample,
        authority=a_sample.authority,
        share=a_share,
        share_uuid=a_share.uuid,
        weight=1,
        place=1,
    )


@pytest.fixture
def another_share(a_share):
    return another(a_share, {"contract": another(a_share.contract, {}), "from_pct": Decimal(50)})


@pytest.fixture
def a_visit(contract, olga):
    return Visit.objects.create(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        visited_on=dt.date(2026, 2, 1),
        persons="agrees",
        work="agrees",
        hours="agrees",
        conclusion="in_order",
        recorded_by=olga,
        recorded_at=NOON,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_refuses(constraint, request):
    stands, changes = REFUSED[constraint]
    row = request.getfixturevalue(stands)
    fields = {field.name: field for field in row._meta.fields}
    told = {
        name: request.getfixturevalue(value) if fields[name].is_relation and value else value
        for name, value in changes.items()
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        another(row, told)
