"""All that happened, for who sees the object and for auditors (R-258)."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from candidates import actions as candidate_actions
from contracts import actions as contract_actions
from contracts.actions import reserved_checks
from contracts.models import Lot
from sroi_portal.core import audit, history
from sroi_portal.core.models import AuditEvent
from tests import factories, source
from tests.conftest import NOON, TODAY
from tests.test_conventions import ACTIONS

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PATH = "/history/contracts.contract/{}/"


@pytest.fixture
def told(contract, cora, piet):
    """Three things happened to the contract, in three days."""
    contract_actions.record_contact(contract, contract.awarded_on, by=cora, at=NOON)
    contract_actions.name_escalation(contract, piet, by=cora, at=NOON + DAY)
    audit.record(contract, "refuse_contract", by=piet, at=NOON + 2 * DAY, remark="Te veel werk nu.")
    return PATH.format(contract.uuid)


def sentences(page):
    return [event.sentence for event in page.context["events"]]


def test_it_is_told_newest_first_and_narrowed(client, told, cora):
    client.sign_in(cora)
    assert len(sentences(client.get(told))) == 3
    said = str(history.sentences()["record_contact"])
    assert sentences(client.get(told, {"verb": "record_contact"})) == [said]
    assert len(sentences(client.get(told, {"person": "cor"}))) == 2
    day = str(NOON.date())
    assert sentences(client.get(told, {"first": day, "last": day})) == [said]
    assert sentences(client.get(told, {"person": "xyzzy"})) == []


def test_what_officials_said_is_not_for_the_supplier(client, told, cora, sara):
    assert "Te veel werk nu." in client.sign_in(cora).get(told).content.decode()
    page = client.sign_in(sara).get(told)
    assert len(sentences(page)) == 3
    assert "Te veel werk nu." not in page.content.decode()


def test_a_stranger_finds_nothing(client, told, bram, otto, adam):
    for stranger in (bram, otto, adam):
        assert client.sign_in(stranger).get(told).status_code == 404
    missing = PATH.format(uuid.uuid4())
    assert client.get(missing).status_code == 404
    assert client.get(f"/history/core.remark/{uuid.uuid4()}/").status_code == 404
    assert client.get(f"/history/nothing/{uuid.uuid4()}/").status_code == 404


def test_an_auditor_sees_that_a_share_was_rejected_and_not_why(
    client, contract, table, sara, olga, anna
):
    placement = factories.placement(contract, table.blocks.get(code="ww"), sara)
    share = candidate_actions.draft_contribution(
        placement, by=sara, at=NOON, period=(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    )
    candidate_actions.submit_share(share, by=sara, at=NOON)
    candidate_actions.reject_share(share, by=olga, at=NOON, reason="Niet bij u in dienst.")
    page = client.sign_in(anna).get(f"/history/candidates.share/{share.uuid}/")
    assert len(sentences(page)) == 3
    assert "Niet bij u in dienst." not in page.content.decode()
    supplier = client.sign_in(sara).get(f"/history/candidates.share/{share.uuid}/")
    assert "Niet bij u in dienst." in supplier.content.decode()


def test_what_belongs_to_a_contract_is_told_with_it(client, told, contract, cora):
    obligation = contract.obligations.get()
    audit.record(obligation, "fix_obligation", by=cora, at=NOON)
    assert len(sentences(client.sign_in(cora).get(told))) == 4


def test_what_belongs_to_a_part_is_told_with_the_whole(client, contract, noord, piet):
    tender = factories.TenderFactory(authority=contract.authority, officer=piet)
    lot = Lot.objects.create(tender=tender, authority=tender.authority, identifier="LOT-0001")
    seen = {"share_pct": Decimal(40), "proof": "visit", "seen_on": TODAY}
    check = reserved_checks.check_reserved_lot(lot, noord, seen, by=piet, at=NOON)
    page = client.sign_in(piet).get(f"/history/contracts.tender/{tender.uuid}/")
    assert [event.object_uuid for event in page.context["events"]] == [check.uuid]


def test_it_goes_into_a_file_as_it_is_narrowed(client, told, cora):
    export = f"{told}export.csv"
    lines = b"".join(client.sign_in(cora).get(export)).decode().splitlines()
    assert len(lines) == 4
    assert "Te veel werk" not in "".join(lines)
    assert len(b"".join(client.get(export, {"person": "piet"})).decode().splitlines()) == 2


def test_an_auditor_pages_through_the_authority(client, told, contract, anna, other_ministry, cora):
    for _number in range(120):
        audit.record(contract, "remind_contract", by=None, at=NOON)
    elsewhere = factories.RoleAssignmentFactory(authority=other_ministry, role="auditor")
    audit.record(elsewhere, "give_role", by=cora, at=NOON)
    client.sign_in(anna)
    seen, older = 0, ""
    while older is not None:
        page = client.get("/history/", {"before": older})
        seen += len(page.context["events"])
        older = page.context["older"] or None
    assert (
        seen
        == AuditEvent.objects.exclude(object_uuid=elsewhere.uuid)
        .filter(authority_id=contract.authority_id)
        .count()
    )
    assert "Te veel werk nu." not in page.content.decode()
    assert b"".join(client.get("/history/export.csv")).count(b"\n") == seen + 1


def test_it_costs_the_same_queries_however_much_happened(client, told, contract, anna):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get("/history/")
        return len(asked)

    client.sign_in(anna).get("/history/")
    before = queries()
    for _number in range(60):
        audit.record(contract, "remind_contract", by=None, at=NOON)
    assert queries() == before


def test_every_verb_of_the_portal_has_a_sentence():
    """In English where it is defined; in Dutch, as every string, by test_translations."""
    recorded = {
        text
        for label in source.APPS
        for path in source.modules(label, "actions")
        for name, call in source.called(source.tree(path))
        if name in {"record", "move"} or name.startswith("_")
        for text in source.texts(call)
    }
    verbs = {name for _label, name in ACTIONS if name in recorded}
    assert verbs - set(history.sentences()) == set()
    with translation.override("nl"):
        dutch = {verb: str(said) for verb, said in history.sentences().items()}
    with translation.override("en"):
        english = {verb: str(said) for verb, said in history.sentences().items()}
    assert all(dutch.values())
    assert all(english.values())


def test_auditors_alone_see_all_that_happened(client, told, anna, cora):
    audit_page = client.sign_in(anna).get(reverse("core:office-trail"))
    said = str(history.sentences()["record_contact"])
    assert said in audit_page.content.decode()
    assert client.get(reverse("core:office-trail-export")).status_code == 200
    assert client.sign_in(cora).get(reverse("core:office-trail")).status_code == 403
