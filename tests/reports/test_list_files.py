"""A long list is written by a worker, for who asked and as that person sees it (R-318)."""

import csv
import datetime as dt
import io
import tracemalloc
from http import HTTPStatus

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from openpyxl import load_workbook

from contracts import fulfilment
from contracts.models import Contract
from sroi_portal.core import jobs, list_files, retention, table_files, tasks
from sroi_portal.core.models import AuditEvent, Job, JobStatus, ListFile, RoleAssignment
from sroi_portal.core.table_files import Column, Sheet
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def long_lists(monkeypatch):
    """Let one row be long."""
    monkeypatch.setattr(list_files, "AT_ONCE", {"xlsx": 0, "csv": 0})


def address(kind="xlsx", **asked):
    return reverse("reports:contract-export", args=[kind], query=asked)


def ask(client, person, kind="xlsx", **asked):
    client.sign_in(person)
    answer = client.post(address(kind, **asked))
    assert answer.status_code == HTTPStatus.FOUND
    return ListFile.objects.latest("asked_at", "pk")


def made(wanted):
    tasks.make_list_file(str(wanted.job_uuid), str(wanted.uuid))
    wanted.refresh_from_db()
    return Job.objects.get(uuid=wanted.job_uuid)


def taken(client, wanted):
    return client.get(reverse("core:list-file-download", args=[wanted.uuid]))


def page(client, wanted, **headers):
    return client.get(wanted.get_absolute_url(), headers=headers)


def test_a_long_list_is_asked_made_and_taken_along(client, busy, quiet, vera):
    client.sign_in(vera)
    offered = client.get(address()).content.decode()
    assert "<form" in offered
    assert ListFile.objects.count() == 0
    wanted = ask(client, vera)
    assert "hx-get" in page(client, wanted).content.decode()
    assert taken(client, wanted).status_code == HTTPStatus.NOT_FOUND
    assert made(wanted).status == JobStatus.DONE
    assert wanted.row_count == Contract.objects.count()
    assert page(client, wanted, **{"HX-Request": "true"})["HX-Refresh"] == "true"
    rows = list(load_workbook(io.BytesIO(b"".join(taken(client, wanted)))).active)
    assert len(rows) == 1 + wanted.row_count
    assert str(wanted) in client.get(reverse("core:list-file-list")).content.decode()
    assert AuditEvent.objects.filter(verb="ask_list_file", object_uuid=wanted.uuid).count() == 1


