"""After the award: versions, turnover, goals, frameworks and consortia."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from candidates import actions as candidate_actions
from contracts import actions, clocks, consortia, fulfilment, ledger, versions
from contracts.models import (
    BaseKind,
    ConsortiumMember,
    Contract,
    ContractStatus,
    Fulfilment,
    Goal,
    LedgerEntry,
    LedgerUnit,
    Obligation,
    ObligationCause,
    ObligationRule,
    Regime,
    RuleStatus,
    TurnoverReport,
)
from reports import portfolio
from sroi_portal.core.models import AuditEvent, Outgoing, Remark
from sroi_portal.core.status import ChangedMeanwhileError
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
FEBRUARY = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
SETTLED = {"status": ContractStatus.SETTLED}


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
def on_turnover(contract, piet):
    return award(contract, piet, base_kind=BaseKind.TURNOVER)


@pytest.fixture
def tailored(contract, piet):
    return award(contract, piet, regime=Regime.TAILORED, base_kind="", percentage=None, reason="")


@pytest.fixture
def framework(contract, piet):
    return award(contract, piet, is_framework=True, title="Raamovereenkomst")


def change(**facts):
    told = {"cause": ObligationCause.DECISION, "reason": "Zo besloten.", "holds_from": TODAY}
    return actions.ObligationChange(**told | facts)


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


# Turnover


def test_turnover_makes_the_obligation_grow(on_turnover, cora, sara):
    assert (owed(on_turnover), on_turnover.obligations.get().base) == (None, 0)
    Contract.objects.filter(pk=on_turnover.pk).update(manager=cora)
    report = actions.report_turnover(
        on_turnover, Decimal("100000.00"), period=JANUARY, by=sara, at=NOON
    )
    actions.report_turnover(on_turnover, Decimal("50000.00"), period=FEBRUARY, by=cora, at=NOON)
    figures = on_turnover.obligations.values_list("version", "base", "quantity", "cause")
    assert list(figures) == [
        (1, Decimal(0), Decimal(0), "award"),
        (2, Decimal(100_000), Decimal(5_000), "turnover"),
        (3, Decimal(150_000), Decimal(7_500), "turnover"),
    ]
    by_month = LedgerEntry.objects.filter(contract=on_turnover).order_by("month")
    assert list(by_month.values_list("month", "quantity")) == [
        (JANUARY[0], Decimal(5_000)),
        (FEBRUARY[0], Decimal(2_500)),
    ]
    assert verbs(report) == ["report_turnover"]
    assert mailed() == {"cora@example.org", "sara@example.org"}


def test_a_corrected_report_keeps_the_old_figure_visible(on_turnover, sara):
    report = actions.report_turnover(
        on_turnover, Decimal(100_000), period=JANUARY, by=sara, at=NOON
    )
    actions.report_turnover(on_turnover, Decimal(10_000), period=FEBRUARY, by=sara, at=NOON)
    version = actions.correct_turnover(
        report, Decimal(80_000), reason="Creditnota.", by=sara, at=NOON, revision=1
    )
    assert (version.base, version.quantity) == (Decimal(90_000), Decimal(4_500))
    assert owed(on_turnover) == Decimal(4_500)
    report.refresh_from_db()
    obligations = list(on_turnover.obligations.all())
    told = versions.amounts_of(report, obligations)
    assert [each.amount_eur for each in told] == [Decimal(100_000), Decimal(80_000)]
    assert told[-1].version.reason == "Creditnota."
    assert verbs(report) == ["report_turnover", "correct_turnover"]
    with pytest.raises(ChangedMeanwhileError):
        actions.correct_turnover(report, Decimal(1), reason="X", by=sara, at=NOON, revision=1)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ((dt.date(2026, 1, 31), dt.date(2026, 2, 1)), "was reported already"),
        ((dt.date(2026, 3, 1), dt.date(2026, 3, 31)), "once it is over"),
        ((dt.date(2025, 12, 1), dt.date(2025, 12, 31)), "The contract runs from"),
    ],
)
def test_days_that_cannot_be_reported_are_refused(on_turnover, sara, period, said):
    actions.report_turnover(on_turnover, Decimal(1), period=JANUARY, by=sara, at=NOON)
    with pytest.raises(actions.TurnoverPeriodError, match=said):
        actions.report_turnover(on_turnover, Decimal(1), period=period, by=sara, at=NOON)


def test_only_an_obligation_on_turnover_grows(contract, tailored, sara):
    for other in (contract, tailored):
        with pytest.raises(actions.ObligationStandsError, match="does not grow"):
            actions.report_turnover(other, Decimal(1), period=JANUARY, by=sara, at=NOON)


def test_turnover_keeps_counting_after_another_change(on_turnover, piet, sara):
    actions.report_turnover(on_turnover, Decimal(100_000), period=JANUARY, by=sara, at=NOON)
    actions.change_obligation(on_turnover, change(percentage=Decimal("2.00")), by=piet, at=NOON)
    second = actions.report_turnover(on_turnover, Decimal(1_000), period=FEBRUARY, by=sara, at=NOON)
    assert owed(on_turnover) == Decimal(2_020)
    told = versions.amounts_of(second, list(on_turnover.obligations.all()))
    assert [each.amount_eur for each in told] == [Decimal(1_000)]


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
    assert [clock.is_late for clock in found] == [True, False, False]


# Goals


GOAL = {
    "title": "Werkplekken",
    "kind": "work",
    "quantity": Decimal(4),
    "unit": "person",
    "due_on": dt.date(2026, 12, 31),
    "worth_eur": Decimal(50_000),
}
STORY = {"reached_on": TODAY, "quantity": Decimal(1), "story": "Iemand is begonnen."}


def agreed(contract, piet, **facts):
    return actions.set_goal(contract, GOAL | facts, by=piet, at=NOON)


def test_a_goal_is_counted_in_its_own_unit(tailored, piet, cora, sara):
    assert tailored.obligations.count() == 0
    goal = agreed(tailored, piet)
    shops = agreed(tailored, piet, unit="own", unit_name="workshops", quantity=Decimal(2))
    progress = actions.record_progress(goal, STORY, by=cora, at=NOON)
    entries = LedgerEntry.objects.filter(contract=tailored).order_by("pk")
    assert list(entries.values_list("account", "unit", "goal", "quantity", "source_uuid")) == [
        ("obligation", "person", goal.uuid, Decimal(4), goal.uuid),
        ("obligation", "own", shops.uuid, Decimal(2), shops.uuid),
        ("verified", "person", goal.uuid, Decimal(1), progress.uuid),
    ]
    fulfilment.recompute(today=TODAY, at=NOON)
    found = Fulfilment.objects.get(contract=tailored)
    assert (found.owed_eur, found.done_eur) == (0, 0)
    assert (found.own_owed, found.own_done) == (Decimal(2), Decimal("0.25"))
    assert fulfilment.different_from_ledger() == []
    assert (verbs(goal), verbs(progress)) == (["set_goal"], ["record_progress"])
    assert mailed() == {"sara@example.org"}


def test_a_goal_in_euros_counts_as_euros(tailored, piet, cora):
    goal = agreed(tailored, piet, unit="eur", quantity=Decimal(10_000), worth_eur=None)
    actions.record_progress(goal, STORY | {"quantity": Decimal(2_500)}, by=cora, at=NOON)
    fulfilment.recompute(today=TODAY, at=NOON)
    assert Fulfilment.objects.get(contract=tailored).percentage == Decimal("25.0")


def test_a_changed_goal_posts_the_difference(tailored, piet):
    goal = agreed(tailored, piet)
    actions.change_goal(goal, GOAL, by=piet, at=NOON)
    changed = actions.change_goal(
        goal, GOAL | {"quantity": Decimal(3)}, by=piet, at=NOON, revision=1
    )
    assert (changed.quantity, owed(tailored, unit="person")) == (Decimal(3), Decimal(3))
    assert verbs(goal) == ["set_goal", "change_goal"]
    in_years = GOAL | {"unit": "fte_year"}
    actions.change_goal(goal, in_years, by=piet, at=NOON)
    assert (owed(tailored, unit="person"), owed(tailored, unit="fte_year")) == (0, Decimal(4))


def test_what_was_counted_keeps_its_unit(tailored, piet, cora):
    goal = agreed(tailored, piet)
    actions.record_progress(goal, STORY, by=cora, at=NOON)
    with pytest.raises(actions.GoalStandsError, match="counted in this unit"):
        actions.change_goal(goal, GOAL | {"unit": "hour"}, by=piet, at=NOON)


def test_a_goal_that_is_given_up_is_owed_no_more(tailored, piet, cora):
    goal = agreed(tailored, piet)
    actions.record_progress(goal, STORY, by=cora, at=NOON)
    actions.give_up_goal(goal, by=piet, at=NOON, reason="Geen kandidaten.")
    goal.refresh_from_db()
    assert (goal.ended_on, owed(tailored, unit="person")) == (TODAY, 0)
    assert LedgerEntry.objects.filter(account="verified", goal=goal.uuid).exists()
    assert Remark.objects.get().text == "Geen kandidaten."
    for step in (
        lambda: actions.record_progress(goal, STORY, by=cora, at=NOON),
        lambda: actions.change_goal(goal, GOAL, by=piet, at=NOON),
        lambda: actions.give_up_goal(goal, by=piet, at=NOON, reason="Nog eens."),
    ):
        with pytest.raises(actions.GoalStandsError, match="was given up"):
            step()


def test_progress_lies_in_the_past_and_above_nothing(tailored, piet, cora):
    goal = agreed(tailored, piet)
    actions.record_progress(goal, STORY, by=cora, at=NOON)
    back = STORY | {"quantity": Decimal(-1)}
    actions.record_progress(goal, back, by=cora, at=NOON)
    with pytest.raises(actions.GoalStandsError, match="less than nothing"):
        actions.record_progress(goal, back, by=cora, at=NOON)
    tomorrow = STORY | {"reached_on": TODAY + dt.timedelta(days=1)}
    with pytest.raises(actions.GoalStandsError, match="in the future"):
        actions.record_progress(goal, tomorrow, by=cora, at=NOON)


def test_goals_belong_to_a_tailored_contract_that_is_awarded(contract, tailored, framework, piet):
    with pytest.raises(actions.GoalStandsError, match="tailored way of working"):
        agreed(contract, piet)
    goal = agreed(tailored, piet)
    Contract.objects.filter(pk=tailored.pk).update(
        **SETTLED | {"accepted_at": NOON, "manager": piet}
    )
    with pytest.raises(actions.GoalStandsError, match="until the contract is settled"):
        actions.change_goal(goal, GOAL, by=piet, at=NOON)
    Contract.objects.filter(pk=framework.pk).update(regime=Regime.TAILORED)
    with pytest.raises(actions.GoalStandsError, match="its call-offs do"):
        agreed(framework, piet)


def test_a_tailored_contract_may_get_an_obligation_later(tailored, piet):
    longer = change(cause="extension", ends_on=dt.date(2027, 12, 31))
    assert actions.change_obligation(tailored, longer, by=piet, at=NOON) is None
    tailored.refresh_from_db()
    assert tailored.ends_on == dt.date(2027, 12, 31)
    fixed = change(base_kind="fixed", fixed=Decimal(9_000))
    made = actions.change_obligation(tailored, fixed, by=piet, at=NOON)
    assert (made.version, owed(tailored)) == (1, Decimal(9_000))


# Frameworks


def test_a_framework_carries_nothing(contract, framework, piet, sara, table):
    call_offs = []
    for number in (1, 2):
        made = actions.log_call_off(framework, {"title": f"Perceel {number}"}, by=piet, at=NOON)
        facts = {
            "value_eur": Decimal(100_000) * number,
            "awarded_on": TODAY,
            "starts_on": TODAY,
            "ends_on": dt.date(2027, 12, 31),
        }
        actions.change_contract(made, facts, by=piet, at=NOON)
        call_offs.append(actions.award_contract(made, by=piet, at=NOON))
    assert not Fulfilment.objects.filter(contract=framework).exists()
    assert not framework.obligations.exists()
    assert [each.framework for each in call_offs] == [framework, framework]
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        factories.entry(framework, "verified", Decimal(1), source=framework.uuid)
    assert refusal.value.__cause__.diag.constraint_name == "framework_carries_nothing"

    fulfilment.recompute(today=TODAY, at=NOON)
    total = portfolio.figures_of(Contract.objects.filter(fulfilment__isnull=False), within={}).total
    posted = LedgerEntry.objects.filter(account="obligation", unit="eur").aggregate(
        total=Sum("quantity")
    )["total"]
    assert total.owed_eur == posted == Decimal(40_000) + Decimal(5_000) + Decimal(10_000)
    assert total.contracts == 3


def test_a_call_off_begins_with_what_its_framework_says(framework, piet):
    made = actions.log_call_off(framework, {"title": "Perceel"}, by=piet, at=NOON)
    concept = made.obligation_concept
    assert (made.supplier, made.value_table) == (framework.supplier, framework.value_table)
    assert (concept.base_kind, concept.percentage) == ("contract_value", Decimal(5))
    assert (made.status, made.is_framework) == (ContractStatus.DRAFT, False)


def test_only_a_framework_has_call_offs(contract, framework, piet):
    Contract.objects.filter(pk=framework.pk).update(
        status=ContractStatus.SETTLED, manager=piet, accepted_at=NOON
    )
    for other in (contract, framework):
        with pytest.raises(actions.NotAFrameworkError):
            actions.log_call_off(other, {"title": "Perceel"}, by=piet, at=NOON)


def test_a_framework_takes_no_work(framework, table, sara):
    facts = candidate_actions.PlacementFacts(
        reference="K-01",
        block=table.blocks.get(code="ww"),
        hours_per_week=Decimal(32),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
        bonus_codes=[],
        informed_on=TODAY,
    )
    assert not framework.accepts_contributions
    with pytest.raises(candidate_actions.ContractClosedError, match="one of its call-offs"):
        candidate_actions.enter_placement(framework, facts, by=sara, at=NOON)


# Consortia


def test_members_divide_the_account(contract, zuid, piet, sara):
    west = factories.SupplierFactory(name="Leverancier West")
    shares = {zuid: Decimal("33.33"), west: Decimal("33.33")}
    actions.set_members(contract, shares, by=piet, at=NOON, revision=contract.revision)
    members = list(contract.members.select_related("supplier"))
    parts = consortia.parts(
        contract, members, owed_eur=Decimal("100.00"), verified_eur=Decimal("0.05")
    )
    assert [(part.supplier, part.share_pct, part.is_lead) for part in parts] == [
        ("Leverancier Noord", Decimal("33.34"), True),
        ("Leverancier Zuid", Decimal("33.33"), False),
        ("Leverancier West", Decimal("33.33"), False),
    ]
    assert sum(part.owed_eur for part in parts) == Decimal("100.00")
    assert [part.verified_eur for part in parts] == [
        Decimal("0.02"),
        Decimal("0.02"),
        Decimal("0.01"),
    ]
    assert consortia.parts(contract, [], owed_eur=Decimal(1), verified_eur=Decimal(1)) == ()
    assert verbs(contract) == ["set_members"]
    assert mailed() == {"sara@example.org"}


@pytest.mark.parametrize("amount", ["0.00", "0.01", "-0.01", "99999.99", "-12.34"])
def test_parts_sum_to_the_cent(amount):
    shares = [Decimal("41.17"), Decimal("29.41"), Decimal("29.42")]
    assert sum(consortia.divided(Decimal(amount), shares)) == Decimal(amount)


def test_members_are_laid_down_at_once(contract, zuid, piet):
    west = factories.SupplierFactory()
    actions.set_members(contract, {zuid: Decimal(60)}, by=piet, at=NOON)
    swapped = {zuid: Decimal(20), west: Decimal(70)}
    actions.set_members(contract, swapped, by=piet, at=NOON)
    actions.set_members(contract, swapped, by=piet, at=NOON)
    assert list(contract.members.values_list("supplier", "share_pct")) == [
        (west.pk, Decimal(70)),
        (zuid.pk, Decimal(20)),
    ]
    assert verbs(contract) == ["set_members", "set_members"]
    actions.set_members(contract, {west: Decimal(70)}, by=piet, at=NOON)
    actions.set_members(contract, {}, by=piet, at=NOON)
    assert not contract.members.exists()


def test_a_concept_has_members_without_a_mail(contract, zuid, piet, sara):
    facts = {"authority": contract.authority, "supplier": contract.supplier, "title": "Catering"}
    concept = actions.log_contract(facts, by=piet, at=NOON)
    actions.set_members(concept, {zuid: Decimal(50)}, by=piet, at=NOON)
    assert mailed() == set()


def test_members_leave_a_part_to_the_lead(contract, zuid, noord, piet):
    for wrong, said in (
        ({zuid: Decimal(100)}, "less than 100%"),
        ({noord: Decimal(10)}, "no member beside itself"),
    ):
        with pytest.raises(actions.MembersError, match=said):
            actions.set_members(contract, wrong, by=piet, at=NOON)
    Contract.objects.filter(pk=contract.pk).update(**SETTLED)
    with pytest.raises(actions.MembersError, match="its members stay"):
        actions.set_members(contract, {zuid: Decimal(10)}, by=piet, at=NOON)


@pytest.mark.parametrize(
    ("supplier", "share", "name"),
    [("noord", "10", "lead_is_no_member"), ("zuid", "99.99", "members_carry_a_part")],
)
def test_the_database_keeps_a_part_for_the_lead(contract, zuid, request, supplier, share, name):
    west = factories.SupplierFactory()
    ConsortiumMember.objects.create(contract=contract, supplier=west, share_pct=Decimal("0.01"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ConsortiumMember.objects.create(
            contract=contract, supplier=request.getfixturevalue(supplier), share_pct=Decimal(share)
        )
    assert refusal.value.__cause__.diag.constraint_name == name


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"framework": "contract"}, "call_off_has_framework"),
        ({"is_framework": True}, "framework_stays_what_it_is"),
    ],
)
def test_the_database_keeps_frameworks_apart(contract, tailored, piet, facts, name):
    goal = agreed(tailored, piet)
    assert Goal.objects.get() == goal
    told = {key: contract if value == "contract" else value for key, value in facts.items()}
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Contract.objects.filter(pk=tailored.pk).update(**told)
    assert refusal.value.__cause__.diag.constraint_name == name


def test_an_obligation_posts_once_for_each_version(contract, piet):
    """What the ledger says of a version stays when it is posted again."""
    version = actions.change_obligation(contract, change(percentage=Decimal(4)), by=piet, at=NOON)
    source = ledger.Source.of(version)
    assert LedgerEntry.objects.of_source(source.uuid).count() == 1
