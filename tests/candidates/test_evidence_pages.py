"""Statements, files where the kind allows, and who gets the file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidates import actions
from candidates.models import Evidence
from contracts.models import EvidenceKind
from sroi_portal.core.models import ReadEvent
from tests import factories
from tests.conftest import NOON, TODAY
from tests.core.uploads.hostile_files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "files")]
SEEN = {"result": "seen", "seen_on": "2026-03-01"}


@pytest.fixture
def files(settings, tmp_path):
    """An installation without a scanner that keeps files marked."""
    settings.MEDIA_ROOT, settings.CLAMAV, settings.ALLOW_UNSCANNED = tmp_path, "", True


@pytest.fixture
def sara_online(english, sara):
    return english.sign_in(sara)


@pytest.fixture
def kind(ww):
    return ww.evidence_kinds.get()


def page_of(placement, kind=None):
    address = reverse("candidates:evidence-new", args=[placement.pk])
    return f"{address}?kind={kind.pk}" if kind else address


def file_of(evidence):
    return reverse("candidates:evidence-file", args=[evidence.pk])


@pytest.fixture
def kept(placement, kind, sara):
    facts = actions.EvidenceFacts(
        kind=kind, result="seen", seen_on=TODAY, file=SimpleUploadedFile("uren.pdf", pdf())
    )
    return actions.state_evidence(placement, facts, by=sara, at=NOON)


def test_the_kind_is_chosen_first(sara_online, placement, kind):
    assert "Statement of hours" in sara_online.get(page_of(placement)).content.decode()
    assert "required" in sara_online.get(page_of(placement), {"next": "yes"}).content.decode()
    assert sara_online.get(page_of(placement, kind)).context["kind"] == kind


def test_a_row_that_asks_nothing_says_so(sara_online, placement, ww):
    ww.evidence_kinds.clear()
    assert "asks for no evidence" in sara_online.get(page_of(placement)).content.decode()


def test_a_statement_says_what_was_seen_and_when(sara_online, placement, kind, sara):
    form = sara_online.get(page_of(placement, kind)).context["form"]
    sent = {**SEEN, "issued_on": "2026-02-01", "form_key": str(form.fields["form_key"].initial)}
    for _click in range(2):
        sara_online.post(page_of(placement, kind), sent)
    stated = Evidence.objects.get()
    assert (stated.kind, stated.stated_by, stated.stated_at) == (kind, sara, NOON)
    assert not stated.file


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seen_on": ""}, "Say on which day"),
        ({"seen_on": "2026-03-05"}, "has not come yet"),
        ({"issued_on": "2026-02-02", "valid_until": "2026-02-01"}, "before the day of issue"),
        ({"result": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said(sara_online, placement, kind, change, sentence):
    shown = sara_online.post(page_of(placement, kind), {**SEEN, **change}).content.decode()
    assert sentence in shown
    assert not Evidence.objects.exists()


def test_a_file_is_kept_where_the_kind_allows_and_marked(sara_online, placement, kind):
    sara_online.post(
        page_of(placement, kind), {**SEEN, "file": SimpleUploadedFile("uren.pdf", pdf())}
    )
    stated = Evidence.objects.get()
    assert (stated.file_name, stated.scan) == ("uren.pdf", "unscanned")
    assert str(stated.uuid) in stated.file.name
    shown = sara_online.get(placement.get_absolute_url()).content.decode()
    assert "not scanned: this installation has no scanner" in shown


def test_a_file_that_is_refused_says_why_and_nothing_is_kept(sara_online, placement, kind):
    shown = sara_online.post(
        page_of(placement, kind), {**SEEN, "file": SimpleUploadedFile("uren.pdf", b"MZ" * 50)}
    ).content.decode()
    assert "not what its name says" in shown
    assert 'value="2026-03-01"' in shown
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("privacy_class", ["art9", "art10"])
def test_of_health_and_offences_no_file_is_asked_or_taken(
    sara_online, placement, kind, sara, privacy_class
):
    EvidenceKind.objects.filter(pk=kind.pk).update(file_allowed=False, privacy_class=privacy_class)
    kind.refresh_from_db()
    assert "file" not in sara_online.get(page_of(placement, kind)).context["form"].fields
    sara_online.post(
        page_of(placement, kind), {**SEEN, "file": SimpleUploadedFile("uren.pdf", pdf())}
    )
    assert not Evidence.objects.get().file
    facts = actions.EvidenceFacts(
        kind=kind, result="seen", seen_on=TODAY, file=SimpleUploadedFile("uren.pdf", pdf())
    )
    with pytest.raises(actions.EvidenceRefusedError, match="never keep a file"):
        actions.state_evidence(placement, facts, by=sara, at=NOON)


def test_without_a_scanner_no_file_is_asked(sara_online, placement, kind, settings):
    settings.ALLOW_UNSCANNED = False
    assert "file" not in sara_online.get(page_of(placement, kind)).context["form"].fields


def test_a_file_is_handed_out_to_be_saved_and_never_stays_behind(sara_online, kept):
    answer = sara_online.get(file_of(kept))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="uren.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert ReadEvent.objects.get().activity == "open-evidence"


def test_who_checks_gets_the_file_once_work_was_submitted(english, kept, submitted, olga, ministry):
    answer = english.sign_in(olga).get(file_of(kept))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert ReadEvent.objects.get().authority_id == ministry.pk


@pytest.mark.parametrize("stranger", ["bram", "otto", "vera", "anna", "piet", "olga"])
def test_nobody_else_gets_the_file(english, kept, stranger, request):
    """Neither does Olga, as long as nothing was submitted to her ministry."""
    english.sign_in(request.getfixturevalue(stranger))
    assert english.get(file_of(kept)).status_code == 404
    english.logout()
    assert english.get(file_of(kept)).status_code == 302


def test_only_the_own_supplier_states_evidence(english, submitted, olga, bram, kind):
    placement = submitted.contribution.placement
    assert english.sign_in(olga).post(page_of(placement, kind), SEEN).status_code == 403
    assert english.sign_in(bram).post(page_of(placement, kind), SEEN).status_code == 404


def test_a_kind_of_another_row_is_not_stated(sara_online, placement):
    other = factories.EvidenceKindFactory(code="other")
    assert sara_online.get(page_of(placement, other)).context["choice"]


def test_a_refused_file_stops_the_whole_placement(sara_online, contract, ww, kind):
    sent = {
        "reference": "K-07",
        "block": ww.pk,
        "hours_per_week": "18",
        "starts_on": "2026-02-01",
        "contract_form": "temporary",
        f"e{kind.pk}-result": "seen",
        f"e{kind.pk}-seen_on": "2026-03-01",
        f"e{kind.pk}-file": SimpleUploadedFile("uren.pdf", b"%PDF-1.7 onzin"),
        "do": "save",
    }
    shown = sara_online.post(reverse("candidates:placement-new"), sent).content.decode()
    assert "its end is missing" in shown
    assert not Evidence.objects.exists()
    assert not contract.placements.exists()
