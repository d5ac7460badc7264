"""Claims are entered, checked and answered through the pages: both faces."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candidates import actions
from candidates.models import Share, ShareStatus
from sroi_portal.core.models import AuditEvent, Outgoing, ReadEvent, RoleName
from tests import factories
from tests.client import PortalClient
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
LIST = reverse("candidates:share-list")


def page_of(name, share):
    return reverse(f"candidates:{name}", args=[share.pk])


@pytest.fixture
def sara_online(english, sara):
    return english.sign_in(sara)


@pytest.fixture
def olga_online(olga):
    client = PortalClient()
    client.cookies["language"] = "en"
    return client.sign_in(olga)


def test_both_sides_see_one_share_in_their_own_words(sara_online, olga_online, submitted):
    own = sara_online.get(submitted.get_absolute_url()).content.decode()
    assert "waiting for the coordinator" in own
    assert "K-01" in own
    official = olga_online.get(submitted.get_absolute_url()).content.decode()
    code = submitted.contribution.placement.candidate.codes.get().code
    assert "to be checked" in official
    assert code in official
    assert "K-01" not in official
    assert "Unemployment benefit" in official  # who checks sees the row
    assert "Why €3,333.33?" in official


def test_looks_of_both_sides_are_written_down(sara_online, olga_online, submitted, noord, ministry):
    sara_online.get(submitted.get_absolute_url())
    olga_online.get(LIST)
    olga_online.get(submitted.get_absolute_url())
    looks = ReadEvent.objects.order_by("pk").values_list("activity", "supplier_id", "authority_id")
    assert list(looks) == [
        ("open-share", noord.pk, None),
        ("list-shares", None, ministry.pk),
        ("check-share", None, ministry.pk),
    ]
    people = set(ReadEvent.objects.values_list("candidate_uuid", flat=True))
    assert people == {submitted.contribution.placement.candidate.uuid}


def test_a_concept_is_no_business_of_the_authority(olga_online, draft):
    assert olga_online.get(draft.get_absolute_url()).status_code == 404


def test_a_click_verifies_and_a_second_click_does_no_harm(olga_online, submitted, sara):
    address = page_of("share-verify", submitted)
    for _click in range(2):
        told = olga_online.post(address, {"revision": submitted.revision}, follow=True)
        assert "Error:" not in told.content.decode()
    submitted.refresh_from_db()
    assert submitted.status == ShareStatus.VERIFIED
    assert AuditEvent.objects.filter(verb="verify_share").count() == 1
    assert Outgoing.objects.get().to_address == sara.email


def test_an_old_page_does_not_verify(olga_online, submitted):
    told = olga_online.post(
        page_of("share-verify", submitted), {"revision": submitted.revision - 1}, follow=True
    )
    assert "since you opened the page" in told.content.decode()
    submitted.refresh_from_db()
    assert submitted.status == ShareStatus.SUBMITTED


def test_nobody_gets_a_button_for_their_own_work(olga_online, submitted, olga):
    Share.objects.filter(pk=submitted.pk).update(submitted_by=olga)
    shown = olga_online.get(submitted.get_absolute_url())
    assert "A colleague checks it" in shown.content.decode()
    assert not any(shown.context["may"].values())
    assert olga_online.post(page_of("share-verify", submitted)).status_code == 403


def test_a_contract_manager_looks_and_does_not_decide(english, submitted, cora):
    english.sign_in(cora)
    shown = english.get(submitted.get_absolute_url())
    assert not any(shown.context["may"].values())
    for name in ("share-return", "share-reject", "share-revoke"):
        assert english.get(page_of(name, submitted)).status_code == 403


@pytest.mark.parametrize(
    ("name", "status", "verb"),
    [
        ("share-return", ShareStatus.RETURNED, "return_share"),
        ("share-reject", ShareStatus.REJECTED, "reject_share"),
    ],
)
def test_a_reason_is_compulsory_and_reaches_the_supplier(
    sara_online, olga_online, submitted, name, status, verb
):
    address = page_of(name, submitted)
    assert olga_online.get(address).status_code == 200
    assert "required" in olga_online.post(address, {"reason": " "}).content.decode()
    bsn = olga_online.post(address, {"reason": "Het gaat om 123456782."}).content.decode()
    assert "citizen service number" in bsn
    sent = {"reason": "Welke weken?", "revision": submitted.revision}
    for _click in range(2):
        olga_online.post(address, sent)
    submitted.refresh_from_db()
    assert submitted.status == status
    assert AuditEvent.objects.filter(verb=verb).count() == 1
    assert "Welke weken?" in sara_online.get(submitted.get_absolute_url()).content.decode()
    assert "Welke weken?" not in Outgoing.objects.get().body


def test_a_decision_on_an_old_page_keeps_what_was_typed(olga_online, submitted):
    sent = {"reason": "Welke weken?", "revision": submitted.revision + 7}
    shown = olga_online.post(page_of("share-return", submitted), sent).content.decode()
    assert "since you opened the page" in shown
    assert "Welke weken?" in shown
    assert f'value="{submitted.revision}"' in shown


def test_an_answer_is_compulsory_and_goes_back_with_the_work(sara_online, submitted, olga):
    actions.return_share(submitted, by=olga, at=NOON, question="Welke weken?")
    submitted.refresh_from_db()
    address = page_of("share-submit", submitted)
    empty = sara_online.post(address, {"reason": "", "revision": submitted.revision})
    assert "required" in empty.content.decode()
    sara_online.post(address, {"reason": "Alle weken.", "revision": submitted.revision})
    submitted.refresh_from_db()
    assert submitted.status == ShareStatus.SUBMITTED
    thread = sara_online.get(submitted.get_absolute_url()).context["thread"]
    assert [each.remark for each in thread] == ["Welke weken?", "Alle weken."]


def test_a_supplier_withdraws_until_it_is_checked(sara_online, submitted, olga):
    assert "Made a mistake?" in sara_online.get(submitted.get_absolute_url()).content.decode()
    sara_online.post(page_of("share-withdraw", submitted))
    submitted.refresh_from_db()
    assert submitted.status == ShareStatus.WITHDRAWN
    told = sara_online.post(page_of("share-withdraw", submitted), follow=True).content.decode()
    assert "can no longer be done" in told


def test_a_verification_is_revoked_by_a_colleague(olga_online, english, submitted, olga, ministry):
    actions.verify_share(submitted, by=olga, at=NOON)
    assert not olga_online.get(submitted.get_absolute_url()).context["may"]["revoke"]
    assert olga_online.get(page_of("share-revoke", submitted)).status_code == 403
    colleague = factories.UserFactory()
    factories.RoleAssignmentFactory(user=colleague, authority=ministry, role=RoleName.COORDINATOR)
    english.sign_in(colleague)
    assert english.get(page_of("share-revoke", submitted)).status_code == 200
    english.post(page_of("share-revoke", submitted), {"reason": "Dubbel geteld."})
    submitted.refresh_from_db()
    assert submitted.status == ShareStatus.REVOKED


def test_another_ministry_and_another_supplier_see_nothing(english, submitted, otto, bram):
    for stranger in (otto, bram):
        english.sign_in(stranger)
        assert english.get(submitted.get_absolute_url()).status_code == 404
        assert list(english.get(LIST).context["page"]) == []


def test_figures_are_no_single_contribution(english, submitted, vera):
    english.sign_in(vera)
    assert english.get(LIST).status_code == 403
    assert english.get(submitted.get_absolute_url()).status_code == 404


@pytest.fixture
def two_waiting(contract, ww, sara, submitted):
    """Beside K-01, submitted at NOON: K-02, nine days before."""
    other = factories.placement(contract, ww, sara, reference="K-02")
    before = NOON - dt.timedelta(days=9)
    share = actions.draft_contribution(
        other, by=sara, at=before, period=(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    )
    actions.submit_share(share, by=sara, at=before)
    return share, submitted


def test_what_waits_longest_stands_on_top(olga_online, two_waiting):
    shown = olga_online.get(LIST)
    assert [row["share"] for row in shown.context["rows"]] == list(two_waiting)
    assert [row["days"] for row in shown.context["rows"]] == [9, 0]
    assert shown.context["totals"] == {"count": 2, "value_eur": Decimal("5000.00")}
    assert "Unemployment" not in shown.content.decode()


def test_the_list_of_what_waits_is_narrowed(olga_online, two_waiting, contract, noord):
    older, newer = two_waiting
    for query, found in (
        ({"older_than": "7"}, [older]),
        ({"contract": contract.pk}, [older, newer]),
        ({"supplier": noord.pk, "older_than": "30"}, []),
        ({"status": "verified"}, []),
        ({"status": "all"}, [newer, older]),
        ({"status": "nonsense"}, [older, newer]),
    ):
        rows = [row["share"] for row in olga_online.get(LIST, query).context["rows"]]
        assert sorted(rows, key=str) == sorted(found, key=str)


def test_the_work_list_leads_to_what_waits(olga_online, sara_online, two_waiting):
    for client in (olga_online, sara_online):
        shown = client.get(LIST, {"status": "submitted"})
        assert shown.context["filters"].errors == {}
        assert {row["share"] for row in shown.context["rows"]} == set(two_waiting)


def test_a_coordinator_goes_from_one_to_the_next(olga_online, two_waiting):
    older, newer = two_waiting
    first = olga_online.get(older.get_absolute_url()).content.decode()
    assert "1 of 2" in first
    assert "Skip to the next" in first
    second = olga_online.get(newer.get_absolute_url() + "?older_than=7")
    assert (second.context["queue"].position, second.context["queue"].following) == (None, older)
    query = f"?contract={older.contract_id}"
    shown = olga_online.post(page_of("share-verify", older) + query, follow=True)
    assert shown.redirect_chain[-1][0] == newer.get_absolute_url() + query
    assert "Here is the next one" in shown.content.decode()
    assert (shown.context["queue"].position, shown.context["queue"].following) == (1, None)
    sent = {"reason": "Geen bewijs.", "revision": newer.revision}
    ended = olga_online.post(page_of("share-reject", newer) + query, sent, follow=True)
    assert ended.redirect_chain[-1][0] == LIST + query


def test_the_list_asks_as_much_for_one_as_for_three(olga_online, submitted, contract, ww, sara):
    counts = []
    for number in (2, 3):
        with CaptureQueriesContext(connection) as queries:
            olga_online.get(LIST)
        counts.append(len(queries))
        other = factories.placement(contract, ww, sara, reference=f"K-0{number}")
        share = actions.draft_contribution(
            other, by=sara, at=NOON, period=(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
        )
        actions.submit_share(share, by=sara, at=NOON)
    assert counts[0] == counts[1]


def test_a_supplier_finds_its_own_by_status(sara_online, two_waiting, draft_of_march):
    shown = sara_online.get(LIST)
    assert {row["person"] for row in shown.context["rows"]} == {"K-01", "K-02"}
    assert len(shown.context["rows"]) == 3
    assert len(sara_online.get(LIST, {"status": "draft"}).context["rows"]) == 1


@pytest.fixture
def draft_of_march(submitted, sara):
    return actions.draft_contribution(
        submitted.contribution.placement,
        by=sara,
        at=NOON,
        period=(dt.date(2026, 3, 1), dt.date(2026, 3, 3)),
    )


def test_an_empty_list_says_what_to_do(sara_online, olga_online, contract):
    assert (
        "Everything that was submitted has been checked" in olga_online.get(LIST).content.decode()
    )
    assert "Go to your placements" in sara_online.get(LIST).content.decode()
    assert "Nothing found" in olga_online.get(LIST, {"status": "verified"}).content.decode()
