"""Contracts in the browser: typing, logging, handing over, looking."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contracts import actions, fulfilment
from contracts.models import Contract, ContractStatus, Fulfilment
from sroi_portal.core.models import AuditEvent
from suppliers.models import Supplier
from tests import factories
from tests.conftest import NOON, TODAY

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


def test_tables_that_hold_on_the_day_of_award_come_first(officer, concept, table):
    later = factories.value_table(publisher="Aa", name="Later", valid_from=dt.date(2099, 1, 1))
    page = officer.get(address("contract-edit", concept)).text
    assert page.index(str(table)) < page.index(str(later))


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
    officer.post(address("contract-supplier", contract), {"supplier": zuid.pk, "supplier_search": "zuid"})
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
    assert "You are asked to look after this contract." in manager.get(
        address("contract-detail", concept)
    ).text
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
    future = {"share_pct": "31", "checked_on": "2099-01-01"}
    assert "This day lies in the future." in manager.post(where, future).text
    manager.post(where, {"share_pct": "29,5", "checked_on": "2026-01-05"})
    assert "less than the 30%" in manager.get(contract.get_absolute_url()).text
    manager.post(where, {"share_pct": "30", "checked_on": "2026-01-06"})
    assert "as the law asks" in manager.get(contract.get_absolute_url()).text


def test_both_sides_read_the_same_figures(client, contract, cora, sara):
    """S01."""
    factories.entry(contract, "verified", Decimal("1234.56"), source=contract.uuid)
    fulfilment.recompute(today=TODAY, at=NOON)
    figures = [
        re.findall(r'figure__value">([^<]*)<', client.sign_in(person).get(
            contract.get_absolute_url()
        ).text)
        for person in (cora, sara)
    ]
    assert figures[0] == figures[1]
    assert {"€40,000.00", "€1,234.56", "3.1%"} <= set(figures[0])


def test_the_page_follows_the_figures(client, contract, sara):
    fulfilment.recompute(today=TODAY, at=NOON)
    supplier = client.sign_in(sara)
    page = supplier.get(contract.get_absolute_url())
    asked = re.search(r'hx-get="([^"]*fulfilment/[^"]*)"', page.text)[1].replace("&amp;", "&")
    assert supplier.get(asked).status_code == 204
    Fulfilment.objects.update(computed_at=NOON + dt.timedelta(seconds=1), verified_eur=7)
    assert "€7.00" in supplier.get(asked).text


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        ("none", "no longer steered"),
        ("on_course", "that fits"),
        ("talk", "A conversation helps now."),
        ("act", "Agree now what is still possible."),
        ("reached", "All that was owed is done"),
    ],
)
def test_each_signal_says_why(client, contract, cora, signal, said):
    Fulfilment.objects.update(
        signal=signal, computed_at=NOON, stale_since=None, expected_eur=20_000
    )
    page = client.sign_in(cora).get(contract.get_absolute_url()).text
    assert said in page
    offers = signal in ("talk", "act")
    assert ("Three things that are possible" in page) is offers
    assert ("works full time for 6 months makes up the €20,000" in page) is offers


def test_nothing_owed_is_said(client, contract, cora):
    Fulfilment.objects.update(signal="none", computed_at=NOON, owed_eur=0, waived_eur=1)
    page = client.sign_in(cora).get(contract.get_absolute_url()).text
    assert "Nothing is owed in euros." in page
    assert "Waived: €1.00." in page


def test_a_contract_of_one_day_has_a_course(client, contract, cora):
    Contract.objects.update(starts_on=TODAY, ends_on=TODAY)
    assert client.sign_in(cora).get(contract.get_absolute_url()).status_code == 200


def test_a_modification_is_told_to_officials_alone(client, contract, piet, sara, ministry):
    tender = factories.TenderFactory(authority=ministry, officer=piet)
    Contract.objects.update(tender=tender)
    tender.notices.create(
        authority=ministry,
        status="imported",
        notice_id=contract.uuid,
        notice_version="01",
        publication_id="00999009-2026",
        sha256=b"x",
        raw=b"x",
        facts={"modification": {"reasons": ["add-wss"]}},
        uploaded_by=piet,
        uploaded_at=NOON,
    )
    said = "Notice 00999009-2026 says that this contract was modified."
    assert said in client.sign_in(piet).get(contract.get_absolute_url()).text
    assert said not in client.sign_in(sara).get(contract.get_absolute_url()).text


@pytest.fixture
def three(contract, ministry, zuid, piet, cora, table):
    """One runs, one is a concept, one is of another supplier."""
    facts = {"authority": ministry, "officer": piet, "value_table": table}
    second = factories.active_contract(supplier=zuid, manager=cora, title="Zuidwerk", **facts)
    draft = factories.ContractFactory(supplier=zuid, title="Concept", **facts)
    return contract, second, draft


def titles(page):
    return re.findall(r'class="table__main"[^>]*>([^<]*)<', page.text)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 3),
        ({"q": "zuidw"}, 1),
        ({"q": "99990002"}, 2),
        ({"status": "draft"}, 1),
        ({"signal": "on_course"}, 0),
        ({"own": "on"}, 2),
        ({"status": "nonsense"}, 3),
    ],
)
def test_the_list_is_narrowed(client, three, cora, asked, found):
    page = client.sign_in(cora).get(address("contract-list"), asked)
    assert len(titles(page)) == found


def test_the_list_is_narrowed_by_category_and_authority(client, three, cora, other_ministry):
    factories.RoleAssignmentFactory(user=cora, authority=other_ministry, role="manager")
    manager = client.sign_in(cora)
    category = three[0].category_id
    assert len(titles(manager.get(address("contract-list"), {"category": category}))) == 3
    page = manager.get(address("contract-list"), {"authority": other_ministry.pk})
    assert titles(page) == []
    assert "Nothing found" in page.text


@pytest.mark.parametrize("sort", ["title", "supplier", "value", "owed", "percentage", "ends"])
def test_the_list_is_sorted_both_ways(client, three, cora, sort):
    manager = client.sign_in(cora)
    Contract.objects.filter(title="Zuidwerk").update(value_eur=1, ends_on=dt.date(2030, 1, 1))
    up = titles(manager.get(address("contract-list"), {"sort": sort}))
    down = titles(manager.get(address("contract-list"), {"sort": f"-{sort}"}))
    assert len(up) == len(down) == 3
    if sort == "title":
        assert up == down[::-1]


def test_a_supplier_sees_its_own_and_no_concepts(client, three, bram):
    page = client.sign_in(bram).get(address("contract-list"))
    assert titles(page) == ["Zuidwerk"]


@pytest.mark.parametrize("person", ["piet", "vera", "noor"])
def test_an_empty_list_says_what_to_do(client, request, person):
    page = client.sign_in(request.getfixturevalue(person)).get(address("contract-list"))
    assert "No contracts yet" in page.text
    assert ("Log the first one" in page.text) is (person == "piet")


def test_the_list_costs_the_same_for_one_row_and_three(
    client, contract, piet, cora, ministry, zuid, table
):
    officer = client.sign_in(piet)
    with CaptureQueriesContext(connection) as one:
        officer.get(address("contract-list"))
    for number in range(2):
        factories.active_contract(
            authority=ministry, supplier=zuid, officer=piet, manager=cora, value_table=table,
            title=f"Nog een {number}",
        )
    with CaptureQueriesContext(connection) as three:
        assert len(titles(officer.get(address("contract-list")))) == 3
    assert len(one) == len(three)


def test_the_price_of_a_page_does_not_grow_with_its_entries(client, contract, cora, sara):
    manager = client.sign_in(cora)
    with CaptureQueriesContext(connection) as before:
        manager.get(contract.get_absolute_url())
    for month in range(1, 4):
        factories.entry(
            contract, "verified", Decimal(1), source=contract.uuid, month=dt.date(2026, month, 1),
            posting_no=month,
        )
    with CaptureQueriesContext(connection) as after:
        manager.get(contract.get_absolute_url())
    assert len(before) == len(after)
