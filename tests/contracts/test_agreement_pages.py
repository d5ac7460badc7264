"""Goals, consortia and frameworks in the browser, in figures and on paper."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts import actions, fulfilment
from contracts.models import Contract, Goal, GoalProgress
from reports import actions as report_actions
from reports import definitions, printing
from reports.models import Report
from tests import factories
from tests.conftest import NOON, TODAY
from tests.contracts.awarding import award

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))


def address(name, thing):
    return reverse(f"contracts:{name}", args=[thing.pk])


@pytest.fixture
def officer(client, piet):
    return client.sign_in(piet)


@pytest.fixture
def goal(tailored, piet):
    facts = {"title": "Plekken", "kind": "work", "quantity": Decimal(4), "unit": "person"}
    return actions.set_goal(tailored, facts | {"due_on": tailored.ends_on}, by=piet, at=NOON)


def test_a_goal_is_agreed_changed_and_given_up(officer, client, tailored, sara):
    where = address("goal-set", tailored)
    assert "No goals yet." in officer.get(tailored.get_absolute_url()).text
    typed = {
        "title": "Workshops",
        "kind": "activity",
        "quantity": "3",
        "unit": "own",
        "unit_name": "workshops",
        "due_on": "2026-12-31",
    }
    assert "Name the unit" in officer.post(where, typed | {"unit_name": ""}).text
    in_euros = {"unit": "eur", "unit_name": "", "worth_eur": "5"}
    assert "counts for its own amount" in officer.post(where, typed | in_euros).text
    key = re.search(r'form_key" value="([^"]*)"', officer.get(where).text)[1]
    for _ in range(2):
        answer = officer.post(where, typed | {"form_key": key})
        assert answer.url == tailored.get_absolute_url()
    goal = Goal.objects.get()
    assert "0 workshops of 3 workshops" in officer.get(answer.url).text
    change = address("goal-change", goal)
    officer.post(change, typed | {"quantity": "2", "revision": goal.revision})
    assert "Somebody changed" in officer.post(change, typed | {"revision": "1"}).text
    give_up = address("goal-give-up", goal)
    old = officer.post(give_up, {"reason": "Te duur.", "revision": "1"})
    assert "Somebody changed" in old.text
    assert "Te duur." in old.text
    officer.post(give_up, {"reason": "Te duur.", "revision": "2"})
    page = client.sign_in(sara).get(tailored.get_absolute_url()).text
    assert "given up" in page
    assert "Te duur." in page


def test_a_goal_of_another_contract_is_refused_with_a_sentence(officer, contract):
    typed = {"title": "X", "kind": "work", "quantity": "3", "unit": "person"}
    page = officer.post(address("goal-set", contract), typed | {"due_on": "2026-12-31"})
    assert "tailored way of working" in page.text


def test_progress_is_recorded_by_who_checks(client, goal, olga, sara):
    coordinator = client.sign_in(olga)
    where = address("progress-record", goal)
    key = re.search(r'form_key" value="([^"]*)"', coordinator.get(where).text)[1]
    typed = {"reached_on": "2026-02-01", "quantity": "1", "story": "Begonnen.", "form_key": key}
    future = typed | {"reached_on": "2099-01-01"}
    assert "lies in the future" in coordinator.post(where, future).text
    for _ in range(2):
        assert coordinator.post(where, typed).url == goal.contract.get_absolute_url()
    assert GoalProgress.objects.count() == 1
    page = client.sign_in(sara).get(goal.contract.get_absolute_url()).text
    assert "1 person of 4 persons" in page
    assert "Begonnen." in page
    assert "Record progress" not in page


def test_members_are_typed_at_once(officer, contract, zuid):
    where = address("members-set", contract)
    fulfilment.recompute(today=TODAY, at=NOON)
    typed = {"supplier": zuid.pk, "supplier_search": "zuid", "revision": contract.revision}
    assert "needs a supplier and a share" in officer.post(where, typed).text
    assert "a part is the lead" not in officer.post(where, typed | {"new_share": "33,33"}).text
    page = officer.get(contract.get_absolute_url()).text
    assert "€13,332.00" in page
    assert "€26,668.00" in page
    form = officer.get(where).text
    assert 'value="33.33"' in form
    revision = re.search(r'name="revision" value="(\d+)"', form)[1]
    whole = {"revision": revision, "new_name": "West", "new_kvk": "99990077", "new_share": "70"}
    share = {f"share_{zuid.pk}": "33,33"}
    assert "less than 100%" in officer.post(where, whole | share).text
    gone = officer.post(where, {"revision": revision, f"share_{zuid.pk}": ""})
    assert gone.url == contract.get_absolute_url()
    assert not contract.members.exists()


def test_a_call_off_begins_from_its_framework(officer, framework, contract):
    page = officer.get(framework.get_absolute_url()).text
    assert "Nothing was called off yet." in page
    where = address("call-off-log", framework)
    key = re.search(r'form_key" value="([^"]*)"', officer.get(where).text)[1]
    answers = [officer.post(where, {"title": "Perceel", "form_key": key}) for _ in range(2)]
    made = Contract.objects.get(title="Perceel")
    assert {answer.url for answer in answers} == {address("contract-edit", made)}
    page = officer.get(framework.get_absolute_url()).text
    assert made.get_absolute_url() in page
    assert framework.get_absolute_url() in officer.get(made.get_absolute_url()).text
    refused = officer.post(address("call-off-log", contract), {"title": "Perceel"})
    assert refused.url == contract.get_absolute_url()


def test_a_framework_shows_the_sum_of_its_call_offs(officer, client, framework, contract, piet):
    for number in (1, 2):
        value = Decimal(100_000) * number
        award(contract, piet, framework=framework, value_eur=value, title=f"Perceel {number}")
    fulfilment.recompute(today=TODAY, at=NOON)
    page = officer.get(framework.get_absolute_url()).text
    for figure in ("€5,000.00", "€10,000.00", "€15,000.00"):
        assert figure in page
    listed = officer.get("/contracts/").text
    assert "framework agreement: its call-offs carry what is owed" in listed
    assert listed.count("call-off of a framework agreement") == 2


def test_figures_and_lists_work_with_a_framework(client, framework, piet, cora, sara, vera):
    """A framework has no account: every place that reads one does without."""
    Contract.objects.filter(pk=framework.pk).update(manager=cora)
    for person in (piet, cora, sara, vera):
        browser = client.sign_in(person)
        for path in ("/", "/contracts/", framework.get_absolute_url()):
            assert browser.get(path).status_code == 200
    browser = client.sign_in(vera)
    assert browser.get(reverse("reports:dashboard")).status_code == 200
    export = browser.get(reverse("reports:contract-export", args=["csv"]))
    assert "Raamovereenkomst" in b"".join(export.streaming_content).decode()
    asked = {"contract": framework.pk}
    assert browser.get(reverse("reports:report-issue"), asked).status_code == 404
    fragment = reverse("contracts:contract-fulfilment", args=[framework.pk])
    assert browser.get(fragment).status_code == 204


def issue(contract, by):
    report = Report(definition="contract", authority=contract.authority, contract=contract)
    return report_actions.issue_report(report, by=by, at=NOON)


def test_a_statement_divides_the_account_of_a_consortium(contract, zuid, piet, vera):
    before = issue(contract, vera)
    actions.set_members(contract, {zuid: Decimal("33.33")}, by=piet, at=NOON)
    report = issue(contract, vera)
    found = definitions.read(report)
    assert [(each.supplier, each.owed_eur) for each in found.members] == [
        ("Leverancier Noord", Decimal("26668.00")),
        ("Leverancier Zuid", Decimal("13332.00")),
    ]
    assert definitions.differences(report) == []
    report.language = "en"
    assert "Who carries which part" in printing.as_twin(report)
    report.facts["members"][0]["owed_eur"] = "1.00"
    assert "The parts of the consortium differ." in definitions.differences(report)
    del before.facts["members"]
    before.language = "en"
    assert "Who carries which part" not in printing.as_twin(before)


def test_a_portfolio_leaves_frameworks_out(contract, framework, vera, ministry):
    report = Report(definition="portfolio", authority=ministry)
    made = definitions.read(report_actions.issue_report(report, by=vera, at=NOON))
    assert [line.terms.title for line in made.contracts] == [contract.title]
    assert made.quality.without_obligation_count == 0


def queries(browser, contract):
    with CaptureQueriesContext(connection) as found:
        assert browser.get(contract.get_absolute_url()).status_code == 200
    return len(found)


def test_the_page_of_a_tailored_contract_costs_the_same(client, goal, piet, cora, zuid):
    browser, tailored = client.sign_in(cora), goal.contract
    story = {"reached_on": TODAY, "quantity": Decimal(1), "story": "Begonnen."}
    facts = {"title": "Uren", "kind": "work", "quantity": Decimal(9), "unit": "hour"}
    actions.record_progress(goal, story, by=cora, at=NOON)
    actions.set_members(tailored, {zuid: Decimal(10)}, by=piet, at=NOON)
    before = queries(browser, tailored)
    for _ in range(2):
        made = actions.set_goal(tailored, facts | {"due_on": tailored.ends_on}, by=piet, at=NOON)
        actions.record_progress(made, story, by=cora, at=NOON)
    shares = {zuid: Decimal(10), factories.SupplierFactory(): Decimal(10)}
    actions.set_members(tailored, shares, by=piet, at=NOON)
    assert queries(browser, tailored) == before


def test_the_page_costs_the_same_for_one_version_and_three(client, on_turnover, piet, sara):
    browser = client.sign_in(sara)
    before = queries(browser, on_turnover)
    for month in (1, 2):
        period = (dt.date(2026, month, 1), dt.date(2026, month, 28))
        actions.report_turnover(on_turnover, Decimal(1_000), period=period, by=sara, at=NOON)
    assert queries(browser, on_turnover) == before


def test_the_page_of_a_framework_costs_the_same(officer, framework, contract, piet):
    award(contract, piet, framework=framework)
    before = queries(officer, framework)
    for _ in range(2):
        award(contract, piet, framework=framework)
    assert queries(officer, framework) == before
