"""A supplier states a period: complete, or nothing to report (C13, D14)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from candidates import actions
from candidates.actions.statements import figures_of, fingerprint, has_changed
from contracts.models import Contract, PeriodStatement
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests.conftest import NOON

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
APRIL = NOON.replace(month=4, day=3)


def _sign(contract, by, *, is_nil=False, at=APRIL, first=FIRST, sha256=None, reason=""):
    seen = sha256 or fingerprint(figures_of(contract, FIRST, LAST)).hex()
    signature = actions.Signature(seen, is_nil=is_nil, reason=reason)
    return actions.sign_period(contract, first, signature, by=by, at=at)


def test_a_signed_period_freezes_who_and_what(submitted, contract, sara):
    statement = _sign(contract, sara)
    facts = statement.figures.facts
    assert (facts["count"], facts["value_eur"]) == (1, "3333.33")
    assert facts["lines"][0]["share"] == str(submitted.uuid)
    assert statement.sha256 == fingerprint(facts)
    assert (statement.signer_name, statement.signer_role) == ("Sara", "member")
    assert (statement.due_on, statement.is_late) == (dt.date(2026, 4, 14), False)
    assert AuditEvent.objects.get(verb="sign_period").by == sara


def test_nothing_to_report_is_for_a_period_without_work(contract, sara):
    with pytest.raises(actions.PeriodNotOpenError):
        _sign(contract, sara, is_nil=False)
    statement = _sign(contract, sara, is_nil=True, reason="Het werk begint in april.")
    assert statement.is_nil
    assert AuditEvent.objects.get(verb="sign_period").remark_uuid


def test_work_is_no_nil_return(submitted, contract, sara):
    with pytest.raises(actions.PeriodNotOpenError):
        _sign(contract, sara, is_nil=True)


def test_a_correction_is_a_new_version(contract, sara, draft):
    old = _sign(contract, sara, is_nil=True)
    actions.submit_share(draft, by=sara, at=APRIL)
    assert has_changed(old)

    new = _sign(contract, sara)
    old.refresh_from_db()
    assert (old.status, new.status, new.version) == ("replaced", "signed", 2)
    assert not has_changed(new)


def test_what_changed_since_the_page_was_opened_is_not_signed(submitted, contract, sara):
    with pytest.raises(ChangedMeanwhileError):
        _sign(contract, sara, sha256="00" * 32)
    assert PeriodStatement.objects.count() == 0


def test_a_withdrawn_statement_opens_the_period_again(contract, sara):
    statement = _sign(contract, sara, is_nil=True)
    actions.withdraw_statement(statement, by=sara, at=APRIL, reason="Te vroeg getekend.")
    statement.refresh_from_db()
    assert statement.status == "withdrawn"
    with pytest.raises(IllegalMoveError):
        actions.withdraw_statement(statement, by=sara, at=APRIL, reason="Nog eens.")
    assert _sign(contract, sara, is_nil=True).version == 2


def test_what_was_signed_stands_once_the_contract_is_settled(contract, sara):
    statement = _sign(contract, sara, is_nil=True)
    Contract.objects.filter(pk=contract.pk).update(status="settled")
    with pytest.raises(actions.PeriodNotOpenError):
        actions.withdraw_statement(statement, by=sara, at=APRIL, reason="Te laat.")
    statement.refresh_from_db()
    assert statement.status == "signed"


@pytest.mark.parametrize(
    ("facts", "first", "at"),
    [
        pytest.param({}, FIRST, NOON, id="not over"),
        pytest.param({}, dt.date(2026, 1, 2), APRIL, id="no period of the contract"),
        pytest.param({"status": "settled"}, FIRST, APRIL, id="settled"),
    ],
)
def test_a_period_that_cannot_be_stated_is_refused(contract, sara, facts, first, at):
    Contract.objects.filter(pk=contract.pk).update(**facts)
    with pytest.raises(actions.PeriodNotOpenError):
        _sign(contract, sara, is_nil=True, first=first, at=at)


def test_two_periods_that_overlap_never_stand(contract, sara):
    """The terms changed after the first was signed: it is replaced."""
    _sign(contract, sara, is_nil=True)
    Contract.objects.filter(pk=contract.pk).update(report_months=1)
    figures = figures_of(contract, FIRST, dt.date(2026, 1, 31))
    _sign(contract, sara, is_nil=True, sha256=fingerprint(figures).hex())
    assert [each.status for each in PeriodStatement.objects.order_by("pk")] == [
        "replaced",
        "signed",
    ]


def test_a_nameless_signer_is_refused(contract, sara):
    sara.name = ""
    with pytest.raises(ValidationError):
        _sign(contract, sara, is_nil=True)
