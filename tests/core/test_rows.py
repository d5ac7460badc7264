"""Many rows in one statement: with their keys, and with lists of different lengths."""

import datetime as dt
import uuid

import pytest

from candidates.models import Placement, WeeklyHours
from sroi_portal.core import rows
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def block(table):
    return table.blocks.get(code="ww")


def made(contract, block, sara, **facts):
    return Placement(
        supplier=contract.supplier,
        contract=contract,
        block=block,
        contract_form="temporary",
        starts_on=dt.date(2026, 1, 1),
        entered_by=sara,
        entered_at=NOON,
        **facts,
    )


def test_objects_get_their_keys_and_are_as_they_were_made(contract, block, sara):
    person = factories.candidate(contract.supplier, "K-01")
    odd = ['with "quotes"', "back\\slash", "a,b", "{}", "NULL", ""]
    placements = [
        made(contract, block, sara, candidate=person, bonus_codes=codes, authority_ids=ids)
        for codes, ids in (([], []), (odd, [contract.authority_id]), (["one"], [1, 2, 3]))
    ]
    rows.insert_objects(placements)
    assert len({each.pk for each in placements}) == len(placements)
    for each in placements:
        stored = Placement.objects.get(uuid=each.uuid)
        assert stored.pk == each.pk
        assert (stored.bonus_codes, stored.authority_ids) == (each.bonus_codes, each.authority_ids)
        assert (stored.ends_on, stored.revision) == (None, each.revision)
    later = factories.placement(contract, block, sara, reference="K-02")
    assert later.pk > max(each.pk for each in placements)


def test_nothing_is_nothing():
    rows.insert_objects([])
    assert not WeeklyHours.objects.exists()


def test_rows_are_as_many_as_there_are(contract, block, sara, monkeypatch):
    monkeypatch.setattr(rows, "MOST", 2)
    person = factories.candidate(contract.supplier, "K-01")
    rows.insert_objects(
        [made(contract, block, sara, candidate=person, uuid=uuid.uuid4()) for _each in range(5)]
    )
    assert Placement.objects.count() == 5
