"""A notice becomes a tender, lots and concepts, once, and only what was ticked."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from contracts import actions, notices
from contracts.actions import taken_over
from contracts.actions.notices import suppliers_like
from contracts.models import (
    Contract,
    ContractStatus,
    LegalForm,
    Lot,
    Notice,
    NoticeStatus,
    Tender,
    TenderStatus,
)
from contracts.notices.suppliers import Supplier as Winner
from sroi_portal.core.models import AuditEvent
from suppliers.models import Supplier
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db
LATER = NOON + dt.timedelta(days=1)
MODELS = (Tender, Lot, Contract, Notice, Supplier, AuditEvent)


def counts():
    return [model.objects.count() for model in MODELS]


@pytest.fixture
def upload(written, ministry, piet):
    def of(name, changes=None, at=NOON):
        data = written(name, changes=changes or {})
        return actions.upload_notice(data, ministry, by=piet, at=at)

    return of


@pytest.fixture
def confirm(piet):
    """Confirm everything that is proposed, but for what is unticked."""

    def of(notice, *unticked, at=NOON):
        found = notices.proposals(notices.read(bytes(notice.raw)))
        taken = {proposal.target for proposal in found} - set(unticked)
        return actions.confirm_notice(notice, taken, by=piet, at=at)

    return of


def test_uploading_keeps_a_proposal_and_nothing_else(upload, piet):
    notice = upload("award")
    assert notice.status == NoticeStatus.PROPOSED
    assert notice.uploaded_by == piet
    assert not Tender.objects.exists()
    assert not Contract.objects.exists()


def test_nobody_in_the_file_reaches_the_database(upload, written):
    original = notices.read(written("award"))
    notice = upload("award")
    assert b"Contact" not in bytes(notice.raw)
    assert b"@" not in bytes(notice.raw)
    assert notices.read(bytes(notice.raw)).as_json() == original.as_json() == notice.facts


def test_confirming_writes_tender_lot_and_concept(upload, confirm, noord):
    imported = confirm(upload("award"))
    tender, (contract,) = imported.tender, imported.contracts
    assert (tender.status, tender.estimated_value) == (TenderStatus.AWARDED, Decimal(1_250_000))
    assert tender.buyers[0]["name"] == "Ministerie van Voorbeeldzaken"
    lot = tender.lots.get()
    assert (lot.identifier, lot.social_objectives) == ("LOT-0001", ["opp"])
    assert (contract.status, contract.supplier) == (ContractStatus.DRAFT, noord)
    assert (contract.value_eur, contract.reference) == (Decimal(1_200_000), "VBZ-2026-017")
    assert contract.awarded_on == dt.date(2026, 1, 20)
    assert (contract.starts_on, contract.ends_on) == (dt.date(2026, 3, 1), dt.date(2029, 2, 28))
    assert list(contract.lots.all()) == [lot]


def test_no_notice_fills_in_the_percentage(upload, confirm, noord):
    """EF-06."""
    (contract,) = confirm(upload("award")).contracts
    concept = contract.obligation_concept
    assert (concept.percentage, concept.base_kind, concept.reason) == (None, "", "")
    assert contract.value_table is None


def test_importing_the_same_file_twice_changes_nothing(upload, confirm):
    """EF-04."""
    notice = upload("award")
    confirm(notice)
    before = counts()
    again = upload("award", at=LATER)
    imported = confirm(again, at=LATER)
    assert again == notice
    assert (imported.contracts, imported.known) == ([], 1)
    assert counts() == before


def test_what_is_unticked_stays_out(upload, confirm):
    imported = confirm(upload("award"), "tender.reference", "contract:CON-0001.value")
    assert imported.tender.reference == ""
    assert imported.contracts[0].value_eur is None


def test_without_its_supplier_a_contract_is_left_out(upload, confirm, proposed):
    supplier = next(target for target in proposed("award") if ".supplier:" in target)
    imported = confirm(upload("award"), supplier)
    assert imported.contracts == []
    assert not Supplier.objects.exists()


def test_an_unticked_title_falls_back_on_the_notice(upload, confirm):
    imported = confirm(upload("award"), "tender.title", "lot:LOT-0001.title")
    assert imported.tender.title == "Schoonmaak van kantoren in Voorbeeldstad"


def test_who_is_not_in_the_register_is_entered_once(upload, confirm):
    confirm(upload("award"))
    supplier = Supplier.objects.get()
    assert (supplier.name, supplier.kvk) == ("Leverancier Noord B.V.", "99990001")


def test_who_goes_on_for_the_winner_becomes_the_supplier(upload, confirm):
    goes_on = factories.SupplierFactory(name="Voort B.V.", kvk="99990009")
    factories.SupplierFactory(kvk="99990001", merged_into=goes_on, merged_on=TODAY)
    assert [each.supplier for each in confirm(upload("award")).contracts] == [goes_on]


def test_a_next_notice_of_the_procedure_updates_the_tender(upload, confirm):
    first = confirm(upload("award"))
    number = str(upload("award").notice_id)
    newer = {number: "99999999-9999-4999-8999-999999999999", "1250000": "1300000"}
    second = confirm(upload("award", newer), at=LATER)
    assert second.tender == first.tender
    assert (second.contracts, second.known) == ([], 1)
    second.tender.refresh_from_db()
    assert second.tender.estimated_value == Decimal(1_300_000)
    assert (Tender.objects.count(), Lot.objects.count(), Contract.objects.count()) == (1, 1, 1)


def test_a_reserved_lot_makes_a_reserved_contract(upload, confirm):
    changes = {
        '<cbc:TendererRequirementTypeCode listName="reserved-procurement">none<': (
            '<cbc:TendererRequirementTypeCode listName="reserved-procurement">res-ws<'
        )
    }
    (contract,) = confirm(upload("award", changes)).contracts
    assert (contract.is_reserved, contract.legal_form) == (True, LegalForm.RESERVED)


def test_what_is_not_published_is_never_a_number(upload, confirm):
    """EF-07."""
    imported = confirm(upload("withheld"))
    assert imported.tender.withheld
    assert all(contract.value_eur is None for contract in imported.contracts)


def test_junk_in_a_notice_does_not_stop_it(upload, confirm):
    """EF-09."""
    imported = confirm(upload("odd"))
    assert imported.tender.pk
    assert all(not contract.supplier.kvk for contract in imported.contracts)


def test_a_modification_changes_nothing_by_itself(upload, confirm, noord):
    """EF-05: the notice is kept with its tender, and that is all."""
    notice = upload("award")
    contract = confirm(notice).contracts[0]
    changes = {
        str(notice.notice_id): "99999999-9999-4999-8999-999999999999",
        'listName="result"': 'listName="cont-modif"',
        ">1200000<": ">1500000<",
    }
    modification = upload("award", changes)
    imported = confirm(modification, at=LATER)
    modification.refresh_from_db()
    contract.refresh_from_db()
    assert (imported.tender, imported.contracts) == (contract.tender, [])
    assert (modification.status, modification.tender) == (NoticeStatus.IMPORTED, contract.tender)
    assert contract.value_eur == Decimal(1_200_000)


def test_a_notice_put_aside_comes_back_when_it_is_uploaded_again(upload, piet):
    notice = upload("award")
    actions.discard_notice(notice, by=piet, at=NOON)
    again = upload("award", at=LATER)
    assert (again, again.status) == (notice, NoticeStatus.PROPOSED)
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["upload_notice", "discard_notice", "upload_notice"]


def test_a_notice_without_a_number_is_known_by_its_content(upload):
    number = str(upload("award").notice_id)
    first = upload("award", {number: ""})
    assert upload("award", {number: ""}, at=LATER) == first
    assert str(first.notice_id) != number


def test_without_a_procedure_a_newer_version_finds_its_tender(upload, confirm):
    procedure = {"22222222-2222-4222-8222-222222222222": ""}
    first = confirm(upload("award", procedure))
    assert first.tender.procedure_id is None
    version = {"<cbc:VersionID>01<": "<cbc:VersionID>02<"}
    second = confirm(upload("award", procedure | version))
    assert second.tender == first.tender


def test_days_of_a_lot_in_the_wrong_order_are_both_left_out():
    days = {"starts_on": dt.date(2026, 2, 1), "ends_on": dt.date(2026, 1, 1)}
    proposals = [
        notices.Proposal(term="BT-536", target=f"lot:LOT-0001.{name}", value=day)
        for name, day in days.items()
    ]
    assert taken_over.lot_facts(proposals) == {}


def test_a_winner_without_a_number_is_known_by_its_very_name(zuid):
    facts = {each.name: None for each in dataclasses.fields(Winner)}
    winner = Winner(**facts | {"name": " Leverancier ZUID "})
    assert suppliers_like([winner]) == {"leverancier zuid": zuid}
    other = Winner(**facts | {"name": "Leverancier Zuidoost"})
    assert suppliers_like([other]) == {}
