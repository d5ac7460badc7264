"""Each kind of contribution: its facts, its worth, its way through the verbs (R-160 to R-162)."""

import dataclasses
import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from candidates import actions, worth
from candidates.forms.entries import Entry
from candidates.models import Contribution, Share, ShareStatus, UsedMonth
from candidates.views.mixes import Ground, Mix
from contracts.models import Account, LedgerEntry
from sroi_portal.core.models import AuditEvent, Remark
from sroi_portal.core.status import IllegalMoveError
from suppliers.models import Certificate
from tests import factories
from tests.candidates import kinds
from tests.candidates.kinds import MARCH_2
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def rows(table):
    return {code: kinds.row(table, code) for code in kinds.ROWS}


@pytest.fixture
def a_claim(rows, zuid, contract, sara, olga):
    """A claim of each kind."""
    amount = {"amount_eur": Decimal("500.00")}
    return {
        "purchase": kinds.bought(rows["bought"], zuid, vat_pct=Decimal(21)),
        "activity": kinds.claim(rows["hours"], title="Rondleiding", people=3, quantity=Decimal(4)),
        "day": kinds.claim(rows["day"], title="Open dag", quantity=Decimal(2)),
        "training": kinds.claim(rows["course"], title="Cursus VCA", **amount),
        "tailored": kinds.claim(
            rows["agreed"],
            agreement=kinds.agreed(contract, rows["agreed"], sara, olga),
            amount_eur=Decimal("2500.00"),
        ),
    }


@pytest.mark.parametrize(
    ("name", "worth_eur"),
    [
        ("purchase", "1000.00"),
        ("activity", "1200.00"),
        ("day", "2000.00"),
        ("training", "500.00"),
        ("tailored", "2500.00"),
    ],
)
def test_each_kind_goes_its_way_from_concept_to_verified(
    a_claim, contract, sara, olga, name, worth_eur
):
    share = actions.draft_claim(contract, a_claim[name], by=sara, at=NOON)
    assert (share.value_eur, share.status) == (Decimal(worth_eur), ShareStatus.DRAFT)
    actions.submit_share(share, by=sara, at=NOON)
    actions.verify_share(share, by=olga, at=NOON)

    entry = LedgerEntry.objects.of_source(share.uuid).get(account=Account.VERIFIED)
    assert (entry.quantity, entry.month) == (Decimal(worth_eur), MARCH_2.replace(day=1))
    share.refresh_from_db()
    assert share.contribution.authority_ids == [contract.authority_id]
    assert not UsedMonth.objects.exists()


def test_what_is_bought_equals_the_line_of_the_calculator(a_claim, contract, rows, sara):
    told = a_claim["purchase"]
    facts = {"amount_eur": told.amount_eur, "vat_pct": told.vat_pct}
    entry = Entry(block=told.block, starts_on=MARCH_2, ends_on=MARCH_2, **facts)
    mix = Mix(Ground({told.block.code: told.block}, contract))
    assert mix.value(entry).value.total_eur == kinds.submitted(contract, told, sara).value_eur


def test_a_certificate_counts_on_the_day_of_the_invoice(contract, table, zuid, piet, sara):
    block = kinds.row(table, "bought", certificate="code-register")
    Certificate.objects.create(
        supplier=zuid,
        kind="code-register",
        valid_from=MARCH_2 - dt.timedelta(days=365),
        valid_until=MARCH_2,
        checked_on=MARCH_2,
        recorded_by=piet,
    )
    on_time = actions.draft_claim(contract, kinds.bought(block, zuid), by=sara, at=NOON)
    late = kinds.bought(block, zuid, invoice_number="13", **_on(MARCH_2 + dt.timedelta(days=1)))
    assert on_time.value_eur == Decimal("1210.00")
    assert actions.draft_claim(contract, late, by=sara, at=NOON).value_eur == 0


def _on(day):
    return {"starts_on": day, "ends_on": day}


