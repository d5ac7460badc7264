"""Object to a rejection and decide on it, through the pages."""

import pytest
from django.urls import reverse

from candidates import actions
from candidates.models import ShareStatus
from tests.client import PortalClient
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def online():
    def online(person):
        client = PortalClient()
        client.cookies["language"] = "en"
        return client.sign_in(person)

    return online


def test_object_and_decide(online, rejected, sara, olga, oda):
    supplier, address = online(sara), reverse("candidates:share-object", args=[rejected.pk])
    assert "You can object once" in supplier.get(rejected.get_absolute_url()).content.decode()
    assert "required" in supplier.post(address, {"reason": ""}).content.decode()
    for _click in range(2):
        supplier.post(address, {"reason": "Het bewijs zat erbij."})
    rejected.refresh_from_db()
    assert rejected.status == ShareStatus.OBJECTED

    page, decide = rejected.get_absolute_url(), "Your decision on the objection"
    shown = online(olga).get(page).content.decode()
    assert "A colleague decides on the objection" in shown
    assert decide not in shown
    colleague = online(oda)
    shown = colleague.get(page + "?status=objected").content.decode()
    assert decide in shown
    assert "1 of 1" in shown
    assert "Het bewijs zat erbij." in shown
    sent = {"reason": "De uren kloppen.", "revision": rejected.revision}
    colleague.post(reverse("candidates:objection-grant", args=[rejected.pk]), sent)
    rejected.refresh_from_db()
    assert rejected.status == ShareStatus.VERIFIED
    assert "De uren kloppen." in supplier.get(page).content.decode()


def test_a_refused_objection_keeps_what_was_typed(online, rejected, sara):
    period = (rejected.contribution.starts_on, rejected.contribution.ends_on)
    placement = rejected.contribution.placement
    actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    address = reverse("candidates:share-object", args=[rejected.pk])
    shown = online(sara).post(address, {"reason": "Niet eens."}).content.decode()
    assert "entered this anew" in shown
    assert "Niet eens." in shown


def test_nothing_to_object_to(online, submitted, sara):
    address = reverse("candidates:share-object", args=[submitted.pk])
    shown = online(sara).get(address, follow=True).content.decode()
    assert "no rejection to object to" in shown
