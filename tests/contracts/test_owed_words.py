"""Lists say what a contract owes in the unit that steers it."""

from decimal import Decimal

import pytest

from contracts.models import Fulfilment, LedgerUnit
from contracts.templatetags.owed_words import done_of, owed_of

pytestmark = pytest.mark.usefixtures("in_english")
SOME = {"owed_eur": Decimal(40_000), "done_eur": Decimal("12000.40")}


@pytest.fixture
def in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("facts", "owed", "done"),
    [
        (SOME, "€40,000", "€12,000"),
        (
            {"own_unit": LedgerUnit.OWN, "own_owed": Decimal(2), "own_done": Decimal("1.42")},
            "2 goals",
            "1.42 goals",
        ),
        ({"own_unit": LedgerUnit.PERSON, "own_owed": Decimal(5)}, "5 persons", "0 persons"),
        (SOME | {"own_unit": LedgerUnit.HOUR, "own_owed": Decimal(9)}, "€40,000", "€12,000"),
    ],
)
def test_goals_and_persons_are_no_euros(facts, owed, done):
    fulfilment = Fulfilment(**facts)
    assert [owed_of(fulfilment), done_of(fulfilment)] == [
        owed,
        done,
    ]


def test_nothing_owed_is_a_dash():
    nothing = Fulfilment(done_eur=Decimal(100))
    assert owed_of(nothing) == owed_of(None)
    assert "100" in done_of(nothing)