def test_a_limit_holds_over_what_was_bought_before(contract, table, zuid, sara):
    """5 % of 40,000 is 2,000."""
    block = kinds.row(table, "bought", limit_pct=Decimal(5))
    kinds.submitted(contract, kinds.bought(block, zuid, "1500.00"), sara)
    second = kinds.bought(block, zuid, "1500.00", invoice_number="2")
    assert kinds.submitted(contract, second, sara).value_eur == Decimal("500.00")


def test_hours_bought_have_the_price_of_the_table(contract, table, zuid, sara):
    block = kinds.row(table, "hours")
    block.kind = "purchase"
    block.save()
    told = kinds.bought(block, zuid, "250.00", quantity=Decimal(10))
    share = actions.draft_claim(contract, told, by=sara, at=NOON)
    assert (share.value_eur, share.contribution.kind) == (Decimal("1000.00"), "purchase")


@pytest.mark.parametrize("facts", [{"title": "Ook dit"}, {"partner": None}, {"invoice_number": ""}])
def test_a_kind_has_its_own_facts_and_no_others(contract, rows, zuid, sara, facts):
    told = dataclasses.replace(kinds.bought(rows["bought"], zuid), **facts)
    with pytest.raises(ValidationError, match="everything that this kind"):
        actions.draft_claim(contract, told, by=sara, at=NOON)


def test_a_row_for_work_is_no_claim(contract, ww, sara):
    with pytest.raises(actions.NotInTableError, match="another kind"):
        actions.draft_claim(contract, kinds.claim(ww, title="Werk"), by=sara, at=NOON)


def test_a_row_of_another_table_is_no_claim(contract, zuid, sara):
    told = kinds.bought(kinds.row(factories.value_table(), "bought"), zuid)
    with pytest.raises(actions.NotInTableError, match="value table of the contract"):
        actions.draft_claim(contract, told, by=sara, at=NOON)


def test_an_invoice_of_after_the_contract_is_not_submitted(contract, rows, zuid, sara):
    type(contract).objects.update(ends_on=MARCH_2 - dt.timedelta(days=1))
    contract.refresh_from_db()
    share = actions.draft_claim(contract, kinds.bought(rows["bought"], zuid), by=sara, at=NOON)
    with pytest.raises(actions.NotSubmittableError, match="outside the contract"):
        actions.submit_share(share, by=sara, at=NOON)


def test_a_claim_that_came_back_is_corrected(a_claim, contract, rows, zuid, sara, olga):
    share = kinds.submitted(contract, a_claim["purchase"], sara)
    actions.return_share(share, by=olga, at=NOON, question="Klopt de btw?")
    right = kinds.bought(rows["bought"], zuid, "1000.00", vat_pct=None, key=share.uuid)
    actions.change_claim(share, right, by=sara, at=NOON)

    share = Share.objects.get(pk=share.pk)
    event = AuditEvent.objects.get(verb="change_claim")
    assert share.value_eur == Decimal("1000.00")
    assert set(event.changed) == {"amount_eur", "vat_pct"}
    assert share.contribution.vat_pct is None


def test_a_submitted_claim_is_not_corrected(a_claim, contract, sara):
    share = kinds.submitted(contract, a_claim["purchase"], sara)
    with pytest.raises(IllegalMoveError, match="no longer be changed"):
        actions.change_claim(share, a_claim["purchase"], by=sara, at=NOON)


def test_a_withdrawn_claim_frees_the_agreement(a_claim, contract, sara):
    share = kinds.submitted(contract, a_claim["tailored"], sara)
    again = dataclasses.replace(a_claim["tailored"], key=uuid.uuid4())
    with pytest.raises(ValidationError, match="entered before"):
        actions.draft_claim(contract, again, by=sara, at=NOON)
    actions.withdraw_share(share, by=sara, at=NOON)
    assert kinds.submitted(contract, again, sara).value_eur == Decimal("2500.00")


