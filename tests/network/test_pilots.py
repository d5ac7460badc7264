"""What happens to a pilot, and who reads it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from network import actions, rules
from network.models import Pilot, PilotPlace, PilotStatus
from sroi_portal.core import history
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON, TODAY
from tests.network import trying

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(ministry, ada):
    return trying.pilot(ministry, ada, status=PilotStatus.IDEA)


@pytest.fixture
def running(ministry, ada):
    return trying.pilot(ministry, ada)


def test_an_idea_is_for_advisers_and_its_own_authority(idea, ada, piet, otto, vera, sara):
    def readers():
        people = (ada, piet, otto, vera, sara)
        return [one for one in people if idea in Pilot.objects.visible_to(one)]

    assert readers() == [ada, piet]
    actions.move_pilot(idea, "preparing", by=ada, at=NOON)
    assert readers() == [ada, piet, otto, vera, sara]
    assert list(Pilot.objects.shared()) == [idea]


def test_only_an_adviser_makes_a_pilot_of_an_idea(idea, ada, piet, otto, vera, sara):
    people = (ada, piet, otto, vera, sara)
    assert [one for one in people if rules.may_move_pilot(one, idea)] == [ada]
    actions.move_pilot(idea, "preparing", by=ada, at=NOON)
    idea.refresh_from_db()
    assert [one for one in people if rules.may_move_pilot(one, idea)] == [ada, piet]
    assert [one for one in people if rules.may_propose_pilot(one)] == [ada, piet, otto]


def test_every_step_of_a_pilot_is_told(running, ada):
    actions.move_pilot(running, "closing", by=ada, at=NOON, remark="Genoeg geleerd.")
    actions.move_pilot(running, "finished", by=ada, at=NOON)
    told = history.of([running])
    assert [each.sentence for each in told][-1] != "propose_pilot"
    assert [(each.to_status, each.remark) for each in told][:2] == [
        (str(PilotStatus.FINISHED.label), ""),
        (str(PilotStatus.CLOSING.label), "Genoeg geleerd."),
    ]
    with pytest.raises(IllegalMoveError):
        actions.move_pilot(running, "running", by=ada, at=NOON)


def test_a_pilot_that_runs_has_days_and_one_that_ended_an_outcome(ministry, ada):
    bare = trying.pilot(ministry, ada, status=PilotStatus.PREPARING, starts_on=None, outcome="")
    with pytest.raises(ValidationError):
        actions.move_pilot(bare, "running", by=ada, at=NOON)


def test_who_stops_a_pilot_says_why_and_it_ends_that_day(running, ada):
    with pytest.raises(actions.ReasonNeededError):
        actions.move_pilot(running, "stopped", by=ada, at=NOON)
    actions.move_pilot(running, "stopped", by=ada, at=NOON, remark="De markt was er niet.")
    running.refresh_from_db()
    assert (running.status, running.ends_on) == (PilotStatus.STOPPED, TODAY)


def test_what_had_not_begun_keeps_its_days(ministry, ada):
    later = TODAY + dt.timedelta(days=30)
    idea = trying.pilot(ministry, ada, status=PilotStatus.IDEA, starts_on=later)
    stopped = actions.move_pilot(idea, "stopped", by=ada, at=NOON, remark="Geen tijd.")
    assert (stopped.ends_on, stopped.shared_at) == (trying.LAST, None)


def test_a_pilot_is_changed_once_and_not_on_an_old_page(running, ada):
    changed = actions.change_pilot(running, {"tried": "Samen gepoetst."}, by=ada, at=NOON)
    again = actions.change_pilot(running, {"tried": "Samen gepoetst."}, by=ada, at=NOON)
    assert changed.revision == again.revision
    with pytest.raises(ChangedMeanwhileError):
        actions.change_pilot(running, {}, by=ada, at=NOON, revision=0)


def test_partners_come_and_go(running, noord, other_ministry, ada):
    facts = {"supplier": noord, "part": "tien plaatsen"}
    partner = actions.add_partner(running, facts, by=ada, at=NOON)
    actions.add_partner(running, {"authority": other_ministry}, by=ada, at=NOON)
    outside = actions.add_partner(running, {"organisation": "Praktijkschool"}, by=ada, at=NOON)
    assert [str(each) for each in running.partners.all()] == [
        "Leverancier Noord",
        "Ministerie van Anderen",
        "Praktijkschool",
    ]
    with pytest.raises(ValidationError):
        actions.add_partner(running, facts, by=ada, at=NOON)
    actions.remove_partner(partner, by=ada, at=NOON)
    actions.move_pilot(running, "stopped", by=ada, at=NOON, remark="Klaar.")
    with pytest.raises(actions.PilotEndedError):
        actions.remove_partner(outside, by=ada, at=NOON)
    assert running.partners.count() == 2


def test_a_pilot_runs_on_contracts_and_tenders(running, contract, piet):
    tender = factories.TenderFactory(authority=contract.authority, officer=piet)
    place = actions.add_place(running, contract, by=piet, at=NOON)
    assert actions.add_place(running, contract, by=piet, at=NOON) == place
    actions.add_place(running, tender, by=piet, at=NOON)
    assert PilotPlace.objects.count() == 2
    actions.remove_place(place, by=piet, at=NOON)
    assert [str(each) for each in running.places.all()] == [f"{running.pk}: {tender.pk}"]
