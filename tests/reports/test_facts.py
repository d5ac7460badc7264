"""What a report says is what the ledger says, to the cent."""

import dataclasses
import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Sum
from django.utils import translation

from contracts import fulfilment
from contracts.models import Account, Contract, Fulfilment, LedgerEntry, Signal
from reports import definitions, facts
from reports.facts import checking, kinds, periods
from reports.facts.sums import QuarterOfSource
from reports.models import Report
from tests import factories
from tests.conftest import NOON, TODAY

ACCOUNTS = {f"{account.value}_eur": account.value for account in Account}


def _of_ledger(contract, account):
    entries = LedgerEntry.objects.filter(contract=contract, account=account, unit="eur")
    return entries.aggregate(total=Sum("quantity"))["total"] or Decimal("0.00")


def test_the_accounts_of_a_report_are_those_of_the_ledger(busy, issue):
    sums = definitions.read(issue(busy)).contract.sums
    assert dataclasses.asdict(sums) == {
        name: _of_ledger(busy, account) for name, account in ACCOUNTS.items()
    }


def test_what_follows_is_what_the_contract_s_page_shows(busy, quiet, issue):
    fulfilment.recompute(today=TODAY, at=NOON)
    found = definitions.read(issue())
    by_uuid = {str(contract.uuid): contract.pk for contract in Contract.objects.all()}
    for line in found.contracts:
        kept = Fulfilment.objects.get(pk=by_uuid[line.terms.uuid])
        names = [field.name for field in dataclasses.fields(kinds.Standing)]
        assert dataclasses.asdict(line.standing) == {name: getattr(kept, name) for name in names}
        assert line.signal == kept.signal


def test_facts_come_back_from_json_as_they_were(busy, issue):
    for report in (issue(busy), issue()):
        assert definitions.read(report).as_json() == Report.objects.get(pk=report.pk).facts
        assert facts.sha256(report.facts) == bytes(report.facts_sha256)


def test_the_fingerprint_changes_with_a_cent(busy, issue):
    report = issue(busy)
    report.facts["contract"]["sums"]["verified_eur"] = "6000.01"
    assert facts.sha256(report.facts) != bytes(report.facts_sha256)


def test_a_report_says_how_far_its_figures_can_be_trusted(busy, quiet, issue):
    assert definitions.read(issue()).quality == kinds.Quality(
        verified_eur=Decimal("6000.00"),
        waiting_eur=Decimal("1500.50"),
        waiting_count=2,
        oldest_waiting_on=dt.date(2026, 1, 20),
        late_eur=Decimal("500.50"),
        late_count=1,
        unchecked_eur=Decimal("250.00"),
        unchecked_count=1,
        verified_pct=Decimal("77.4"),
        contracts_count=2,
        unreported_count=1,
        without_obligation_count=0,
        unstated_count=0,
    )


def test_what_was_decided_no_longer_waits(contract, issue, post):
    source = post(contract, Account.SUBMITTED, "500.00")
    post(contract, Account.VERIFIED, "500.00", source=source)
    quality = definitions.read(issue(contract)).quality
    assert (quality.waiting_count, quality.oldest_waiting_on) == (0, None)
    assert quality.verified_pct == Decimal("100.0")


def test_a_report_names_no_person(busy, issue, vera, cora, piet, olga):
    written = str(issue(busy).facts)
    assert [person.name for person in (vera, cora, piet, olga) if person.name in written] == []


def test_the_portfolio_adds_up(busy, quiet, issue):
    found = definitions.read(issue())
    assert found.total.contracts_count == 2
    assert found.total.standing.owed_eur == Decimal("45000.00")
    assert found.total.standing.percentage == Decimal("13.3")
    for groups in (found.by_category, found.by_year):
        assert kinds.total(group.sums for group in groups) == found.total.sums
    assert [group.contracts_count for group in found.by_category] == [1, 1]
    assert sum(each.contracts_count for each in found.signals) == 2
    assert [signal.signal for signal in found.signals] == Signal.values


def test_concepts_and_other_authorities_stay_out(busy, issue, other_ministry, noord, piet, table):
    factories.ContractFactory(
        authority=busy.authority, supplier=noord, officer=piet, value_table=table
    )
    factories.active_contract(
        authority=other_ministry, supplier=noord, manager=piet, value_table=table
    )
    assert [line.terms.uuid for line in definitions.read(issue()).contracts] == [str(busy.uuid)]


