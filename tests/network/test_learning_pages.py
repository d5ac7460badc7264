"""The pages of the learning formula, as people use them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network import actions
from network.models import LearningStep, Reflection
from tests.conftest import NOON
from tests.network import trying
from tests.network.reflecting import shared, step, words, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def talk(ada):
    return step(ada)


@pytest.fixture
def colleagues(cora, olga):
    return cora, olga


def at(name, *keys):
    return reverse(f"network:{name}", args=keys)


def text(answer):
    return answer.content.decode()


def test_an_adviser_adds_changes_retires_and_restores_a_step(client, ada):
    client.sign_in(ada)
    assert "No steps yet" in text(client.get(at("learning")))
    form = client.get(at("learning-step-new"), {"role": "officer"}).context["form"]
    typed = {
        "role": "officer",
        "position": "1",
        "title_nl": "Praat vroeg",
        "title_en": "Talk early",
        "text_nl": "Nodig uit.",
        "text_en": "Invite.",
        "form_key": str(form["form_key"].value()),
    }
    for _click in range(2):
        answer = client.post(at("learning-step-new"), typed)
    made = LearningStep.objects.get()
    assert answer.url == made.get_absolute_url()
    twin = client.post(at("learning-step-new"), typed | {"form_key": ""})
    assert twin.context["form"].non_field_errors()
    old = client.post(at("learning-step-edit", made.pk), typed | {"revision": "0"})
    assert old.context["form"].non_field_errors()
    better = typed | {"title_en": "Talk first", "revision": str(made.revision)}
    assert client.post(at("learning-step-edit", made.pk), better).url == made.get_absolute_url()
    client.post(at("learning-step-retire", made.pk), {"revision": "1"})
    made.refresh_from_db()
    assert made.retired_at is None  # the page was old
    client.post(at("learning-step-retire", made.pk), {"revision": str(made.revision)})
    assert "Offered no longer" in text(client.get(made.get_absolute_url()))
    client.post(at("learning-step-restore", made.pk))
    assert LearningStep.objects.standing().get() == made


def test_somebody_writes_for_the_own_eyes_first(client, talk, contract, cora, olga):
    client.sign_in(cora)
    offered = client.get(at("my-learning"), {"step": talk.pk})
    link = f"{at('reflection-on-contract', contract.pk)}?step={talk.pk}"
    assert link in text(offered)
    form = client.get(link).context["form"]
    assert form["step"].value() == str(talk.pk)
    typed = words(talk.pk) | {"form_key": str(form["form_key"].value())}
    bare = client.post(link, typed | {"changed": ""})
    assert bare.context["form"].errors.keys() == {"changed"}
    for _click in range(2):
        answer = client.post(link, typed)
    own = Reflection.objects.get()
    assert answer.url == own.get_absolute_url()
    assert "No step is left" in text(client.get(at("reflection-on-contract", contract.pk)))
    assert own.changed in text(client.get(contract.get_absolute_url()))
    assert client.sign_in(olga).get(own.get_absolute_url()).status_code == 404


def test_somebody_changes_shares_and_takes_back(client, talk, contract, cora, olga):
    own = written(contract, talk, cora)
    client.sign_in(cora)
    edited = {"did": "Vier gesprekken.", "effect": "too_early", "revision": str(own.revision)}
    assert client.post(at("reflection-edit", own.pk), edited).url == own.get_absolute_url()
    assert client.post(at("reflection-edit", own.pk), edited).context["form"].non_field_errors()
    client.post(at("reflection-share", own.pk))
    assert client.get(at("reflection-edit", own.pk)).status_code == 403
    client.sign_in(olga)
    for page in (at("learning"), talk.get_absolute_url(), contract.get_absolute_url()):
        assert "Vier gesprekken." in text(client.get(page))
    assert client.post(at("reflection-take-back", own.pk)).status_code == 403
    client.sign_in(cora)
    assert own.get_absolute_url() in text(client.get(at("my-learning")))
    client.post(at("reflection-take-back", own.pk), {"revision": "0"})
    own.refresh_from_db()
    assert own.shared_at  # the page was old
    client.post(at("reflection-take-back", own.pk))
    client.post(at("reflection-remove", own.pk), {"revision": "0"})
    assert Reflection.objects.exists()
    assert client.post(at("reflection-remove", own.pk)).url == at("my-learning")
    assert not Reflection.objects.exists()


def test_a_supplier_writes_on_a_pilot_and_another_reads(
    client, ministry, contract, ada, sara, bram
):
    own_step = step(ada, role="supplier")
    pilot = trying.pilot(ministry, ada)
    trying.add_place(pilot, contract, by=ada)
    client.sign_in(bram)
    assert client.get(at("reflection-on-pilot", pilot.pk)).status_code == 403
    assert "not name" not in text(client.get(at("my-learning"), {"q": "zzz"}))
    client.sign_in(sara)
    assert at("reflection-on-pilot", pilot.pk) in text(client.get(pilot.get_absolute_url()))
    shared(pilot, own_step, sara)
    actions.retire_learning_step(own_step, by=ada, at=NOON)
    assert str(own_step) in text(client.get(at("my-learning")))
    client.sign_in(bram)
    assert pilot.title in text(client.get(own_step.get_absolute_url()))
    assert "Wij spraken" in text(client.get(own_step.get_absolute_url(), {"effect": "changed"}))
    narrowed = client.get(own_step.get_absolute_url(), {"effect": "unchanged"})
    assert "Nothing found" in text(narrowed)
    assert "Nothing found" in text(client.get(at("learning"), {"role": "officer"}))


def test_a_contract_of_others_is_not_named(client, talk, contract, cora, otto, adam):
    own = shared(contract, talk, cora)
    client.sign_in(otto)
    for page in (own.get_absolute_url(), talk.get_absolute_url()):
        assert contract.title not in text(client.get(page))
    client.sign_in(adam)
    assert client.get(at("my-learning")).status_code == 403
    assert client.get(at("learning")).context["takes_part"] is False


def test_what_was_shared_is_a_file_without_names(client, talk, contract, colleagues, vera):
    cora, olga = colleagues
    shared(contract, talk, cora)
    written(contract, talk, olga, did="Nog niet gedeeld.")
    client.sign_in(vera)
    lines = b"".join(client.get(at("learning-export", "csv"), {"role": "manager"})).decode()
    assert "Wij spraken drie leveranciers." in lines
    for unseen in ("Cora", "Nog niet gedeeld", contract.title):
        assert unseen not in lines
    others = b"".join(client.get(at("learning-export", "csv"), {"role": "officer"})).decode()
    assert "Wij spraken" not in others


def test_a_step_that_was_retired_meanwhile_is_said(client, talk, contract, cora, ada):
    client.sign_in(cora)
    other = step(ada, title_nl="Kijk terug")
    link = at("reflection-on-contract", contract.pk)
    client.get(link)
    actions.retire_learning_step(talk, by=ada, at=NOON)
    refused = client.post(link, words(talk.pk))
    assert "no longer part" in refused.context["form"].non_field_errors()[0]
    assert client.post(link, words(other.pk)).status_code == 302
    assert "already" in client.post(link, words(other.pk)).context["form"].non_field_errors()[0]


def test_pages_cost_as_many_queries_for_many_as_for_few(client, talk, contract, colleagues, ada):
    cora, olga = colleagues
    pages = (
        at("learning"),
        at("my-learning"),
        talk.get_absolute_url(),
        contract.get_absolute_url(),
    )
    shared(contract, talk, cora)
    client.sign_in(cora)
    before = [_queries(client, page) for page in pages]
    shared(contract, talk, olga)
    for number in range(2, 6):
        more = step(ada, title_nl=f"Stap {number}", position=number)
        shared(contract, more, cora)
        shared(contract, more, olga)
    assert [_queries(client, page) for page in pages] == before


def _queries(client, page):
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)
