"""One objection to a rejection, within a term, decided on by another person (R-170, R-171)."""

import datetime as dt
from decimal import Decimal

import pytest

from candidates import actions, rules
from candidates.models import ShareStatus, UsedMonth
from contracts.models import Account, Contract
from sroi_portal.core.models import AuditEvent, Outgoing, Remark
from sroi_portal.core.status import IllegalMoveError
from tests.candidates.test_shares import TWO_MONTHS, planned, standing
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("in_english")
LAST = dt.datetime(2026, 3, 18, 23, 59, tzinfo=NOON.tzinfo)  # fourteen days after NOON


@pytest.fixture
def objected(rejected, sara, oda):
    actions.object_share(rejected, by=sara, at=NOON, reason="Het bewijs zat erbij.")
    rejected.refresh_from_db()
    return rejected


def test_an_objection_claims_the_same_again(contract, rejected, sara):
    assert rejected.object_until == LAST.date()

    actions.object_share(rejected, by=sara, at=LAST, reason="Het bewijs zat erbij.")

    rejected.refresh_from_db()
    assert (rejected.status, rejected.objected_by) == (ShareStatus.OBJECTED, sara)
    assert rejected.due_on == dt.date(2026, 4, 17)  # thirty days later
    assert rejected.contribution.is_live
    assert UsedMonth.objects.filter(share=rejected).count() == 2
    assert standing(rejected, Account.SUBMITTED) == TWO_MONTHS
    assert planned(contract) == Decimal("16666.67")
    event = AuditEvent.objects.get(verb="object_share")
    assert Remark.objects.get(uuid=event.remark_uuid).text == "Het bewijs zat erbij."


def test_an_objection_is_told_to_another_checker_without_a_word_about_the_person(objected, oda):
    mail = Outgoing.objects.get(to_address=oda.email)
    assert "K-01" not in mail.subject + mail.body


def test_an_objection_comes_within_its_term(rejected, sara):
    with pytest.raises(actions.TooLateError, match="until"):
        actions.object_share(
            rejected, by=sara, at=LAST + dt.timedelta(minutes=1), reason="Alsnog niet eens."
        )


def test_no_objection_to_what_was_entered_anew(rejected, sara):
    period = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    placement = rejected.contribution.placement
    actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    with pytest.raises(actions.EnteredAnewError, match="entered this anew"):
        actions.object_share(rejected, by=sara, at=NOON, reason="Toch niet eens.")


def test_no_objection_on_a_settled_contract(rejected, sara):
    Contract.objects.filter(pk=rejected.contract_id).update(status="settled")
    with pytest.raises(actions.ContractClosedError):
        actions.object_share(rejected, by=sara, at=NOON, reason="Niet eens.")


def test_another_grants_an_objection_with_a_reason(objected, oda):
    actions.grant_objection(objected, by=oda, at=NOON, reason="De uren kloppen.")

    objected.refresh_from_db()
    assert (objected.status, objected.verified_by) == (ShareStatus.VERIFIED, oda)
    assert standing(objected, Account.VERIFIED) == TWO_MONTHS
    assert standing(objected, Account.SUBMITTED) == 0


def test_a_rejection_that_is_upheld_is_final(contract, objected, oda, sara):
    actions.uphold_rejection(objected, by=oda, at=NOON, reason="Het bewijs ontbreekt nog.")

    objected.refresh_from_db()
    assert (objected.status, objected.decided_by) == (ShareStatus.UPHELD, oda)
    assert standing(objected, Account.SUBMITTED) == 0
    assert planned(contract) == Decimal("20000.00")
    assert not objected.contribution.is_live
    with pytest.raises(IllegalMoveError):
        actions.object_share(objected, by=sara, at=NOON, reason="Nogmaals.")


@pytest.mark.parametrize("verb", [actions.grant_objection, actions.uphold_rejection])
def test_who_rejected_does_not_decide_on_the_objection(verb, objected, olga, oda, sara):
    assert not rules.may_grant_objection(olga, objected)
    assert rules.may_grant_objection(oda, objected)
    with pytest.raises(actions.OwnWorkError, match="colleague"):
        verb(objected, by=olga, at=NOON, reason="Ik blijf erbij.")


def test_an_objection_is_not_decided_on_without_a_reason(objected, oda):
    for verb in (
        actions.verify_share,
        lambda share, **facts: actions.reject_share(share, reason="Nee.", **facts),
    ):
        with pytest.raises(IllegalMoveError, match="with a reason"):
            verb(objected, by=oda, at=NOON)


def test_nothing_is_granted_where_nobody_objected(submitted, olga):
    with pytest.raises(IllegalMoveError, match="No objection"):
        actions.grant_objection(submitted, by=olga, at=NOON, reason="Klopt.")
