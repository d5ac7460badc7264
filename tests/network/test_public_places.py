"""Places that everybody reads, and what stays among suppliers (H03, R-440)."""

import datetime as dt

import pytest
from django.urls import reverse

from candidates import actions as candidate_actions
from network import actions, tasks
from network.actions import showing
from network.models import PublicPlace
from sroi_portal.core.status import lock
from suppliers.models import Supplier
from tests.conftest import NOON, TODAY
from tests.network.test_board_pages import typed

pytestmark = pytest.mark.usefixtures("noon")
AT = "werken@noord.example"


@pytest.fixture
def place(post, noord, sara):
    return post(noord, sara, title="Leerplek in de kas", apply_at=AT, form="learning")


@pytest.fixture
def read(client):
    def read(**query):
        return client.get(reverse("network:public-place-list"), query)

    return read


def titles(answer):
    return [each.title for each in answer.context["page"]]


def test_a_place_is_read_without_an_account(read, place, post, noord, sara):
    """R-440."""
    post(noord, sara, title="Alleen voor ons")
    page = read()
    assert titles(page) == ["Leerplek in de kas"]
    for said in (noord.name, AT, place.text):
        assert said in page.text
    assert sara.name not in page.text


def test_places_are_narrowed_by_the_address(read, place, post, zuid, bram):
    far = {"region": "NL350", "form": "work", "title": "Postkamer", "apply_at": "bel de balie"}
    post(zuid, bram, **far)
    assert titles(read(province="NL32")) == ["Leerplek in de kas"]
    assert titles(read(form="work")) == ["Postkamer"]
    assert titles(read(q="kas")) == ["Leerplek in de kas"]
    assert titles(read(sort="new")) == ["Postkamer", "Leerplek in de kas"]
    assert titles(read(q="niets", sort="hours")) == []
    assert len(titles(read(form="nothing"))) == 2


def test_what_changes_is_read_changed(place, sara):
    facts = {name: getattr(place, name) for name in actions.offers.FIELDS}
    facts |= {"text": "Nieuw.", "apply_at": AT}
    place = actions.change_offer(place, facts, by=sara, at=NOON)
    assert PublicPlace.objects.get().text == "Nieuw."
    assert str(PublicPlace.objects.get()) == place.title
    later = NOON + dt.timedelta(days=9)
    actions.extend_offer(place, by=sara, at=later)
    place = lock(place)
    assert PublicPlace.objects.get().stays_until == place.stays_until
    actions.change_offer(place, facts | {"apply_at": ""}, by=sara, at=later)
    assert not PublicPlace.objects.exists()


def test_what_leaves_the_board_leaves_everybody(place, sara):
    """R-440."""
    actions.expire_offer(place, at=NOON)
    assert not PublicPlace.objects.exists()
    actions.extend_offer(place, by=sara, at=NOON)
    assert PublicPlace.objects.exists()
    actions.withdraw_offer(place, by=sara, at=NOON)
    assert not PublicPlace.objects.exists()


def test_a_place_that_was_given_is_no_longer_read(place, zuid, sara, bram):
    match = actions.answer_offer(place, zuid, "Graag.", by=bram, at=NOON, key=place.uuid)
    assert PublicPlace.objects.exists()
    actions.propose_deal(match, "Drie maanden.", by=sara, at=NOON)
    actions.agree_deal(match, by=bram, at=NOON)
    assert not PublicPlace.objects.exists()


def test_only_a_place_asks_where_to_react(client, noord, sara):
    """R-440."""
    client.sign_in(sara)
    for kind, is_public in (("place", True), ("path", False)):
        facts = typed(noord, apply_at=AT, form_key=noord.uuid if is_public else sara.uuid)
        client.post(reverse("network:offer-new", args=[kind]), facts)
        assert PublicPlace.objects.count() == 1
    shown = client.get(reverse("network:offer-list")).context["page"]
    assert {each.kind: each.apply_at for each in shown} == {"place": AT, "path": ""}


def test_a_place_bears_the_name_of_today(place, post, noord, zuid, bram):
    """R-455."""
    far = {"title": "Postkamer", "apply_at": "bel de balie"}
    post(zuid, bram, **far)
    Supplier.objects.filter(pk=noord.pk).update(name="Noord en Zoon")
    before = dict(PublicPlace.objects.values_list("pk", "title"))
    tasks.rename_places()
    names = set(PublicPlace.objects.values_list("title", "supplier_name"))
    assert names == {(place.title, "Noord en Zoon"), ("Postkamer", zuid.name)}
    assert dict(PublicPlace.objects.values_list("pk", "title")) == before
    assert showing.rename_places() == 0


def test_a_merger_hints_at_the_names(
    place, noord, zuid, piet, monkeypatch, django_capture_on_commit_callbacks
):
    """R-455."""
    told = []
    monkeypatch.setattr("sroi_portal.core.jobs._send", lambda task, _args: told.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        candidate_actions.merge_supplier(noord, zuid, TODAY, by=piet, at=NOON, reason="Fusie.")
    assert tasks.rename_places.name in told
    tasks.rename_places()
    assert PublicPlace.objects.get().supplier_name == zuid.name
