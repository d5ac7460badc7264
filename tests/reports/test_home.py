"""The home page shows each kind of person what waits, and says what to do when nothing does."""

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from candidates import actions as candidate_actions
from candidates.models import Contribution, Share, ShareStatus
from contracts.models import Contract, ContractStatus, Fulfilment, Signal
from reports.home import navigation, work_lists
from reports.home.kinds import waiting
from sroi_portal.core import audit
from tests import factories
from tests.conftest import NOON, TODAY

DAY = dt.timedelta(days=1)


def _lists(person, now=NOON):
    return {each.key: each for each in work_lists(person, now=now)}


def _titles(person, key, now=NOON):
    return [item.label for item in _lists(person, now)[key].items]


@pytest.fixture
def awarded(ministry, noord, piet, table):
    return factories.ContractFactory(
        authority=ministry,
        supplier=noord,
        officer=piet,
        value_table=table,
        status=ContractStatus.AWARDED,
        contact_due_on=TODAY,
        title="Gegund",
    )


@pytest.fixture
def share(contract, table, sara):
    """Submitted today by Sara for January and February."""

    def _share(status=ShareStatus.SUBMITTED, *, at=NOON, placement=None, **facts):
        placement = placement or factories.placement(
            contract, table.blocks.first(), sara, reference=f"K-{Share.objects.count()}"
        )
        contribution = Contribution.objects.create(
            supplier=contract.supplier,
            authority_ids=[contract.authority_id],
            placement=placement,
            starts_on=dt.date(2026, 1, 1),
            ends_on=dt.date(2026, 2, 28),
            entered_by=sara,
            entered_at=at,
        )
        return Share.objects.create(
            contribution=contribution,
            contract=contract,
            authority=contract.authority,
            supplier=contract.supplier,
            block=placement.block,
            status=status,
            valuation={},
            submitted_at=at,
            submitted_by=sara,
            due_on=at.date(),
            **facts,
        )

    return _share


# Officer


def test_an_officer_finds_concepts_and_what_is_to_be_handed_over(awarded, ministry, noord, piet):
    factories.ContractFactory(
        authority=ministry, supplier=noord, officer=piet, title="Nog een concept"
    )
    assert _titles(piet, "concepts") == ["Nog een concept"]
    assert _titles(piet, "hand-over") == ["Gegund"]
    assert waiting(work_lists(piet, now=NOON)) == 2


def test_a_refused_hand_over_says_so(awarded, piet, cora):
    audit.record(awarded, "refuse_contract", by=cora, at=NOON)
    (item,) = _lists(piet)["hand-over"].items
    assert item.badge
    assert item.tone == "negative"


def test_on_day_eight_a_missed_first_contact_is_on_both_lists(contract, piet, cora):
    """N04: the seventh day is the last; from the day after it stands with officer and manager."""
    Contract.objects.filter(pk=contract.pk).update(contact_due_on=TODAY)
    assert _titles(piet, "late-contact") == []
    assert [item.tone for item in _lists(cora)["contact"].items] == ["warning"]

    tomorrow = NOON + DAY
    assert _titles(piet, "late-contact", tomorrow) == [contract.title]
    assert _titles(cora, "contact", tomorrow) == [contract.title]
    assert [item.tone for item in _lists(cora, tomorrow)["contact"].items] == ["negative"]


def test_a_contact_that_was_made_is_on_no_list(contract, piet, cora):
    Contract.objects.filter(pk=contract.pk).update(
        contact_due_on=TODAY - DAY, contacted_on=TODAY - DAY
    )
    assert _titles(piet, "late-contact") == _titles(cora, "contact") == []


# Manager


def test_a_manager_finds_hand_overs_and_signals(contract, awarded, cora):
    Contract.objects.filter(pk=awarded.pk).update(
        status=ContractStatus.HANDED_OVER, manager=cora, handed_over_at=NOON
    )
    Fulfilment.objects.filter(contract=contract).update(signal=Signal.TALK)
    assert _titles(cora, "accept") == ["Gegund"]
    assert [item.tone for item in _lists(cora)["signals"].items] == ["warning"]


def test_a_signal_of_a_contract_that_is_over_says_so(contract, cora):
    Fulfilment.objects.filter(contract=contract).update(signal=Signal.ACT)
    with translation.override("en"):
        assert [item.when for item in _lists(cora)["signals"].items] == ["runs until"]
        Contract.objects.filter(pk=contract.pk).update(ends_on=TODAY - DAY)
        assert [item.when for item in _lists(cora)["signals"].items] == ["ended"]


def test_acting_comes_before_talking(contract, quiet, cora):
    Fulfilment.objects.filter(contract=contract).update(signal=Signal.TALK, expected_eur=9000)
    Fulfilment.objects.filter(contract=quiet).update(signal=Signal.ACT, expected_eur=1)
    assert _titles(cora, "signals") == [quiet.title, contract.title]


# Coordinator


def test_a_coordinator_finds_the_oldest_first(contract, share, olga, otto):
    late, new = share(at=NOON - 40 * DAY), share()
    items = _lists(olga)["to-check"].items
    assert [item.url for item in items] == [late.get_absolute_url(), new.get_absolute_url()]
    assert [bool(item.badge) for item in items] == [True, False]
    assert _lists(otto)["to-check"].items == ()


def test_a_question_without_an_answer_comes_back_after_two_weeks(share, olga):
    share(ShareStatus.RETURNED, decided_at=NOON - 13 * DAY, decided_by=olga)
    assert _lists(olga)["returned"].count == 0
    share(ShareStatus.RETURNED, decided_at=NOON - 15 * DAY, decided_by=olga)
    assert _lists(olga)["returned"].count == 1