def test_what_needs_attention_comes_by_shortfall(contract, quiet, issue, settings):
    report = issue(at=NOON.replace(month=11))
    assert [line.terms.title for line in definitions.read(report).attention] == [
        contract.title,
        quiet.title,
    ]


def test_the_words_of_a_report_are_in_its_language(busy, issue):
    assert definitions.read(issue(busy, language="en")).contract.signal_label == "on course"


# Periods


def _row(month, euros="10.00", source=None):
    return QuarterOfSource(
        dt.date(2026, month, 1), source or uuid.uuid4(), Decimal(euros), Decimal(0), Decimal(0)
    )


def test_days_before_the_contract_and_after_the_report_fall_away():
    within = (dt.date(2026, 2, 15), dt.date(2026, 3, 4))
    (period,) = periods.joined([_row(1), _row(1)], within=within)
    assert (period.starts_on, period.ends_on) == within


def test_one_contribution_over_many_quarters_is_still_one():
    source = uuid.uuid4()
    found = periods.joined([_row(month, source=source) for month in (1, 4, 7, 10)])
    assert len(found) == 1
    assert found[0].verified_eur == Decimal("40.00")


def test_without_work_there_are_no_periods(contract, issue):
    assert definitions.read(issue(contract)).periods == ()


def test_periods_sum_to_the_account(busy, issue):
    found = definitions.read(issue(busy))
    assert found.periods[-1].verified_so_far_eur == found.contract.sums.verified_eur
    assert found.periods[-1].submitted_so_far_eur == found.contract.sums.submitted_eur


# Made again


def test_a_report_made_again_is_the_same(busy, quiet, issue, print_out):
    for report in (print_out(issue(busy)), print_out(issue())):
        assert definitions.differences(report) == []


def test_a_changed_amount_is_found(busy, issue):
    report = issue(busy)
    report.facts["contract"]["sums"]["verified_eur"] = "6000.01"
    report.facts["quality"]["waiting_count"] = 7
    report.facts["periods"][0]["verified_eur"] = "1.00"
    with translation.override("en"):
        found = definitions.differences(report)
    assert found == [
        "The facts are not those that were frozen.",
        f"{busy.title}: Verified is €6,000.01, the ledger says €6,000.00.",
        f"{busy.title}: what follows from the account differs.",
        "The statement of quality differs.",
        "The periods differ.",
    ]


def test_a_contract_that_owes_in_another_unit_is_no_difference(busy, issue):
    """Its part is of persons, hours or goals; no sum in euros gives that (R-105)."""
    line = definitions.read(issue(busy)).contract
    nothing = dict.fromkeys(("owed_eur", "done_eur", "forecast_low_eur", "forecast_high_eur"), 0)
    standing = dataclasses.replace(line.standing, percentage=Decimal("12.5"), **nothing)
    empty = kinds.Sums(*[Decimal(0)] * len(dataclasses.fields(kinds.Sums)))
    in_persons = dataclasses.replace(line, sums=empty, standing=standing)
    assert list(checking.of_standing(in_persons)) == []
    in_euros = dataclasses.replace(line, standing=standing)
    assert len(list(checking.of_standing(in_euros))) == 1


def test_a_changed_total_is_found(busy, issue):
    report = issue()
    report.facts["total"]["standing"]["owed_eur"] = "1.00"
    report.facts["by_category"] = report.facts["by_year"] = []
    with translation.override("en"):
        found = definitions.differences(report)[1:]
    assert found == ["The total differs.", "The categories differ.", "The years differ."]


def test_another_pdf_is_found(busy, issue, print_out):
    report = print_out(issue(busy))
    with report.pdf.storage.open(report.pdf.name, "ab") as file:
        file.write(b"%")
    with translation.override("en"):
        found = definitions.differences(report)
    assert found == ["The PDF is not the one that was printed."]


def test_the_command_proves_all_reports(busy, issue, capsys):
    issue(busy), issue()
    call_command("check_reports")
    assert "2 reports made again from the ledger: no difference" in capsys.readouterr().out


def test_the_command_fails_on_a_difference(busy, issue, capsys):
    number = issue(busy).number
    report = issue()
    report.facts["quality"]["late_count"] = 9
    Report.objects.filter(pk=report.pk).update(facts=report.facts)
    call_command("check_reports", number)
    with (
        translation.override("en"),
        pytest.raises(CommandError, match="1 of 2 reports differ"),
    ):
        call_command("check_reports")
    assert f"{report.number}: The statement of quality differs" in capsys.readouterr().err
