"""A PDF one can stand by: tagged, complete, made once, from frozen facts alone."""

import hashlib
import io
from pathlib import Path

import page
import pikepdf
import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from contracts.models import Account, Contract
from reports import definitions, printing
from reports.models import Report, ReportStatus
from sroi_portal.core import jobs, pdf
from sroi_portal.core.models import AuditEvent, Job, JobStatus
from suppliers.models import Supplier
from tests.conftest import NOON
from tests.reports import printed, verapdf

pytestmark = pytest.mark.slow
HOSTILE = '<script>alert(1)</script><img src="file:///etc/passwd"><link rel=stylesheet href=//x>'


@pytest.fixture
def both(busy, quiet, issue, print_out):
    """A printed report of each definition."""
    return [print_out(issue(busy)), print_out(issue())]


def _bytes(report):
    with report.pdf.open("rb") as file:
        return file.read()


def test_a_report_is_pdf_ua_by_two_checkers(both):
    for report in both:
        verdict = page.validate_pdf_bytes(_bytes(report), profile="ua1")
        assert [(each.rule_id, each.message) for each in verdict.failures] == []
        assert verapdf.failures(report.pdf.path) == []


def test_the_copy_for_the_archive_is_pdf_a_and_pdf_ua_and_holds_the_facts(both):
    for report in both:
        with report.archive.open("rb") as file:
            kept = file.read()
        assert hashlib.sha256(kept).digest() == bytes(report.archive_sha256)
        for profile, standard in (("3a", verapdf.ARCHIVE), ("ua1", verapdf.UA)):
            verdict = page.validate_pdf_bytes(kept, profile=profile)
            assert [(each.rule_id, each.message) for each in verdict.failures] == []
            assert verapdf.failures(report.archive.path, standard) == []
        assert printed.words(kept) == printed.words(_bytes(report))
        with pikepdf.open(io.BytesIO(kept)) as document:
            (name,) = document.attachments
            facts = document.attachments[name].get_file().read_bytes()
        assert name == f"{report.number}.json"
        assert hashlib.sha256(facts).digest() == bytes(report.facts_sha256)


def test_a_copy_for_the_archive_that_was_touched_is_found(busy, issue, print_out):
    report = print_out(issue(busy))
    assert definitions.differences(report) == []
    Path(report.archive.path).write_bytes(b"%PDF-other")
    assert len(definitions.differences(report)) == 1


def test_the_reference_checker_finds_an_untagged_file(tmp_path):
    path = tmp_path / "untagged.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(path)
    assert verapdf.failures(path) != []


def test_a_report_says_what_it_is_in_its_metadata(both, ministry):
    for report in both:
        with pikepdf.open(io.BytesIO(_bytes(report))) as document:
            assert str(document.Root.Lang) == "nl"
            assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
            assert report.number in str(document.docinfo["/Title"])
            assert str(document.docinfo["/Author"]) == ministry.name
            with document.open_metadata() as about:
                assert report.number in about["dc:title"]
                assert about["dc:creator"] == [ministry.name]
                assert about["pdfuaid:part"] == "1"
            assert bytes(report.facts_sha256).hex() in map(str, document.docinfo.values())
            assert document.Root.Outlines.Count > 3


def test_headings_stand_in_order_and_tables_have_heads(both):
    for report in both:
        names = [name for name, _text in printed.tags(_bytes(report))]
        headings = [name for name in names if name in {"H1", "H2", "H3"}]
        assert headings[0] == "H1"
        assert set(headings[1:]) == {"H2"}
        html = printing.as_html(report)
        assert names.count("Table") >= html.count("<table")  # more where a page ends in one
        assert names.count("TH") >= html.count("<th>") + html.count("<th ")
        assert names.count("Caption") >= html.count("<caption")


def test_every_picture_has_a_text(both):
    for report in both:
        texts = [text for name, text in printed.tags(_bytes(report)) if name == "Figure"]
        assert len(texts) == 2
        assert all(texts)


def test_the_pdf_says_what_the_page_says(both):
    for report in both:
        on_paper = printed.words(_bytes(report))
        assert printed.amounts(on_paper) == printed.amounts(printing.as_twin(report))
        assert bytes(report.facts_sha256).hex() in on_paper
        assert f"{report.position:,}".replace(",", ".") in on_paper
        assert report.number in on_paper


def test_the_amounts_on_paper_are_those_of_the_ledger(busy, issue, print_out):
    found = printed.amounts(printed.words(_bytes(print_out(issue(busy)))))
    wanted = {"€40.000,00", "€6.000,00", "€1.500,50", "€500,50", "€250,00", "€4.000,00"}
    assert wanted <= found


