"""The demo has people who read, say what is not right, and answer."""

import dataclasses
import datetime as dt
import uuid
from decimal import Decimal

from candidates import actions
from candidates.models import JudgedFact, PersonalLink, Voice
from sroi_portal import demo_voice
from sroi_portal.core.models import Outgoing
from tests.conftest import NOON

BEGINS = dt.date(2026, 1, 2)


def test_the_demo_gives_letters_and_leaves_one_to_try(placement, contract, ww, sara):
    facts = actions.PlacementFacts("K-02", ww, Decimal(32), BEGINS, "temporary")
    for number in range(7):
        later = BEGINS + dt.timedelta(days=number)
        told = dataclasses.replace(
            facts, reference=f"K-1{number}", starts_on=later, key=uuid.uuid4()
        )
        actions.enter_placement(contract, told, by=sara, at=NOON)

    demo_voice.load(now=NOON)

    assert PersonalLink.objects.standing().count() == 8
    assert Voice.objects.quotable().exists()
    assert set(JudgedFact.objects.values_list("status", flat=True)) == {
        "right",
        "wrong",
        "answered",
    }
    letter = Outgoing.objects.get(to_address="op-papier@overheid.example")
    assert "/my/nl/open/" in letter.body
