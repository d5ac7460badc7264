"""A supplier enters people and looks after placements, through the pages."""

import datetime as dt
import re
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candidates import actions
from candidates.models import Evidence, Placement, PlacementStatus
from contracts.models import Block, LedgerEntry
from sroi_portal.core.models import AuditEvent, ReadEvent, Remark
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
NEW = reverse("candidates:placement-new")
LIST = reverse("candidates:placement-list")


def page_of(name, placement):
    return reverse(f"candidates:{name}", args=[placement.pk])


@pytest.fixture
def sara_online(english, sara):
    return english.sign_in(sara)


@pytest.fixture
def typed(ww):
    """What Sara types about K-07, with the statement that its row asks for."""
    kind = ww.evidence_kinds.get()
    return {
        "form_key": str(uuid.uuid4()),
        "reference": "K-07",
        "informed_on": "2026-02-01",
        "block": ww.pk,
        "hours_per_week": "18,00",
        "starts_on": "2026-02-01",
        "ends_on": "",
        "contract_form": "temporary",
        f"e{kind.pk}-result": "seen",
        f"e{kind.pk}-seen_on": "2026-02-02",
        f"e{kind.pk}-form_key": str(uuid.uuid4()),
        "do": "save",
    }


def test_the_only_open_contract_is_not_asked_for(sara_online, contract):
    shown = sara_online.get(NEW).content.decode()
    assert contract.title in shown
    assert "Unemployment benefit: €20,000.00 for one full-time year" in shown


def test_who_has_two_contracts_chooses_one_first(sara_online, contract, ministry, noord, cora):
    other = factories.active_contract(
        authority=ministry, supplier=noord, manager=cora, value_table=contract.value_table
    )
    asked = sara_online.get(NEW)
    assert set(asked.context["choice"].fields["contract"].queryset) == {contract, other}
    assert "Make a choice" in sara_online.get(NEW, {"next": "yes"}).content.decode()
    chosen = sara_online.get(NEW, {"contract": other.pk, "next": "yes"})
    assert chosen.context["form"].contract == other


def test_without_an_open_contract_the_page_says_what_to_wait_for(english, bram):
    assert "as soon as a contract of yours" in english.sign_in(bram).get(NEW).content.decode()


def test_an_official_enters_nobody(client, olga):
    assert client.sign_in(olga).get(NEW).status_code == 403


def test_the_next_step_shows_the_worth_and_keeps_nothing(sara_online, contract, typed):
    """18 of 36 hours from 1 February to 31 December: 11/12 of half of 20,000."""
    shown = sara_online.post(NEW, {**typed, "do": "next"})
    assert shown.context["preview"]["receipt"].total_eur == Decimal("9166.67")
    assert "This will count for €9,166.67" in shown.content.decode()
    assert not Placement.objects.exists()


def test_what_the_preview_shows_is_what_is_planned(sara_online, contract, typed):
    preview = sara_online.post(NEW, {**typed, "do": "next"}).context["preview"]
    sara_online.post(NEW, typed)
    planned = sum(LedgerEntry.objects.filter(account="planned").values_list("quantity", flat=True))
    assert planned == preview["receipt"].total_eur


def test_a_fragment_of_another_row_brings_its_own_evidence(sara_online, contract, typed, table):
    other = Block.objects.get(table=table, code="p-wet")
    shown = sara_online.post(NEW, {"block": other.pk}, headers={"HX-Request": "true"})
    assert list(shown.context["evidence"]) == []
    assert "This row asks for no evidence" in shown.content.decode()


def test_saving_enters_the_placement_with_its_statement(sara_online, contract, typed, sara, ww):
    answer = sara_online.post(NEW, typed)

    placement = Placement.objects.get()
    assert answer["Location"] == placement.get_absolute_url()
    assert placement.candidate.reference == "K-07"
    assert placement.candidate.informed_on == dt.date(2026, 2, 1)
    assert placement.weekly_hours.get().hours_per_week == 18
    stated = placement.evidence.get()
    assert (stated.result, stated.seen_on, stated.stated_by) == ("seen", dt.date(2026, 2, 2), sara)


