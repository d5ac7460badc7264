"""The pages of pilots, as people use them."""

import pytest
from django.urls import reverse

from network import actions
from network.models import Pilot, PilotPartner, PilotStatus
from tests.conftest import NOON
from tests.network import trying

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(ministry, ada):
    return trying.pilot(ministry, ada)


def _page(name, *args):
    return reverse(f"network:{name}", args=args)


def test_an_officer_proposes_and_the_double_click_makes_one(client, ministry, piet):
    client.sign_in(piet)
    form = client.get(_page("pilot-new")).context["form"]
    typed = {
        "authority": ministry.pk,
        "title": "Samen koken",
        "question": "Wat leert een leerling in de keuken?",
        "form_key": str(form["form_key"].value()),
    }
    for _click in range(2):
        answer = client.post(_page("pilot-new"), typed)
    pilot = Pilot.objects.get()
    assert answer.url == pilot.get_absolute_url()
    assert (pilot.status, pilot.proposed_by) == (PilotStatus.IDEA, piet)


def test_the_overview_is_narrowed_by_words_phase_and_category(client, ministry, ada, sara):
    shown = trying.pilot(ministry, ada)
    trying.pilot(ministry, ada, title="Koken", status=PilotStatus.PREPARING)
    trying.pilot(ministry, ada, title="Geheim", status=PilotStatus.IDEA)
    client.sign_in(sara)
    assert len(client.get(_page("pilot-list")).context["page"]) == 2
    wanted = {"phase": "running", "q": "schoonmaken", "sort": "title"}
    assert list(client.get(_page("pilot-list"), wanted).context["page"]) == [shown]
    assert not client.get(_page("pilot-list"), {"q": "zzz"}).context["page"].object_list


def test_what_is_refused_is_said_on_the_page(client, running, ada):
    client.sign_in(ada)
    stop = client.post(_page("pilot-move", running.pk, "stopped"), {"remark": ""})
    assert stop.context["form"].errors.keys() == {"remark"}
    odd = client.post(_page("pilot-move", running.pk, "finished"), {"remark": ""})
    assert odd.context["form"].non_field_errors()
    assert client.get(_page("pilot-move", running.pk, "finished")).status_code == 404
    moved = client.post(_page("pilot-move", running.pk, "closing"), {"remark": "Klaar."})
    assert moved.url == running.get_absolute_url()


def test_an_old_page_of_a_pilot_is_noticed(client, running, ada):
    client.sign_in(ada)
    form = client.get(_page("pilot-edit", running.pk)).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    actions.change_pilot(running, {"tried": "Iets anders."}, by=ada, at=NOON)
    old = client.post(_page("pilot-edit", running.pk), typed | {"title": "Nieuw"})
    assert old.context["form"].non_field_errors()
    fresh = typed | {"title": "Nieuw", "revision": old.context["form"]["revision"].value()}
    assert client.post(_page("pilot-edit", running.pk), fresh).status_code == 302
    running.refresh_from_db()
    assert running.title == "Nieuw"


def test_a_partner_is_one_of_three(client, running, noord, ministry, ada):
    client.sign_in(ada)
    url = _page("partner-add", running.pk)
    both = client.post(url, {"supplier": noord.pk, "authority": ministry.pk})
    assert len(both.context["form"].non_field_errors()) == 1
    client.post(url, {"organisation": "Praktijkschool"})
    again = client.post(url, {"organisation": "Praktijkschool"})
    assert again.context["form"].non_field_errors()
    partner = PilotPartner.objects.get()
    assert client.post(_page("partner-remove", partner.pk)).url == running.get_absolute_url()
    assert not running.partners.exists()


def test_a_place_is_found_by_words_and_added(client, running, contract, piet, ada, sara):
    client.sign_in(piet)
    url = _page("place-add", running.pk)
    assert list(client.get(url).context["contracts"]) == []
    found = client.get(url, {"q": contract.title[:6]})
    assert list(found.context["contracts"]) == [contract]
    client.post(url, {"contract": contract.pk})
    assert client.post(url, {"contract": "x"}).status_code == 404
    own = client.sign_in(sara).get(running.get_absolute_url())
    ((seen, place),) = own.context["contracts"]
    assert seen == contract
    other = client.sign_in(ada).get(running.get_absolute_url())
    assert (other.context["contracts"], other.context["unseen_count"]) == ([], 1)
    assert client.sign_in(piet).post(_page("place-remove", place.pk)).status_code == 302
    assert not running.places.exists()


def test_nothing_is_taken_from_a_pilot_that_ended(client, running, contract, ada, piet):
    partner = actions.add_partner(running, {"organisation": "School"}, by=ada, at=NOON)
    place = actions.add_place(running, contract, by=piet, at=NOON)
    actions.move_pilot(running, "stopped", by=ada, at=NOON, remark="Klaar.")
    client.sign_in(piet)
    client.post(_page("partner-remove", partner.pk))
    client.post(_page("place-remove", place.pk))
    client.post(_page("place-add", running.pk), {"contract": contract.pk})
    assert (running.partners.count(), running.places.count()) == (1, 1)


def test_a_pilot_without_days_names_them_when_it_begins_to_run(client, ministry, ada):
    planned = {"starts_on": None, "ends_on": None, "status": PilotStatus.PREPARING}
    pilot = trying.pilot(ministry, ada, **planned)
    client.sign_in(ada)
    step = _page("pilot-move", pilot.pk, "running")
    bare = client.post(step, {"remark": ""})
    assert bare.context["form"].errors.keys() == {"starts_on", "ends_on"}
    days = {"starts_on": "2026-03-01", "ends_on": "2026-02-01"}
    assert client.post(step, days).context["form"].non_field_errors()
    assert client.post(step, days | {"ends_on": "2026-12-31"}).url == pilot.get_absolute_url()
    pilot.refresh_from_db()
    assert (pilot.status, str(pilot.starts_on)) == (PilotStatus.RUNNING, "2026-03-01")


def test_a_pilot_with_days_is_not_asked_for_them(client, ministry, ada):
    pilot = trying.pilot(ministry, ada, status=PilotStatus.PREPARING)
    client.sign_in(ada)
    form = client.get(_page("pilot-move", pilot.pk, "running")).context["form"]
    assert set(form.fields) == {"remark", "revision"}


def test_to_run_again_is_a_step_back(client, ministry, ada):
    pilot = trying.pilot(ministry, ada, status=PilotStatus.CLOSING)
    client.sign_in(ada)
    steps = client.get(pilot.get_absolute_url()).context["steps"]
    assert {(phase, is_back) for phase, _label, is_back in steps} == {
        ("running", True),
        ("finished", False),
    }
    assert client.get(_page("pilot-move", pilot.pk, "running")).context["is_back"]
