"""Many verified at once, each with the same care (R-178)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse

from candidates import actions
from candidates.models import BulkCheck, Share, ShareStatus
from contracts.actions import ObligationChange, change_obligation
from contracts.models import Account, LedgerEntry, ObligationCause
from sroi_portal.core.models import AuditEvent, Job, Outgoing
from suppliers.models import Certificate
from tests import factories
from tests.candidates import kinds
from tests.candidates.test_shares import standing
from tests.candidates.test_worth import JANUARY, rule, starts, submits
from tests.client import PortalClient
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "in_english")]
LATER = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
LIST, MANY = reverse("candidates:share-list"), reverse("candidates:share-verify-many")


@pytest.fixture
def four(contract, ww, sara, submitted):
    """Submitted for January, of four persons."""
    made = [submitted]
    for number in (2, 3, 4):
        placement = factories.placement(contract, ww, sara, reference=f"K-0{number}")
        share = actions.draft_contribution(
            placement, by=sara, at=NOON, period=(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
        )
        actions.submit_share(share, by=sara, at=NOON)
        made.append(share)
    return made


def work(bulk):
    actions.verify_many(str(bulk.uuid), Job.objects.get(uuid=bulk.job_uuid), now=lambda: NOON)
    bulk.refresh_from_db()


def test_each_is_verified_by_itself_and_refusals_say_why(four, olga, otto, sara):
    first, second, third, fourth = four
    bulk = actions.ask_bulk_check([each.pk for each in four], by=olga, at=NOON)
    actions.return_share(second, by=olga, at=NOON, question="Welke weken?")
    Share.objects.filter(pk=third.pk).update(submitted_by=olga)
    Outgoing.objects.all().delete()

    work(bulk)

    assert bulk.verified_count == 2
    assert set(bulk.refusals) == {str(second.pk), str(third.pk)}
    assert "teruggestuurd" in bulk.refusals[str(second.pk)]
    verified = AuditEvent.objects.filter(verb="verify_share", by=olga)
    assert {event.object_uuid for event in verified} == {first.uuid, fourth.uuid}
    assert standing(first, Account.VERIFIED) == first.value_eur
    mail = Outgoing.objects.get(to_address=sara.email)
    assert "2 bijdragen" in mail.body or "2 contributions" in mail.body

    work(bulk)  # a worker that fell over begins again
    assert (bulk.verified_count, verified.count()) == (2, 2)


def test_a_purchase_counts_for_what_it_is_worth_now(contract, table, zuid, sara, olga, piet):
    """Its certificate was recorded after it was submitted."""
    block = kinds.row(table, "bought", certificate="code-register")
    share = kinds.submitted(contract, kinds.bought(block, zuid), sara)
    day = kinds.MARCH_2
    Certificate.objects.create(
        supplier=zuid,
        kind="code-register",
        valid_from=day,
        valid_until=day,
        checked_on=day,
        recorded_by=piet,
    )
    work(actions.ask_bulk_check([share.pk], by=olga, at=NOON))
    assert (share.value_eur, standing(share, Account.VERIFIED)) == (0, Decimal("1210.00"))


def test_nobody_verifies_for_another_authority(submitted, otto):
    bulk = actions.ask_bulk_check([submitted.pk], by=otto, at=NOON)
    work(bulk)
    assert bulk.refusals[str(submitted.pk)]
    assert bulk.verified_count == 0


@pytest.fixture
def olga_online(olga):
    client = PortalClient()
    client.cookies["language"] = "en"
    return client.sign_in(olga)


@pytest.mark.parametrize("ticked", [True, False], ids=["what is ticked", "all that is listed"])
def test_tick_confirm_and_read_what_was_done(olga_online, four, ticked):
    assert "Verify all that is listed" in olga_online.get(LIST).content.decode()
    sent = {"do": "ticked", "share": [four[0].pk, four[1].pk]} if ticked else {"do": "all"}
    asked = olga_online.post(MANY, sent)
    count = 2 if ticked else 4
    assert f"Verify {count} contributions" in asked.content.decode()
    assert not BulkCheck.objects.exists()
    waiting = olga_online.post(MANY, {"do": "confirm", "ids": asked.context["ids"]}, follow=True)
    assert "waiting" in waiting.content.decode().lower()
    bulk = BulkCheck.objects.get()
    actions.return_share(four[0], by=bulk.asked_by, at=NOON, question="Welke weken?")
    work(bulk)
    Job.objects.update(status="done", ended_at=NOON)
    shown = olga_online.get(bulk.get_absolute_url())
    assert [share for share, _reason in shown.context["refused"]] == [four[0]]
    assert Share.objects.filter(status=ShareStatus.VERIFIED).count() == count - 1


def test_nothing_is_verified_when_nothing_is_ticked(olga_online, submitted, sara, english):
    told = olga_online.post(MANY, {"do": "ticked"}, follow=True).content.decode()
    assert "Tick what you want" in told
    assert english.sign_in(sara).post(MANY, {"do": "all"}).status_code == 403


def test_who_waits_for_somebody_else_is_not_shown_the_outcome(english, submitted, olga, otto):
    bulk = actions.ask_bulk_check([submitted.pk], by=olga, at=NOON)
    assert english.sign_in(otto).get(bulk.get_absolute_url()).status_code == 404


def figures(shares):
    """What each counts for, and what stands in the ledger of all that was entered."""
    found = Share.objects.in_bulk([each.pk for each in shares])
    worths = {pk: (each.status, each.value_eur, each.valuation) for pk, each in found.items()}
    lines = LedgerEntry.objects.values_list("source_uuid", "account", "unit", "month")
    return worths, {
        tuple(line): total for *line, total in lines.annotate(total=Sum("quantity")).order_by()
    }


def overlapping(contract, block, sara, olga):
    """Room that was taken when the second was submitted is free again when it is verified."""
    first, second, third = (
        submits(starts(contract, block, sara), sara, period) for period in (JANUARY, JANUARY, LATER)
    )
    actions.reject_share(first, by=olga, at=NOON, reason="Dubbel ingevoerd.")
    assert second.value_eur == 0
    return [second, third, submits(starts(contract, block, sara, reference="K-02"), sara)]


def limited(contract, block, sara, olga):
    rule(block, limit_pct=Decimal(5))
    return [
        submits(starts(contract, block, sara, reference=f"K-0{number}"), sara)
        for number in (1, 2, 3)
    ]


def counted_by_head(contract, block, sara, olga):
    change = ObligationChange(
        cause=ObligationCause.DECISION,
        reason="Samen afgesproken.",
        holds_from=JANUARY[0],
        base_kind="persons",
        fixed=Decimal(3),
    )
    change_obligation(contract, change, by=contract.officer, at=NOON)
    return [submits(starts(contract, block, sara), sara, period) for period in (JANUARY, LATER)]


@pytest.mark.parametrize("work_done", [overlapping, limited, counted_by_head])
def test_together_gives_what_one_by_one_gives(work_done, contract, ww, sara, olga):
    shares = work_done(contract, ww, sara, olga)
    with transaction.atomic():
        for share in shares:
            actions.verify_share(share, by=olga, at=NOON)
        one_by_one = figures(shares)
        transaction.set_rollback(True)

    work(actions.ask_bulk_check([each.pk for each in shares], by=olga, at=NOON))

    assert figures(shares) == one_by_one
    assert {status for status, *_worth in one_by_one[0].values()} == {ShareStatus.VERIFIED}
