"""Changing an obligation and reporting turnover, in the browser."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions, notices
from contracts.models import Contract, TurnoverReport
from contracts.notices.contract_facts import awards
from reports.home import to_do, work_lists
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))


def address(name, thing):
    return reverse(f"contracts:{name}", args=[thing.pk])


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
    found = {each.key: each for each in work_lists(cora, now=later)}["turnover"]
    assert [item.url for item in found.items] == [address("turnover-list", on_turnover)]
    assert (found.count, found.items[0].badge) == (1, "overdue")
    assert found.items[0].on == dt.date(2026, 4, 14)

    def asked(now):
        tasks = to_do.to_do(sara, to_do.own_contracts(sara), timezone.localdate(now))
        return [task for task in tasks if task.item.url == address("turnover-list", on_turnover)]

    assert [task.on for task in asked(later)] == [dt.date(2026, 4, 14)]
    assert len(asked(NOON.replace(month=4, day=2))) == 1
    assert asked(NOON) == []


def test_the_page_says_what_turnover_is_missing(client, on_turnover, cora):
    page = client.sign_in(cora).get(on_turnover.get_absolute_url()).text
    is_over = timezone.localdate() > dt.date(2026, 3, 31)
    assert ("Turnover is missing" in page) is is_over
