"""What the database refuses of absences, moved contracts and merged suppliers."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from contracts.models import Transfer
from sroi_portal.core.models import Absence
from tests.conftest import NOON, TODAY
from tests.database.conftest import YESTERDAY, another

pytestmark = pytest.mark.django_db


@pytest.fixture
def an_absence(cora, olga, ministry):
    return Absence.objects.create(
        user=cora,
        deputy=olga,
        authority=ministry,
        role="manager",
        starts_on=TODAY,
        ends_on=TODAY,
        set_by=cora,
        set_at=NOON,
    )


@pytest.fixture
def a_transfer(contract, other_ministry, cora):
    return Transfer.objects.create(
        contract=contract,
        authority=contract.authority,
        receiver=other_ministry,
        title=contract.title,
        supplier_name="Leverancier Noord",
        moves_on=TODAY,
        asked_by=cora,
        asked_at=NOON,
    )


REFUSED = {
    "absence_ends_after_start": ("an_absence", {"ends_on": YESTERDAY}),
    "nobody_stands_in_for_oneself": (
        "an_absence",
        {"deputy": "cora", "starts_on": TODAY + dt.timedelta(3), "ends_on": dt.date(2027, 1, 1)},
    ),
    "absence_withdrawn_by_iff_withdrawn_at": ("an_absence", {"withdrawn_at": NOON}),
    "one_deputy_a_day": ("an_absence", {}),
    "transfer_is_to_another_authority": ("a_transfer", {"receiver": "ministry"}),
    "transfer_four_eyes": (
        "a_transfer",
        {"status": "refused", "decided_at": NOON, "decided_by": "cora"},
    ),
    "transfer_decided_iff_decided_at": ("a_transfer", {"status": "accepted"}),
    "one_transfer_at_a_time": ("a_transfer", {}),
    "merged_into_iff_merged_on": ("noord", {"kvk": "", "merged_on": TODAY}),
}


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    name, said = REFUSED[constraint]
    row = request.getfixturevalue(name)
    people = {"deputy", "receiver", "decided_by"}
    changes = {
        field: request.getfixturevalue(value) if field in people else value
        for field, value in said.items()
    }
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, changes)
    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_no_supplier_takes_itself_over(noord):
    noord.merged_into, noord.merged_on = noord, TODAY
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        noord.save()
    assert refusal.value.__cause__.diag.constraint_name == "no_supplier_takes_itself_over"