def test_a_long_list_shows_its_beginning_and_says_how_long_it_is(share, olga):
    for _number in range(10):
        share()
    found = _lists(olga)["to-check"]
    assert (len(found.items), found.count, found.has_more) == (8, 10, True)


# Supplier


def test_a_supplier_finds_one_list_of_what_to_do(share, sara, olga):
    share(ShareStatus.RETURNED, decided_at=NOON, decided_by=olga)
    share(ShareStatus.DRAFT)
    lists = _lists(sara)
    assert lists["to-do"].count == 2
    assert [item.value for item in lists["contracts"].items] != []


def test_a_supplier_sees_nothing_of_another(contract, share, bram):
    share(ShareStatus.DRAFT)
    assert [each.count for each in work_lists(bram, now=NOON)] == [0, 0, 0]


# The others


def test_an_administrator_an_adviser_and_an_auditor_find_their_place(adam, ada, anna, table):
    assert _lists(adam)["people"].count == 3
    assert [item.label for item in _lists(ada)["tables"].items] == [str(table)]
    assert list(_lists(anna)) == ["reports"]


def test_who_may_approve_a_table_finds_it(adam, ada, anna):
    proposed = factories.value_table(status="proposed", published_at=None, proposed_by=ada)
    assert [item.label for item in _lists(adam)["approvals"].items] == [str(proposed)]
    assert _lists(ada)["approvals"].count == 0
    assert "approvals" not in _lists(anna)
    counts = [[place.count for place in _menu(person)] for person in (adam, ada)]
    assert [sum(each) for each in counts] == [1, 0]


def test_latest_reports_stand_on_the_home_page(client, busy, issue, vera):
    report = issue(busy)
    page = client.sign_in(vera).get("/")
    assert report.number in page.content.decode()
    (shown,) = _lists(vera)["reports"].items
    assert shown.label == f"{report.get_definition_display()} · {report.about}"
    assert shown.sub == f"{report.number} · {report.authority}"
    assert page.context["total"].contracts == 1


def test_a_visitor_reads_what_this_is_and_where_to_sign_in(client, db):
    page = client.get("/").content.decode()
    assert "/account/login/" in page
    assert "/value-tables/" in page


def test_somebody_without_a_role_reads_what_to_do(client, db):
    page = client.sign_in(factories.UserFactory()).get("/")
    assert page.context["lists"] == []


# The menu


def _menu(person, path="/"):
    request = RequestFactory().get(path)
    request.user = person
    menu = navigation(request)["navigation"]
    return [*menu.places, *menu.more] if menu else []


def test_the_menu_of_a_visitor_is_empty_and_costs_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert _menu(AnonymousUser()) == []


def test_a_long_menu_puts_what_is_rare_under_one_button(rf, olga, sara, ministry):
    factories.RoleAssignmentFactory(user=olga, authority=ministry, role="adviser")
    request = rf.get("/samples/")
    request.user = olga
    menu = navigation(request)["navigation"]
    assert len(menu.places) <= 9
    assert (menu.is_in_more, menu.more_count) == (True, 0)
    assert [place.url for place in menu.more if place.current] == ["/samples/"]
    request.user = sara
    assert navigation(request)["navigation"].more == []


def test_the_menu_shows_where_one_is_and_what_waits(share, olga):
    share()
    menu = list(_menu(olga, "/shares/7/"))
    assert [place.url for place in menu if place.current] == ["/shares/"]
    assert [place.count for place in menu if place.url == "/shares/"] == [1]
    assert next(place for place in _menu(olga)).current


@pytest.mark.parametrize("name", ["sara", "olga", "piet", "cora", "vera", "ada", "anna", "adam"])
def test_the_menu_offers_what_one_may_see_with_two_queries_at_most(name, request, client):
    person = request.getfixturevalue(name)
    _known = person.roles, person.supplier_ids
    with CaptureQueriesContext(connection) as context:
        menu = list(_menu(person))
    assert len(context) <= 2
    client.sign_in(person)
    assert {client.get(place.url).status_code for place in menu} == {200}


def test_home_costs_the_same_queries_however_much_waits(client, share, olga, cora, sara):
    def queries(person):
        client.sign_in(person).get("/")
        with CaptureQueriesContext(connection) as context:
            client.get("/")
        return len(context)

    share(at=timezone.now())
    before = [queries(person) for person in (olga, cora, sara)]
    share(), share()
    assert [queries(person) for person in (olga, cora, sara)] == before


# What people say is not right


@pytest.fixture
def judged(contract, table, sara):
    placement = factories.placement(contract, table.blocks.first(), sara, reference="K-77")
    key = uuid.uuid4()
    link = candidate_actions.make_personal_link(placement, by=sara, at=NOON, key=key)[0]
    judged = candidate_actions.judge_fact(link, placement, "hours", at=NOON, words="Te veel.")
    type(judged).objects.update(authority_ids=[contract.authority_id])
    return judged


def test_what_is_not_right_waits_for_the_firm_and_the_checker(judged, sara, olga, otto, bram):
    """R-423: with its last day; answered it goes."""
    address = judged.get_absolute_url()
    [task] = [each for each in _lists(sara)["to-do"].items if each.url == address]
    [asked] = _lists(olga)["not-right"].items
    assert asked.url == address
    assert {task.on, asked.on} == {judged.due_on}
    assert "Te veel" not in f"{task} {asked}"
    assert _lists(otto)["not-right"].count == 0
    assert _lists(bram)["to-do"].count == 0
    late = _lists(olga, now=NOON + 30 * DAY)["not-right"].items[0]
    assert late.badge
    candidate_actions.answer_fact(judged, by=olga, at=NOON, reply="Aangepast.")
    assert _lists(olga)["not-right"].count == 0
    assert address not in {each.url for each in _lists(sara)["to-do"].items}
