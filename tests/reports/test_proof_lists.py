"""Lists of proof: evidence of claims that ends, samples to check, periods that nobody stated."""

import datetime as dt

import pytest
from django.utils import translation

from candidates import actions
from candidates.models import SampleShare
from reports import definitions
from reports.home import work_lists
from reports.home.to_do import own_contracts, to_do
from tests import factories
from tests.candidates import kinds
from tests.conftest import NOON, TODAY
from tests.reports.test_work_lists import work_list

DAY = dt.timedelta(days=1)
DUE = dt.date(2026, 4, 14)  # of January to March
MARCH = {"starts_on": dt.date(2026, 3, 1), "ends_on": dt.date(2026, 3, 31)}


def _lists(person, now=NOON):
    return {each.key: each for each in work_lists(person, now=now)}


def _on(day):
    return NOON.replace(year=day.year, month=day.month, day=day.day)


@pytest.fixture
def bought(contract, table, zuid, sara):
    """A purchase that waits, with evidence that ends in two weeks."""
    row = kinds.row(table, "bought")
    share = kinds.submitted(contract, kinds.bought(row, zuid), sara)
    proof = {"kind": factories.EvidenceKindFactory(), "result": "seen", "seen_on": TODAY}
    stated = actions.EvidenceFacts(**proof, valid_until=TODAY + 14 * DAY)
    actions.state_evidence(share.contribution, stated, by=sara, at=NOON)
    return share


def test_evidence_of_a_claim_stands_on_both_lists_until_it_is_decided_on(
    bought, contract, sara, olga, otto
):
    def told():
        items = _lists(olga)["evidence-of-claims"].items
        tasks = to_do(sara, own_contracts(sara), TODAY)
        about = bought.get_absolute_url()
        return [item.on for item in items], [each.on for each in tasks if each.item.url == about]

    assert told() == ([TODAY + 14 * DAY], [TODAY + 14 * DAY])
    assert _lists(otto)["evidence-of-claims"].count == 0
    actions.verify_share(bought, by=olga, at=NOON)
    assert told() == ([], [])


def test_a_sample_stands_on_the_list_until_all_that_was_drawn_is_checked(
    client, bought, contract, olga, otto, anna
):
    sample = actions.draw_sample(contract.authority, MARCH | {"size": 5}, by=olga, at=NOON)
    (item,) = _lists(olga)["samples"].items
    assert (item.url, item.on) == (sample.get_absolute_url(), TODAY)
    assert client.sign_in(olga).get(work_list("samples", "?q=ministerie")).status_code == 200
    assert _lists(otto)["samples"].count == 0
    assert "samples" not in _lists(anna)
    actions.record_outcome(SampleShare.objects.get(), "in_order", by=olga, at=NOON)
    assert _lists(olga)["samples"].count == 0


def test_a_manager_finds_periods_that_nobody_stated(client, contract, cora):
    assert _lists(cora, _on(DUE))["statements"].count == 0
    (item,) = _lists(cora, _on(DUE + DAY))["statements"].items
    assert (item.url, item.on) == (f"/contracts/{contract.pk}/periods/", DUE)
    with translation.override("en"):
        later = [_lists(cora, _on(DUE + days * DAY))["statements"] for days in (21, 22)]
    badges = [each.items[0].badge for each in later]
    assert badges == ["overdue", "overdue, all reminders were sent"]
    (item,) = _lists(cora, _on(DUE.replace(month=10)))["statements"].items
    assert item.on == DUE
    assert item.sub.startswith("Leverancier Noord · 2 period")  # one line a contract
    assert client.sign_in(cora).get(work_list("statements", "?q=noord")).status_code == 200


def test_a_report_counts_contracts_with_a_period_that_nobody_stated(contract, sara, issue):
    last = dt.date(2026, 3, 31)
    counts = [
        definitions.read(issue(at=_on(day))).quality.unstated_count for day in (last, last + DAY)
    ]
    assert counts == [0, 1]
    report = issue(contract, at=_on(last + DAY))
    assert definitions.read(report).quality.unstated_count == 1
    figures = actions.statements.figures_of(contract, dt.date(2026, 1, 1), last)
    signature = actions.Signature(actions.statements.fingerprint(figures).hex(), is_nil=True)
    actions.sign_period(contract, dt.date(2026, 1, 1), signature, by=sara, at=_on(DUE))
    assert definitions.read(issue(at=_on(DUE))).quality.unstated_count == 0
    assert definitions.differences(report) == []
    del report.facts["quality"]["unstated_count"]
    assert definitions.read(report).quality.unstated_count is None
