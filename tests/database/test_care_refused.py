"""The database itself refuses removals and quotes that no action makes."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from candidates.models import Removal
from network.models import Quote
from tests.conftest import NOON, TODAY
from tests.database.conftest import another
from tests.network import telling

KEY = uuid.uuid4()
REFUSED = {
    "one_announced_removal_a_part": ("a_removal", {}),
    "removal_done_iff_done_at": ("a_removal", {"part": "work", "status": "done"}),
    "words_become_a_quote_once": ("words_of_a_page", {}),
}


@pytest.fixture
def a_removal(contract):
    return Removal.objects.create(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        part="said",
        due_on=TODAY,
        announced_at=NOON,
    )


@pytest.fixture
def words_of_a_page(contract, sara):
    quote = telling.said(sara, contract=contract)
    Quote.objects.update(permission_key=KEY)
    quote.refresh_from_db()
    return quote


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name, request):
    row, changes = REFUSED[name]
    stands = request.getfixturevalue(row)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        another(stands, changes)
