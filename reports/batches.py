"""Make the reports of a batch one after another, and pack them into one ZIP."""

import datetime as dt
import tempfile
import zipfile
from collections.abc import Callable
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from reports import actions, printing
from reports.facts import gathering
from reports.models import Definition, Report, ReportBatch, ReportStatus
from sroi_portal.core import jobs
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Job
from sroi_portal.core.status import lock, save

ABOUT = 60  # letters of the title of a contract in the name of its file

type Now = Callable[[], dt.datetime]


def make_batch(batch_uuid: str, job: Job, *, now: Now) -> None:
    """Issue, print and pack; whoever takes over from a killed worker goes on where it was."""
    with acting_as(DatabaseRole.WORKER):
        batch = ReportBatch.objects.select_related("authority", "asked_by").get(
            uuid=UUID(batch_uuid)
        )
    if batch.made_at:
        return
    total = len(batch.contract_ids)
    for number, contract_id in enumerate(batch.contract_ids, start=1):
        with acting_as(DatabaseRole.WORKER):
            report = _issued(batch, contract_id, at=now())
        if report and report.status != ReportStatus.ISSUED:
            printing.print_report(str(report.uuid), job, now=now, is_alone=False)
        with acting_as(DatabaseRole.WORKER):
            jobs.progress(job, number, total, at=now())
    with acting_as(DatabaseRole.WORKER):
        _pack(batch, at=now())


def _issued(batch: ReportBatch, contract_id: int, *, at: dt.datetime) -> Report | None:
    """Find or issue the report of a contract; None when it went to another authority meanwhile."""
    before = Report.objects.filter(batch=batch, contract_id=contract_id).first()
    contract = gathering.awarded([batch.authority_id]).filter(pk=contract_id).first()
    if before or contract is None:
        found: Report | None = before
        return found
    report = Report(
        definition=Definition.CONTRACT,
        authority=batch.authority,
        contract=contract,
        language=batch.language,
        batch=batch,
        job_uuid=batch.job_uuid,
    )
    return actions.issue_report(report, by=batch.asked_by, at=at)


def _pack(batch: ReportBatch, *, at: dt.datetime) -> None:
    """Store the ZIP under a name of its own: what a killed worker left is written over."""
    batch = lock(batch)
    moment = timezone.localtime(at).timetuple()[:6]
    name = f"reports/{batch.uuid}.zip"
    with tempfile.TemporaryFile() as made:
        with zipfile.ZipFile(made, "w") as packed:  # a PDF is compressed already
            printed = batch.reports.exclude(pdf="").select_related("contract")
            for report in printed.order_by("pk").iterator(chunk_size=50):
                about = zipfile.ZipInfo(report.file_name(".pdf", report.about[:ABOUT]), moment)
                with report.pdf.open("rb") as pdf:
                    packed.writestr(about, pdf.read())
        made.seek(0)
        default_storage.delete(name)
        batch.zip.name = default_storage.save(name, File(made))
    batch.made_at = at
    save(batch)