def test_training_shows_the_authority_whom_it_is_for(contract, placement, rows, sara):
    told = kinds.claim(
        rows["course"], title="Heftruck", amount_eur=Decimal(900), for_placement=placement
    )
    kinds.submitted(contract, told, sara)
    placement.refresh_from_db()
    assert placement.authority_ids == [contract.authority_id]
    assert placement.candidate.codes.count() == 1


def test_what_is_worth_is_said_before_anything_is_kept(contract, a_claim):
    share = actions.imagined(contract, a_claim["activity"])
    assert worth.of_share(share).total_eur == Decimal("1200.00")
    assert not Contribution.objects.exists()


# Agreements


@pytest.fixture
def proposed(contract, rows, sara):
    proposal = actions.Proposal(
        block=rows["agreed"], title="Taalles", value_eur=Decimal(2500), reason="Niets past."
    )
    return actions.propose_agreement(contract, proposal, by=sara, at=NOON)


def test_what_is_agreed_says_who_proposed_who_agreed_and_why(proposed, sara, olga):
    actions.agree_agreement(proposed, by=olga, at=NOON, reason="Marktprijs.")

    proposed.refresh_from_db()
    assert (proposed.proposed_by, proposed.agreed_by, proposed.agreed_at) == (sara, olga, NOON)
    events = AuditEvent.objects.filter(object_uuid=proposed.uuid).order_by("pk")
    said = [Remark.objects.get(uuid=event.remark_uuid).text for event in events]
    assert said == ["Niets past.", "Marktprijs."]


def test_nobody_agrees_to_their_own_proposal(proposed, sara):
    with pytest.raises(actions.OwnWorkError):
        actions.agree_agreement(proposed, by=sara, at=NOON, reason="Zelf.")
    with pytest.raises(actions.OwnWorkError):
        actions.decline_agreement(proposed, by=sara, at=NOON, reason="Zelf.")


def test_what_is_not_agreed_cannot_be_claimed(proposed, contract, rows, sara, olga):
    amount = {"amount_eur": Decimal(2500)}
    told = kinds.claim(rows["agreed"], agreement=proposed, **amount)
    with pytest.raises(actions.NotAgreedError, match="not agreed to this yet"):
        actions.draft_claim(contract, told, by=sara, at=NOON)
    with pytest.raises(actions.NotAgreedError, match="agreed for this contract"):
        actions.draft_claim(contract, kinds.claim(rows["agreed"], **amount), by=sara, at=NOON)
    actions.decline_agreement(proposed, by=olga, at=NOON, reason="Te duur.")
    with pytest.raises(IllegalMoveError):
        actions.agree_agreement(proposed, by=olga, at=NOON, reason="Toch.")


def test_another_amount_than_agreed_is_refused(a_claim, contract, rows, sara):
    told = a_claim["tailored"]
    more = kinds.claim(rows["agreed"], agreement=told.agreement, amount_eur=Decimal(9999))
    with pytest.raises(actions.NotAgreedError, match="amount that was agreed"):
        actions.draft_claim(contract, more, by=sara, at=NOON)


def test_only_a_row_that_is_valued_together_is_proposed(contract, rows, sara):
    proposal = actions.Proposal(
        block=rows["hours"], title="Iets", value_eur=Decimal(1), reason="Zo maar."
    )
    with pytest.raises(actions.NotInTableError):
        actions.propose_agreement(contract, proposal, by=sara, at=NOON)


def test_a_proposal_is_taken_back_until_it_is_claimed(a_claim, proposed, contract, sara):
    actions.withdraw_agreement(proposed, by=sara, at=NOON)
    kinds.submitted(contract, a_claim["tailored"], sara)
    with pytest.raises(IllegalMoveError, match="Withdraw that first"):
        actions.withdraw_agreement(a_claim["tailored"].agreement, by=sara, at=NOON)
