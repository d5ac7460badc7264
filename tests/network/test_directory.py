"""The directory of social enterprises (R-388)."""

import datetime as dt

import pytest
from django.urls import reverse

from network import actions
from network.models import Entry
from suppliers.models import Certificate
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.usefixtures("noon")
FACTS = {
    "about": "Wij wassen en vouwen, en leren mensen het vak.",
    "mailbox": "info@noord.example",
    "province": "NL32",
    "is_shown": True,
}
DAY = dt.timedelta(days=1)


@pytest.fixture
def entry(noord, noor):
    return actions.keep_entry(noord, FACTS, by=noor, at=NOON)


@pytest.fixture
def certificate(noord, piet):
    return Certificate.objects.create(
        supplier=noord,
        kind="pso-30",
        valid_from=TODAY - 400 * DAY,
        valid_until=TODAY,
        checked_on=TODAY - DAY,
        recorded_by=piet,
    )


def test_who_holds_a_certificate_today_is_found(entry, certificate, noord):
    assert list(Entry.objects.shown_on(TODAY)) == [entry]
    assert not Entry.objects.shown_on(TODAY + DAY).exists()
    noord.insolvent_on = TODAY
    noord.save()
    assert not Entry.objects.shown_on(TODAY).exists()


def test_who_does_not_want_to_be_found_is_not(entry, certificate, noord, noor):
    hidden = actions.keep_entry(
        noord, FACTS | {"is_shown": False}, by=noor, at=NOON, revision=entry.revision
    )
    assert (hidden.pk, hidden.revision) == (entry.pk, 2)
    assert not Entry.objects.shown_on(TODAY).exists()


def test_the_directory_is_narrowed_by_the_address(client, entry, certificate, ada):
    client.sign_in(ada)
    page = reverse("network:entry-list")
    for query, count in (
        ("", 1),
        ("?q=vouwen&province=NL32&certificate=pso-30", 1),
        ("?q=drukwerk", 0),
        ("?province=NL41", 0),
        ("?certificate=pso-1", 0),
        ("?province=strange", 1),
    ):
        assert len(client.get(page + query).context["rows"]) == count
    assert "info@noord.example" in client.get(entry.get_absolute_url()).text
    client.get(entry.get_absolute_url())


def test_its_administrator_keeps_what_stands_there(client, noord, noor, sara, ada):
    address = reverse("network:entry-keep", args=[noord.pk])
    typed = {"about": "Wij wassen.", "mailbox": "info@noord.example", "province": "NL32"}
    client.sign_in(sara)
    assert client.get(address).status_code == 403
    client.sign_in(noor)
    assert client.post(address, typed).status_code == 302
    entry = Entry.objects.get()
    assert (entry.about, entry.is_shown) == ("Wij wassen.", False)
    assert client.post(address, typed | {"revision": 0}).context["form"].errors
    assert client.get(entry.get_absolute_url()).context["may_keep"]
    client.sign_in(ada)
    assert client.get(entry.get_absolute_url()).status_code == 404
