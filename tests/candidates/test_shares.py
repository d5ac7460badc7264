"""The verbs of a share: what changes, what is recorded, what is refused."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum

from candidates import actions, rules, worth
from candidates.models import CandidateCode, Contribution, Share, ShareStatus, UsedMonth
from contracts import fulfilment, valuation
from contracts.models import Account, Contract, ContractStatus, Fulfilment, LedgerEntry
from sroi_portal.core.models import AuditEvent, Outgoing, Remark
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.usefixtures("in_english")

TWO_MONTHS = Decimal("3333.33")  # 20,000 x 2/12, to the cent


def standing(share, account):
    entries = LedgerEntry.objects.of_source(share.uuid).filter(account=account)
    return entries.aggregate(total=Sum("quantity"))["total"] or Decimal(0)


def planned(contract):
    entries = LedgerEntry.objects.filter(contract=contract, account=Account.PLANNED)
    return entries.aggregate(total=Sum("quantity"))["total"] or Decimal(0)


def test_a_placement_is_planned_until_the_contract_ends(contract, placement):
    assert planned(contract) == Decimal("20000.00")


def test_a_draft_shows_what_it_would_count_for_and_posts_nothing(draft):
    assert (draft.status, draft.value_eur) == (ShareStatus.DRAFT, TWO_MONTHS)
    assert not LedgerEntry.objects.of_source(draft.uuid).exists()


def test_submitting_posts_month_by_month_and_frees_the_plan(contract, submitted):
    entries = LedgerEntry.objects.of_source(submitted.uuid).order_by("month")
    assert [(entry.month.month, entry.quantity) for entry in entries] == [
        (1, Decimal("1666.67")),
        (2, Decimal("1666.66")),
    ]
    assert planned(contract) == Decimal("16666.67")
    assert AuditEvent.objects.filter(verb="submit_share", object_uuid=submitted.uuid).count() == 1


def test_submitting_shows_the_work_to_the_authority_under_its_own_code(submitted, ministry):
    placement = submitted.contribution.placement
    placement.refresh_from_db()
    code = CandidateCode.objects.get(candidate=placement.candidate, authority=ministry)
    assert placement.authority_ids == [ministry.pk]
    assert code.code != placement.candidate.reference


def test_a_period_that_is_not_over_is_not_submitted(placement, sara):
    period = (dt.date(2026, 3, 1), TODAY + dt.timedelta(days=1))
    share = actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    with pytest.raises(actions.NotSubmittableError, match="once it is over"):
        actions.submit_share(share, by=sara, at=NOON)


def test_a_period_before_the_first_working_day_is_not_submitted(placement, sara):
    period = (dt.date(2025, 12, 1), dt.date(2025, 12, 31))
    share = actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    with pytest.raises(actions.NotSubmittableError, match="first or after the last working day"):
        actions.submit_share(share, by=sara, at=NOON)


def test_periods_of_one_placement_never_overlap(draft, sara):
    period = (dt.date(2026, 2, 28), dt.date(2026, 3, 1))
    with pytest.raises(ValidationError, match="entered before"):
        actions.draft_contribution(draft.contribution.placement, by=sara, at=NOON, period=period)


def test_the_database_itself_refuses_overlapping_periods(draft):
    with pytest.raises(IntegrityError, match="never_overlap"), transaction.atomic():
        Contribution.objects.create(
            supplier=draft.supplier,
            placement=draft.contribution.placement,
            starts_on=dt.date(2026, 2, 1),
            ends_on=dt.date(2026, 2, 2),
            entered_by=draft.contribution.entered_by,
            entered_at=NOON,
        )


def test_verifying_moves_the_worth_and_freezes_it(contract, submitted, olga):
    actions.verify_share(submitted, by=olga, at=NOON)

    submitted.refresh_from_db()
    assert (submitted.status, submitted.verified_by) == (ShareStatus.VERIFIED, olga)
    assert standing(submitted, Account.SUBMITTED) == 0
    assert standing(submitted, Account.VERIFIED) == TWO_MONTHS
    stored = valuation.Valuation.from_json(submitted.valuation)
    assert valuation.again(stored) == stored
    fulfilment.recompute(today=TODAY, at=NOON)
    assert Fulfilment.objects.get(contract=contract).percentage == Decimal("8.3")


def test_verifying_mails_the_submitter_without_a_word_about_the_person(submitted, olga, sara):
    actions.verify_share(submitted, by=olga, at=NOON)

    mail = Outgoing.objects.get()
    assert mail.to_address == sara.email
    assert "K-01" not in mail.subject + mail.body


def test_nobody_verifies_their_own(submitted, sara):
    with pytest.raises(actions.OwnWorkError, match="colleague"):
        actions.verify_share(submitted, by=sara, at=NOON)


def test_the_database_itself_refuses_to_verify_ones_own(submitted, sara):
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Share.objects.filter(pk=submitted.pk).update(
            status="verified", verified_by=sara, verified_at=NOON
        )


def test_the_database_itself_refuses_a_verified_share_without_moment(submitted):
    with pytest.raises(IntegrityError, match="verified_status_iff"), transaction.atomic():
        Share.objects.filter(pk=submitted.pk).update(status="verified")


def test_returning_records_the_question_sealed(submitted, olga):
    actions.return_share(submitted, by=olga, at=NOON, question="Welke weken?")

    event = AuditEvent.objects.get(verb="return_share")
    assert Remark.objects.get(uuid=event.remark_uuid).text == "Welke weken?"
    assert standing(submitted, Account.SUBMITTED) == TWO_MONTHS


def test_an_answer_submits_it_again(submitted, olga, sara):
    actions.return_share(submitted, by=olga, at=NOON, question="Welke weken?")
    actions.submit_share(submitted, by=sara, at=NOON, answer="Alle weken.")

    submitted.refresh_from_db()
    assert submitted.status == ShareStatus.SUBMITTED
    assert LedgerEntry.objects.of_source(submitted.uuid).count() == 2


def test_rejecting_takes_the_worth_away_and_frees_the_period(contract, submitted, olga, sara):
    actions.reject_share(submitted, by=olga, at=NOON, reason="Geen bewijs van de uren.")

    assert standing(submitted, Account.SUBMITTED) == 0
    assert planned(contract) == Decimal("20000.00")
    assert not UsedMonth.objects.filter(share=submitted).exists()
    period = (dt.date(2026, 1, 1), dt.date(2026, 2, 28))
    placement = submitted.contribution.placement
    assert actions.draft_contribution(placement, by=sara, at=NOON, period=period).pk


def test_withdrawing_takes_the_worth_away(contract, submitted, sara):
    actions.withdraw_share(submitted, by=sara, at=NOON)

    assert standing(submitted, Account.SUBMITTED) == 0
    assert planned(contract) == Decimal("20000.00")


def test_what_is_verified_cannot_be_withdrawn(submitted, olga, sara):
    actions.verify_share(submitted, by=olga, at=NOON)
    with pytest.raises(IllegalMoveError, match="no longer"):
        actions.withdraw_share(submitted, by=sara, at=NOON)


def test_revoking_is_for_somebody_else(submitted, olga, ministry):
    actions.verify_share(submitted, by=olga, at=NOON)
    with pytest.raises(actions.OwnWorkError):
        actions.revoke_share(submitted, by=olga, at=NOON, reason="Vergissing.")

    second = factories.UserFactory()
    actions.revoke_share(submitted, by=second, at=NOON, reason="Vergissing.")
    assert standing(submitted, Account.VERIFIED) == 0


def test_an_old_page_is_noticed(submitted, olga):
    with pytest.raises(ChangedMeanwhileError, match="since you opened"):
        actions.verify_share(submitted, by=olga, at=NOON, revision=submitted.revision - 1)


def test_a_settled_contract_takes_nothing(draft, contract, sara):
    Contract.objects.filter(pk=contract.pk).update(status=ContractStatus.SETTLED)
    with pytest.raises(actions.ContractClosedError):
        actions.submit_share(Share.objects.get(pk=draft.pk), by=sara, at=NOON)


def test_the_same_hours_of_one_person_never_count_twice(contract, submitted, ww, sara):
    """A09: another placement of K-01 in the same months finds no room."""
    facts = actions.PlacementFacts(
        reference=" k-01 ",
        block=ww,
        hours_per_week=Decimal(36),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
    )
    again = actions.enter_placement(contract, facts, by=sara, at=NOON)
    period = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    share = actions.draft_contribution(again, by=sara, at=NOON, period=period)

    assert again.candidate == submitted.contribution.placement.candidate
    assert share.value_eur == 0


def test_the_parts_of_one_contribution_never_exceed_100(draft):
    with pytest.raises(IntegrityError, match="never_exceed_100"), transaction.atomic():
        Share.objects.create(
            contribution=draft.contribution,
            contract=factories.ContractFactory(
                authority=draft.authority,
                supplier=draft.supplier,
                officer=draft.contribution.entered_by,
            ),
            authority=draft.authority,
            supplier=draft.supplier,
            block=draft.block,
            from_pct=50,
            pct=50,
        )


def test_other_hours_change_the_plan(contract, placement, sara):
    actions.change_hours(
        placement, by=sara, at=NOON, holds_from=dt.date(2026, 7, 1), hours_per_week=Decimal(18)
    )
    assert planned(contract) == Decimal("15000.00")


def test_an_ended_placement_plans_nothing_more(contract, placement, sara):
    actions.end_placement(placement, by=sara, at=NOON, ends_on=dt.date(2026, 6, 30))
    assert planned(contract) == Decimal("10000.00")


def test_a_withdrawn_placement_plans_nothing(contract, placement, sara):
    actions.withdraw_placement(placement, by=sara, at=NOON)
    assert planned(contract) == 0


def test_a_placement_with_claims_is_not_withdrawn(draft, sara):
    with pytest.raises(IllegalMoveError, match="were entered"):
        actions.withdraw_placement(draft.contribution.placement, by=sara, at=NOON)


def test_a_row_of_another_table_is_refused(contract, sara):
    other = factories.BlockFactory()
    facts = actions.PlacementFacts(
        reference="K-02",
        block=other,
        hours_per_week=Decimal(36),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
    )
    with pytest.raises(actions.NotInTableError):
        actions.enter_placement(contract, facts, by=sara, at=NOON)


def test_the_reference_is_sealed_and_found_by_its_hash(placement, noord):
    stored = bytes(placement.candidate.reference_sealed)
    assert b"K-01" not in stored
    assert placement.candidate.reference == "K-01"


def test_wanted_is_nothing_for_a_draft(draft):
    assert worth.wanted(draft) == []


def test_nothing_is_begun_on_a_contract_that_is_closed(contract, placement, sara):
    type(contract).objects.update(status="settling")
    placement.refresh_from_db()
    with pytest.raises(actions.ContractClosedError):
        actions.draft_contribution(
            placement, by=sara, at=NOON, period=(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
        )


def test_nobody_is_entered_on_a_contract_that_is_closed(contract, placement, ww, sara):
    type(contract).objects.update(status="settling")
    facts = actions.PlacementFacts(
        reference="K-09",
        block=ww,
        hours_per_week=Decimal(36),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
    )
    with pytest.raises(actions.ContractClosedError):
        actions.enter_placement(contract, facts, by=sara, at=NOON)


def test_what_waits_for_a_decision_is_not_changed(submitted, sara):
    period = (submitted.contribution.starts_on, submitted.contribution.ends_on)
    with pytest.raises(IllegalMoveError):
        actions.change_share(submitted, by=sara, at=NOON, period=period, pct=Decimal(50))


def test_nobody_rejects_their_own(submitted, sara):
    with pytest.raises(actions.OwnWorkError):
        actions.reject_share(submitted, by=sara, at=NOON, reason="Toch niet.")


def test_who_verified_may_not_revoke(submitted, olga):
    actions.verify_share(submitted, by=olga, at=NOON)
    submitted.refresh_from_db()
    assert not rules.may_revoke_share(olga, submitted)
