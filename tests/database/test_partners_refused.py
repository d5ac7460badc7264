"""The database itself refuses a partner or a confirmation that says less than it must."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from candidates.models import Confirmation
from contracts.models import Subcontract
from tests import factories
from tests.candidates import kinds
from tests.conftest import NOON
from tests.database.conftest import HASH, another

REFUSED = {
    "one_subcontract_a_partner": ("a_subcontract", {}),
    "subcontract_ends_after_start": (
        "a_subcontract",
        {"status": "refused", "ends_on": dt.date(2000, 1, 1)},
    ),
    "decided_subcontract_says_by_whom": (
        "a_subcontract",
        {"status": "refused", "decided_by_id": None},
    ),
    "subcontract_four_eyes": ("a_subcontract", {"status": "ended", "decided_by": "named_by"}),
    "expected_of_partner_not_negative": (
        "a_subcontract",
        {"status": "ended", "expected_eur": Decimal(-1)},
    ),
    "one_confirmation_a_contribution": ("a_confirmation", {"token_hash": b"o" * 32}),
    "answered_confirmation_says_when": (
        "a_confirmation",
        {"token_hash": b"o" * 32, "status": "confirmed"},
    ),
}


@pytest.fixture
def a_subcontract(contract, sara, cora):
    return Subcontract.objects.create(
        contract=contract,
        supplier=factories.SupplierFactory(),
        kind="social",
        work="Wassen",
        starts_on=contract.starts_on,
        status="agreed",
        named_by=sara,
        named_at=NOON,
        decided_by=cora,
        decided_at=NOON,
    )


@pytest.fixture
def a_confirmation(contract, table, sara):
    shop = factories.SupplierFactory()
    claim = kinds.bought(kinds.row(table, "bought"), shop)
    share = kinds.actions.draft_claim(contract, claim, by=sara, at=NOON)
    return Confirmation.objects.create(
        contribution=share.contribution,
        supplier=contract.supplier,
        partner_label=shop.name,
        supplier_label=contract.supplier.name,
        invoice_number="1",
        invoiced_on=claim.invoiced_on,
        amount_eur=Decimal(10),
        email="partner@example.org",
        token_hash=HASH,
        asked_by=sara,
        asked_at=NOON,
        expires_at=NOON,
    )


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, said = REFUSED[constraint]
    row = request.getfixturevalue(row_name)
    if "decided_by" in said:
        said = said | {"decided_by": row.named_by}

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, said)

    assert refusal.value.__cause__.diag.constraint_name == constraint
