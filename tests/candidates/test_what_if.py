"""The calculator gives to the cent what is credited later (N11)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from candidates import actions
from candidates.models import Share
from contracts.models import Block, ValueTable
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
PAGE = reverse("candidates:what-if")


@pytest.fixture
def asked(ww):
    return {
        "block": ww.pk,
        "hours_per_week": "23,5",
        "starts_on": "2026-01-07",
        "ends_on": "2026-02-19",
    }


def test_a_visitor_without_an_account_tries_a_published_table(english, table, asked):
    assert "contract" not in english.get(PAGE).context["choice"].fields
    shown = english.get(PAGE, {"table": table.pk, **asked})
    assert shown.context["receipt"].total_eur == Decimal("1615.65")
    assert "This would count for €1,615.65" in shown.content.decode()


def test_a_table_that_is_not_published_is_not_tried(english, table, asked):
    ValueTable.objects.update(status="draft", published_at=None)
    shown = english.get(PAGE, {"table": table.pk, **asked})
    assert shown.context["form"] is None


def test_a_visitor_tries_no_contract(english, contract, asked):
    assert english.get(PAGE, {"contract": contract.pk, **asked}).context["receipt"] is None


@pytest.mark.parametrize("person", ["sara", "olga", "piet", "cora"])
def test_who_sees_a_contract_tries_it(english, contract, asked, person, request):
    english.sign_in(request.getfixturevalue(person))
    shown = english.get(PAGE, {"contract": contract.pk, **asked})
    assert shown.context["receipt"].total_eur == Decimal("1615.65")


@pytest.fixture
def people(sara, olga):
    return sara, olga


@pytest.mark.parametrize("bonuses", [[], ["permanent"]])
def test_it_equals_what_is_credited_later(english, contract, asked, people, bonuses):
    sara, olga = people
    english.sign_in(sara)
    tried = english.get(PAGE, {"contract": contract.pk, "bonus_codes": bonuses, **asked})
    english.post(
        reverse("candidates:placement-new"),
        {**asked, "reference": "K-07", "contract_form": "permanent", "bonus_codes": bonuses,
         "do": "save"},
    )  # fmt: skip
    placement = contract.placements.get()
    english.post(
        reverse("candidates:contribution-new", args=[placement.pk]),
        {
            "starts_on": asked["starts_on"],
            "ends_on": asked["ends_on"],
            "pct": "100",
            "do": "submit",
        },
    )
    share = Share.objects.get()
    actions.verify_share(share, by=olga, at=NOON)
    share.refresh_from_db()
    assert share.value_eur == tried.context["receipt"].total_eur > 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": "2025-01-01"}, "before the first"),
        ({"ends_on": "2033-01-01"}, "at most five years"),
        ({"hours_per_week": "0"}, "greater than or equal to 0.25"),
        ({"block": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said(english, table, asked, change, sentence):
    shown = english.get(PAGE, {"table": table.pk, **asked, **change})
    assert sentence in shown.content.decode()
    assert shown.context["receipt"] is None


def test_work_after_the_contract_is_not_tried(english, contract, asked, sara):
    english.sign_in(sara)
    shown = english.get(PAGE, {"contract": contract.pk, **asked, "ends_on": "2027-03-31"})
    assert "The contract ends on" in shown.content.decode()


def test_neither_contract_nor_table_is_said(english, contract, sara):
    shown = english.sign_in(sara).get(PAGE, {"contract": "", "table": ""})
    assert "Choose a contract or a table" in shown.content.decode()


def test_another_row_brings_its_own_bonuses(english, table, ww):
    other = Block.objects.get(table=table, code="p-wet")
    table.bonuses.update(applies_to=["ww"])
    for block, count in ((ww, 1), (other, 0)):
        form = english.get(
            PAGE, {"table": table.pk, "block": block.pk, "hours_per_week": ""}
        ).context["form"]
        assert len(form.fields["bonus_codes"].choices) == count
