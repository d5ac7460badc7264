"""After the award, in the browser: looked at first, then laid down; told on one page."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contracts import actions, fulfilment, notices
from contracts.models import BaseKind, Contract, Goal, GoalProgress, Regime, TurnoverReport
from contracts.notices.contract_facts import awards
from reports import actions as report_actions
from reports import facts as report_facts
from reports import printing
from reports.home import work_lists
from reports.models import Report
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))


def address(name, thing):
    return reverse(f"contracts:{name}", args=[thing.pk])


def award(contract, piet, **facts):
    """Log a contract like this one, with other facts, and award it."""
    told = {
        "authority": contract.authority,
        "supplier": contract.supplier,
        "title": "Nog een contract",
        "value_eur": Decimal("800000.00"),
        "awarded_on": dt.date(2025, 12, 1),
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 31),
        "value_table": contract.value_table,
        "base_kind": BaseKind.CONTRACT_VALUE,
        "percentage": Decimal("5.00"),
        "reason": "De gewone vijf procent.",
        **facts,
    }
    return actions.award_contract(actions.log_contract(told, by=piet, at=NOON), by=piet, at=NOON)


@pytest.fixture
def on_turnover(contract, piet, cora):
    made = award(contract, piet, base_kind=BaseKind.TURNOVER)
    Contract.objects.filter(pk=made.pk).update(manager=cora)
    return made


@pytest.fixture
def tailored(contract, piet, cora):
    none = {"base_kind": "", "percentage": None, "reason": ""}
    made = award(contract, piet, regime=Regime.TAILORED, **none)
    Contract.objects.filter(pk=made.pk).update(manager=cora)
    return made


@pytest.fixture
def framework(contract, piet):
    return award(contract, piet, is_framework=True, title="Raamovereenkomst")


@pytest.fixture
def goal(tailored, piet):
    facts = {"title": "Plekken", "kind": "work", "quantity": Decimal(4), "unit": "person"}
    return actions.set_goal(tailored, facts | {"due_on": tailored.ends_on}, by=piet, at=NOON)


@pytest.fixture
def officer(client, piet):
    return client.sign_in(piet)


@pytest.fixture
def typed(contract):
    """What an officer types for another value of the contract."""
    return {
        "cause": "value",
        "reason": "Uitgebreid.",
        "holds_from": "2026-03-01",
        "value_eur": "900.000,00",
        "ends_on": "2026-12-31",
        "base_kind": "contract_value",
        "percentage": "5",
        "revision": contract.revision,
    }


def shown(page):
    found = re.search(r'name="shown" value="([^"]*)"', page.text)
    return found and found[1].replace("&#x27;", "'")


def test_a_change_is_looked_at_before_it_is_laid_down(officer, contract, typed):
    where = address("obligation-change", contract)
    assert "800,000.00" in officer.get(where).text or "800000.00" in officer.get(where).text
    page = officer.post(where, typed | {"look": "1"})
    for figure in ("€40,000.00", "€45,000.00", "+€5,000.00"):
        assert figure in page.text
    assert contract.obligations.count() == 1
    other = officer.post(where, typed | {"percentage": "4", "shown": shown(page)})
    assert "€36,000.00" in other.text
    assert contract.obligations.count() == 1
    answer = officer.post(where, typed | {"shown": shown(page)})
    assert answer.url == contract.get_absolute_url()
    page = officer.get(answer.url).text
    for told in ("All versions", "original", "present", "Uitgebreid.", "Another contract value"):
        assert told in page
    assert contract.obligations.count() == 2


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"reason": ""}, "This field is required"),
        ({"ends_on": "2025-01-01"}, "The last day of the contract lies before the first."),
        ({"floor_eur": "10", "cap_eur": "9"}, "lies below the least"),
        ({"base_kind": "wage_sum"}, "Fill in the base and the percentage"),
        ({"base_kind": "persons"}, "Fill in the fixed amount or number."),
        ({"holds_from": "2025-11-01"}, "before the award"),
    ],
)
def test_a_change_that_cannot_be_is_said(officer, contract, typed, facts, said):
    page = officer.post(address("obligation-change", contract), typed | facts)
    assert said in page.text
    assert shown(page) is None


def test_an_old_page_lays_nothing_down(officer, contract, typed):
    where = address("obligation-change", contract)
    page = officer.post(where, typed)
    old = typed | {"revision": "99", "shown": shown(page)}
    assert "Somebody changed this" in officer.post(where, old).text
    assert contract.obligations.count() == 1


def test_a_constraint_is_said_in_the_form(officer, contract, typed):
    where = address("obligation-change", contract)
    Contract.objects.filter(pk=contract.pk).update(
        foreign_value=Decimal(1_000_000),
        foreign_currency="NOK",
        exchange_rate=Decimal("0.8"),
        rate_on=TODAY,
    )
    rated = typed | {"foreign_value": "1.000.000", "exchange_rate": "0,9", "rate_on": ""}
    page = officer.post(where, rated)
    assert "€45,000.00" in page.text
    assert officer.post(where, rated | {"shown": shown(page)}).status_code == 302
    assert "1,000,000 NOK" in officer.get(contract.get_absolute_url()).text


def test_a_deviation_is_asked_for_while_one_types(officer, contract, typed, ministry):
    rule = contract.obligations.model._meta.get_field("rule").related_model.objects.create(
        code="vijf", version="1", publisher="Voorbeeld", name="Vijf", status="published"
    )
    rule.lines.create(position=1, base_kind="contract_value", percentage=Decimal(5))
    contract.obligations.update(rule=rule)
    where = address("obligation-change", contract)
    page = officer.post(where, typed | {"percentage": "4"})
    assert "This differs from the rule. Say why." in page.text
    page = officer.post(where, typed | {"percentage": "4", "deviation": "Weinig arbeid."})
    assert "€36,000.00" in page.text


def test_a_fixed_number_is_filled_in(officer, contract, piet):
    four = actions.ObligationChange(
        cause="decision",
        reason="Vier plekken.",
        holds_from=TODAY,
        base_kind="persons",
        fixed=Decimal(4),
    )
    actions.change_obligation(contract, four, by=piet, at=NOON)
    assert 'value="4.00"' in officer.get(address("obligation-change", contract)).text
    assert "4 persons" in officer.get(contract.get_absolute_url()).text


def test_what_cannot_change_leads_back(officer, framework):
    answer = officer.get(address("obligation-change", framework))
    assert answer.url == framework.get_absolute_url()


def test_only_the_term_of_a_tailored_contract_changes(officer, tailored, typed):
    where = address("obligation-change", tailored)
    only = {"base_kind": "", "percentage": "", "revision": tailored.revision}
    page = officer.post(where, typed | only)
    assert "Nothing is owed but the goals." in page.text
    assert officer.post(where, typed | only | {"shown": shown(page)}).status_code == 302
    assert not tailored.obligations.exists()


AWARD = Path(__file__).parent / "notices" / "written" / "award.xml"
CHANGED = """<efac:ContractModification>
  <efbc:ModifiedContractIdentifier>CON-0001</efbc:ModifiedContractIdentifier>
  <efac:Change>
    <efbc:ChangeDescription languageID="NLD">Meer gebouwen.</efbc:ChangeDescription>
  </efac:Change>
