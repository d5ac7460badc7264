"""The pages of a spreadsheet, step by step, as a supplier walks them."""

import io
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from candidates import tasks
from candidates.models import ImportBatch, ImportStatus, Placement, RememberedHeading, SheetField
from candidates.sheets import reading
from candidates.sheets.headings import found_in
from sroi_portal.core.models import ReadEvent
from tests import factories
from tests.candidates import sheets
from tests.candidates.importing import worked
from tests.client import PortalClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
NEW = reverse("candidates:import-new")


@pytest.fixture
def pages(english, client, sara, contract):
    contract.reference = "C-0001"
    contract.save()
    return client.sign_in(sara)


def _send(client, noord, content, name="plaatsingen.xlsx", **told):
    file = SimpleUploadedFile(name, content)
    return client.post(NEW, {"supplier": noord.pk, "file": file} | told, follow=True)


def _chosen(page, **told):
    form = page.context["form"]
    return {name: form[name].initial or "" for name in form.fields} | told


def _rows(count=20, wrong=4):
    return sheets.as_english_report(sheets.people(count, wrong=wrong))


def test_a_spreadsheet_walks_from_sending_to_undoing(pages, noord):
    page = _send(pages, noord, _rows())
    assert page.templates[0].name == "candidates/import_columns.html"
    assert "Employee number" in page.content.decode()
    batch = ImportBatch.objects.get()

    columns = reverse("candidates:import-columns", args=[batch.pk])
    assert pages.post(columns, _chosen(page)).status_code == 302
    checking = pages.get(batch.get_absolute_url())
    assert "You may close this page" in checking.content.decode()
    worked(batch, tasks.check_import)
    checked = pages.get(batch.get_absolute_url()).content.decode()
    assert "Enter 16 rows" in checked
    assert "nothing is filled in" in checked
    for _click in range(2):
        pages.post(reverse("candidates:import-confirm", args=[batch.pk]))
    worked(batch, tasks.write_import)
    assert Placement.objects.count() == 16

    answer = pages.get(reverse("candidates:import-answer", args=[batch.pk]))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.active["H1"].value == "What is wrong"
    assert "plaatsingen-what is wrong.xlsx" in unquote(answer.headers["Content-Disposition"])

    reader = factories.UserFactory(name="Rik", email="rik@example.org")
    factories.MembershipFactory(user=reader, supplier=noord, may_enter=False)
    looks = PortalClient().sign_in(reader)
    assert "nothing is filled in" not in looks.get(batch.get_absolute_url()).text
    assert looks.get(reverse("candidates:import-answer", args=[batch.pk])).status_code == 403

    pages.post(reverse("candidates:import-undo", args=[batch.pk]))
    worked(batch, tasks.undo_import)
    assert batch.status == ImportStatus.UNDONE
    assert "plaatsingen.xlsx" in pages.get(reverse("candidates:import-list")).content.decode()


def test_what_was_confirmed_once_is_not_asked_again(pages, noord):
    page = _send(pages, noord, _rows())
    batch = ImportBatch.objects.get()
    pages.post(reverse("candidates:import-columns", args=[batch.pk]), _chosen(page))
    assert RememberedHeading.objects.filter(supplier=noord, field="reference").exists()

    _send(pages, noord, _rows())

    assert ImportBatch.objects.latest("pk").status == ImportStatus.CHECKING


def test_a_form_sent_twice_sends_one_file(pages, noord):
    key = "6b6f0f0e-2c1c-4a57-9d3d-111111111111"
    for _click in range(2):
        _send(pages, noord, _rows(), form_key=key)
    assert ImportBatch.objects.count() == 1


def test_what_is_missing_or_said_twice_is_asked(pages, noord):
    page = _send(pages, noord, b"Kenmerk;Kolom\nK-01;1\n", name="x.csv")
    batch = ImportBatch.objects.get()
    told = _chosen(page, column_1="reference", contract="")

    answer = pages.post(reverse("candidates:import-columns", args=[batch.pk]), told)

    errors = answer.context["form"].errors
    assert "column_1" in errors
    assert "Say which column holds" in errors["__all__"][0]
    assert {"contract", "contract_form"} <= errors.keys()


def test_an_old_page_is_noticed(pages, noord):
    page = _send(pages, noord, _rows())
    batch = ImportBatch.objects.get()
    ImportBatch.objects.update(revision=7)

    answer = pages.post(reverse("candidates:import-columns", args=[batch.pk]), _chosen(page))

    assert answer.context["form"].non_field_errors()


def test_a_file_is_thrown_away(pages, noord):
    _send(pages, noord, _rows())
    batch = ImportBatch.objects.get()

    pages.post(reverse("candidates:import-discard", args=[batch.pk]))

    batch.refresh_from_db()
    assert (batch.status, batch.files.count()) == (ImportStatus.DISCARDED, 0)


def test_progress_tells_the_page_to_load_anew(pages, noord):
    page = _send(pages, noord, _rows())
    batch = ImportBatch.objects.get()
    pages.post(reverse("candidates:import-columns", args=[batch.pk]), _chosen(page))
    address = reverse("candidates:import-progress", args=[batch.pk])

    busy = pages.get(address, headers={"HX-Request": "true"})
    worked(batch, tasks.check_import)
    ready = pages.get(address, headers={"HX-Request": "true"})

    assert "HX-Refresh" not in busy.headers
    assert ready.headers["HX-Refresh"] == "true"


def test_the_spreadsheet_to_fill_in_is_one_we_read(pages, placement):
    """It holds what runs, and its headings need no explaining."""
    answer = pages.get(reverse("candidates:import-template"))
    content = b"".join(answer.streaming_content)

    book = reading.opened("xlsx", content)
    found = found_in(book, {})
    assert found.columns == {field.value: place for place, field in enumerate(SheetField)}
    row = book.top(found.sheet, 2)[1]
    assert row[:4] == ["K-01", "C-0001", "Unemployment benefit", 36.0]
    assert ReadEvent.objects.filter(activity="export-placements").count() == 1


def test_its_dutch_headings_are_read_too(pages, placement):
    pages.cookies["language"] = "nl"
    content = b"".join(pages.get(reverse("candidates:import-template")).streaming_content)

    book = reading.opened("xlsx", content)
    assert set(found_in(book, {}).columns) == set(SheetField.values)
