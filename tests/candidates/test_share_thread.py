"""The explanation of a share leads back to the conversation."""

import pytest
from django.urls import reverse

from contracts import actions, ledger
from tests.conftest import NOON
from tests.contracts import planning, talking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_the_explanation_of_a_share_shows_the_thread(client, contract, submitted, sara, cora):
    piet = contract.officer
    tender = talking.tender_of(contract.authority, piet)
    conclusion = talking.conclude(talking.talk(tender, piet), piet)
    contract.tender = tender
    contract.save()
    promise = planning.promised(follows_from=conclusion)
    line = planning.agreed(contract, sara, cora, promise).lines.get()
    source = ledger.Source.of(submitted)
    actions.tie_to_plan(contract, source, line, by=sara, at=NOON)
    supplier = client.sign_in(sara)
    page = supplier.get(reverse("candidates:share-explanation", args=[submitted.pk]))
    assert talking.SENTENCE in page.text
    assert "/dialogues/" not in page.text
    assert "Hoe dit contract begon" in supplier.get(contract.get_absolute_url()).text
