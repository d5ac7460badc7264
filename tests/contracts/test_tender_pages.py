"""The pages of tenders and lots: found, written down once, changed, never over a colleague."""

import pytest
from django.urls import reverse

from contracts import actions
from contracts.models import Lot, Tender
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
KEY = "6b6f0f0e-2c1c-4a57-9d3d-222222222222"


@pytest.fixture
def tender(ministry, piet):
    facts = {"authority": ministry, "title": "Catering", "reference": "C-1"}
    return actions.log_tender(facts, by=piet, at=NOON)


@pytest.fixture
def lot(tender, piet):
    return actions.log_lot(tender, {"identifier": "LOT-0001", "title": "Noord"}, by=piet, at=NOON)


@pytest.fixture
def officer(client, piet):
    return client.sign_in(piet)


def at(name, *keys):
    return reverse(f"contracts:{name}", args=keys)


def typed(page, **facts):
    """What the form of the page holds, with other facts."""
    form = page.context["form"]
    kept = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in kept.items()} | facts


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=cater", ["Catering"]),
        ("q=s-2", ["Schoonmaak"]),
        ("status=published", ["Schoonmaak"]),
        ("q=niets", []),
        ("sort=title", ["Catering", "Schoonmaak"]),
        ("sort=-title", ["Schoonmaak", "Catering"]),
        ("sort=officer__password", ["Schoonmaak", "Catering"]),
    ],
)
def test_tenders_are_found_and_sorted(officer, tender, ministry, piet, asked, found):
    facts = {"title": "Schoonmaak", "reference": "S-2", "status": "published"}
    actions.log_tender(facts | {"authority": ministry}, by=piet, at=NOON)
    page = officer.get(f"{at('tender-list')}?{asked}")
    assert [each.title for each in page.context["page"]] == found


def test_a_form_sent_twice_makes_one_tender_and_one_lot(officer, ministry):
    facts = typed(officer.get(at("tender-new")), title="Groen", authority=ministry.pk)
    for _click in range(2):
        made = officer.post(at("tender-new"), facts | {"form_key": KEY})
    tender = Tender.objects.get()
    assert made.url == tender.get_absolute_url()
    new = at("lot-new", tender.pk)
    facts = typed(officer.get(new), title="Noord", form_key=KEY)
    assert facts["identifier"] == "LOT-0001"
    for _click in range(2):
        assert officer.post(new, facts).url == tender.get_absolute_url()
    assert Lot.objects.get().tender == tender


def test_a_tender_is_changed_and_an_old_page_is_noticed(officer, tender, piet):
    page = officer.get(at("tender-edit", tender.pk))
    old = typed(page, title="Catering en koffie")
    assert officer.post(at("tender-edit", tender.pk), old).url == tender.get_absolute_url()
    again = officer.post(at("tender-edit", tender.pk), old | {"title": "Koffie"})
    form = again.context["form"]
    assert "Somebody changed this" in form.non_field_errors()[0]
    assert (form["title"].value(), form["revision"].value()) == ("Koffie", "2")
    tender.refresh_from_db()
    assert tender.title == "Catering en koffie"


def test_a_lot_is_changed_and_an_old_page_is_noticed(officer, tender, lot):
    old = typed(officer.get(at("lot-edit", lot.pk)), title="Zuid")
    assert officer.post(at("lot-edit", lot.pk), old).url == tender.get_absolute_url()
    again = officer.post(at("lot-edit", lot.pk), old | {"title": "West"})
    assert "Somebody changed this" in again.context["form"].non_field_errors()[0]
    lot.refresh_from_db()
    assert lot.title == "Zuid"


def test_days_the_wrong_way_round_are_said_at_the_last_one(officer, lot):
    days = {"starts_on": "2026-05-01", "ends_on": "2026-04-30"}
    form = officer.post(
        at("lot-edit", lot.pk), typed(officer.get(at("lot-edit", lot.pk)), **days)
    ).context["form"]
    assert form.errors == {"ends_on": ["The last day of the lot lies before the first."]}


def test_an_awarded_tender_offers_what_can_still_be_done(officer, tender, lot, piet):
    before = officer.get(tender.get_absolute_url()).text
    actions.change_tender(tender, {"status": "awarded"}, by=piet, at=NOON)
    after = officer.get(tender.get_absolute_url()).text
    for offered in ("Add a lot", "Copy a text into the tender"):
        assert offered in before
        assert offered not in after
    assert "Log a contract" in after
    assert "Write a talk down" in after


@pytest.mark.parametrize("name", ["lot-new", "lot-edit"])
def test_the_number_of_a_lot_is_there_once(officer, tender, lot, piet, name):
    facts = {"identifier": "LOT-0002", "title": "Zuid"}
    second = actions.log_lot(tender, facts, by=piet, at=NOON)
    address = at(name, tender.pk if name == "lot-new" else second.pk)
    answer = officer.post(address, typed(officer.get(address), title="W", identifier="LOT-0001"))
    assert "already has a lot" in answer.context["form"].non_field_errors()[0]
    assert Lot.objects.count() == 2
