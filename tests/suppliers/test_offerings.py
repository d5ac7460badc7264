"""What a supplier offers: recorded, changed, ended by its administrator."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import ChangedMeanwhileError
from suppliers import actions, rules
from suppliers.models import Offering
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
FACTS = {"cpv_division": "90", "region": "NL33", "text": "Schoonmaak van kantoren"}


@pytest.fixture
def offering(zuid, bram):
    return actions.record_offering(zuid, FACTS, by=bram, at=NOON, key=uuid.uuid4())


def test_an_offer_is_changed_by_its_administrator(offering, bram, sara):
    actions.change_offering(offering, FACTS, by=bram, at=NOON)
    changed = actions.change_offering(offering, {"text": "Ramen"}, by=bram, at=NOON, revision=1)
    assert (changed.text, str(changed)) == ("Ramen", "Leverancier Zuid: 90 NL33")
    assert AuditEvent.objects.filter(verb="change_offering").count() == 1
    with pytest.raises(ChangedMeanwhileError):
        actions.change_offering(offering, FACTS, by=bram, at=NOON, revision=1)
    assert rules.may_change_offering(bram, offering)
    assert not rules.may_change_offering(sara, offering)


def test_it_is_offered_once_until_it_ends(offering, zuid, bram):
    with pytest.raises(ValidationError):
        actions.record_offering(zuid, FACTS, by=bram, at=NOON, key=uuid.uuid4())
    for _twice in range(2):
        actions.end_offering(offering, by=bram, at=NOON)
    again = actions.record_offering(zuid, FACTS, by=bram, at=NOON, key=uuid.uuid4())
    assert list(Offering.objects.standing()) == [again]
