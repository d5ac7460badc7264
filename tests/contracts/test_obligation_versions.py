"""Another value, another term, a decision: a new version; and what is due when."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum

from contracts import actions, clocks, fulfilment, ledger, versions
from contracts.models import (
    Contract,
    ContractStatus,
    Fulfilment,
    LedgerEntry,
    LedgerUnit,
    Obligation,
    ObligationRule,
    RuleStatus,
    TurnoverReport,
)
from contracts.templatetags.unit_words import in_unit, signed
from sroi_portal.core.models import AuditEvent, Outgoing
from sroi_portal.core.status import ChangedMeanwhileError
from tests import factories
from tests.conftest import NOON, TODAY
from tests.contracts.awarding import change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
FEBRUARY = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
SETTLED = {"status": ContractStatus.SETTLED}


def owed(contract, **facts):
    found = LedgerEntry.objects.filter(contract=contract, account="obligation", **facts)
    return found.aggregate(total=Sum("quantity"))["total"]


def verbs(obj):
    events = AuditEvent.objects.filter(object_uuid=obj.uuid).order_by("pk")
    return list(events.values_list("verb", flat=True))


def mailed():
    return set(Outgoing.objects.values_list("to_address", flat=True))


# Versions


def test_a_change_is_a_new_version_and_posts_the_difference(contract, piet, sara):
    made = actions.change_obligation(
        contract,
        change(cause="value", value_eur=Decimal("900000.00"), ends_on=dt.date(2027, 6, 30)),
        by=piet,
        at=NOON,
        revision=contract.revision,
    )
    first, second = Obligation.objects.filter(contract=contract)
    assert made == second
    assert (first.quantity, second.quantity) == (Decimal("40000.00"), Decimal("45000.00"))
    assert (second.version, second.cause, second.reason) == (2, "value", "Zo besloten.")
    assert (second.decided_by, second.holds_from) == (piet, TODAY)
    posted = LedgerEntry.objects.get(source_uuid=second.uuid)
    assert (posted.quantity, posted.month) == (Decimal("5000.00"), TODAY.replace(day=1))
    contract.refresh_from_db()
    assert (contract.value_eur, contract.ends_on) == (Decimal(900_000), dt.date(2027, 6, 30))
    event = AuditEvent.objects.get(object_uuid=contract.uuid, verb="change_obligation")
    assert event.changed == ["ends_on", "value_eur"]
    assert verbs(second) == ["change_obligation"]
    assert mailed() == {"sara@example.org"}


def test_a_lower_obligation_posts_less(contract, piet):
    actions.change_obligation(contract, change(percentage=Decimal("2.00")), by=piet, at=NOON)
    assert owed(contract) == Decimal("16000.00")
    assert LedgerEntry.objects.filter(quantity=Decimal("-24000.00")).exists()


def test_a_change_that_makes_no_difference_posts_nothing(contract, piet):
    before = LedgerEntry.objects.count()
    actions.change_obligation(contract, change(), by=piet, at=NOON)
    assert LedgerEntry.objects.count() == before
    assert contract.obligations.count() == 2


def test_another_base_and_bounds(contract, piet):
    facts = {"base_kind": "wage_sum", "wage_sum_eur": Decimal(100_000)}
    bounded = change(bounds=(Decimal(7_000), Decimal(300_000)), **facts)
    made = actions.change_obligation(contract, bounded, by=piet, at=NOON)
    assert (made.base, made.quantity) == (Decimal(100_000), Decimal(7_000))
    made = actions.change_obligation(contract, change(bounds=(None, None)), by=piet, at=NOON)
    assert (made.floor_eur, made.quantity) == (None, Decimal("5000.00"))


def test_another_unit_takes_the_old_one_away(contract, piet):
    bounded = change(bounds=(Decimal(1), None))
    actions.change_obligation(contract, bounded, by=piet, at=NOON)
    in_hours = change(base_kind="hours", hours=Decimal(10_000))
    made = actions.change_obligation(contract, in_hours, by=piet, at=NOON)
    assert (made.unit, made.quantity, made.floor_eur) == ("hour", Decimal(500), None)
    assert (owed(contract, unit="eur"), owed(contract, unit="hour")) == (0, Decimal(500))
    fixed = change(base_kind="persons", fixed=Decimal(4))
    made = actions.change_obligation(contract, fixed, by=piet, at=NOON)
    assert (made.base, made.percentage, made.quantity) == (None, None, Decimal(4))
    kept = actions.change_obligation(contract, change(), by=piet, at=NOON)
    assert kept.quantity == Decimal(4)
    rows = versions.versions(list(contract.obligations.all()))
    assert [row.difference for row in rows] == [0, None, None, 0, None]
    assert [row.is_current for row in rows] == [True, False, False, False, False]
    assert [row.is_original for row in rows] == [False, False, False, False, True]


def test_what_is_missing_for_a_new_version_is_said(contract, piet):
    for wrong in (change(base_kind="wage_sum"), change(base_kind="persons")):
        with pytest.raises(actions.ObligationStandsError, match="Fill in"):
            actions.change_obligation(contract, wrong, by=piet, at=NOON)
    early = change(holds_from=dt.date(2025, 11, 30))
    with pytest.raises(actions.ObligationStandsError, match="before the award"):
        actions.change_obligation(contract, early, by=piet, at=NOON)
    assert contract.obligations.count() == 1


def test_what_is_settled_changes_no_more(contract, framework, piet, cora):
    Contract.objects.filter(pk=contract.pk).update(**SETTLED)
    with pytest.raises(actions.ObligationStandsError, match="until the contract is settled"):
        actions.change_obligation(contract, change(), by=piet, at=NOON)
    with pytest.raises(actions.ObligationStandsError, match="its call-offs do"):
        actions.change_obligation(framework, change(), by=piet, at=NOON)


def test_an_old_page_changes_no_obligation(contract, piet):
    with pytest.raises(ChangedMeanwhileError):
        actions.change_obligation(contract, change(), by=piet, at=NOON, revision=99)


@pytest.fixture
def rule(contract):
    """Asks five per cent of the contract value."""
    made = ObligationRule.objects.create(
        code="vijf", version="1", publisher="Voorbeeld", name="Vijf", status=RuleStatus.PUBLISHED
    )
    made.lines.create(position=1, base_kind="contract_value", percentage=Decimal(5))
    Obligation.objects.filter(contract=contract).update(rule=made)
    return made


def test_a_deviation_from_the_rule_says_why(contract, piet, rule):
    wrong = change(percentage=Decimal(4))
    with pytest.raises(actions.UnexplainedError):
        actions.change_obligation(contract, wrong, by=piet, at=NOON)
    right = change(percentage=Decimal(4), deviation="Weinig arbeid.")
    made = actions.change_obligation(contract, right, by=piet, at=NOON)
    assert (made.rule, made.deviation) == (rule, "Weinig arbeid.")
    kept = actions.change_obligation(contract, change(), by=piet, at=NOON)
    assert kept.deviation == "Weinig arbeid."
    back = change(percentage=Decimal(5), deviation="")
    assert actions.change_obligation(contract, back, by=piet, at=NOON).deviation == ""


def test_looking_at_a_change_keeps_nothing(contract, piet):
    wanted = change(value_eur=Decimal(1_000))
    before, version = actions.proposed_obligation(contract, wanted, by=piet, at=NOON)
    assert (before.quantity, version.quantity) == (Decimal(40_000), Decimal(50))
    assert contract.value_eur == Decimal(800_000)
    assert contract.obligations.count() == 1


def test_a_value_in_another_currency_is_converted(contract, piet):
    Contract.objects.filter(pk=contract.pk).update(
        foreign_value=Decimal(1_000_000),
        foreign_currency="NOK",
        exchange_rate=Decimal("0.8"),
        rate_on=TODAY,
    )
    with pytest.raises(ValidationError, match="A value in another currency has a rate"):
        actions.change_obligation(contract, change(value_eur=Decimal(1)), by=piet, at=NOON)
    converted = change(exchange_rate=Decimal("0.9"), value_eur=Decimal(900_000))
    made = actions.change_obligation(contract, converted, by=piet, at=NOON)
    assert made.quantity == Decimal(45_000)


def test_fulfilment_is_shown_against_the_original_and_the_present_version(contract, piet):
    actions.change_obligation(contract, change(value_eur=Decimal(1_600_000)), by=piet, at=NOON)
    factories.entry(contract, "verified", Decimal(20_000), source=contract.uuid)
    fulfilment.recompute(today=TODAY, at=NOON)
    found = Fulfilment.objects.get(contract=contract)
    obligations = list(contract.obligations.all())
    assert (found.original_eur, found.percentage) == (Decimal(40_000), Decimal("25.0"))
    assert versions.against_original(obligations, found) == Decimal("50.0")
    assert versions.against_original(obligations, None) is None
    obligations[0].unit = LedgerUnit.HOUR
    assert versions.against_original(obligations, found) is None
    obligations[1].unit = LedgerUnit.HOUR
    assert versions.against_original(obligations, found) is None
    found.own_done = Decimal(4_000)
    assert versions.against_original(obligations, found) == Decimal("10.0")
    assert versions.part(Decimal(1), Decimal(0)) is None


def test_an_obligation_posts_once_for_each_version(contract, piet):
    """What the ledger says of a version stays when it is posted again."""
    version = actions.change_obligation(contract, change(percentage=Decimal(4)), by=piet, at=NOON)
    source = ledger.Source.of(version)
    assert LedgerEntry.objects.of_source(source.uuid).count() == 1


# Clocks


def test_reports_are_due_after_each_period(on_turnover, sara):
    actions.report_turnover(on_turnover, Decimal(1), period=JANUARY, by=sara, at=NOON)
    found = clocks.periods(on_turnover, on_turnover.turnover_reports.all())
    assert [(each.starts_on, each.ends_on) for each in found] == [
        (dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
        (dt.date(2026, 4, 1), dt.date(2026, 6, 30)),
        (dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
        (dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
    ]
    assert found[0].due_on == dt.date(2026, 4, 14)
    assert found[0].open_from == FEBRUARY[0]
    assert found[3].due_on == dt.date(2027, 1, 14)
    assert clocks.missing(on_turnover, dt.date(2026, 3, 31)) is None
    assert clocks.missing(on_turnover, dt.date(2026, 4, 1)) == found[0]
    assert found[0].is_late_on(dt.date(2026, 4, 15))
    rest = (FEBRUARY[0], dt.date(2026, 3, 31))
    actions.report_turnover(on_turnover, Decimal(1), period=rest, by=sara, at=NOON.replace(month=4))
    on_turnover.refresh_from_db()
    assert clocks.missing(on_turnover, dt.date(2026, 4, 1)) is None
    assert not clocks.periods(on_turnover, TurnoverReport.objects.all())[0].is_late_on(NOON.date())


def test_a_period_keeps_its_day_through_short_months():
    contract = Contract(
        starts_on=dt.date(2025, 12, 31), ends_on=dt.date(2026, 4, 10), report_months=1
    )
    assert [each.starts_on for each in clocks.periods(contract)] == [
        dt.date(2025, 12, 31),
        dt.date(2026, 1, 31),
        dt.date(2026, 2, 28),
        dt.date(2026, 3, 31),
    ]
    assert clocks.periods(Contract()) == []
    assert clocks.clocks(Contract(), TODAY) == []


def test_the_terms_of_a_contract_are_named(on_turnover):
    found = clocks.clocks(on_turnover, TODAY)
    assert [str(clock.label) for clock in found] == ["First contact", "Plan agreed", "Next report"]
    assert [clock.is_late for clock in found] == [True, True, False]


def test_a_framework_has_no_plan_and_no_reports(framework):
    found = clocks.clocks(framework, TODAY)
    assert [str(clock.label) for clock in found] == ["First contact"]


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("eur", "€2.00"),
        ("hour", "2 hours"),
        ("person", "2 persons"),
        ("fte_year", "2 full-time years"),
        ("own", "2"),
    ],
)
def test_a_quantity_says_its_unit(unit, said):
    assert in_unit(Decimal(2), unit).replace("\N{NO-BREAK SPACE}", " ") == said
    assert signed(Decimal(2), unit).replace("\N{NO-BREAK SPACE}", " ") == f"+{said}"


def test_turnover_of_a_contract_that_nobody_manages_yet_tells_nobody(on_turnover, sara):
    Contract.objects.filter(pk=on_turnover.pk).update(manager=None, status="awarded")
    actions.report_turnover(on_turnover, Decimal("100.00"), period=JANUARY, by=sara, at=NOON)
    assert mailed() == set()
