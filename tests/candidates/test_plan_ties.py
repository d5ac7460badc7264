"""The line of the plan that a share fulfils, chosen on its page (R-194)."""

import pytest
from django.urls import reverse

from contracts.models import PlanTie
from tests.client import PortalClient
from tests.contracts import planning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "in_english")]


def tie(client, share, line):
    data = {"line": "" if line is None else line.pk}
    page = client.post(reverse("candidates:share-tie", args=[share.pk]), data, follow=True)
    return [str(each) for each in page.context["messages"]], page.status_code


def test_who_acts_for_the_supplier_chooses_a_line(english, contract, submitted, sara, cora):
    line = planning.agreed(contract, sara, cora).lines.get()
    english.sign_in(sara)

    assert tie(english, submitted, line) == (["The line of the plan is kept."], 200)
    assert PlanTie.objects.get().line == line

    other = planning.drafted(contract, sara).lines.first()
    refused, _status = tie(english, submitted, other)
    assert refused == ["Choose a line of the agreed plan of this contract."]
    assert PlanTie.objects.get().line == line


def test_an_official_chooses_no_line_for_a_supplier(contract, submitted, sara, cora, olga):
    line = planning.agreed(contract, sara, cora).lines.get()
    address = reverse("candidates:share-tie", args=[submitted.pk])
    answer = PortalClient().sign_in(olga).post(address, {"line": line.pk})
    assert answer.status_code == 403
