"""The pages on which something else than work is entered, corrected and checked."""

from decimal import Decimal

import pytest
from django.urls import reverse

from candidates import actions
from candidates.models import Agreement, Contribution, Share
from suppliers.models import Supplier
from tests import factories
from tests.candidates import kinds
from tests.candidates.kinds import MARCH_2
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.usefixtures("noon")
BOUGHT = {
    "partner_kvk": "99990002",
    "invoice_number": "2026-0012",
    "invoiced_on": "2026-03-02",
    "amount_eur": "1.210,00",
    "vat_pct": "21",
}


@pytest.fixture
def rows(table):
    return {code: kinds.row(table, code) for code in kinds.ROWS}


def new(contract, block, name="new"):
    return reverse(f"candidates:claim-{name}", args=[contract.pk, block.pk])


def test_only_kinds_of_the_table_are_offered(english, sara, contract, table):
    english.sign_in(sara)
    page = english.get(reverse("candidates:claim-choose", args=[contract.pk]))
    assert b"Placement" in page.content
    assert b"Social purchase" not in page.content

    block = kinds.row(table, "bought")
    page = english.get(reverse("candidates:claim-choose", args=[contract.pk]))
    assert new(contract, block).encode() in page.content


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("hours", {"title", "ends_on", "people", "quantity"}),
        ("day", {"title", "ends_on", "quantity"}),
        ("course", {"title", "ends_on", "for_placement", "amount_eur", "vat_pct"}),
        ("bought", {*BOUGHT, "partner_name"}),
        ("agreed", {"agreement", "ends_on"}),
    ],
)
def test_a_page_asks_only_what_its_kind_needs(english, sara, contract, rows, code, asked):
    english.sign_in(sara)
    form = english.get(new(contract, rows[code])).context["form"]
    assert set(form.fields) - {"form_key", "revision"} == asked


def test_a_purchase_is_shown_submitted_once_and_kept(english, sara, contract, rows, zuid):
    english.sign_in(sara)
    page = english.post(new(contract, rows["bought"], "preview"), BOUGHT | {"do": "compute"})
    assert page.context["receipt"].total_eur == Decimal("1000.00")
    assert f'action="{new(contract, rows["bought"])}"' in page.content.decode()
    assert not Contribution.objects.exists()

    key = {"form_key": "6f1c8f9e-0000-4000-8000-000000000001", "do": "submit"}
    answers = [english.post(new(contract, rows["bought"]), BOUGHT | key) for _ in range(2)]
    share = Share.objects.get()
    assert [answer.url for answer in answers] == [share.get_absolute_url()] * 2
    assert (share.status, share.contribution.partner) == ("submitted", zuid)


def test_an_unknown_seller_is_put_in_the_register(english, sara, contract, rows):
    english.sign_in(sara)
    unknown = BOUGHT | {"partner_kvk": "99997777", "do": "draft"}
    page = english.post(new(contract, rows["bought"]), unknown)
    assert "does not know this number" in page.content.decode()

    english.post(new(contract, rows["bought"]), unknown | {"partner_name": "Wasserij De Proef"})
    assert Share.objects.get().contribution.partner == Supplier.objects.get(kvk="99997777")


