"""A page that polls does not keep a session alive; somebody at work does."""

from django.contrib.sessions.models import Session
from django.urls import reverse


def test_polling_does_not_lengthen_a_session(client, cora, contract):
    client.sign_in(cora).get(reverse("home"))
    before = Session.objects.get().expire_date

    client.get(reverse("contracts:contract-fulfilment", args=[contract.pk]))
    assert Session.objects.get().expire_date == before

    client.get(contract.get_absolute_url())
    assert Session.objects.get().expire_date > before
