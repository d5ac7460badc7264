"""A contract moves to another authority with all that hangs on it (R-254)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from candidates import actions
from candidates.actions import moving
from candidates.models import CandidateCode, Evidence, Placement, Share, UsedMonth
from contracts import actions as contract_actions
from contracts.models import Contract, Fulfilment, Obligation, Transfer
from reports import actions as report_actions
from reports.models import Report
from sroi_portal.core.models import AuditEvent
from tests import factories
from tests.candidates import kinds
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita(other_ministry):
    user = factories.UserFactory(name="Rita", email="rita@example.org")
    factories.RoleAssignmentFactory(user=user, authority=other_ministry, role="officer")
    return user


@pytest.fixture
def mats(other_ministry):
    user = factories.UserFactory(name="Mats", email="mats@example.org")
    factories.RoleAssignmentFactory(user=user, authority=other_ministry, role="manager")
    return user


@pytest.fixture
def worked(contract, table, sara, olga):
    """A verified month on the contract, with evidence."""
    placement = factories.placement(contract, table.blocks.get(code="ww"), sara)
    Evidence.objects.create(
        placement=placement,
        supplier=placement.supplier,
        kind=factories.EvidenceKindFactory(),
        seen_on=TODAY,
        stated_by=sara,
        stated_at=NOON,
    )
    share = actions.draft_contribution(
        placement, by=sara, at=NOON, period=(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    )
    actions.submit_share(share, by=sara, at=NOON)
    actions.verify_share(share, by=olga, at=NOON)
    return share


@pytest.fixture
def report(contract, ministry, vera):
    asked_for = Report(definition="contract", authority=ministry, contract=contract)
    return report_actions.issue_report(asked_for, by=vera, at=NOON)


@pytest.fixture
def received(contract, worked, report, other_ministry, request):
    """The transfer, accepted by Rita for Mats."""
    cora, rita, mats = (request.getfixturevalue(name) for name in ("cora", "rita", "mats"))
    transfer = asked(contract, other_ministry, cora)
    actions.accept_transfer(transfer, mats, by=rita, at=NOON)
    contract.refresh_from_db()
    return transfer


def asked(contract, receiver, by, **facts):
    facts = {"reason": "Herindeling van de ministeries."} | facts
    return contract_actions.ask_transfer(contract, receiver, TODAY, by=by, at=NOON, **facts)


def test_all_that_follows_a_contract_is_written_over(contract, received, other_ministry, report):
    named = (contract.authority, contract.officer.name, contract.manager.name)
    assert named == (other_ministry, "Rita", "Mats")
    assert contract.status == "handed_over"
    new = other_ministry.pk
    for model in (Fulfilment, Obligation, Share, UsedMonth):
        assert set(model.objects.values_list("authority_id", flat=True)) == {new}, model
    placement = Placement.objects.get()
    assert [placement.authority_ids, placement.weekly_hours.get().authority_ids] == [[new], [new]]
    assert [each.authority_ids for each in Evidence.objects.all()] == [[new]]
    assert CandidateCode.objects.filter(authority=other_ministry).count() == 1
    assert Report.objects.get(pk=report.pk).authority == received.authority
    past = AuditEvent.objects.get(verb="ask_transfer", object_uuid=contract.uuid)
    assert past.authority_id == received.authority_id


def test_no_guarded_row_stays_behind():
    """Every table that says of which authority it is and belongs to a contract moves with it."""
    pointing = {
        model._meta.label_lower
        for model in apps.get_models()
        if {"authority", "contract"} <= {field.name for field in model._meta.concrete_fields}
    }
    moved = {model._meta.label_lower for model, _way in moving.followers()}
    assert pointing - moved == moving.STAY
    assert {"candidates.usedmonth", "contracts.goalprogress"} <= moved
    arrays = {
        model._meta.label_lower
        for model in apps.get_models()
        if "authority_ids" in {field.name for field in model._meta.concrete_fields}
    }
    reached = {model._meta.label_lower for model, _owner in moving.shown()}
    by_statement = {"candidates.contribution", "candidates.placement"}  # SUBMITTED, WORKED
    assert arrays - reached == by_statement


@pytest.fixture
def shared(contract, worked, noord, cora):
    """Half of the month is claimed on another contract of the same authority."""
    other = factories.active_contract(
        authority=contract.authority, supplier=noord, manager=cora, value_table=contract.value_table
    )
    Share.objects.filter(pk=worked.pk).update(pct=50)
    twin = Share.objects.get(pk=worked.pk)
    twin.pk, twin.contract, twin.from_pct = None, other, 50
    twin.uuid = other.uuid
    twin.save()


def test_what_another_contract_of_the_old_authority_claims_stays_seen(
    shared, received, ministry, other_ministry
):
    both = sorted([ministry.pk, other_ministry.pk])
    assert Placement.objects.get().authority_ids == both
    assert sorted(CandidateCode.objects.values_list("authority", flat=True)) == both


def test_the_giver_loses_the_codes_of_people_of_whom_it_holds_nothing(
    contract, worked, ministry, other_ministry, request
):
    before = CandidateCode.objects.get()
    assert before.authority == ministry
    request.getfixturevalue("received")
    after = CandidateCode.objects.get()
    assert (after.authority, after.code == before.code) == (other_ministry, False)


def test_the_person_of_a_training_goes_along(contract, sara, cora, other_ministry, request):
    """What is seen of a placement because of a training on another contract."""
    stays = factories.active_contract(
        authority=contract.authority,
        supplier=contract.supplier,
        manager=cora,
        value_table=contract.value_table,
    )
    table = stays.value_table
    row = kinds.row(table, "course")
    placement = factories.placement(stays, table.blocks.get(code="ww"), sara)
    told = kinds.claim(row, title="VCA", amount_eur=Decimal(500), for_placement=placement)
    kinds.submitted(contract, told, sara)
    rita, mats = (request.getfixturevalue(name) for name in ("rita", "mats"))
    actions.accept_transfer(asked(contract, other_ministry, cora), mats, by=rita, at=NOON)
    placement.refresh_from_db()
    assert placement.authority_ids == [other_ministry.pk]
    assert placement.weekly_hours.get().authority_ids == [other_ministry.pk]
    assert CandidateCode.objects.get().authority == other_ministry


def test_the_receiver_accepts_on_its_page_and_sees_it(client, contract, worked, request):
    cora, rita, mats = (request.getfixturevalue(name) for name in ("cora", "rita", "mats"))
    transfer = asked(contract, request.getfixturevalue("other_ministry"), cora)
    page = contract.get_absolute_url()
    assert client.sign_in(rita).get(page).status_code == 404
    posted = client.post(f"/transfers/{transfer.pk}/", {"manager": mats.pk})
    assert posted.status_code == 302
    assert client.get(page).status_code == 200
    client.sign_in(mats)
    assert client.get(page).status_code == 200
    assert client.get(worked.get_absolute_url()).status_code == 200


def test_the_giver_keeps_its_reports_and_nothing_else(
    client, contract, worked, received, report, olga
):
    client.sign_in(received.asked_by)
    assert client.get(contract.get_absolute_url()).status_code == 404
    assert client.get(worked.get_absolute_url()).status_code == 404
    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.get(f"/transfers/{received.pk}/").status_code == 200
    assert client.sign_in(olga).get(worked.get_absolute_url()).status_code == 404


def test_a_move_is_asked_once_and_answered_by_somebody_else(
    contract, other_ministry, cora, rita, mats, olga
):
    transfer = asked(contract, other_ministry, cora)
    with pytest.raises(ValidationError):
        asked(contract, other_ministry, cora)
    with pytest.raises(contract_actions.NotAManagerError):
        actions.accept_transfer(transfer, olga, by=rita, at=NOON)
    Transfer.objects.update(moves_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(actions.NotYetError):
        actions.accept_transfer(transfer, mats, by=rita, at=NOON)


def test_a_contract_that_was_settled_since_stays(contract, other_ministry, cora, rita, mats):
    transfer = asked(contract, other_ministry, cora)
    Contract.objects.filter(pk=contract.pk).update(status="settled")
    with pytest.raises(contract_actions.CannotMoveError):
        actions.accept_transfer(transfer, mats, by=rita, at=NOON)
    assert Transfer.objects.get().status == "asked"


def test_a_request_is_refused_or_taken_back(client, contract, other_ministry, cora, rita):
    first = asked(contract, other_ministry, cora)
    client.sign_in(rita).post(f"/transfers/{first.pk}/refuse/", {"reason": "Hoort bij u."})
    second = asked(contract, other_ministry, cora)
    client.sign_in(cora).post(f"/transfers/{second.pk}/withdraw/")
    assert list(Transfer.objects.order_by("pk").values_list("status", flat=True)) == [
        "refused",
        "withdrawn",
    ]
    assert "Hoort bij u." in client.get(f"/transfers/{first.pk}/").content.decode()


def test_a_contract_is_offered_by_page(client, contract, other_ministry, cora):
    facts = {"receiver": other_ministry.pk, "moves_on": TODAY, "reason": "Herindeling."}
    client.sign_in(cora)
    assert client.post(f"/contracts/{contract.pk}/transfer/", facts).status_code == 302
    again = client.post(f"/contracts/{contract.pk}/transfer/", facts)
    assert again.context["form"].errors


def test_what_is_settled_or_part_of_a_framework_stays(contract, other_ministry, cora):
    framework = factories.ContractFactory(
        authority=contract.authority,
        supplier=contract.supplier,
        officer=cora,
        value_table=contract.value_table,
        status="awarded",
        is_framework=True,
    )
    Contract.objects.filter(pk=contract.pk).update(status="settled")
    for each in (framework, contract):
        with pytest.raises(contract_actions.CannotMoveError):
            asked(each, other_ministry, cora)