def test_the_same_facts_give_the_same_file(busy, issue, post):
    report = issue(busy)
    first = printing.as_files(report)
    assert first.pdf == printing.as_pdf(report)
    post(busy, Account.VERIFIED, "123.45")
    Contract.objects.filter(pk=busy.pk).update(title="Anders")
    assert printing.as_files(Report.objects.get(pk=report.pk)) == first


def test_english_is_printed_in_english(busy, issue, print_out):
    made = _bytes(print_out(issue(busy, language="en")))
    assert printed.squeeze("Compliance report of a contract") in printed.words(made)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert str(document.Root.Lang) == "en"


def test_hostile_words_stay_words(busy, issue, print_out, ministry):
    Contract.objects.filter(pk=busy.pk).update(title=HOSTILE, reference=HOSTILE[:80])
    Supplier.objects.filter(pk=busy.supplier_id).update(name=HOSTILE)
    busy.obligations.update(reason=HOSTILE)
    ministry.name = HOSTILE
    ministry.save()
    busy.value_table.name = busy.value_table.source = HOSTILE
    busy.value_table.save()
    busy.refresh_from_db()

    made = _bytes(print_out(issue(busy)))

    text = printed.words(made)
    assert text.count(printed.squeeze(HOSTILE)) >= 5
    assert "root:" not in text
    assert page.is_pdf_compliant_bytes(made, profile="ua1")


def test_words_no_font_knows_and_odd_characters_still_print(busy, issue, print_out):
    Contract.objects.filter(pk=busy.pk).update(title="Łódź Gdańsk \u202eabc\x01 \U0001f600 漢字 ж")
    busy.refresh_from_db()
    made = _bytes(print_out(issue(busy)))
    assert printed.squeeze("Łódź Gdańsk") in printed.words(made)
    assert page.is_pdf_compliant_bytes(made, profile="ua1")


# Once


def _files():
    return list(Path(settings.MEDIA_ROOT, "reports").glob("*"))


def test_printing_stores_one_file_with_its_fingerprint(busy, issue, print_out):
    report = print_out(issue(busy))
    assert (report.status, report.printed_at) == (ReportStatus.ISSUED, NOON)
    assert bytes(report.pdf_sha256) == hashlib.sha256(_bytes(report)).digest()
    assert [file.name for file in _files()] == [f"{report.uuid}.pdf"]
    verbs = AuditEvent.objects.filter(object_uuid=report.uuid).values_list("verb", flat=True)
    assert list(verbs) == ["issue_report", "begin_print", "print_report"]


def test_printing_twice_changes_nothing(busy, issue, print_out):
    report = print_out(issue(busy))
    before = (bytes(report.pdf_sha256), _files())
    assert (bytes(print_out(report).pdf_sha256), _files()) == before


def test_a_worker_killed_while_it_stores_leaves_one_file(busy, issue, print_out):
    """It died after the file and before the row; the next one writes over what it left."""
    report = issue(busy)
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.PRINTING)
    default_storage.save(f"reports/{report.uuid}.pdf", io.BytesIO(b"half of a"))

    print_out(report)

    assert [file.read_bytes()[:5] for file in _files()] == [b"%PDF-"]
    assert report.status == ReportStatus.ISSUED


def test_of_two_workers_the_second_finds_it_done(busy, issue, print_out):
    report = issue(busy)
    other = Report.objects.get(pk=report.pk)
    print_out(report)
    printing._store(other, pdf.Printed(b"%PDF-other", b"%PDF-other"), at=NOON)
    report.refresh_from_db()
    assert bytes(report.pdf_sha256) == hashlib.sha256(_bytes(report)).digest()
    assert len(_files()) == 1


def test_the_job_shows_how_far_it_is(busy, issue, print_out):
    report = issue(busy)
    Job.objects.filter(uuid=report.job_uuid).update(status=JobStatus.RUNNING)
    print_out(report)
    job = Job.objects.get(uuid=report.job_uuid)
    assert (job.done_count, job.total_count) == (100, 100)


def test_a_failing_printer_fails_the_report_in_the_end(busy, issue, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise pdf.PrintError("no paper")

    monkeypatch.setattr("reports.printing.as_files", refuse)
    report = issue(busy)
    job = Job.objects.get(uuid=report.job_uuid)
    statuses = []
    for attempt in (1, jobs.ATTEMPTS):
        job.attempts = attempt
        with pytest.raises(pdf.PrintError):
            printing.print_report(str(report.uuid), job, now=lambda: NOON)
        report.refresh_from_db()
        statuses.append(report.status)
    assert statuses == [ReportStatus.PRINTING, ReportStatus.FAILED]


def test_a_report_that_failed_may_be_printed_after_all(busy, issue, print_out):
    report = issue(busy)
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.FAILED)
    assert print_out(report).status == ReportStatus.ISSUED
