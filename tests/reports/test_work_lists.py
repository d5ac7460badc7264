"""A list of the home page on a page of its own: filtered in the address, most urgent first."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import Evidence
from contracts import actions as contract_actions
from contracts.models import Contract, ContractStatus
from reports.home import listings, work_lists
from sroi_portal.core import actions
from sroi_portal.core.models import RoleAssignment
from suppliers.models import Certificate, Supplier
from tests import factories
from tests.conftest import NOON, TODAY


def work_list(key, query=""):
    return reverse("reports:work-list", args=[key]) + query


DAY = dt.timedelta(days=1)


def _lists(person, now=NOON):
    return {each.key: each for each in work_lists(person, now=now)}


@pytest.fixture
def sixty(contract, noord, zuid, piet, cora):
    """Sixty contracts that wait for Cora, every second of Zuid."""
    for number in range(60):
        factories.ContractFactory(
            authority=contract.authority,
            supplier=zuid if number % 2 else noord,
            officer=piet,
            manager=cora,
            value_table=contract.value_table,
            status=ContractStatus.HANDED_OVER,
            handed_over_at=NOON - number * DAY,
            title=f"Wacht {number:02d}",
        )


def test_all_of_a_list_is_cut_into_pages_and_narrowed(client, sixty, cora):
    page = client.sign_in(cora).get(work_list("accept"))
    assert [len(page.context["items"]), page.context["page"].paginator.count] == [50, 60]
    assert page.context["items"][0].label == "Wacht 59"
    found = client.get(work_list("accept", "?q=zuid&page=1")).context
    assert found["page"].paginator.count == 30
    assert client.get(work_list("accept", "?q=xyzzy")).context["items"] == []
    assert client.get(work_list("nothing")).status_code == 404


def test_all_hand_overs_are_accepted_on_the_list(client, sixty, cora):
    client.sign_in(cora).post("/contracts/accept/")
    assert client.get(work_list("accept")).context["page"].paginator.count == 0


@pytest.mark.parametrize("name", ["piet", "cora", "olga"])
def test_every_list_of_an_official_has_its_page(client, sixty, request, name):
    person = request.getfixturevalue(name)
    client.sign_in(person)
    keys = [each.key for each in listings(person, now=NOON)]
    assert {key: client.get(work_list(key, "?q=a")).status_code for key in keys} == dict.fromkeys(
        keys, 200
    )


def test_a_deputy_finds_the_lists_of_who_is_away(client, sixty, cora, ministry):
    mark = factories.UserFactory(name="Mark", email="mark@example.org")
    factories.RoleAssignmentFactory(user=mark, authority=ministry, role="manager")
    assert client.sign_in(mark).get(work_list("accept")).context["page"].paginator.count == 0
    held = RoleAssignment.objects.get(user=cora)
    today = timezone.localdate()
    actions.set_absence(held, mark, (today, today), by=cora, at=NOON)
    assert client.get(work_list("accept")).context["page"].paginator.count == 60


def test_a_manager_finds_what_ended_and_who_is_insolvent(contract, cora):
    Contract.objects.update(ends_on=TODAY - DAY)
    Supplier.objects.update(insolvent_on=TODAY)
    lists = _lists(cora)
    assert [lists[key].count for key in ("to-settle", "insolvent")] == [1, 1]


def test_certificates_are_seen_again_before_they_end_and_after_a_year(contract, cora, noord, piet):
    def certificate(kind, until, checked=TODAY):
        Certificate.objects.create(
            supplier=noord,
            kind=kind,
            valid_from=TODAY - 700 * DAY,
            valid_until=until,
            checked_on=checked,
            recorded_by=piet,
        )

    certificate("pso-1", TODAY + 30 * DAY)
    certificate("pso-2", TODAY + 300 * DAY)
    certificate("pso-3", TODAY + 300 * DAY, TODAY - 400 * DAY)
    certificate("pso-30", TODAY - 500 * DAY)
    shown = [item.sub for item in _lists(cora)["certificates"].items]
    kinds = Certificate.objects.filter(kind__in=("pso-1", "pso-3")).order_by("valid_until")
    assert shown == [each.get_kind_display() for each in kinds]


def test_a_coordinator_finds_evidence_that_ends(contract, table, sara, olga):
    placement = factories.placement(contract, table.blocks.first(), sara)
    for days in (20, 200):
        Evidence.objects.create(
            placement=placement,
            supplier=placement.supplier,
            authority_ids=[contract.authority_id],
            kind=factories.EvidenceKindFactory(),
            seen_on=TODAY,
            valid_until=TODAY + days * DAY,
            stated_by=sara,
            stated_at=NOON,
        )
    assert [item.on for item in _lists(olga)["evidence"].items] == [TODAY + 20 * DAY]


def test_an_officer_finds_contracts_to_receive(contract, other_ministry, cora):
    rita = factories.UserFactory(name="Rita", email="rita@example.org")
    factories.RoleAssignmentFactory(user=rita, authority=other_ministry, role="officer")
    contract_actions.ask_transfer(
        contract, other_ministry, TODAY, by=cora, at=NOON, reason="Herindeling."
    )
    assert [item.label for item in _lists(rita)["transfers"].items] == [contract.title]
