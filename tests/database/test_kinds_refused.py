"""What the database refuses of contributions that are no work, and of agreements."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from candidates.models import Agreement, AgreementStatus, Contribution
from tests import factories
from tests.candidates import kinds
from tests.conftest import NOON, TODAY


@pytest.fixture
def a_purchase(contract, table, zuid, sara):
    share = kinds.submitted(contract, kinds.bought(kinds.row(table, "bought"), zuid), sara)
    return share.contribution


@pytest.fixture
def an_agreement(contract, table, sara, olga):
    return kinds.agreed(contract, kinds.row(table, "agreed"), sara, olga)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("contribution_has_the_facts_of_its_kind", {"kind": "training"}),
        ("contribution_has_the_facts_of_its_kind", {"people": 3}),
        ("contribution_has_the_facts_of_its_kind", {"amount_eur": None}),
        ("purchase_counts_on_its_invoice_date", {"invoiced_on": TODAY}),
        ("facts_of_a_contribution_are_possible", {"amount_eur": Decimal(0)}),
        ("facts_of_a_contribution_are_possible", {"vat_pct": Decimal("100.01")}),
    ],
)
def test_the_database_refuses_a_purchase(a_purchase, name, changes):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Contribution.objects.filter(pk=a_purchase.pk).update(**changes)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("agreement_four_eyes", {"agreed_by": "sara"}),
        ("agreed_by_iff_agreed_at", {"agreed_by": None}),
        ("agreed_status_has_agreed_at", {"agreed_by": None, "agreed_at": None}),
        ("agreement_has_a_value", {"value_eur": Decimal(0)}),
    ],
)
def test_the_database_refuses_an_agreement(an_agreement, sara, name, changes):
    changes = {key: sara if value == "sara" else value for key, value in changes.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Agreement.objects.filter(pk=an_agreement.pk).update(**changes)


def test_the_database_refuses_a_second_claim_of_an_agreement(an_agreement, contract, sara):
    """By agreement_is_claimed_once."""
    told = kinds.claim(an_agreement.block, agreement=an_agreement, amount_eur=Decimal(2500))
    first = kinds.submitted(contract, told, sara).contribution
    again = {"kind": first.kind, "agreement": an_agreement, "amount_eur": first.amount_eur}
    day = {"starts_on": first.starts_on, "ends_on": first.ends_on}
    with pytest.raises(IntegrityError, match="agreement_is_claimed_once"), transaction.atomic():
        Contribution.objects.create(
            supplier=first.supplier, entered_by=sara, entered_at=NOON, **again, **day
        )
    assert an_agreement.status == AgreementStatus.AGREED


def test_the_database_refuses_a_permanent_contract_before_the_work(contract, table, sara):
    """By placement_is_permanent_from_a_day."""
    made = factories.placement(contract, table.blocks.get(code="ww"), sara)
    refused = pytest.raises(IntegrityError, match="placement_is_permanent_from_a_day")
    with refused, transaction.atomic():
        type(made).objects.update(permanent_on=made.starts_on - dt.timedelta(days=1))
