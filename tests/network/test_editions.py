"""An edition is made, composed, printed, published; words leave it when the permission goes."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from pypdf import PdfReader

from network import actions, magazine, rules
from network.models import Edition, EditionStatus, QuoteUse
from sroi_portal.core.models import Job
from sroi_portal.core.status import IllegalMoveError
from tests import factories
from tests.conftest import NOON
from tests.network import telling

pytestmark = pytest.mark.django_db
WORDS = "Ik hoor er weer bij."
KEY = "5f2f7c1a-6f39-4d37-9c5d-3f1f6a1d5a11"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def abel(ministry):
    """Advises as well."""
    abel = factories.UserFactory(name="Abel", email="abel@example.org")
    factories.RoleAssignmentFactory(user=abel, authority=ministry, role="adviser")
    return abel


@pytest.fixture
def voice(contract, sara, ada):
    """Said on a contract, allowed in the magazine."""
    quote = telling.said(sara, QuoteUse.MAGAZINE, contract=contract, text="Morgen weer.")
    actions.publish_quote(quote, by=ada, at=NOON)
    return quote


@pytest.fixture
def edition(example, quote, voice, ada):
    """Is being made, of an example, its quote and one of a contract."""
    actions.publish_quote(quote, by=ada, at=NOON)
    facts = {
        "number": 1,
        "title": "Eerst het gesprek",
        "foreword": "Beste lezer,\n\nveel plezier.",
        "figures": [{"value": "214", "label": "mensen aan het werk"}],
        "examples": [example],
        "quotes": [quote, voice],
    }
    return actions.draft_edition(facts, by=ada, at=NOON)


def printed(edition):
    """Print as the worker does."""
    edition.refresh_from_db()
    job = Job.objects.get(uuid=edition.job_uuid)
    magazine.print_edition(str(edition.uuid), job, now=lambda: NOON)
    edition.refresh_from_db()
    return edition


@pytest.fixture
def fast_printer(monkeypatch):
    """Print nothing, but say that there was a page."""

    def render(_html, *, stylesheet, on_page):
        assert stylesheet == magazine.STYLESHEET
        on_page(1)
        return b"%PDF"

    monkeypatch.setattr(magazine.pdf, "render", render)


@pytest.mark.usefixtures("fast_printer")
def test_who_composes_does_not_publish(edition, ada, abel):
    """R-338."""
    with pytest.raises(IllegalMoveError):
        actions.publish_edition(edition, by=abel, at=NOON)
    actions.compose_edition(edition, by=ada, at=NOON)
    with pytest.raises(ValidationError):
        actions.publish_edition(edition, by=abel, at=NOON)  # not printed yet
    printed(edition)
    with pytest.raises(ValidationError):
        actions.publish_edition(edition, by=ada, at=NOON)
    assert not rules.may_publish_edition(ada, edition)
    actions.publish_edition(edition, by=abel, at=NOON)
    edition.refresh_from_db()
    assert edition.is_published


@pytest.mark.usefixtures("fast_printer")
def test_a_composed_edition_is_frozen_until_it_is_opened_again(edition, example, ada):
    actions.compose_edition(edition, by=ada, at=NOON)
    actions.change_example(example, {"title": "Later veranderd"}, by=ada, at=NOON)
    edition.refresh_from_db()
    assert magazine.read(edition).articles[0].title == "Schoonmaak begint met een gesprek"
    with pytest.raises(actions.EditionStandsError):
        actions.change_edition(edition, {"title": "Anders"}, by=ada, at=NOON)
    job = Job.objects.get(uuid=edition.job_uuid)
    actions.reopen_edition(edition, by=ada, at=NOON)
    magazine.print_edition(str(edition.uuid), job, now=lambda: NOON)
    edition.refresh_from_db()
    assert (edition.facts, edition.pdf.name) == (None, "")
    actions.change_edition(edition, {"title": "Anders"}, by=ada, at=NOON)
    with pytest.raises(actions.EditionStandsError):
        actions.compose_edition(edition, by=ada, at=NOON)  # its examples were left out


@pytest.mark.usefixtures("fast_printer")
def test_words_leave_an_edition_with_the_permission(client, edition, quote, ada, abel, vera):
    """R-339."""
    actions.compose_edition(edition, by=ada, at=NOON)
    printed(edition)
    actions.withdraw_quote(quote, by=None, at=NOON)
    with pytest.raises(actions.EditionStandsError):
        actions.publish_edition(edition, by=abel, at=NOON)
    Edition.objects.update(status="published", published_by=abel, published_at=NOON)
    client.sign_in(vera)
    pdf = reverse("network:edition-pdf", args=[edition.pk])
    assert client.get(pdf).url == edition.get_absolute_url()
    page = client.get(edition.get_absolute_url()).content.decode()
    assert WORDS not in page
    assert pdf not in page
    actions.reprint_edition(edition, by=ada, at=NOON)
    printed(edition)
    assert len(magazine.read(edition).quotes) == 1
    answer = client.get(pdf)
    assert answer.status_code == 200
    answer.close()


def test_only_what_was_composed_is_printed_again(edition, ada):
    with pytest.raises(actions.EditionStandsError):
        actions.reprint_edition(edition, by=ada, at=NOON)


@pytest.mark.slow
def test_the_printed_edition_can_be_read_aloud(edition, ada):
    actions.compose_edition(edition, by=ada, at=NOON)
    with printed(edition).pdf.open("rb") as file:
        read = PdfReader(file)
        text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert read.trailer["/Root"]["/Lang"] == "nl"
    for said in ("Eerst het gesprek", WORDS, "Morgen weer.", "214", "Wie het hielp", "Inhoud"):
        assert said in text


@pytest.fixture
def typed(example, quote, ada):
    actions.publish_quote(quote, by=ada, at=NOON)
    return {
        "number": 4,
        "title": "Samen",
        "foreword": "Hallo.",
        "figures_text": "214 | mensen | rapport 2026-0004\n\n12 | plekken",
        "quotes": [quote.pk],
        f"example_{example.pk}": 2,
        "form_key": KEY,
    }


@pytest.mark.parametrize("figures", ["alleen tekst", "\n".join(["1 | een"] * 7)])
def test_figures_are_written_one_a_line(client, typed, ada, figures):
    client.sign_in(ada)
    answer = client.post(reverse("network:edition-new"), typed | {"figures_text": figures})
    assert answer.status_code == 200
    assert not Edition.objects.exists()


def test_an_edition_is_begun_once_and_changed(client, typed, ada):
    client.sign_in(ada)
    new = reverse("network:edition-new")
    assert new in client.get(reverse("network:edition-list")).content.decode()
    url = client.post(new, typed).url
    assert client.post(new, typed).url == url
    assert client.post(new, typed | {"form_key": ""}).status_code == 200  # the number is taken
    edition = Edition.objects.get()
    assert edition.figures[0]["source"] == "rapport 2026-0004"
    edit = reverse("network:edition-edit", args=[edition.pk])
    assert "12 | plekken" in client.get(edit).content.decode()
    assert client.post(edit, typed | {"revision": 0}).status_code == 200
    assert client.post(edit, typed | {"revision": 1, "title": "Samen verder"}).url == url
    page = client.get(url).content.decode()
    assert WORDS in page
    assert "Samen verder" in page


def test_an_edition_takes_its_steps_in_the_browser(client, edition, ada, sara):
    client.sign_in(ada)
    url = edition.get_absolute_url()
    pdf = reverse("network:edition-pdf", args=[edition.pk])
    assert client.get(pdf).status_code == 404
    for step in ("compose", "compose", "reopen", "reprint"):
        answer = client.post(reverse(f"network:edition-{step}", args=[edition.pk]))
        assert answer.url == url
    edition.refresh_from_db()
    assert edition.status == EditionStatus.DRAFT
    client.sign_in(sara)
    assert client.get(url).status_code == 404
    assert client.get(reverse("network:edition-list")).status_code == 200


@pytest.mark.usefixtures("fast_printer")
def test_another_adviser_publishes_in_the_browser(client, edition, ada, abel):
    actions.compose_edition(edition, by=ada, at=NOON)
    printed(edition)
    client.sign_in(abel)
    publish = reverse("network:edition-publish", args=[edition.pk])
    assert publish in client.get(edition.get_absolute_url()).content.decode()
    assert client.post(publish).status_code == 302
    edition.refresh_from_db()
    assert edition.is_published


def test_a_pilot_shows_its_examples_and_quotes(client, sara, ada, piet, ministry):
    pilot = actions.propose_pilot(
        {"authority": ministry, "title": "Proeftuin groen", "question": "Kan het anders?"},
        by=piet,
        at=NOON,
    )
    telling.published(sara, ada, pilot=pilot)
    quote = telling.said(sara, pilot=pilot)
    actions.publish_quote(quote, by=ada, at=NOON)
    page = client.sign_in(piet).get(pilot.get_absolute_url()).content.decode()
    assert "Schoonmaak begint" in page
    assert WORDS in page