def test_a_form_sent_twice_enters_one_placement(sara_online, contract, typed):
    first, second = (sara_online.post(NEW, typed) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert (Placement.objects.count(), Evidence.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reference": "123456782"}, "citizen service number"),
        ({"reference": "geb. 12-03-1985"}, "looks like a date"),
        ({"reference": "jan@voorbeeld.example"}, "looks like a date or an e-mail"),
        ({"hours_per_week": "61"}, "less than or equal to 60"),
        ({"starts_on": "2027-01-01"}, "The contract ends on"),
        ({"ends_on": "2026-01-31"}, "before the first"),
        ({"block": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    sara_online, contract, typed, change, sentence
):
    shown = sara_online.post(NEW, {**typed, **change}).content.decode()
    assert sentence in shown
    assert 'value="2026-02-01"' in shown
    assert "Error:" in shown
    assert not Placement.objects.exists()


def test_a_statement_that_is_wrong_stops_the_placement_too(sara_online, contract, typed, ww):
    name = f"e{ww.evidence_kinds.get().pk}-seen_on"
    shown = sara_online.post(NEW, {**typed, name: ""}).content.decode()
    assert "Say on which day somebody at your firm saw it" in shown
    assert not Placement.objects.exists()


def test_every_field_says_why_it_is_asked_and_how_long_it_is_kept(sara_online, contract, typed):
    form = sara_online.post(NEW, {**typed, "do": "next"}).context["form"]
    for field in form.visible_fields():
        assert "Kept until 13 weeks after settlement" in str(field.help_text), field.name


def test_bonuses_belong_to_the_row(sara_online, contract, typed):
    kept = sara_online.post(NEW, {**typed, "bonus_codes": ["permanent"], "do": "next"})
    assert kept.context["preview"]["receipt"].total_eur == Decimal("13750.00")
    refused = sara_online.post(NEW, {**typed, "bonus_codes": ["made-up"]}).content.decode()
    assert "made-up" in refused


def test_the_list_shows_reference_hours_and_worth(sara_online, submitted, placement):
    shown = sara_online.get(LIST).content.decode()
    for text in ("K-01", "36", "€16,666.67", "€3,333.33"):
        assert text in shown
    assert "Unemployment" not in shown  # the reason for the distance stands on no list


def test_a_reference_is_found_and_stands_in_no_address(sara_online, placement, contract):
    answer = sara_online.post(LIST, {"reference": " k-01 ", "contract": contract.pk})
    assert "01" not in answer["Location"].partition("person=")[0].replace(str(contract.pk), "")
    assert "k-01" not in answer["Location"].lower()
    assert list(sara_online.get(answer["Location"]).context["page"]) == [placement]


def test_an_unknown_reference_finds_nothing(sara_online, placement):
    answer = sara_online.post(LIST, {"reference": "K-99"}, follow=True)
    assert "No placement found" in answer.content.decode()


def test_the_list_filters_by_contract_and_status(sara_online, placement, contract):
    for query, count in (
        ({"contract": contract.pk}, 1),
        ({"status": "ended"}, 0),
        ({"status": "running"}, 1),
        ({"person": "not-a-number"}, 0),
    ):
        assert len(sara_online.get(LIST, query).context["page"]) == count


def test_a_placement_reads_ended_after_its_last_day(sara_online, placement):
    list_of = reverse("candidates:placement-list")
    for last, ended in ((TODAY, 0), (TODAY - dt.timedelta(days=1), 1)):
        Placement.objects.update(ends_on=last)
        found = {
            status: len(sara_online.get(list_of, {"status": status}).context["page"])
            for status in ("ended", "running")
        }
        assert found == {"ended": ended, "running": 1 - ended}
        page = sara_online.get(placement.get_absolute_url()).text
        assert ("ended" in page[page.index("<h1") : page.index("First working day")]) == bool(ended)


def test_the_list_asks_as_much_for_one_as_for_three(sara_online, contract, placement, ww, sara):
    counts = []
    for number in (2, 3):
        with CaptureQueriesContext(connection) as queries:
            sara_online.get(LIST)
        counts.append(len(queries))
        factories.placement(contract, ww, sara, reference=f"K-0{number}")
    assert counts[0] == counts[1]


def test_another_supplier_sees_nothing(english, placement, bram):
    english.sign_in(bram)
    assert list(english.get(LIST).context["page"]) == []
    for name in ("placement-detail", "placement-end", "hours-change", "contribution-new"):
        assert english.get(page_of(name, placement)).status_code == 404


def test_every_look_is_written_down_for_the_person(sara_online, placement, sara, noord):
    sara_online.get(LIST)
    sara_online.get(placement.get_absolute_url())
    looks = ReadEvent.objects.values_list("activity", "candidate_uuid", "by", "supplier_id")
    person = placement.candidate.uuid
    assert list(looks) == [
        ("list-placements", person, sara.pk, noord.pk),
        ("open-placement", person, sara.pk, noord.pk),
    ]


def test_a_placement_shows_what_is_asked_and_what_is_missing(sara_online, placement, ww):
    shown = sara_online.get(placement.get_absolute_url())
    assert [need.kind for need in shown.context["needs"]] == list(ww.evidence_kinds.all())
    assert "missing" in shown.content.decode()
    assert "Placement entered" in shown.content.decode()


def test_the_authority_sees_the_code_and_never_the_reference(english, submitted, olga):
    placement = submitted.contribution.placement
    shown = english.sign_in(olga).get(placement.get_absolute_url()).content.decode()
    assert placement.candidate.codes.get().code in shown
    assert "K-01" not in shown


def test_hours_change_from_a_day_on(sara_online, placement):
    address = page_of("hours-change", placement)
    early = sara_online.post(address, {"holds_from": "2025-12-01", "hours_per_week": "18"})
    assert "The work begins on" in early.content.decode()
    sara_online.post(address, {"holds_from": "2026-07-01", "hours_per_week": "18"})
    assert [change.hours_per_week for change in placement.weekly_hours.all()] == [36, 18]


def test_an_end_has_a_day_and_keeps_its_reason_sealed(sara_online, placement):
    address = page_of("placement-end", placement)
    assert (
        "before the first" in sara_online.post(address, {"ends_on": "2025-01-01"}).content.decode()
    )
    sara_online.post(address, {"ends_on": "2026-06-30", "reason": "Ander werk."})
    placement.refresh_from_db()
    assert (placement.status, placement.ends_on) == (PlacementStatus.ENDED, dt.date(2026, 6, 30))
    event = AuditEvent.objects.get(verb="end_placement")
    assert Remark.objects.get(uuid=event.remark_uuid).text == "Ander werk."
    again = sara_online.post(
        address, {"ends_on": "2026-05-30", "reason": "Toch eerder."}
    ).content.decode()
    assert "can no longer be done" in again


def test_a_placement_entered_by_mistake_is_withdrawn(sara_online, placement):
    assert (
        "Withdraw this placement" in sara_online.get(placement.get_absolute_url()).content.decode()
    )
    sara_online.post(page_of("placement-withdraw", placement))
    placement.refresh_from_db()
    assert placement.status == PlacementStatus.WITHDRAWN


def test_a_placement_with_a_claim_is_not_withdrawn(sara_online, draft):
    placement = draft.contribution.placement
    assert (
        "Withdraw this placement"
        not in sara_online.get(placement.get_absolute_url()).content.decode()
    )
    told = sara_online.post(page_of("placement-withdraw", placement), follow=True)
    assert "Withdraw those first" in told.content.decode()


def test_the_day_of_the_letter_is_written_down(sara_online, placement):
    assert (
        "Does this person know?" in sara_online.get(placement.get_absolute_url()).content.decode()
    )
    sara_online.post(page_of("candidate-inform", placement), {"informed_on": "2026-02-03"})
    placement.candidate.refresh_from_db()
    assert placement.candidate.informed_on == dt.date(2026, 2, 3)
    assert sara_online.get(page_of("candidate-inform", placement)).status_code == 200


def test_a_known_person_counts_beside_what_counts_already(sara_online, contract, typed, submitted):
    """A09: January and February of K-01 are full; only the ten months after those count."""
    wanted = {**typed, "reference": "K-01", "starts_on": "2026-01-01", "hours_per_week": "36"}
    preview = sara_online.post(NEW, {**wanted, "do": "next"}).context["preview"]
    assert preview["receipt"].total_eur == Decimal("16666.67")


def test_no_address_or_title_tells_who_it_is(sara_online, placement):
    shown = sara_online.get(placement.get_absolute_url()).content.decode()
    title = re.search(r"<title>(.*?)</title>", shown, re.DOTALL).group(1)
    assert "K-01" not in title


def test_a_contract_that_closed_meanwhile_is_said_and_nothing_is_lost(
    sara_online, contract, typed, monkeypatch
):
    def closed(*_args, **_facts):
        raise actions.ContractClosedError("closed meanwhile")

    monkeypatch.setattr(actions, "enter_placement", closed)
    shown = sara_online.post(NEW, typed).content.decode()
    assert "closed meanwhile" in shown
    assert "K-07" in shown


def test_noon_is_the_clock_of_these_pages():
    from django.utils import timezone

    assert timezone.now() == NOON
