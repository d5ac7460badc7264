"""How many people, hours and euros stand behind a pilot, and who is told."""

import datetime as dt
from decimal import Decimal

import pytest

from network import actions, counting
from network.models import PilotStatus
from tests.conftest import NOON
from tests.network import trying

pytestmark = pytest.mark.django_db
DECEMBER, JANUARY, FEBRUARY = dt.date(2025, 12, 1), dt.date(2026, 1, 1), dt.date(2026, 2, 1)


@pytest.fixture
def running(ministry, ada, contract, piet):
    made = trying.pilot(ministry, ada)
    actions.add_place(made, contract, by=piet, at=NOON)
    return made


def test_verified_work_counts_in_the_months_of_the_pilot(running, contract, work, ww, olga):
    ann = work(contract, ww, months=[DECEMBER, JANUARY])
    work(contract, ww, months=[FEBRUARY], person=ann)
    work(contract, ww, months=[DECEMBER])
    assert counting.of_pilots([running.pk], olga) == {
        running.pk: counting.Counted(1, Decimal("72.00"), Decimal("200.00"))
    }


@pytest.fixture
def worked(running, contract, work, ww):
    work(contract, ww)
    return running


def test_exact_figures_are_for_who_checks_the_work(worked, olga, otto, vera):
    told = [bool(counting.of_pilots([worked.pk], one)) for one in (olga, otto, vera)]
    assert told == [True, False, False]
    assert counting.of_pilots([], olga) == {}


def test_the_page_of_a_pilot_shows_them_to_nobody_else(client, worked, olga, ada):
    page = client.sign_in(olga).get(worked.get_absolute_url())
    assert page.context["counted"].people == 1
    assert client.sign_in(ada).get(worked.get_absolute_url()).context["counted"] is None


def test_a_pilot_without_days_counts_nothing(worked, ada, olga):
    idea = trying.pilot(
        worked.authority, ada, status=PilotStatus.IDEA, starts_on=None, ends_on=None
    )
    idea.places.create(contract=worked.places.get().contract)
    assert counting.of_pilots([idea.pk], olga) == {}