def test_a_seller_that_was_taken_over_is_who_goes_on(english, sara, contract, rows, zuid):
    goes_on = factories.SupplierFactory(name="Wasserij Voort", kvk="99990003")
    Supplier.objects.filter(pk=zuid.pk).update(merged_into=goes_on, merged_on=TODAY)
    english.sign_in(sara).post(new(contract, rows["bought"]), BOUGHT | {"do": "draft"})
    assert Share.objects.get().contribution.partner == goes_on


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"partner_kvk": "99990001"}, "your own number"),
        ({"invoiced_on": "2025-12-31"}, "The contract starts on"),
        ({"invoiced_on": "2027-01-01"}, "The contract ends on"),
        ({"invoiced_on": "2026-03-05"}, "after today"),
        ({"amount_eur": "0"}, "0.01"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(english, sara, contract, rows, changes, said):
    english.sign_in(sara)
    page = english.post(new(contract, rows["bought"]), BOUGHT | changes | {"do": "draft"})
    assert said in page.content.decode()
    assert not Contribution.objects.exists()


def test_a_title_holds_no_citizen_service_number(english, sara, contract, rows):
    english.sign_in(sara)
    told = {"title": "Les aan 111222333", "ends_on": "2026-03-02", "people": "2", "quantity": "3"}
    page = english.post(new(contract, rows["hours"]), told | {"do": "draft"})
    assert "citizen service number" in page.content.decode()


def test_a_concept_is_corrected_on_its_page(english, sara, contract, rows, zuid):
    share = actions.draft_claim(contract, kinds.bought(rows["bought"], zuid), by=sara, at=NOON)
    english.sign_in(sara)
    address = reverse("candidates:share-edit", args=[share.pk])
    assert english.get(address).context["form"].initial["partner_kvk"] == zuid.kvk
    sent = BOUGHT | {"revision": share.revision, "do": "save", "vat_pct": ""}
    english.post(address, sent)
    share.refresh_from_db()
    assert share.value_eur == Decimal("1210.00")
    page = english.post(address, sent)  # an old page
    assert "Somebody changed this" in page.content.decode()


def test_the_checker_reads_the_facts_of_the_kind(english, olga, sara, contract, rows, zuid):
    told = kinds.bought(rows["bought"], zuid, vat_pct=Decimal(21))
    share = kinds.submitted(contract, told, sara)
    english.sign_in(olga)
    text = english.get(share.get_absolute_url()).content.decode()
    assert all(fact in text for fact in ("Leverancier Zuid", "2026-0012", "VAT in it"))
    assert english.get(reverse("candidates:share-list")).status_code == 200
    assert english.get(reverse("candidates:share-explanation", args=[share.pk])).status_code == 200


def test_something_tailored_is_proposed_agreed_and_entered(english, sara, ada, contract, rows):
    english.sign_in(sara)
    address = reverse("candidates:agreement-new", args=[contract.pk])
    told = {"block": rows["agreed"].pk, "title": "Taalles", "value_eur": "2500", "reason": "Nieuw."}
    english.post(address, told)
    agreement = Agreement.objects.get()
    english.sign_in(ada)
    assert b"Taalles" in english.get(reverse("candidates:agreement-list")).content
    assert b"Nieuw." in english.get(agreement.get_absolute_url()).content
    answer = {"reason": "Marktprijs.", "revision": agreement.revision}
    english.post(reverse("candidates:agreement-agree", args=[agreement.pk]), answer)
    agreement.refresh_from_db()
    assert agreement.agreed_by == ada

    english.sign_in(sara)
    told = {"agreement": agreement.pk, "ends_on": "2026-03-02", "do": "submit"}
    english.post(new(contract, rows["agreed"]), told)
    assert Share.objects.get().value_eur == Decimal("2500.00")
    page = english.get(new(contract, rows["agreed"]))
    assert b"Nothing is agreed yet" in page.content


def test_what_is_not_agreed_is_told_with_a_reason(english, sara, olga, contract, rows):
    agreement = actions.propose_agreement(
        contract,
        actions.Proposal(rows["agreed"], "Taalles", Decimal(2500), "Nieuw."),
        by=sara,
        at=NOON,
    )
    english.sign_in(olga)
    decline = reverse("candidates:agreement-decline", args=[agreement.pk])
    english.post(decline, {"reason": "Te duur.", "revision": agreement.revision})
    assert "answered before" in english.get(decline, follow=True).content.decode()
    english.sign_in(sara)
    assert b"Te duur." in english.get(agreement.get_absolute_url()).content


def test_a_proposal_is_taken_back_on_its_page(english, sara, contract, rows):
    agreement = actions.propose_agreement(
        contract,
        actions.Proposal(rows["agreed"], "Taalles", Decimal(2500), "Nieuw."),
        by=sara,
        at=NOON,
    )
    english.sign_in(sara)
    withdraw = reverse("candidates:agreement-withdraw", args=[agreement.pk])
    assert english.post(withdraw, follow=True).status_code == 200
    page = english.post(withdraw, follow=True)
    assert "no longer be done" in page.content.decode()


def test_training_names_the_person_by_the_suppliers_reference(english, sara, placement, rows):
    english.sign_in(sara)
    page = english.get(new(placement.contract, rows["course"]))
    assert b"K-01" in page.content
    told = {"title": "VCA", "ends_on": "2026-03-02", "amount_eur": "500", "for_placement": ""}
    english.post(
        new(placement.contract, rows["course"]),
        told | {"for_placement": placement.pk, "do": "submit"},
    )
    share = Share.objects.get()
    assert share.contribution.for_placement == placement
    assert (share.contribution.ends_on, share.value_eur) == (MARCH_2, Decimal("500.00"))
    assert b"K-01" in english.get(share.get_absolute_url()).content


def test_without_a_row_for_it_nothing_tailored_is_offered_and_whom_to_ask_is_said(
    english, sara, contract, table
):
    english.sign_in(sara)
    address = f"{reverse('candidates:agreement-list')}?contract={contract.pk}"
    proposing = reverse("candidates:agreement-new", args=[contract.pk])
    choosing = reverse("candidates:claim-choose", args=[contract.pk])
    for page in (english.get(address), english.get(choosing)):
        assert f"Ask the contract manager, {contract.manager.name}." in page.text
        assert proposing not in page.text
    assert address in english.get(contract.get_absolute_url()).text

    kinds.row(table, "agreed")
    for page in (english.get(address), english.get(choosing)):
        assert "Ask the contract manager" not in page.text
        assert proposing in page.text
