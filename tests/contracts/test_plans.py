"""A plan goes back and forth until both sides agreed to the same lines (R-190 to R-193)."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from contracts import actions, clocks, fulfilment, ledger
from contracts.facts import planned
from contracts.facts import plans as plan_facts
from contracts.models import (
    Contract,
    ContractStatus,
    Fulfilment,
    Plan,
    PlanComment,
    PlanStatus,
    PlanTie,
)
from sroi_portal.core.models import AuditEvent, Outgoing
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON, TODAY
from tests.contracts import planning
from tests.contracts.planning import promised

pytestmark = pytest.mark.django_db
JAN, MARCH = ((dt.date(2026, n, 1), dt.date(2026, n, 28)) for n in (1, 3))


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def told():
    return sorted(Outgoing.objects.values_list("to_address", flat=True))


def test_a_supplier_drafts_and_proposes_and_the_manager_agrees(contract, sara, cora):
    """R-190."""
    plan = planning.agreed(contract, sara, cora)

    assert (plan.version, plan.status) == (1, PlanStatus.AGREED)
    assert (plan.supplier_agreed_by, plan.authority_agreed_by) == (sara, cora)
    assert contract.plan_agreed_on == TODAY
    assert verbs()[-4:] == ["draft_plan", "add_plan_line", "propose_plan", "agree_plan"]
    assert told() == ["cora@example.org", "sara@example.org"]


def test_a_plan_belongs_to_a_running_contract(contract, sara):
    Contract.objects.filter(pk=contract.pk).update(status=ContractStatus.SETTLING)
    with pytest.raises(actions.PlanStandsError):
        actions.draft_plan(contract, by=sara, at=NOON)


def test_lines_of_a_contract_that_is_settled_stay(contract, sara):
    plan = planning.drafted(contract, sara)
    line = plan.lines.get()
    Contract.objects.filter(pk=contract.pk).update(status=ContractStatus.SETTLING)
    verbs_of_lines = [
        lambda: actions.add_plan_line(plan, promised(), by=sara, at=NOON),
        lambda: actions.change_plan_line(line, {"title": "Anders"}, by=sara, at=NOON),
        lambda: actions.move_plan_line(line, by=sara, at=NOON, is_up=True),
        lambda: actions.remove_plan_line(line, by=sara, at=NOON),
    ]
    for verb in verbs_of_lines:
        with pytest.raises(actions.PlanStandsError):
            verb()


def test_an_open_version_is_gone_on_with(contract, sara):
    first = planning.drafted(contract, sara)
    assert actions.draft_plan(contract, by=sara, at=NOON) == first


def test_a_plan_without_lines_is_not_proposed(contract, sara):
    plan = actions.draft_plan(contract, by=sara, at=NOON)
    with pytest.raises(actions.PlanStandsError):
        actions.propose_plan(plan, by=sara, at=NOON)


def test_what_is_proposed_is_read_before_it_is_agreed_to(contract, sara, cora):
    """The lines changed since the page was opened: agreeing to them is refused."""
    plan = planning.proposed(contract, sara)
    seen = plan.revision
    actions.add_plan_line(plan, promised(), by=cora, at=NOON)
    with pytest.raises(ChangedMeanwhileError):
        actions.agree_plan(plan, by=cora, at=NOON, revision=seen)


def test_nobody_agrees_for_both_sides(contract, noord, cora):
    factories.MembershipFactory(user=cora, supplier=noord)
    plan = planning.proposed(contract, cora)
    with pytest.raises(actions.PlanStandsError):
        actions.agree_plan(plan, by=cora, at=NOON)


def test_it_is_agreed_to_once(contract, sara, cora):
    plan = planning.agreed(contract, sara, cora)
    with pytest.raises(IllegalMoveError):
        actions.agree_plan(plan, by=cora, at=NOON)


def test_returned_with_comments_for_the_plan_and_for_a_line(contract, sara, cora):
    plan = planning.proposed(contract, sara, promised(), promised(title="Taalles"))
    line = plan.lines.last()

    actions.return_plan(
        plan, by=cora, at=NOON, remark="Kan het eerder?", on_lines={line.pk: "Wie?"}
    )

    plan.refresh_from_db()
    assert (plan.status, plan.supplier_agreed_by) == (PlanStatus.RETURNED, None)
    said = [(each.text, each.line) for each in PlanComment.objects.order_by("pk")]
    assert said == [("Kan het eerder?", None), ("Wie?", line)]
    assert b"eerder" not in bytes(PlanComment.objects.first().sealed)
    assert "eerder" not in Outgoing.objects.last().body


def test_who_sends_back_says_what_should_change(contract, sara, cora):
    plan = planning.proposed(contract, sara)
    with pytest.raises(actions.PlanStandsError):
        actions.return_plan(plan, by=cora, at=NOON)


def test_a_returned_plan_is_changed_and_proposed_again(contract, sara, cora):
    plan = planning.proposed(contract, sara)
    actions.return_plan(plan, by=cora, at=NOON, remark="Meer.")
    with pytest.raises(actions.PlanStandsError):
        actions.accept_plan(plan, by=sara, at=NOON)
    line = plan.lines.get()
    actions.change_plan_line(line, promised("3000.00"), by=sara, at=NOON)
    actions.propose_plan(plan, by=sara, at=NOON, remark="Nu meer.")

    plan.refresh_from_db()
    assert (plan.status, plan.supplier_agreed_by) == (PlanStatus.PROPOSED, sara)
    assert plan.comments.count() == 2


def test_what_the_authority_changes_the_supplier_accepts(contract, sara, cora):
    """R-191."""
    plan = planning.proposed(contract, sara)
    actions.change_plan_line(plan.lines.get(), promised("3000.00"), by=cora, at=NOON)
    with pytest.raises(actions.PlanStandsError):
        actions.agree_plan(plan, by=cora, at=NOON)
    actions.return_plan(plan, by=cora, at=NOON)
    actions.accept_plan(plan, by=sara, at=NOON)

    plan.refresh_from_db()
    assert plan.status == PlanStatus.AGREED
    assert (plan.supplier_agreed_by, plan.authority_agreed_by) == (sara, cora)


def test_nobody_accepts_his_own_changes(contract, noord, sara, cora):
    plan = planning.proposed(contract, sara)
    actions.add_plan_line(plan, promised(), by=cora, at=NOON)
    actions.return_plan(plan, by=cora, at=NOON)
    with pytest.raises(actions.PlanStandsError):
        actions.accept_plan(plan, by=cora, at=NOON)


def test_a_change_takes_the_agreement_of_the_other_side_away(contract, sara, cora):
    """R-191."""
    plan = planning.proposed(contract, sara)
    actions.add_plan_line(plan, promised(), by=cora, at=NOON)
    actions.return_plan(plan, by=cora, at=NOON)
    actions.remove_plan_line(plan.lines.first(), by=sara, at=NOON)

    plan.refresh_from_db()
    assert plan.authority_agreed_by is None


def test_an_agreed_plan_never_changes(contract, sara, cora):
    """R-190."""
    plan = planning.agreed(contract, sara, cora)
    line = plan.lines.get()
    for attempt in (
        lambda: actions.add_plan_line(plan, promised(), by=sara, at=NOON),
        lambda: actions.change_plan_line(line, promised("9.00"), by=sara, at=NOON),
        lambda: actions.remove_plan_line(line, by=sara, at=NOON),
        lambda: actions.move_plan_line(line, by=sara, at=NOON, is_up=True),
        lambda: actions.comment_plan(plan, "Toch niet.", by=sara, at=NOON),
        lambda: actions.discard_plan(plan, by=sara, at=NOON),
    ):
        with pytest.raises(actions.PlanStandsError):
            attempt()


def test_a_new_version_copies_the_lines_and_replaces_the_old_one(contract, sara, cora):
    """R-190."""
    first = planning.agreed(contract, sara, cora)
    second = actions.draft_plan(contract, by=sara, at=NOON)
    assert second.lines.get().thread == first.lines.get().thread
    actions.propose_plan(second, by=sara, at=NOON)
    actions.agree_plan(second, by=cora, at=NOON.replace(month=5))

    first.refresh_from_db()
    contract.refresh_from_db()
    assert (first.status, second.version) == (PlanStatus.SUPERSEDED, 2)
    assert contract.plan_agreed_on == TODAY


def test_lines_are_moved_and_taken_out_with_what_was_said_kept(contract, sara):
    plan = planning.drafted(contract, sara, *(promised(title=each) for each in "abc"))
    first, second, third = plan.lines.all()
    actions.comment_plan(plan, "Nog zonder naam.", by=sara, at=NOON, line=third)
    actions.move_plan_line(third, by=sara, at=NOON, is_up=True)
    actions.move_plan_line(first, by=sara, at=NOON, is_up=True)
    actions.remove_plan_line(third, by=sara, at=NOON)

    assert list(plan.lines.all()) == [first, second]
    assert plan.comments.get().line is None


def test_the_days_of_a_line_lie_within_the_contract(contract, sara):
    days = (dt.date(2026, 12, 1), dt.date(2027, 1, 1))
    with pytest.raises(actions.PlanStandsError):
        planning.drafted(contract, sara, promised(period=days))


def test_the_same_facts_change_nothing(contract, sara):
    line = planning.drafted(contract, sara).lines.get()
    actions.change_plan_line(line, promised(), by=sara, at=NOON)
    assert verbs()[-1] == "add_plan_line"


def test_a_concept_is_thrown_away_whole(contract, sara):
    plan = planning.drafted(contract, sara)
    actions.comment_plan(plan, "Even denken.", by=sara, at=NOON)
    actions.discard_plan(plan, by=sara, at=NOON)
    assert not Plan.objects.exists()


def test_who_sees_a_plan(contract, sara, bram, cora, vera, otto):
    plan = planning.drafted(contract, sara)
    seen = [Plan.objects.visible_to(person).exists() for person in (sara, bram, cora, vera, otto)]
    assert seen == [True, False, False, False, False]
    actions.propose_plan(plan, by=sara, at=NOON)
    seen = [Plan.objects.visible_to(person).exists() for person in (sara, bram, cora, vera, otto)]
    assert seen == [True, False, True, True, False]


@pytest.mark.parametrize(
    ("code", "quantity", "period", "worth"),
    [
        pytest.param("ww", "2", planning.YEAR, "40000.00", id="two full-time years"),
        pytest.param("ww", "0.5", planning.YEAR, "10000.00", id="half a job"),
    ],
)
def test_the_table_says_what_a_line_is_worth(contract, table, code, quantity, period, worth):
    """R-193."""
    block = table.blocks.get(code=code)
    assert planned.proposed_eur(contract, block, Decimal(quantity), period) == Decimal(worth)


def test_what_is_tied_to_a_line_counts_for_it_in_every_version(contract, sara, cora, olga):
    """R-194."""
    first = planning.agreed(contract, sara, cora)
    sources = [ledger.Source("candidates.share", uuid.uuid4()) for _ in range(3)]
    line = first.lines.get()
    for source, account in zip(sources, ("verified", "submitted", "unchecked"), strict=True):
        month = dt.date(2026, 1, 1)
        wanted = ledger.Wanted(contract.pk, account, month, Decimal("100.00"))
        ledger.post(source, [wanted], by=olga, at=NOON)
        actions.tie_to_plan(contract, source, line, by=sara, at=NOON)
    second = actions.draft_plan(contract, by=sara, at=NOON)

    (row,) = plan_facts.rows(second)
    assert (row.realised.verified_eur, row.realised.submitted_eur) == (100, 200)
    assert (row.realised.bar, plan_facts.total([row]).bar) == (10, 10)
    actions.tie_to_plan(contract, sources[0], None, by=sara, at=NOON)
    assert plan_facts.rows(second)[0].realised.verified_eur == 0


def test_a_tie_is_to_a_line_of_the_agreed_plan(contract, sara, cora):
    line = planning.drafted(contract, sara).lines.get()
    source = ledger.Source("candidates.share", uuid.uuid4())
    with pytest.raises(actions.PlanStandsError):
        actions.tie_to_plan(contract, source, line, by=sara, at=NOON)
    assert actions.tie_to_plan(contract, source, None, by=sara, at=NOON) is None


def test_what_counts_for_one_line_may_count_for_another(contract, sara, cora):
    plan = planning.agreed(contract, sara, cora, promised(), promised(title="Taalles"))
    source = ledger.Source("candidates.share", uuid.uuid4())
    first, second = plan.lines.all()
    for line in (first, first, second):
        tie = actions.tie_to_plan(contract, source, line, by=sara, at=NOON)
    assert (tie.line, PlanTie.objects.count()) == (second, 1)
    assert verbs()[-2:] == ["tie_to_plan", "tie_to_plan"]
    assert verbs().count("tie_to_plan") == 2


def test_a_plan_goes_no_further_once_the_settlement_has_begun(contract, sara, cora):
    plan = planning.proposed(contract, sara)
    Contract.objects.filter(pk=contract.pk).update(status=ContractStatus.SETTLING)
    with pytest.raises(actions.PlanStandsError):
        actions.agree_plan(plan, by=cora, at=NOON)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.PROPOSED


def _expected(contract, day):
    fulfilment.recompute(today=day, at=NOON)
    return Fulfilment.objects.get(contract=contract).expected_eur


def test_what_is_expected_follows_the_lines_of_the_agreed_plan(contract, sara, cora):
    """R-192."""
    lines = (promised("1000.00", JAN), promised("3000.00", MARCH))
    plan = planning.proposed(contract, sara, *lines)
    assert _expected(contract, dt.date(2026, 2, 28)) == Decimal("6465.75")  # as long as it is not

    actions.agree_plan(plan, by=cora, at=NOON)

    assert Fulfilment.objects.get(contract=contract).stale_since == NOON
    # a quarter of 40,000 by the end of January, the rest in March
    assert _expected(contract, dt.date(2026, 2, 28)) == Decimal("10000.00")
    assert _expected(contract, dt.date(2026, 1, 14)) == Decimal("5000.00")
    assert _expected(contract, dt.date(2026, 3, 14)) == Decimal("25000.00")
    assert _expected(contract, dt.date(2025, 12, 31)) == 0
    days = [dt.date(2026, 1, 14), dt.date(2026, 12, 31)]
    parts = fulfilment.expected_parts(contract, days)
    assert [round(parts[day], 3) for day in days] == [Decimal("0.125"), 1]
    assert fulfilment.different_from_ledger() == []


def test_a_plan_worth_nothing_leaves_the_course_straight(contract, sara, cora):
    """R-192."""
    planning.agreed(contract, sara, cora, promised("0.00", JAN))
    assert _expected(contract, dt.date(2026, 2, 28)) == Decimal("6465.75")


def test_the_clock_of_the_plan_stands_still_once_it_is_agreed(contract, sara, cora):
    Contract.objects.filter(pk=contract.pk).update(plan_due_on=dt.date(2026, 3, 1))
    contract.refresh_from_db()
    assert [each.is_late for each in clocks.clocks(contract, TODAY)][-2] is True
    planning.agreed(contract, sara, cora)
    clock = clocks.clocks(contract, TODAY)[-2]
    assert (clock.done_on, clock.is_late) == (TODAY, False)
