"""Follow-up escalates gently: a talk first, a malus last, each with its outcome."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from candidates import actions as candidate_actions
from candidates.models import ShareStatus
from contracts import actions, clocks, fulfilment
from contracts.models import Account, ContractStatus, FollowUp, LedgerEntry, Letter, StepStatus
from sroi_portal.core import terms
from sroi_portal.core.models import AuditEvent, Remark
from sroi_portal.core.status import IllegalMoveError
from tests import factories
from tests.conftest import NOON, TODAY
from tests.contracts.ending import OVER, post, sums

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATE = NOON.replace(month=10)
SOON = TODAY + dt.timedelta(days=14)


def said(**facts):
    return actions.Step(**{"account": "Wij spraken af te werven.", "taken_on": TODAY, **facts})


@pytest.fixture
def talk(contract, cora):
    fulfilment.recompute(today=LATE.date(), at=LATE)
    return actions.hold_talk(
        contract,
        said(option="person", outcome="agreed", taken_on=LATE.date()),
        by=cora,
        at=LATE,
    )


def test_a_talk_keeps_what_was_offered_chosen_and_said(contract, talk, cora):
    assert (talk.status, talk.option, talk.offered["person"]) == (
        StepStatus.DONE,
        "person",
        {"label": "Participation Act"},
    )
    event = AuditEvent.objects.get(verb="hold_talk")
    assert Remark.objects.get(uuid=event.remark_uuid).text == "Wij spraken af te werven."


def test_who_skips_a_gentle_step_says_why(contract, cora):
    with pytest.raises(actions.SkippedStepError, match="talk"):
        actions.ask_recovery(contract, said(next_on=SOON), by=cora, at=NOON)
    step = actions.ask_recovery(
        contract, said(next_on=SOON, skipping="Het gesprek liep al."), by=cora, at=NOON
    )
    event = AuditEvent.objects.get(verb="skip_steps", object_uuid=step.uuid)
    assert Remark.objects.get(uuid=event.remark_uuid).text == "Het gesprek liep al."


def test_a_recovery_plan_goes_to_and_fro_until_it_is_agreed(contract, talk, cora, sara):
    by = {"by": cora, "at": LATE}
    step = actions.ask_recovery(contract, said(next_on=SOON), **by)
    with pytest.raises(actions.StepError, match="under way"):
        actions.ask_recovery(contract, said(next_on=SOON), **by)
    actions.hand_in_recovery(step, "Drie mensen in mei.", by=sara, at=LATE)
    actions.return_recovery(step, SOON, account="Wanneer?", **by)
    actions.hand_in_recovery(step, "Drie mensen op 1 mei.", by=sara, at=LATE)
    actions.agree_recovery(step, dt.date(2026, 11, 30), account="Akkoord.", **by)
    step.refresh_from_db()
    assert (step.status, step.until_on, step.next_on) == (
        StepStatus.AGREED,
        dt.date(2026, 11, 30),
        dt.date(2026, 11, 30),
    )
    assert list(FollowUp.objects.due_on(dt.date(2026, 11, 30))) == [step]
    assert list(FollowUp.objects.due_on(dt.date(2026, 11, 29))) == []
    actions.close_step(step, "solved", account="Gelukt.", **by)
    step.refresh_from_db()
    assert (step.status, step.outcome, step.next_on) == (StepStatus.DONE, "solved", None)


def test_a_deferral_moves_figures_terms_and_signal(contract, talk, cora):
    """The corona case: time instead of a malus."""
    before = sums(contract)
    assert (before.signal, before.expected_eur) == ("none", Decimal("40000.00")) or before
    fulfilment.recompute(today=LATE.date(), at=LATE)
    contract.fulfilment.refresh_from_db()
    expected = contract.fulfilment.expected_eur
    with pytest.raises(actions.StepError, match="Choose a new last day after"):
        actions.defer_contract(contract, said(until_on=contract.ends_on), by=cora, at=LATE)
    until = dt.date(2027, 12, 31)
    actions.defer_contract(contract, said(until_on=until), by=cora, at=LATE)

    assert actions.skipped(contract, "notice") == []  # time stands for a recovery plan
    contract.refresh_from_db()
    fulfilment.recompute(today=LATE.date(), at=LATE)
    contract.fulfilment.refresh_from_db()
    assert contract.closes_on == until
    assert contract.fulfilment.expected_eur < expected
    assert clocks.periods(contract)[-1].ends_on == until
    with pytest.raises(actions.NotOverError):
        actions.start_settlement(contract, by=cora, at=NOON.replace(year=2027))


def test_a_notice_ends_on_a_working_day_and_is_a_letter(contract, talk, cora, sara):
    actions.set_settling_terms(contract.authority, {"cure_days": 21}, by=cora, at=LATE)
    with pytest.raises(actions.StepError, match="working day"):
        actions.give_notice(
            contract,
            said(until_on=dt.date(2026, 12, 26), skipping="Spoed."),
            by=cora,
            at=LATE,
        )
    step = actions.give_notice(
        contract, said(taken_on=LATE.date(), skipping="Spoed."), by=cora, at=LATE
    )
    assert step.until_on == terms.due_on(LATE.date(), 21)
    letter = Letter.objects.get(step=step)
    assert (letter.kind, letter.sent_on) == ("notice", LATE.date())
    assert Letter.objects.visible_to(sara).get() == letter


def test_a_malus_is_calculated_by_one_and_decided_by_another(contract, talk, cora, piet):
    skipping = {"skipping": "Zo afgesproken.", "taken_on": LATE.date()}
    step = actions.calculate_malus(
        contract, said(shortfall_eur=Decimal("10000.00"), **skipping), by=cora, at=LATE
    )
    with pytest.raises(ValidationError, match="Somebody else"):
        actions.decide_malus(step, by=cora, at=LATE, reason="Klaar.")
    assert not LedgerEntry.objects.filter(account=Account.MALUS).exists()
    actions.decide_malus(step, by=piet, at=LATE, reason="Na de hersteltermijn.")
    assert sums(contract).malus_eur == Decimal("10000.00")
    assert Letter.objects.get(step=step).kind == "malus"


def test_a_malus_is_of_something_and_closed_by_a_decision_alone(contract, talk, cora):
    skipping = {"skipping": "Zo afgesproken.", "taken_on": LATE.date()}
    with pytest.raises(ValidationError, match="shortfall times its multiple"):
        actions.calculate_malus(contract, said(**skipping), by=cora, at=LATE)
    step = actions.calculate_malus(contract, said(shortfall_eur=5, **skipping), by=cora, at=LATE)
    with pytest.raises(IllegalMoveError, match="somebody else"):
        actions.close_step(step, "solved", account="Opgelost.", by=cora, at=LATE)


def test_once_the_settlement_has_begun_there_is_no_time_and_no_malus(contract, cora):
    actions.start_settlement(contract, by=cora, at=OVER)
    until = dt.date(2027, 12, 31)
    with pytest.raises(actions.StepError, match="running contract"):
        actions.defer_contract(contract, said(until_on=until, skipping="Ja."), by=cora, at=OVER)
    with pytest.raises(actions.StepError, match="decided there"):
        actions.calculate_malus(
            contract, said(shortfall_eur=Decimal(1), skipping="Ja."), by=cora, at=OVER
        )


def test_a_malus_is_decided_against(contract, talk, cora, piet):
    step = actions.calculate_malus(
        contract,
        said(shortfall_eur=Decimal("10000.00"), skipping="Zo."),
        by=cora,
        at=LATE,
    )
    actions.refuse_malus(step, by=piet, at=LATE, reason="Overmacht.")
    step.refresh_from_db()
    assert (step.status, step.outcome) == (StepStatus.DROPPED, "refused")
    assert not LedgerEntry.objects.filter(account=Account.MALUS).exists()


def test_a_malus_waits_for_the_cure_period(contract, talk, cora):
    actions.give_notice(contract, said(taken_on=LATE.date(), skipping="Ja."), by=cora, at=LATE)
    with pytest.raises(actions.StepError, match="cure period"):
        actions.calculate_malus(
            contract, said(shortfall_eur=Decimal(1), skipping="Ja."), by=cora, at=LATE
        )


def test_a_step_under_way_is_concluded_before_the_settlement(contract, cora):
    assert actions.skipped(contract, "malus") == ["talk", "recovery", "notice"]
    step = actions.hold_talk(contract, said(next_on=SOON), by=cora, at=NOON)
    assert step.is_living
    with pytest.raises(actions.StepError, match="future"):
        actions.hold_talk(contract, said(taken_on=SOON, next_on=SOON), by=cora, at=NOON)


def test_follow_up_belongs_to_a_contract_that_somebody_looks_after(contract, cora):
    contract.status = ContractStatus.SETTLED
    contract.save()
    with pytest.raises(actions.StepError, match="looks after"):
        actions.hold_talk(contract, said(outcome="agreed"), by=cora, at=NOON)


def test_a_contract_that_is_broken_off_closes_what_waits_and_keeps_what_is_verified(
    contract, sara, olga, piet, table
):
    block = table.blocks.get(code="ww")
    placement = factories.placement(contract, block, sara)
    by = {"by": sara, "at": NOON}
    candidate_actions.change_hours(
        placement, holds_from=dt.date(2026, 1, 1), hours_per_week=Decimal(32), **by
    )
    months = ((1, 31), (2, 28))
    shares = [
        candidate_actions.draft_contribution(
            placement, period=(dt.date(2026, month, 1), dt.date(2026, month, day)), **by
        )
        for month, day in months
    ]
    for share in shares:
        candidate_actions.submit_share(share, **by)
    candidate_actions.verify_share(shares[0], by=olga, at=NOON)
    before = sums(contract)
    assert before.planned_eur > 0
    assert before.submitted_eur > 0

    actions.break_off_contract(contract, by=piet, at=NOON, reason="De dienst vervalt.")

    after = sums(contract)
    assert (after.planned_eur, after.submitted_eur) == (Decimal(0), Decimal(0))
    assert after.verified_eur == before.verified_eur
    for share in shares:
        share.refresh_from_db()
    assert [share.status for share in shares] == [ShareStatus.VERIFIED, ShareStatus.WITHDRAWN]
    with pytest.raises(Exception, match="broken off"):
        actions.break_off_contract(contract, by=piet, at=NOON, reason="Nogmaals.")


def test_what_is_planned_goes_when_the_settlement_begins(contract, cora, olga):
    post(contract, Account.PLANNED, "100.00", olga)
    actions.start_settlement(contract, by=cora, at=NOON.replace(year=2027))
    assert [found.planned for found in actions.open_work(contract)] == [Decimal("100.00")]
