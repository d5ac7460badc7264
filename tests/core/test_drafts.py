"""What somebody types is kept sealed for thirty days, and goes when it is sent (R-246)."""

import datetime as dt

import pytest

from sroi_portal.core import drafts, retention
from sroi_portal.core.models import FormDraft, HelpDesk
from tests.conftest import NOON

HERE = "/help/"
TYPED = {"address": HERE, "question": "Waar vind ik de tabel?", "csrfmiddlewaretoken": "x"}


@pytest.fixture
def typing(client, sara):
    """Sara, signed in, with something half typed."""
    client.sign_in(sara)
    assert client.post("/drafts/", TYPED).status_code == 204
    return client


def test_it_is_kept_sealed_and_read_back_by_this_person_alone(typing, sara, bram):
    draft = FormDraft.objects.get()
    assert b"tabel" not in bytes(draft.sealed)
    fields = typing.get("/drafts/read/", {"address": HERE}).json()["fields"]
    assert fields == {"question": ["Waar vind ik de tabel?"]}
    typing.sign_in(bram)
    assert typing.get("/drafts/read/", {"address": HERE}).status_code == 404


def test_the_page_offers_it_back_and_the_sent_form_takes_it_away(typing, ministry, sara):
    desk = HelpDesk.objects.create(authority=ministry, name="Hulp", email="hulp@example.org")
    assert b"data-draft-restore" in typing.get(HERE).content
    answer = typing.post(HERE, {"question": ""})
    assert (answer.status_code, FormDraft.objects.count()) == (200, 1)
    typing.post(HERE, {"question": "Waar?", "desk": desk.pk})
    assert FormDraft.objects.count() == 0


def test_typing_on_writes_over_it_and_it_can_be_thrown_away(typing):
    typing.post("/drafts/", TYPED | {"question": "Anders"})
    assert FormDraft.objects.get().fields == {"question": ["Anders"]}
    typing.post("/drafts/discard/", {"address": HERE})
    assert FormDraft.objects.count() == 0


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"question": "Het nummer is 111222333"}, id="a BSN"),
        pytest.param({"question": "x" * (drafts.LONGEST + 1)}, id="too long"),
        pytest.param({"question": "x", "address": "/" + "x" * 300}, id="no address of ours"),
    ],
)
def test_what_must_not_be_kept_is_not(client, sara, typed):
    client.sign_in(sara)
    assert client.post("/drafts/", TYPED | typed).status_code == 422
    assert FormDraft.objects.count() == 0


def test_nothing_typed_keeps_nothing(client, sara):
    client.sign_in(sara).post("/drafts/", {"address": HERE, "question": " ", "password": "x"})
    assert FormDraft.objects.count() == 0


def test_it_goes_after_thirty_days(typing):
    FormDraft.objects.update(saved_at=NOON)
    retention.remove_expired(at=NOON + dt.timedelta(days=30))
    assert FormDraft.objects.count() == 1
    retention.remove_expired(at=NOON + dt.timedelta(days=31))
    assert FormDraft.objects.count() == 0
