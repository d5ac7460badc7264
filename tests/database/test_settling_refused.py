"""What the database refuses of follow-up, letters and settlements."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contracts.models import (
    Contract,
    ContractStatus,
    FollowUp,
    Letter,
    LetterTemplate,
    Settlement,
    SettlementScore,
    SettlingTerms,
)
from tests import factories
from tests.conftest import NOON, TODAY
from tests.database.conftest import YESTERDAY, another

pytestmark = pytest.mark.django_db


def _of(contract):
    return {"contract": contract, "authority": contract.authority, "supplier": contract.supplier}


@pytest.fixture
def a_step(contract, cora):
    return FollowUp.objects.create(
        **_of(contract), kind="talk", taken_on=TODAY, taken_by=cora, next_on=TODAY
    )


@pytest.fixture
def a_malus(contract, cora):
    return FollowUp.objects.create(
        **_of(contract),
        kind="malus",
        status="calculated",
        taken_on=TODAY,
        taken_by=cora,
        shortfall_eur=Decimal(10),
        factor=Decimal("1.50"),
        amount_eur=Decimal(15),
    )


@pytest.fixture
def a_settlement(contract, cora):
    """Reopened, so that another may stand beside it."""
    return Settlement.objects.create(
        **_of(contract),
        status="reopened",
        owed=Decimal(10),
        waived=Decimal(10),
        proposed_by=cora,
        proposed_at=NOON,
        react_by_on=TODAY,
        calculated_by=cora,
        calculated_at=NOON,
        decided_by=contract.officer if contract.officer != cora else factories.UserFactory(),
        decided_at=NOON,
        reopening_by=cora,
        reopening_at=NOON,
        reopened_by=factories.UserFactory(),
        reopened_at=NOON,
    )


@pytest.fixture
def a_proposal(contract, cora):
    return Settlement.objects.create(
        **_of(contract), owed=Decimal(10), proposed_by=cora, proposed_at=NOON
    )


@pytest.fixture
def a_score(a_settlement, cora):
    return SettlementScore.objects.create(
        settlement=a_settlement,
        authority=a_settlement.authority,
        supplier=a_settlement.supplier,
        side="buyer",
        score=4,
        given_by=cora,
        given_at=NOON,
    )


@pytest.fixture
def a_template(ministry, ada):
    return LetterTemplate.objects.create(
        authority=ministry,
        kind="talk",
        language="nl",
        version=1,
        subject="Verslag",
        text="Beste",
        published_by=ada,
        published_at=NOON,
    )


@pytest.fixture
def a_letter(contract, cora):
    return Letter.objects.create(
        **_of(contract),
        kind="talk",
        number="VB-1",
        language="nl",
        template_version=0,
        subject="Verslag",
        sealed=b"x",
        sha256=b"h" * 32,
        written_on=TODAY,
        written_by=cora,
    )


@pytest.fixture
def some_terms(ministry):
    return SettlingTerms.objects.create(authority=ministry)


REFUSED = {
    "malus_factor_is_modest": ("contract", {"malus_factor": Decimal("3.01")}),
    "deferral_ends_after_contract": ("contract", {"fulfil_by_on": dt.date(2026, 12, 31)}),
    "step_outcome_iff_concluded": ("a_step", {"status": "done"}),
    "step_under_way_has_next_day": ("a_step", {"kind": "recovery", "next_on": None}),
    "step_has_time": ("a_step", {"kind": "notice", "until_on": TODAY}),
    "malus_is_shortfall_times_factor": ("a_malus", {"amount_eur": Decimal("15.01")}),
    "options_belong_to_a_talk": ("a_step", {"kind": "recovery", "option": "person"}),
    "step_decided_by_iff_decided_at": ("a_step", {"kind": "recovery", "decided_at": NOON}),
    "malus_four_eyes": (
        "a_malus",
        {"status": "done", "outcome": "granted", "decided_by": "cora", "decided_at": NOON},
    ),
    "one_living_step_a_kind": ("a_step", {}),
    "terms_within_a_year": ("some_terms", {"authority": "other_ministry", "cure_days": 0}),
    "usual_malus_factor_is_modest": (
        "some_terms",
        {"authority": "other_ministry", "malus_factor": Decimal(4)},
    ),
    "one_letter_template_a_version": ("a_template", {}),
    "letter_sent_by_iff_sent_on": ("a_letter", {"number": "VB-2", "sent_on": TODAY}),
    "letter_sent_after_written": (
        "a_letter",
        {"number": "VB-2", "sent_on": YESTERDAY, "sent_by": "cora"},
    ),
    "one_settlement_a_version": ("a_settlement", {}),
    "one_living_settlement": ("a_proposal", {"version": 2}),
    "stated_settlement_has_term": ("a_settlement", {"version": 2, "react_by_on": None}),
    "reaction_says_when_and_by_whom": ("a_settlement", {"version": 2, "reaction": "agrees"}),
    "parts_add_up_to_the_shortfall": ("a_settlement", {"version": 2, "waived": Decimal("9.99")}),
    "settled_malus_is_part_times_factor": ("a_settlement", {"version": 2, "malus_eur": Decimal(1)}),
    "malus_is_of_euros": (
        "a_settlement",
        {
            "version": 2,
            "unit": "hour",
            "waived": Decimal(0),
            "malus_part": Decimal(10),
            "malus_eur": Decimal(10),
        },
    ),
    "carry_over_is_agreed": (
        "a_settlement",
        {"version": 2, "waived": Decimal(0), "carried": Decimal(10)},
    ),
    "calculated_settlement_says_by_whom": (
        "a_settlement",
        {"version": 2, "calculated_at": None},
    ),
    "decided_settlement_says_by_whom": ("a_settlement", {"version": 2, "decided_at": None}),
    "settlement_four_eyes": ("a_settlement", {"version": 2, "decided_by": "cora"}),
    "reopening_by_iff_reopening_at": ("a_settlement", {"version": 2, "reopening_at": None}),
    "reopening_four_eyes": ("a_settlement", {"version": 2, "reopened_by": "cora"}),
    "one_score_a_side": ("a_score", {}),
    "score_is_one_to_five": ("a_score", {"side": "supplier", "score": 6}),
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    name, said = REFUSED[constraint]
    row = request.getfixturevalue(name)
    changes = {
        field: request.getfixturevalue(value)
        if row._meta.get_field(field).is_relation and isinstance(value, str)
        else value
        for field, value in said.items()
    }
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, changes)
    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_a_settled_contract_takes_no_entry_however_it_comes(contract):
    Contract.objects.filter(pk=contract.pk).update(status=ContractStatus.SETTLED)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        factories.entry(contract, "verified", Decimal(1), source=uuid.uuid4())
    assert refusal.value.__cause__.diag.constraint_name == "settled_contract_takes_nothing"
