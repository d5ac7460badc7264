"""After the award: turnover, goals, frameworks and consortia."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from candidates import actions as candidate_actions
from contracts import actions, consortia, fulfilment, versions
from contracts.models import (
    ConsortiumMember,
    Contract,
    ContractStatus,
    Fulfilment,
    Goal,
    LedgerEntry,
    Regime,
)
from reports import portfolio
from sroi_portal.core.models import AuditEvent, Outgoing, Remark
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
    total = portfolio.total_of(Contract.objects.filter(fulfilment__isnull=False))
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
