"""Divide over contracts, in steps that need no script."""

from decimal import Decimal

import pytest
from django.urls import reverse

from candidates.models import Share
from tests.candidates.test_dividing import elsewhere, part  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_a_contract_is_added_and_gets_a_part(english, sara, draft, contract, elsewhere):  # noqa: F811
    online, address = english.sign_in(sara), reverse("candidates:share-divide", args=[draft.pk])
    assert "Elders" in online.get(address).content.decode()
    typed = {
        "contract": [contract.pk],
        f"pct-{contract.pk}": "60",
        f"block-{contract.pk}": draft.block_id,
    }
    shown = online.post(address, typed | {"do": "add", "add": elsewhere.pk})
    form = shown.context["form"]
    assert form.chosen == [contract, elsewhere]
    assert 'value="60"' in shown.content.decode()
    row = part(elsewhere, 1, "p-wet").block
    typed |= {"contract": [contract.pk, elsewhere.pk], "revision": draft.contribution.revision}
    typed |= {f"pct-{elsewhere.pk}": "41", f"block-{elsewhere.pk}": row.pk, "do": "save"}
    assert "is left to divide" in online.post(address, typed).content.decode()
    typed |= {f"pct-{elsewhere.pk}": "40", f"block-{elsewhere.pk}": ""}
    assert "Choose a row" in online.post(address, typed).content.decode()
    typed |= {f"block-{elsewhere.pk}": row.pk}
    told = online.post(address, typed, follow=True).content.decode()
    assert "Divided." in told
    assert "Elders" in told
    assert list(Share.objects.order_by("pk").values_list("pct", flat=True)) == [60, Decimal(40)]

    refused = online.post(address, typed | {f"pct-{contract.pk}": "59"}).content.decode()
    assert "since you opened the page" in refused
    assert 'value="59"' in refused