</efac:ContractModification>
"""


@pytest.fixture
def modification(contract, piet, ministry):
    """A published modification of the contract, imported."""
    tender = factories.TenderFactory(authority=ministry, officer=piet)
    lot = tender.lots.create(authority=ministry, identifier="LOT-0001", title="Noord")
    contract.lots.set([lot])
    number = awards(notices.read(AWARD.read_bytes()))[0].contract.identifier
    Contract.objects.filter(pk=contract.pk).update(tender=tender, notice_contract=number)
    raw = AWARD.read_text().replace("<efac:NoticeResult>", f"{CHANGED}<efac:NoticeResult>", 1)
    return tender.notices.create(
        authority=ministry,
        status="imported",
        notice_id=contract.uuid,
        notice_version="01",
        publication_id="00999009-2026",
        sha256=b"x",
        raw=raw.encode(),
        facts={"modification": {"reasons": ["add-wss"]}},
        uploaded_by=piet,
        uploaded_at=NOON,
    )


def test_a_modification_opens_the_form_and_changes_nothing(officer, contract, modification, typed):
    """What the notice says is filled in; the officer decides."""
    page = officer.get(contract.get_absolute_url()).text
    where = re.search(r'href="([^"]*\?notice=\d+)"', page)[1]
    form = officer.get(where).text
    assert "Meer gebouwen." in form
    assert 'value="1200000.00"' in form
    assert 'value="2029-02-28"' in form
    assert contract.obligations.count() == 1
    page = officer.post(where, typed | {"cause": "notice"})
    officer.post(where, typed | {"cause": "notice", "shown": shown(page)})
    made = contract.obligations.last()
    assert (made.cause, made.notice) == ("notice", modification)
    page = officer.get(contract.get_absolute_url()).text
    assert "A modification was published" not in page
    assert "00999009-2026" in page


def test_turnover_is_reported_by_the_supplier_and_corrected(client, on_turnover, sara):
    supplier = client.sign_in(sara)
    page = supplier.get(address("turnover-list", on_turnover))
    assert "Nothing reported yet" in page.text
    where = address("turnover-report", on_turnover)
    form = supplier.get(where).text
    assert 'value="2026-01-01"' in form
    days = {"starts_on": "2026-01-01", "ends_on": "2026-01-31", "amount_eur": "100.000"}
    assert "before the first" in supplier.post(where, days | {"ends_on": "2025-01-01"}).text
    typed = days | {"form_key": re.search(r'form_key" value="([^"]*)"', form)[1]}
    answers = [supplier.post(where, typed) for _ in range(2)]
    assert {answer.url for answer in answers} == {address("turnover-list", on_turnover)}
    report = TurnoverReport.objects.get()
    assert "was reported already" in supplier.post(where, days).text
    page = supplier.get(answers[0].url).text
    assert "The obligation is now €5,000.00." in page
    correct = address("turnover-correct", report)
    assert 'value="100000.00"' in supplier.get(correct).text
    wrong = {"amount_eur": "80.000", "reason": "Creditnota.", "revision": "99"}
    assert "Somebody changed this" in supplier.post(correct, wrong).text
    supplier.post(correct, wrong | {"revision": report.revision})
    page = supplier.get(answers[0].url).text
    assert "<s>€100,000.00</s>" in page
    assert "Creditnota." in page
    page = supplier.get(on_turnover.get_absolute_url()).text
    assert "In 1 report €80,000.00 was invoiced." in page


def test_nobody_but_an_obligation_on_turnover_asks_for_it(client, contract, sara):
    supplier = client.sign_in(sara)
    page = supplier.get(address("turnover-list", contract)).text
    assert "appears here" in page
    days = {"starts_on": "2026-01-01", "ends_on": "2026-01-31", "amount_eur": "1"}
    assert "does not grow" in supplier.post(address("turnover-report", contract), days).text


def test_missing_turnover_waits_for_both_sides(client, on_turnover, sara, cora):
    later = NOON.replace(month=5)
    for person in (sara, cora):
        found = {each.key: each for each in work_lists(person, now=later)}["turnover"]
        assert [item.url for item in found.items] == [address("turnover-list", on_turnover)]
        assert (found.count, found.items[0].badge) == (1, "overdue")
        assert found.items[0].on == dt.date(2026, 4, 14)
    soon = NOON.replace(month=4, day=2)
    assert work_lists(sara, now=soon)[3].items[0].badge == "due"
    assert work_lists(sara, now=NOON)[3].count == 0


def test_the_page_says_what_turnover_is_missing(client, on_turnover, cora):
    page = client.sign_in(cora).get(on_turnover.get_absolute_url()).text
    is_over = timezone.localdate() > dt.date(2026, 3, 31)
    assert ("Turnover is missing" in page) is is_over


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
    assert old.status_code == 302
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
    found = report_facts.read(report)
    assert [(each.supplier, each.owed_eur) for each in found.members] == [
        ("Leverancier Noord", Decimal("26668.00")),
        ("Leverancier Zuid", Decimal("13332.00")),
    ]
    assert report_facts.differences(report) == []
    report.language = "en"
    assert "Who carries which part" in printing.as_twin(report)
    report.facts["members"][0]["owed_eur"] = "1.00"
    assert "The parts of the consortium differ." in report_facts.differences(report)
    del before.facts["members"]
    before.language = "en"
    assert "Who carries which part" not in printing.as_twin(before)


def test_a_portfolio_leaves_frameworks_out(contract, framework, vera, ministry):
    report = Report(definition="portfolio", authority=ministry)
    made = report_facts.read(report_actions.issue_report(report, by=vera, at=NOON))
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
