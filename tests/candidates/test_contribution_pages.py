"""A period of a placement is claimed, through the pages: proposed, shown, kept, corrected."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from candidates import actions
from candidates.models import Contribution, Share, ShareStatus
from contracts.models import LedgerEntry
from sroi_portal.core.models import AuditEvent
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
JANUARY = {"starts_on": "2026-01-01", "ends_on": "2026-01-31", "pct": "100"}


def page_of(name, share):
    return reverse(f"candidates:{name}", args=[share.pk])


def period_page(placement, name="contribution-new"):
    return reverse(f"candidates:{name}", args=[placement.pk])


@pytest.fixture
def sara_online(english, sara):
    return english.sign_in(sara)


def test_the_first_free_day_to_the_end_of_last_month_is_proposed(sara_online, placement):
    shown = sara_online.get(period_page(placement))
    initial = shown.context["form"].initial
    assert (initial["starts_on"], initial["ends_on"]) == (
        dt.date(2026, 1, 1),
        dt.date(2026, 2, 28),
    )
    assert "This counts for €3,333.33" in shown.content.decode()


def test_the_proposal_goes_on_where_the_last_period_ended(sara_online, draft):
    initial = sara_online.get(period_page(draft.contribution.placement)).context["form"].initial
    assert initial["starts_on"] == dt.date(2026, 3, 1)


def test_a_period_is_submitted_in_one_go(sara_online, placement, sara):
    answer = sara_online.post(
        period_page(placement), {**JANUARY, "form_key": str(uuid.uuid4()), "do": "submit"}
    )
    share = Share.objects.get()
    assert answer["Location"] == share.get_absolute_url()
    assert (share.status, share.submitted_by, share.submitted_at) == (
        ShareStatus.SUBMITTED,
        sara,
        NOON,
    )


def test_a_concept_is_kept_and_submitted_later(sara_online, placement):
    sara_online.post(period_page(placement), {**JANUARY, "do": "draft"})
    share = Share.objects.get()
    assert share.status == ShareStatus.DRAFT
    sara_online.post(page_of("share-submit", share), {"revision": share.revision})
    share.refresh_from_db()
    assert share.status == ShareStatus.SUBMITTED


def test_a_form_sent_twice_makes_one_contribution(sara_online, placement):
    sent = {**JANUARY, "form_key": str(uuid.uuid4()), "do": "submit"}
    first, second = (sara_online.post(period_page(placement), sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Contribution.objects.count() == 1


def test_what_the_preview_shows_is_what_is_submitted(sara_online, placement):
    preview = sara_online.post(
        period_page(placement, "contribution-preview"),
        {**JANUARY, "pct": "37,5"},
        headers={"HX-Request": "true"},
    )
    assert "<html" not in preview.content.decode()
    sara_online.post(period_page(placement), {**JANUARY, "pct": "37,5", "do": "submit"})
    assert Share.objects.get().value_eur == preview.context["receipt"].total_eur == Decimal(625)


def test_without_javascript_the_whole_page_comes_back_with_the_sum(sara_online, placement):
    page = sara_online.post(period_page(placement, "contribution-preview"), JANUARY)
    assert "This counts for €1,666.67" in page.content.decode()
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": "2026-03-05"}, "This period is not over yet"),
        ({"starts_on": "2025-12-01"}, "The work begins on"),
        ({"ends_on": "2027-01-31"}, "The contract ends on"),
        ({"starts_on": "2026-02-01"}, "The last day lies before the first"),
        ({"pct": "101"}, "less than or equal to 100"),
        ({"ends_on": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(sara_online, placement, change, sentence):
    sent = {**JANUARY, **change, "do": "submit"}
    shown = sara_online.post(period_page(placement), sent).content.decode()
    assert sentence in shown
    assert "This cannot be computed yet" in shown
    assert not Contribution.objects.exists()


def test_a_period_that_is_not_over_may_be_a_concept(sara_online, placement):
    sara_online.post(period_page(placement), {**JANUARY, "ends_on": "2026-03-31", "do": "draft"})
    assert Share.objects.get().status == ShareStatus.DRAFT


def test_an_overlap_names_the_days_that_were_entered(sara_online, draft):
    shown = sara_online.post(
        period_page(draft.contribution.placement), {**JANUARY, "do": "submit"}
    ).content.decode()
    assert "You entered 1\N{NO-BREAK SPACE}January 2026 to 28\N{NO-BREAK SPACE}February" in shown


def test_a_last_working_day_ends_what_can_be_claimed(sara_online, placement, sara):
    actions.end_placement(placement, by=sara, at=NOON, ends_on=dt.date(2026, 1, 15))
    shown = sara_online.post(period_page(placement), {**JANUARY, "do": "submit"}).content.decode()
    assert "The last working day is" in shown


def test_what_the_database_refuses_at_the_last_moment_is_said_too(
    sara_online, placement, monkeypatch
):
    def closed(*_args, **_facts):
        raise actions.NotSubmittableError("closed meanwhile")

    monkeypatch.setattr(actions, "submit_share", closed)
    shown = sara_online.post(period_page(placement), {**JANUARY, "do": "submit"}).content.decode()
    assert "closed meanwhile" in shown
    assert not Contribution.objects.exists()


def test_a_concept_is_corrected(sara_online, draft):
    address = page_of("share-edit", draft)
    seen = sara_online.get(address)
    assert seen.context["form"].initial["pct"] == 100
    sent = {**JANUARY, "revision": draft.revision}
    computed = sara_online.post(address, {**sent, "do": "compute"})
    assert computed.context["receipt"].total_eur == Decimal("1666.67")
    sara_online.post(address, {**sent, "do": "save"})
    draft.refresh_from_db()
    assert draft.value_eur == Decimal("1666.67")
    assert draft.contribution.ends_on == dt.date(2026, 1, 31)
    assert AuditEvent.objects.filter(verb="change_share").count() == 1


def test_an_old_page_is_noticed_when_correcting(sara_online, draft):
    address = page_of("share-edit", draft)
    first = {**JANUARY, "revision": draft.revision, "do": "save"}
    sara_online.post(address, first)
    shown = sara_online.post(address, {**first, "pct": "50"})
    assert "since you opened the page" in shown.content.decode()
    draft.refresh_from_db()
    assert f'name="revision" value="{draft.revision}"' in shown.content.decode()


def test_what_came_back_with_a_question_is_corrected_in_the_ledger_too(
    sara_online, submitted, olga
):
    actions.return_share(submitted, by=olga, at=NOON, question="Ook februari?")
    submitted.refresh_from_db()
    sara_online.post(
        page_of("share-edit", submitted), {**JANUARY, "revision": submitted.revision, "do": "save"}
    )
    entries = LedgerEntry.objects.filter(source_uuid=submitted.uuid, account="submitted")
    assert sum(entries.values_list("quantity", flat=True)) == Decimal("1666.67")


def test_what_waits_is_not_corrected(sara_online, submitted):
    told = sara_online.get(page_of("share-edit", submitted), follow=True)
    assert "can no longer be changed" in told.content.decode()
