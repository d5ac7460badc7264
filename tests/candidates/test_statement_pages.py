"""Pages on which a supplier states its periods (C13, D14)."""

import re

import pytest
from django.utils import timezone

from contracts.models import PeriodStatement
from tests.conftest import NOON

APRIL = NOON.replace(month=4, day=3)


@pytest.fixture
def april(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: APRIL)


def _form(page):
    text = page.content.decode()
    return {
        name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', text)[1]
        for name in ("sha256", "form_key")
    }


def test_a_period_is_signed_once_corrected_and_withdrawn(april, client, contract, sara, submitted):
    client.sign_in(sara)
    address = f"/contracts/{contract.pk}/periods/2026-01-01/"
    sent = _form(client.get(address))
    assert client.post(address, sent).status_code == 200  # the box was not ticked
    for _twice in range(2):
        assert client.post(address, sent | {"is_true": "on"}).status_code == 302
    statement = PeriodStatement.objects.get()
    listed = client.get(f"/contracts/{contract.pk}/periods/")
    assert [row.statement for row in listed.context["rows"]] == [None, statement]
    withdraw = f"/statements/{statement.pk}/withdraw/"
    assert client.get(withdraw).status_code == 200
    told = {"reason": "Te vroeg.", "revision": statement.revision}
    assert client.post(withdraw, told).status_code == 302
    assert "Te vroeg." in client.post(withdraw, told).text  # refused on the form
    statement.refresh_from_db()
    assert statement.status == "withdrawn"


def test_figures_that_changed_are_shown_again(april, client, contract, sara):
    client.sign_in(sara)
    address = f"/contracts/{contract.pk}/periods/2026-01-01/"
    sent = _form(client.get(address)) | {"is_true": "on", "sha256": "0" * 64}
    assert client.post(address, sent).status_code == 200
    assert not PeriodStatement.objects.exists()


@pytest.mark.parametrize("first", ["2026-01-02", "gisteren"])
def test_a_day_on_which_no_period_begins_is_no_page(client, contract, sara, first):
    client.sign_in(sara)
    assert client.get(f"/contracts/{contract.pk}/periods/{first}/").status_code == 404


def test_a_checker_sees_figures_and_a_policy_maker_does_not(
    april, client, contract, submitted, olga, vera
):
    sara = submitted.submitted_by
    client.sign_in(sara)
    address = f"/contracts/{contract.pk}/periods/2026-01-01/"
    client.post(address, _form(client.get(address)) | {"is_true": "on"})
    seen = {}
    for person in (olga, vera):
        page = client.sign_in(person).get(f"/contracts/{contract.pk}/periods/")
        seen[person.name] = page.context["rows"][-1].value_eur
    assert seen["Olga"] > 0
    assert seen["Vera"] is None
