"""Colleagues see the work, and not why somebody counts, unless they ask for it (N28, R-427)."""

import datetime as dt
import io
import uuid
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidates import actions
from candidates.recorded import REASON
from sroi_portal.core.models import ReadEvent
from suppliers.models import MembershipRole
from tests import factories
from tests.candidates import kinds
from tests.candidates.own_pages import Visitor
from tests.client import PortalClient
from tests.conftest import NOON, TODAY
from tests.core.uploads.hostile_files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "files", "told")]

ROW = "Unemployment benefit"
BUTTON = "Show why this counts"
PAGES = {
    "placement-detail": "placement-reason",
    "share-detail": "share-reason",
    "share-explanation": "explanation-reason",
    "job-detail": "job-reason",
}
FORMS = (
    "evidence-new",
    "contribution-new",
    "placement-permanent",
    "job-correct",
    "job-hours",
    "share-edit",
    "share-divide",
)


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMAV, settings.ALLOW_UNSCANNED = tmp_path, "", True


@pytest.fixture
def evidence(placement, ww, sara):
    facts = actions.EvidenceFacts(
        kind=ww.evidence_kinds.get(),
        result="seen",
        seen_on=TODAY,
        file=SimpleUploadedFile("uren.pdf", pdf()),
    )
    return actions.state_evidence(placement, facts, by=sara, at=NOON)


@pytest.fixture
def told(placement, evidence, sara):
    """Everything that says why: the row, evidence, and the banenafspraak; all of it by Sara."""
    facts = actions.JobFacts("service", dt.date(2025, 12, 15), Decimal(36))
    return actions.register_job(placement, facts, by=sara, at=NOON)


def online(person):
    client = PortalClient()
    client.cookies["language"] = "en"
    return client.sign_in(person)


@pytest.fixture
def reads_only(noord):
    """A colleague who may look and enters nothing."""
    person = factories.UserFactory(name="Rik", email="rik@example.org")
    factories.MembershipFactory(
        user=person, supplier=noord, role=MembershipRole.MEMBER, may_enter=False
    )
    return person


def address(name, placement, share):
    of_share = name.startswith(("share", "explanation"))
    return reverse(f"candidates:{name}", args=[share.pk if of_share else placement.pk])


def reasons_in(text):
    """What of the reason stands on a page: row, evidence, its value a year, the form of the job."""
    words = (ROW, "Statement of hours", "20,000", "works on a service")
    return [word for word in words if word in text]


@pytest.mark.parametrize("name", PAGES)
def test_r_427_a_colleague_sees_the_work_and_not_why(name, placement, submitted, sara, noor):
    path = address(name, placement, submitted)
    assert reasons_in(online(sara).get(path).text)
    assert BUTTON not in online(sara).get(path).text

    text = online(noor).get(path).text
    assert reasons_in(text) == []
    assert "Only who entered this, and who checks it" in text
    assert BUTTON in text
    if name != "job-detail":
        assert "3,333.33" in text


@pytest.mark.parametrize(("page", "button"), PAGES.items())
def test_who_asks_sees_it_once_and_the_person_reads_that(page, button, placement, submitted, noor):
    client = online(noor)
    shown = client.post(address(button, placement, submitted))
    assert reasons_in(shown.text)
    assert "no-store" in shown.headers["Cache-Control"]

    look = ReadEvent.objects.get()
    assert (look.activity, look.by) == (REASON, noor)
    assert look.candidate_uuid == placement.candidate.uuid
    assert reasons_in(client.get(address(page, placement, submitted)).text) == []


def test_the_person_reads_that_a_colleague_asked(placement, submitted, sara, noor):
    _link, token = actions.make_personal_link(placement, by=sara, at=NOON, key=uuid.uuid4())
    visitor = Visitor(token)
    visitor.choose()
    online(noor).get(placement.get_absolute_url())
    assert "waarom u meetelt" not in visitor.text()
    online(noor).post(address("placement-reason", placement, submitted))
    assert "medewerker van uw werkgever, die keek waarom u meetelt" in visitor.text()


@pytest.mark.parametrize(("page", "button"), PAGES.items())
def test_who_only_reads_cannot_ask(page, button, placement, submitted, evidence, reads_only):
    client = online(reads_only)
    text = client.get(address(page, placement, submitted)).text
    assert reasons_in(text) == []
    assert BUTTON not in text
    assert client.post(address(button, placement, submitted)).status_code == 403
    assert client.get(reverse("candidates:evidence-file", args=[evidence.pk])).status_code == 403
    assert not ReadEvent.objects.filter(activity=REASON).exists()


@pytest.mark.parametrize("name", PAGES)
def test_who_checks_sees_it_as_before(name, placement, submitted, olga):
    text = online(olga).get(address(name, placement, submitted)).text
    assert reasons_in(text)
    assert "Only who entered this" not in text


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_tells_it_writes_that_somebody_looked(name, placement, draft, sara, noor):
    for person, looks in ((sara, 0), (noor, 1)):
        assert online(person).get(address(name, placement, draft)).status_code == 200
        assert ReadEvent.objects.filter(activity=REASON, by=person).count() == looks


def test_a_print_for_a_colleague_says_no_more_than_the_page(submitted, sara, noor, monkeypatch):
    from candidates.views import explaining

    printed = []
    monkeypatch.setattr(explaining.pdf, "render", lambda page, **_: printed.append(page) or b"%PDF")
    for person in (sara, noor):
        online(person).get(reverse("candidates:share-explanation-pdf", args=[submitted.pk]))
    assert [bool(reasons_in(page)) for page in printed] == [True, False]
    assert BUTTON not in printed[1]


def test_the_banenafspraak_lists_others_by_the_number_of_the_placement(placement, sara, noor):
    path = reverse("candidates:job-list")
    assert "K-01" in online(sara).get(path).text
    text = online(noor).get(path).text
    assert "K-01" not in text
    assert str(placement) in text


def test_months_are_entered_without_the_row(placement, contract, sara, noor):
    path = reverse("candidates:months-enter", args=[contract.pk])
    assert ROW in online(sara).get(path).text
    text = online(noor).get(path).text
    assert "K-01" in text
    assert ROW not in text


def _row(client):
    answer = client.get(reverse("candidates:import-template"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [cell.value for cell in book.worksheets[0][2]]


def test_the_spreadsheet_tells_it_to_who_enters_and_writes_it(placement, noor):
    assert ROW in _row(online(noor))
    assert ReadEvent.objects.get().activity == REASON


def test_the_spreadsheet_of_who_only_reads_leaves_it_empty(placement, reads_only):
    row = _row(online(reads_only))
    assert row[0] == "K-01"
    assert ROW not in row
    assert ReadEvent.objects.get().activity == "export-placements"


def test_what_is_about_nobody_is_hidden_from_nobody(contract, table, placement, zuid, sara, noor):
    bought = kinds.bought(kinds.row(table, "bought"), zuid)
    course = kinds.claim(
        kinds.row(table, "course"),
        title="Heftruck",
        amount_eur=Decimal(900),
        for_placement=placement,
    )
    drafts = [actions.draft_claim(contract, each, by=sara, at=NOON) for each in (bought, course)]
    row = "Row of the value table"
    for person, shown in ((sara, [True, True]), (noor, [True, False])):
        client = online(person)
        assert [row in client.get(each.get_absolute_url()).text for each in drafts] == shown
    asked = online(noor).post(reverse("candidates:share-reason", args=[drafts[1].pk]))
    assert row in asked.text
    assert ReadEvent.objects.get(activity=REASON).candidate_uuid == placement.candidate.uuid
