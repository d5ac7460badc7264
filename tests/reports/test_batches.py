"""Reports of many contracts at once: each once, all in one ZIP."""

import io
import uuid
import zipfile

import pytest
from django.urls import reverse
from django.utils.text import slugify

from contracts.models import Category, Contract
from reports import actions, batches, tasks
from reports.models import ReportBatch, ReportStatus
from sroi_portal.core import jobs, pdf
from sroi_portal.core.models import Job, JobStatus
from tests.conftest import NOON


@pytest.fixture
def asked(busy, quiet, ministry, vera):
    batch = ReportBatch(authority=ministry, language="nl")
    return actions.issue_batch(batch, by=vera, at=NOON)


@pytest.fixture
def printer(monkeypatch):
    """A printer that jams on these reports; what it makes names the report."""
    jammed = set()

    def print_one(report, **_kwargs):
        if report.number in jammed:
            raise OSError("no paper")
        made = b"%PDF-" + report.number.encode()
        return pdf.Printed(made, made)

    monkeypatch.setattr("reports.printing.as_files", print_one)
    return jammed


def _make(batch):
    job = Job.objects.get(uuid=batch.job_uuid)
    batches.make_batch(str(batch.uuid), job, now=lambda: NOON)
    batch.refresh_from_db()


def _packed(batch):
    with batch.zip.open("rb") as file, zipfile.ZipFile(io.BytesIO(file.read())) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_batch_makes_each_report_once_and_packs_them(asked, busy, quiet, printer):
    printer.add("2026-0002")
    with pytest.raises(OSError, match="no paper"):
        _make(asked)
    assert [report.status for report in asked.reports.order_by("number")] == [
        ReportStatus.ISSUED,
        ReportStatus.PRINTING,
    ]
    printer.clear()

    for _again in range(2):
        _make(asked)

    assert asked.made_at == NOON
    assert {report.contract for report in asked.reports.all()} == {busy, quiet}
    kind = "nalevingsrapport-van-een-contract"
    assert _packed(asked) == {
        f"{kind}-2026-0001-{slugify(busy.title)}.pdf": b"%PDF-2026-0001",
        f"{kind}-2026-0002-stil-contract.pdf": b"%PDF-2026-0002",
    }


def test_the_task_shows_how_many_are_ready(asked, printer):
    tasks.make_batch(str(asked.job_uuid), str(asked.uuid))
    job = Job.objects.get(uuid=asked.job_uuid)
    assert (job.status, job.done_count, job.total_count) == (JobStatus.DONE, 2, 2)


def test_a_printer_that_fails_for_good_fails_the_report(asked, printer):
    printer.add("2026-0001")
    Job.objects.filter(uuid=asked.job_uuid).update(attempts=jobs.ATTEMPTS)
    with pytest.raises(OSError, match="no paper"):
        _make(asked)
    assert asked.reports.get().status == ReportStatus.FAILED


def test_a_contract_that_went_elsewhere_is_left_out(asked, quiet, other_ministry, printer):
    Contract.objects.filter(pk=quiet.pk).update(authority=other_ministry)
    _make(asked)
    assert list(_packed(asked).values()) == [b"%PDF-2026-0001"]


def test_a_batch_of_one_category(busy, quiet, ministry, vera):
    batch = ReportBatch(authority=ministry, category=busy.category)
    assert actions.issue_batch(batch, by=vera, at=NOON).contract_ids == [busy.pk]
    nothing = Category.objects.create(code="leeg", name_nl="Leeg", name_en="Empty")
    with pytest.raises(actions.NothingToReportError):
        actions.issue_batch(ReportBatch(authority=ministry, category=nothing), by=vera, at=NOON)


def test_a_batch_is_asked_followed_and_taken_along(client, busy, ministry, vera, printer):
    client.sign_in(vera)
    url = reverse("reports:batch-issue")
    sent = {"authority": ministry.pk, "language": "nl", "form_key": str(uuid.uuid4())}
    answers = [client.post(url, sent) for _press in range(2)]
    batch = ReportBatch.objects.get()
    assert {answer.url for answer in answers} == {batch.get_absolute_url()}

    progress = reverse("reports:batch-progress", args=[batch.pk])
    download = reverse("reports:batch-download", args=[batch.pk])
    assert client.get(progress).url == batch.get_absolute_url()
    answer = client.get(progress, headers={"HX-Request": "true"})
    assert "HX-Refresh" not in answer.headers
    assert client.get(download).status_code == 404

    _make(batch)

    answer = client.get(progress, headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"
    assert download in client.get(batch.get_absolute_url()).content.decode()
    zipped = b"".join(client.get(download).streaming_content)
    with zipfile.ZipFile(io.BytesIO(zipped)) as packed:
        assert [packed.read(name) for name in packed.namelist()] == [b"%PDF-2026-0001"]


def test_who_asks_sees_how_many_reports_there_would_be(client, busy, quiet, ministry, vera):
    form = client.sign_in(vera).get(reverse("reports:batch-issue")).context["form"]
    offered = dict(form.fields["authority"].choices)
    assert "2 contract" in offered[ministry.pk]


def test_who_asks_for_nothing_is_told(client, busy, ministry, vera):
    nothing = Category.objects.create(code="leeg", name_nl="Leeg", name_en="Empty")
    client.sign_in(vera)
    sent = {"authority": ministry.pk, "category": nothing.pk, "language": "nl"}
    answer = client.post(reverse("reports:batch-issue"), sent)
    assert answer.context["form"].non_field_errors()
    assert ReportBatch.objects.count() == 0
