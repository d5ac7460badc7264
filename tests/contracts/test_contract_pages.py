"""Contracts in the browser: typing, logging, handing over, looking."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions
from contracts.models import Contract, ContractStatus
from sroi_portal.core.models import AuditEvent
from suppliers.models import Supplier
from tests import factories
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AUTOSAVE = {"X-Requested-With": "autosave"}


def address(name, contract=None):
    return reverse(f"contracts:{name}", args=[contract.pk] if contract else [])


@pytest.fixture
def concept(ministry, noord, piet):
    facts = {"authority": ministry, "supplier": noord, "title": "Schoonmaak"}
    return actions.log_contract(facts, by=piet, at=NOON)


@pytest.fixture
def typed(concept, table):
    """What an officer types: EUR 800,000 at 5 % (example E01)."""
    return {
        "title": "Schoonmaak",
        "value_eur": "800.000,00",
        "awarded_on": "2026-03-02",
        "starts_on": "2026-04-01",
        "ends_on": "2028-03-31",
        "regime": "classic",
        "legal_form": "condition",
        "base_kind": "contract_value",
        "percentage": "5",
        "reason": "Veel arbeid.",
        "value_table": table.pk,
        "revision": concept.revision,
    }


@pytest.fixture
def officer(client, piet):
    return client.sign_in(piet)


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]


def test_a_supplier_is_found_by_its_number_and_chosen(officer, ministry, noord):
    page = officer.get(address("contract-new"))
    typed = {
        "form_key": hidden(page, "form_key"),
        "authority": ministry.pk,
        "title": "Catering",
        "supplier_search": "9999 0001",
    }
    answer = officer.post(address("contract-new"), typed)
    contract = Contract.objects.get()
    assert answer.url == address("contract-edit", contract)
    assert (contract.supplier, contract.authority) == (noord, ministry)


@pytest.mark.parametrize("second", [None, "res-ws", ""])
def test_a_contract_takes_over_what_its_tender_and_lots_say(officer, ministry, noord, piet, second):
    told = {"authority": ministry, "title": "Groen", "nature": "services"}
    tender = actions.log_tender(told, by=piet, at=NOON)
    days = {"starts_on": dt.date(2027, 1, 1), "ends_on": dt.date(2028, 12, 31), "place": "NL361"}
    lots = [
        actions.log_lot(
            tender,
            {"identifier": f"LOT-{number}", "title": "Deel", "reserved_participation": reserved}
            | days,
            by=piet,
            at=NOON,
        )
        for number, reserved in enumerate(("res-ws", second))
        if reserved is not None
    ]
    page = officer.get(address("contract-new"), {"tender": tender.pk})
    typed = {
        "form_key": hidden(page, "form_key"),
        "authority": ministry.pk,
        "title": "Groen",
        "tender": tender.pk,
        "supplier_search": "9999 0001",
    }
    officer.post(address("contract-new"), typed)
    contract = Contract.objects.get()
    assert (contract.nature, contract.place) == ("services", "NL361")
    assert (contract.starts_on, contract.ends_on) == (days["starts_on"], days["ends_on"])
    assert list(contract.lots.all()) == (lots if second is None else [])
    assert contract.is_reserved == (second != "")


def test_a_double_click_makes_one_contract(officer, ministry, noord):
    key = hidden(officer.get(address("contract-new")), "form_key")
    typed = {"form_key": key, "authority": ministry.pk, "title": "C", "supplier": noord.pk}
    typed["supplier_search"] = noord.kvk
    answers = [officer.post(address("contract-new"), typed) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert Contract.objects.count() == 1


def test_looking_up_keeps_what_was_typed(officer, ministry, noord):
    typed = {"authority": ministry.pk, "title": "Catering", "supplier_search": "noord"}
    page = officer.post(address("contract-new"), typed | {"look_up": "1"})
    assert "Leverancier Noord (99990001)" in page.text
    assert 'value="Catering"' in page.text
    assert not Contract.objects.exists()


def test_a_tender_of_another_authority_is_refused(officer, piet, noord, ministry, other_ministry):
    factories.RoleAssignmentFactory(user=piet, authority=other_ministry, role="officer")
    tender = factories.TenderFactory(authority=other_ministry, officer=piet)
    typed = {"authority": ministry.pk, "title": "C", "supplier_search": noord.kvk}
    page = officer.post(address("contract-new"), typed | {"tender": tender.pk})
    assert "This tender is of another authority." in page.text


def test_a_contract_begins_from_its_tender(officer, ministry, piet):
    tender = factories.TenderFactory(authority=ministry, officer=piet, title="Groen")
    page = officer.get(address("contract-new"), {"tender": tender.pk})
    assert 'value="Groen"' in page.text
    assert 'value="Groen"' not in officer.get(address("contract-new"), {"tender": 0}).text


def test_the_obligation_is_shown_while_it_is_typed(officer):
    typed = {"base_kind": "contract_value", "value_eur": "800.000", "percentage": "5"}
    assert "€40,000.00" in officer.get(address("obligation-preview"), typed).text
    fixed = {"base_kind": "fixed", "fixed_eur": "1234,50"}
    assert "€1,234.50" in officer.get(address("obligation-preview"), fixed).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose the base"),
        ({"base_kind": "wage_sum", "percentage": "5"}, "Fill in the base and the percentage"),
        ({"base_kind": "fixed"}, "Fill in the fixed amount"),
        ({"base_kind": "contract_value", "value_eur": "veel"}, "Fill in the base"),
    ],
)
def test_what_is_missing_for_the_obligation_is_said(officer, typed, said):
    assert said in officer.get(address("obligation-preview"), typed).text


def test_without_javascript_a_button_computes(officer, concept, typed):
    page = officer.post(address("contract-edit", concept), typed | {"compute": "1"})
    assert "€40,000.00" in page.text
    concept.refresh_from_db()
    assert concept.value_eur is None


def test_a_concept_is_kept_without_its_percentage(officer, concept, typed):
    """EF-06."""
    answer = officer.post(address("contract-edit", concept), typed | {"percentage": ""})
    assert answer.url == address("contract-detail", concept)
    page = officer.get(answer.url)
    assert "Percentage" in page.text
    assert officer.post(address("contract-award", concept), {}).url == answer.url
    concept.refresh_from_db()
    assert concept.status == ContractStatus.DRAFT


def test_a_concept_is_kept_while_one_types(officer, concept, typed):
    answer = officer.post(address("contract-edit", concept), typed, headers=AUTOSAVE)
    assert (answer.status_code, answer.headers["X-Revision"]) == (204, "2")
    wrong = typed | {"revision": "2", "ends_on": "2020-01-01"}
    answer = officer.post(address("contract-edit", concept), wrong, headers=AUTOSAVE)
    assert answer.status_code == 422
    concept.refresh_from_db()
    assert concept.ends_on == dt.date(2028, 3, 31)


def test_an_old_page_is_noticed_and_what_was_typed_stays(officer, concept, typed, piet):
    actions.change_contract(concept, {"reference": "X-1"}, by=piet, at=NOON)
    page = officer.post(address("contract-edit", concept), typed)
    assert "Somebody changed this since you opened the page" in page.text
    assert "Veel arbeid." in page.text
    assert hidden(page, "revision") == "2"
    again = officer.post(address("contract-edit", concept), typed | {"revision": "2"})
    assert again.status_code == 302


def test_a_citizen_service_number_is_refused(officer, concept, typed):
    page = officer.post(address("contract-edit", concept), typed | {"reason": "BSN 123456782"})
    assert "This looks like a citizen service number" in page.text


def test_a_tailored_contract_takes_no_share(officer, concept, typed):
    page = officer.post(address("contract-edit", concept), typed | {"regime": "tailored"})
    assert "Under the tailored way of working" in page.text
    assert "€40,000.00" not in page.text


def test_a_reserved_legal_form_makes_the_contract_reserved(officer, concept, typed):
    officer.post(address("contract-edit", concept), typed | {"legal_form": "reserved"})
    concept.refresh_from_db()
    assert concept.is_reserved


def test_lots_of_the_tender_can_be_ticked(officer, concept, typed, ministry, piet):
    tender = factories.TenderFactory(authority=ministry, officer=piet)
    lot = tender.lots.create(authority=ministry, identifier="LOT-0001", title="Noord")
    actions.change_contract(concept, {"tender": tender}, by=piet, at=NOON)
    officer.post(address("contract-edit", concept), typed | {"revision": "2", "lots": [lot.pk]})
    assert list(concept.lots.all()) == [lot]


def test_only_tables_that_hold_on_the_day_of_award_are_offered(officer, concept, table):
    later = factories.value_table(publisher="Aa", name="Later", valid_from=dt.date(2099, 1, 1))
    page = officer.get(address("contract-edit", concept)).text
    assert str(table) in page
    assert str(later) not in page


def test_of_one_table_the_newest_version_is_offered(officer, concept, table):
    newer = factories.value_table(
        code=table.code, version="2", name="Newer", valid_from=dt.date(2021, 1, 1)
    )
    page = officer.get(address("contract-edit", concept)).text
    assert str(newer) in page
    assert str(table) not in page


def test_a_table_that_does_not_hold_yet_is_refused_in_words(officer, concept, typed):
    later = factories.value_table(name="Later", valid_from=dt.date(2026, 3, 3))
    page = officer.post(address("contract-edit", concept), typed | {"value_table": later.pk})
    assert "This table does not hold for a contract awarded on that day." in page.text
    assert "Later" in page.text


def test_another_supplier_is_chosen_for_a_concept(officer, concept, zuid):
    where = address("contract-supplier", concept)
    assert "Leverancier Noord" in officer.get(where).text
    answer = officer.post(where, {"supplier_search": "zuid", "supplier": zuid.pk})
    assert answer.url == address("contract-edit", concept)
    concept.refresh_from_db()
    assert concept.supplier == zuid


def test_a_supplier_that_is_new_is_entered(officer, concept):
    typed = {"new_name": "Nieuw B.V.", "new_kvk": "99990099"}
    officer.post(address("contract-supplier", concept), typed)
    assert Supplier.objects.get(kvk="99990099") == Contract.objects.get().supplier


def test_logging_shows_first_what_will_stand(officer, concept, typed):
    answer = officer.post(address("contract-edit", concept), typed | {"award": "1"})
    assert answer.url == address("contract-award", concept)
    page = officer.get(answer.url)
    assert "€40,000.00" in page.text
    logged = officer.post(answer.url, {"revision": hidden(page, "revision")})
    concept.refresh_from_db()
    assert (logged.url, concept.status) == (concept.get_absolute_url(), ContractStatus.AWARDED)
    assert concept.obligations.get().quantity == Decimal("40000.00")
    again = officer.post(answer.url, {})
    assert again.status_code == 302
    assert concept.obligations.count() == 1


def test_logging_from_an_old_page_is_refused(officer, concept, typed):
    officer.post(address("contract-edit", concept), typed)
    officer.post(address("contract-award", concept), {"revision": "1"})
    concept.refresh_from_db()
    assert concept.status == ContractStatus.DRAFT


def test_what_is_awarded_is_no_longer_edited(officer, contract, zuid):
    for name in ("contract-edit", "contract-award"):
        answer = officer.post(address(name, contract), {"title": "X"})
        assert answer.url == contract.get_absolute_url()
    officer.post(
        address("contract-supplier", contract), {"supplier": zuid.pk, "supplier_search": "zuid"}
    )
    officer.post(address("contract-cancel", contract), {"reason": "Toch niet."})
    contract.refresh_from_db()
    assert (contract.status, contract.supplier.name) == ("active", "Leverancier Noord")


def test_a_concept_is_put_aside(officer, concept):
    where = address("contract-cancel", concept)
    assert "This field is required" in officer.post(where, {"reason": ""}).text
    officer.post(where, {"reason": "Dubbel."})
    concept.refresh_from_db()
    assert concept.status == ContractStatus.CANCELLED


def test_the_contract_goes_from_officer_to_manager(client, concept, typed, piet, cora):
    officer = client.sign_in(piet)
    officer.post(address("contract-edit", concept), typed)
    officer.post(address("contract-award", concept), {})
    assert "Cora" in officer.get(address("contract-hand-over", concept)).text
    officer.post(address("contract-hand-over", concept), {"manager": cora.pk})
    manager = client.sign_in(cora)
    assert (
        "You are asked to look after this contract."
        in manager.get(address("contract-detail", concept)).text
    )
    manager.post(address("contract-accept", concept))
    manager.post(address("contract-accept", concept))
    concept.refresh_from_db()
    assert (concept.status, concept.manager) == (ContractStatus.ACTIVE, cora)
    assert AuditEvent.objects.filter(verb="accept_contract").count() == 1


def test_a_manager_gives_a_contract_back(client, concept, typed, piet, cora, sara):
    officer = client.sign_in(piet)
    officer.post(address("contract-edit", concept), typed)
    officer.post(address("contract-award", concept), {})
    officer.post(address("contract-hand-over", concept), {"manager": cora.pk, "revision": "99"})
    concept.refresh_from_db()
    assert concept.status == ContractStatus.AWARDED
    officer.post(address("contract-hand-over", concept), {"manager": cora.pk})
    manager = client.sign_in(cora)
    manager.post(address("contract-refuse", concept), {"reason": "Te veel contracten."})
    assert "Te veel contracten." in manager.get(concept.get_absolute_url()).text
    assert "Te veel contracten." not in client.sign_in(sara).get(concept.get_absolute_url()).text


def test_refusing_what_runs_is_refused_with_a_sentence(client, contract, cora):
    manager = client.sign_in(cora)
    manager.post(address("contract-refuse", contract), {"reason": "Toch niet."})
    contract.refresh_from_db()
    assert contract.status == ContractStatus.ACTIVE


def test_the_first_contact_is_recorded_once_it_was(client, contract, cora):
    manager = client.sign_in(cora)
    where = address("contact-record", contract)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    page = manager.post(where, {"contacted_on": tomorrow.isoformat()})
    assert "cannot lie in the future" in page.text
    manager.post(where, {"contacted_on": "2026-01-05"})
    contract.refresh_from_db()
    assert contract.contacted_on == dt.date(2026, 1, 5)


def test_the_reserved_share_is_recorded(client, contract, cora):
    Contract.objects.update(is_reserved=True)
    manager = client.sign_in(cora)
    assert "share not checked yet" in manager.get(contract.get_absolute_url()).text
    where = address("reserved-record", contract)
    proof = {"proof": "accountant"}
    future = proof | {"share_pct": "31", "seen_on": "2099-01-01"}
    assert "This day lies in the future." in manager.post(where, future).text
    manager.post(where, proof | {"share_pct": "29,5", "seen_on": "2026-01-05"})
    assert "less than the 30%" in manager.get(contract.get_absolute_url()).text
    manager.post(where, proof | {"share_pct": "30", "seen_on": "2026-01-06"})
    assert "as the law asks" in manager.get(contract.get_absolute_url()).text
