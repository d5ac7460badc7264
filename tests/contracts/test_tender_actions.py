"""The verbs of tenders and lots."""

import pytest

from contracts import actions
from contracts.models import TenderStatus
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ministry, piet):
    return actions.log_tender({"authority": ministry, "title": "Catering"}, by=piet, at=NOON)


def events():
    found = AuditEvent.objects.order_by("pk")
    return [(event.verb, event.from_status, event.to_status, event.changed) for event in found]


def test_a_tender_is_written_down(tender, piet):
    assert (tender.officer, tender.status) == (piet, TenderStatus.PREPARING)
    assert events() == [("log_tender", "", "preparing", [])]


def test_changing_names_what_changed_and_moves(tender, piet):
    facts = {"title": "Catering", "reference": "C-1", "status": "published"}
    actions.change_tender(tender, facts, by=piet, at=NOON, revision=1)
    assert events()[1:] == [
        ("change_tender", "", "", ["reference"]),
        ("change_tender", "preparing", "published", []),
    ]


def test_the_same_facts_change_nothing(tender, piet):
    actions.change_tender(tender, {"title": "Catering"}, by=piet, at=NOON)
    assert len(events()) == 1


def test_a_tender_does_not_go_back(tender, piet):
    actions.change_tender(tender, {"status": "awarded"}, by=piet, at=NOON)
    with pytest.raises(IllegalMoveError):
        actions.change_tender(tender, {"status": "preparing"}, by=piet, at=NOON)


def test_an_old_page_is_noticed(tender, piet):
    actions.change_tender(tender, {"title": "Anders"}, by=piet, at=NOON, revision=1)
    with pytest.raises(ChangedMeanwhileError):
        actions.change_tender(tender, {"title": "Oud"}, by=piet, at=NOON, revision=1)


def test_a_lot_is_added_and_changed(tender, piet):
    facts = {"identifier": "LOT-0001", "title": "Noord", "social_objectives": ["opp"]}
    lot = actions.log_lot(tender, facts, by=piet, at=NOON)
    assert lot.authority == tender.authority
    actions.change_lot(lot, {"title": "Zuid"}, by=piet, at=NOON, revision=1)
    actions.change_lot(lot, {"title": "Zuid"}, by=piet, at=NOON)
    assert [verb for verb, *_rest in events()] == ["log_tender", "log_lot", "change_lot"]
    assert lot.social_objective_labels == ["werk voor mensen met een afstand tot de arbeidsmarkt"]