def test_it_has_the_filters_and_the_language_of_who_asked(client, busy, quiet, vera):
    client.cookies["language"] = "en"
    wanted = ask(client, vera, "csv", q="Stil")
    made(wanted)
    text = b"".join(taken(client, wanted)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Title"] for row in rows] == [quiet.title]


def test_a_file_asked_twice_by_one_page_is_made_once(client, busy, vera):
    client.sign_in(vera)
    key = {"form_key": "6f1c2f7e-40f0-4a39-9d59-3c4d0a6e2f11"}
    first, second = (client.post(address(), key) for _again in range(2))
    assert first.url == second.url
    assert Job.objects.count() == 1


def test_made_again_after_a_killed_worker_it_stands_there_once(client, busy, vera):
    wanted = ask(client, vera)
    default_storage.save(f"lists/{wanted.uuid}.xlsx", io.BytesIO(b"half"))
    job = Job.objects.get()
    list_files.make(str(wanted.uuid), job, now=timezone.now)
    list_files.make(str(wanted.uuid), job, now=timezone.now)
    wanted.refresh_from_db()
    assert wanted.file.name == f"lists/{wanted.uuid}.xlsx"
    with wanted.file.open("rb") as file:
        assert load_workbook(file)


def test_the_file_has_what_its_asker_sees_when_it_is_made(client, busy, quiet, vera):
    wanted = ask(client, vera, "csv")
    RoleAssignment.objects.filter(user=vera, authority=quiet.authority).delete()
    RoleAssignment.objects.filter(user=vera, authority=busy.authority).delete()
    assert made(wanted).status == JobStatus.FAILED
    assert "hx-get" not in page(client, wanted).content.decode()


def test_who_left_gets_no_file(client, busy, vera):
    wanted = ask(client, vera)
    vera.is_active = False
    vera.save()
    assert made(wanted).status == JobStatus.FAILED


def test_a_file_closes_when_its_owner_sees_something_else(client, busy, vera):
    wanted = ask(client, vera)
    made(wanted)
    RoleAssignment.objects.filter(user=vera).delete()
    answer = taken(client, wanted)
    assert (answer.status_code, answer.url) == (HTTPStatus.FOUND, wanted.get_absolute_url())
    assert "download/" not in page(client, wanted).content.decode()


def test_nobody_else_gets_it(client, busy, vera, cora):
    wanted = ask(client, vera)
    made(wanted)
    client.sign_in(cora)
    assert taken(client, wanted).status_code == HTTPStatus.NOT_FOUND
    assert page(client, wanted).status_code == HTTPStatus.NOT_FOUND


def test_nobody_has_more_than_five_in_the_making(client, busy, vera):
    for _number in range(5):
        ask(client, vera)
    answer = client.post(address())
    assert answer.status_code == HTTPStatus.OK
    assert ListFile.objects.count() == 5


def test_above_its_limit_a_spreadsheet_gives_way_to_csv(client, busy, quiet, vera, monkeypatch):
    wanted = ask(client, vera)
    monkeypatch.setattr(table_files, "MOST_ROWS", 1)
    for answer in (client.get(address(q="")), client.post(address(q=""))):
        assert f'href="{address("csv", q="")}"' in answer.content.decode()
    assert f'href="{address("csv")}"' in client.get(address()).content.decode()
    assert ListFile.objects.count() == 1
    assert "CSV" in made(wanted).error


def test_it_goes_after_a_week(client, busy, vera, django_capture_on_commit_callbacks):
    wanted, unmade = ask(client, vera), ask(client, vera, "csv")
    made(wanted)
    later = unmade.asked_at + list_files.KEPT + dt.timedelta(seconds=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.remove_expired(at=later)["lists as files"] == 2
    assert not default_storage.exists(wanted.file.name)


def test_a_short_list_is_sent_at_once(client, busy, vera, monkeypatch):
    monkeypatch.setattr(list_files, "AT_ONCE", {"xlsx": 5_000, "csv": 50_000})
    client.sign_in(vera)
    file = io.BytesIO(b"".join(client.get(address()).streaming_content))
    assert len(list(load_workbook(file).active)) == 1 + Contract.objects.count()
    assert client.get(address("pdf")).status_code == HTTPStatus.NOT_FOUND


MANY, FEW = 20_000, 2_000
STATEMENT = """
    INSERT INTO core_job (uuid, task, args, status, done_count, total_count, attempts, error,
                          asked_at, due_at)
    SELECT gen_random_uuid(), 'task of a length that weighs', '[]', 'queued', 0, n, 0, '',
           now(), now()
      FROM generate_series(1, %s) n
"""


@pytest.mark.parametrize("write", [table_files.xlsx_file, table_files.csv_file])
def test_ten_times_as_many_rows_take_no_more_memory(write, monkeypatch):
    monkeypatch.setattr(table_files, "SPILLS_AT", 1024)
    monkeypatch.setattr(table_files, "CHUNK", 500)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [MANY])
    columns = tuple(Column(name, name) for name in ("task", "total_count", "asked_at"))

    def peak(rows):
        found = Job.objects.filter(total_count__lte=rows).order_by("pk")
        sheet = Sheet("work", columns, found)
        tracemalloc.start()
        try:
            write(sheet, sheet.rows()).close()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(FEW)
    assert peak(MANY) < 1.2 * peak(FEW) + 100_000


def test_how_far_it_is_shows_from_beside_the_work(monkeypatch):
    """The rows are read in one transaction; the count goes out by another."""
    told = []
    wanted = Sheet("work", (Column("task", "task"),), Job.objects.order_by("pk"))
    monkeypatch.setattr(table_files, "CHUNK", 2)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [5])
    job = Job.objects.order_by("pk")[0]
    for _row in wanted.rows(lambda number: told.append(number) or jobs.count(job, number, 5)):
        pass
    assert (told, job.done_count, job.total_count) == ([2, 4], 4, 5)


def test_a_worker_writes_the_parts_of_a_dashboard(client, busy, quiet, vera):
    fulfilment.recompute(today=TODAY, at=NOON)
    url = reverse("reports:dashboard-export", args=["xlsx"], query={"by": "category"})
    assert client.sign_in(vera).post(url).status_code == HTTPStatus.FOUND
    wanted = ListFile.objects.get()
    assert made(wanted).status == JobStatus.DONE
    assert wanted.row_count == len({busy.category_id, quiet.category_id})
    sheet = load_workbook(io.BytesIO(b"".join(taken(client, wanted)))).active
    labels = {row[0].value for row in sheet.iter_rows(min_row=2)}
    assert labels == {str(busy.category), gettext("no category")}
