"""Rules of docs/rules.md that no other test shows by itself."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from contracts import actions, ledger
from contracts.models import Account, Contract, ContractStatus, of_base
from reports import actions as report_actions
from reports import definitions
from reports.facts import periods
from reports.facts.sums import QuarterOfSource
from reports.models import Report
from sroi_portal.core import terms
from tests import factories
from tests.conftest import NOON
from tests.contracts import ending

AFTERWARDS = NOON.replace(year=2027)  # the contract of the tests ends with 2026


@pytest.mark.parametrize(
    ("base", "percentage", "owed"),
    [
        ("800000.00", "5.00", "40000.00"),
        ("333.33", "5.00", "16.67"),
        ("0.10", "5.00", "0.01"),
        (None, "5.00", None),
        ("800000.00", None, None),
    ],
)
def test_what_is_owed_is_base_times_percentage_to_the_cent(base, percentage, owed):
    given = [Decimal(amount) if amount else None for amount in (base, percentage, owed)]
    assert of_base(*given[:2]) == given[2]


@pytest.mark.parametrize(
    ("awarded_on", "last_day"),
    [
        pytest.param(dt.date(2026, 3, 4), dt.date(2026, 3, 11), id="a Wednesday"),
        pytest.param(dt.date(2026, 3, 7), dt.date(2026, 3, 16), id="not a Saturday"),
        pytest.param(dt.date(2025, 12, 18), dt.date(2025, 12, 29), id="not at Christmas"),
        pytest.param(dt.date(2026, 4, 20), dt.date(2026, 4, 28), id="not on the King's day"),
    ],
)
def test_a_term_ends_on_a_working_day(awarded_on, last_day):
    assert terms.due_on(awarded_on, 7) == last_day


@pytest.mark.parametrize(
    ("share", "is_enough"), [(None, False), ("29.99", False), ("30.00", True), ("100.00", True)]
)
def test_a_reserved_contract_asks_for_thirty_per_cent(share, is_enough):
    contract = Contract(reserved_share_pct=Decimal(share) if share else None)
    assert contract.is_reserved_enough is is_enough


def test_a_contract_is_settled_after_its_last_day(contract, cora):
    with pytest.raises(actions.NotOverError):
        actions.start_settlement(contract, by=cora, at=NOON)

    actions.start_settlement(contract, by=cora, at=AFTERWARDS)

    contract.refresh_from_db()
    assert (contract.status, contract.accepts_contributions) == (ContractStatus.SETTLING, False)


def test_nothing_waits_when_a_contract_is_settled(contract, cora, olga, piet, sara):
    source = ledger.Source("candidates.share", uuid.uuid4())
    waiting = ledger.Wanted(contract.pk, Account.SUBMITTED, dt.date(2026, 1, 1), Decimal("10.00"))
    settlement = ending.divided(ending.reacted(contract, cora, sara), cora, waived="10000.00")
    ledger.post(source, [waiting], by=olga, at=AFTERWARDS)

    with pytest.raises(actions.StillWaitingError):
        actions.decide_settlement(settlement, by=piet, at=ending.LATER, conclusion="Klaar.")
    ledger.post(source, [], by=olga, at=AFTERWARDS)
    ending.settled(settlement, piet)

    contract.refresh_from_db()
    assert contract.status == ContractStatus.SETTLED


def _issue(authority, by, contract=None):
    report = Report(
        definition="contract" if contract else "portfolio", authority=authority, contract=contract
    )
    return report_actions.issue_report(report, by=by, at=NOON)


def test_a_report_says_the_same_after_later_postings(contract, ministry, vera, olga):
    report = _issue(ministry, vera, contract)
    source = ledger.Source("candidates.share", uuid.uuid4())
    later = ledger.Wanted(contract.pk, Account.VERIFIED, dt.date(2026, 1, 1), Decimal("10.00"))
    ledger.post(source, [later], by=olga, at=NOON)

    assert definitions.differences(report) == []
    assert _issue(ministry, vera, contract).facts != report.facts


def test_reports_are_numbered_without_a_gap(contract, ministry, other_ministry, vera, otto):
    factories.RoleAssignmentFactory(user=otto, authority=other_ministry, role="policy_maker")
    issued = [_issue(ministry, vera), _issue(other_ministry, otto), _issue(ministry, vera)]
    assert [report.number for report in issued] == ["2026-0001", "2026-0002", "2026-0003"]


def test_a_period_rests_on_three_contributions():
    first, second, third = (dt.date(2026, month, 1) for month in (1, 4, 7))
    rows = [
        QuarterOfSource(quarter, uuid.uuid4(), Decimal("10.00"), Decimal(0), Decimal(0))
        for quarter, count in ((first, 1), (second, 2), (third, 4))
        for _number in range(count)
    ]

    found = periods.joined(rows)

    assert [(period.starts_on, period.ends_on) for period in found] == [
        (first, dt.date(2026, 6, 30)),
        (third, dt.date(2026, 9, 30)),
    ]
    assert [period.verified_so_far_eur for period in found] == [Decimal(30), Decimal(70)]
