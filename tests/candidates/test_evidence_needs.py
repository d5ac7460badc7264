"""Which evidence is asked, how strictly, from which day, and how it stands."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from candidates import actions, evidence_needs, tasks
from candidates.models import Evidence, ScanStatus
from contracts.models import DemandLevel, EvidenceDemand
from sroi_portal.core import uploads
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Outgoing
from tests import factories
from tests.candidates import kinds
from tests.conftest import NOON, TODAY
from tests.core.uploads import fake_clamd
from tests.core.uploads.hostile_files import EICAR, pdf

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def kind(ww):
    return ww.evidence_kinds.get()


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMAV, settings.ALLOW_UNSCANNED = tmp_path, "", True
    return tmp_path


def demand(kind, authority, by, **facts):
    facts.setdefault("valid_from", dt.date(2025, 1, 1))
    return EvidenceDemand.objects.create(
        evidence_kind=kind, authority=authority, set_by=by, set_at=NOON, **facts
    )


def state(placement, kind, sara, **facts):
    facts.setdefault("result", "seen")
    facts.setdefault("seen_on", None if facts["result"] == "asked" else TODAY)
    return actions.state_evidence(
        placement, actions.EvidenceFacts(kind=kind, **facts), by=sara, at=NOON
    )


def states(placement, day=TODAY):
    return [(need.level, need.state) for need in evidence_needs.of_placement(placement, day)]


def test_what_the_row_names_is_required_from_the_first_day(placement, kind):
    (need,) = evidence_needs.of_placement(placement, TODAY)
    assert (need.kind, need.level, need.due_on) == (kind, "required", placement.starts_on)
    assert need.is_lacking
    assert not need.is_blocking


def test_the_closest_word_of_the_authority_holds(placement, kind, ww, ministry, ada):
    demand(kind, ministry, ada, level="on_request")
    assert states(placement) == [("on_request", "on_request")]
    demand(kind, ministry, ada, level="required", row_kind=ww.kind)
    demand(kind, ministry, ada, level="blocking", block=ww, within_days=14)
    (need,) = evidence_needs.of_placement(placement, TODAY)
    assert (need.level, need.due_on) == ("blocking", dt.date(2026, 1, 15))
    assert need.is_blocking


def test_a_later_word_holds_for_work_that_begins_later(placement, kind, ministry, ada):
    demand(kind, ministry, ada, level="on_request", valid_from=placement.starts_on)
    demand(kind, ministry, ada, level="blocking", valid_from=placement.starts_on + DAY)
    assert states(placement) == [("on_request", "on_request")]


def test_an_authority_asks_more_than_the_row(placement, ww, ministry, other_ministry, ada):
    more = factories.EvidenceKindFactory(code="more")
    demand(more, ministry, ada, row_kind=ww.kind)
    demand(more, other_ministry, ada, level="blocking")
    assert [need.kind.code for need in evidence_needs.of_placement(placement, TODAY)] == [
        "hour-statement",
        "more",
    ]


@pytest.mark.parametrize(
    ("days", "found"),
    [(31, "given"), (30, "expiring"), (0, "expiring"), (-1, "expired")],
)
def test_evidence_ends(placement, kind, sara, days, found):
    state(placement, kind, sara, valid_until=TODAY + days * DAY)
    assert states(placement) == [("required", found)]


def test_a_statement_takes_the_place_of_one_that_ends(placement, kind, sara):
    asked = state(placement, kind, sara, result="asked")
    assert states(placement) == [("required", "asked")]
    first = state(placement, kind, sara, valid_until=TODAY - DAY)
    assert (first.renews, states(placement)) == (asked, [("required", "expired")])
    second = state(placement, kind, sara)
    assert (second.renews, states(placement)) == (first, [("required", "given")])
    third = state(placement, kind, sara)
    assert third.renews is None
    assert list(Evidence.objects.current().order_by("pk")) == [second, third]


def test_what_is_asked_of_work_without_a_placement_stands_with_it(draft, kind, sara):
    assert [need.state for need in evidence_needs.of_share(draft, TODAY)] == ["missing"]
    stated = actions.state_evidence(
        draft.contribution,
        actions.EvidenceFacts(kind=kind, result="seen", seen_on=TODAY),
        by=sara,
        at=NOON,
    )
    assert (stated.placement, stated.contribution) == (None, draft.contribution)
    assert [need.state for need in evidence_needs.of_share(draft, TODAY)] == ["given"]
    actions.submit_share(draft, by=sara, at=NOON)
    stated.refresh_from_db()
    assert stated.authority_ids == [draft.authority_id]


# Reminders


def mails():
    return list(Outgoing.objects.filter(subject__contains="Bewijs").values_list("to_address"))


@pytest.fixture
def ending(placement, kind, sara):
    return state(placement, kind, sara, valid_until=TODAY + 14 * DAY)


def remind(at=NOON):
    return actions.remind_of_evidence(by=None, at=at)


def test_who_stated_it_hears_it_before_and_on_the_last_day(ending, sara):
    assert remind(NOON - DAY) == 0
    assert [remind(), remind(), remind(NOON + DAY)] == [1, 0, 0]
    assert [remind(NOON + 14 * DAY), remind(NOON + 14 * DAY)] == [1, 0]
    assert remind(NOON + 15 * DAY) == 0
    assert set(Outgoing.objects.values_list("to_address", flat=True)) == {sara.email}
    body = Outgoing.objects.earliest("pk").body
    assert ending.placement.get_absolute_url() in body
    assert "K-01" not in body


def test_who_renewed_it_hears_nothing(ending, placement, kind, sara):
    state(placement, kind, sara)
    assert remind() == 0


def test_work_that_ended_needs_no_renewal(ending, placement, sara):
    actions.end_placement(placement, by=sara, at=NOON, ends_on=TODAY)
    assert remind() == 0


def test_a_colleague_hears_it_when_who_stated_it_has_left(ending, sara, noor):
    membership = sara.memberships.get()
    membership.ended_at, membership.ended_by = NOON, noor
    membership.save()
    assert remind() == 1
    assert Outgoing.objects.get().to_address == noor.email


def test_evidence_of_a_claim_is_renewed_until_it_is_decided_on(
    contract, table, kind, zuid, sara, olga
):
    share = kinds.submitted(contract, kinds.bought(kinds.row(table, "bought"), zuid), sara)
    state(share.contribution, kind, sara, valid_until=TODAY + 14 * DAY)
    assert [remind(), remind()] == [1, 0]
    mail = Outgoing.objects.get(to_address=sara.email)
    assert share.get_absolute_url() in mail.body
    assert contract.title in mail.subject
    actions.verify_share(share, by=olga, at=NOON)
    assert remind(NOON + 14 * DAY) == 0


def test_the_clock_reminds(ending, monkeypatch):
    monkeypatch.setattr(tasks.timezone, "now", lambda: NOON)
    tasks.remind_of_evidence()
    assert Outgoing.objects.count() == 1


# Files


@pytest.fixture
def held_back(placement, kind, sara, media, settings):
    settings.CLAMAV = f"unix:{media}/nobody"
    file = SimpleUploadedFile("uren.pdf", pdf())
    return state(placement, kind, sara, file=file)


def test_a_file_is_held_back_until_the_scanner_answers(held_back, settings, tmp_path):
    assert held_back.scan == ScanStatus.WAITING
    tasks.scan_waiting()
    held_back.refresh_from_db()
    assert held_back.scan == ScanStatus.WAITING
    settings.CLAMAV = str(tmp_path / "clamd.ctl")
    with fake_clamd.running(fake_clamd.UnixClamd, settings.CLAMAV):
        tasks.scan_waiting()
    held_back.refresh_from_db()
    assert (held_back.scan, bool(held_back.file)) == (ScanStatus.CLEAN, True)
    assert actions.scan_evidence(held_back, by=None, at=NOON)


def test_a_file_held_back_is_handed_to_nobody(held_back, client, sara):
    from django.urls import reverse

    client.sign_in(sara)
    address = reverse("candidates:evidence-file", args=[held_back.pk])
    assert client.get(address).status_code == 404


def test_a_file_that_turns_out_infected_is_removed(
    held_back, settings, tmp_path, sara, django_capture_on_commit_callbacks
):
    name = held_back.file.name
    with default_storage.open(name, "wb") as file:
        file.write(EICAR)
    settings.CLAMAV = str(tmp_path / "clamd.ctl")
    with (
        fake_clamd.running(fake_clamd.UnixClamd, settings.CLAMAV),
        django_capture_on_commit_callbacks(execute=True),
    ):
        tasks.scan_waiting()
    held_back.refresh_from_db()
    assert (held_back.scan, bool(held_back.file)) == (ScanStatus.INFECTED, False)
    assert not default_storage.exists(name)
    mail = Outgoing.objects.get()
    assert mail.to_address == sara.email
    assert held_back.placement.get_absolute_url() in mail.body


def test_work_without_a_placement_is_named_by_its_own_page(
    draft, kind, sara, media, settings, tmp_path
):
    settings.CLAMAV = f"unix:{media}/nobody"
    evidence = state(draft.contribution, kind, sara, file=SimpleUploadedFile("bon.pdf", pdf()))
    with default_storage.open(evidence.file.name, "wb") as file:
        file.write(EICAR)
    settings.CLAMAV = str(tmp_path / "clamd.ctl")
    with fake_clamd.running(fake_clamd.UnixClamd, settings.CLAMAV):
        tasks.scan_waiting()
    mail = Outgoing.objects.get()
    assert (mail.to_address, draft.get_absolute_url() in mail.body) == (sara.email, True)


def test_an_installation_that_gave_up_its_scanner_marks_what_waited(held_back, settings):
    settings.CLAMAV, settings.ALLOW_UNSCANNED = "", False
    assert uploads.scan_again(b"") == ScanStatus.WAITING
    settings.ALLOW_UNSCANNED = True
    tasks.scan_waiting()
    held_back.refresh_from_db()
    assert held_back.scan == ScanStatus.UNSCANNED


def _state_and_fail(*told):
    with acting_as(DatabaseRole.WORKER):
        state(*told, file=SimpleUploadedFile("uren.pdf", pdf()))
        raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_when_what_was_written_with_it_is_undone(placement, kind, sara, media):
    with pytest.raises(RuntimeError):
        _state_and_fail(placement, kind, sara)
    assert [each for each in media.rglob("*") if each.is_file()] == []
    with acting_as(DatabaseRole.WORKER):
        state(placement, kind, sara, file=SimpleUploadedFile("uren.pdf", pdf()))
    assert len(list(media.rglob("*.pdf"))) == 1


def test_levels_are_said_in_words():
    assert all(str(level.label) for level in DemandLevel)
