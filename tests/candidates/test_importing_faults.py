"""An import that meets what it should not: a broken file, a dead worker, a row refused at last."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Sum

from candidates import actions, tasks
from candidates.actions import entering_many, importing, imports
from candidates.models import (
    ImportedRow,
    ImportFile,
    ImportStatus,
    Placement,
    PlacementStatus,
    Share,
)
from candidates.models.imports import KEPT
from candidates.sheets import checking, reading
from candidates.sheets.complaints import Complaint
from candidates.sheets.terms import SupplierTerms
from contracts import actions as contract_actions
from contracts.models import EvidenceDemand, LedgerEntry
from sroi_portal.core import jobs
from sroi_portal.core.models import Job
from sroi_portal.core.status import IllegalMoveError
from tests.candidates.importing import confirmed, matched, sent, undone, worked
from tests.conftest import NOON, TODAY
from tests.contracts import awarding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "noon")]
HEADINGS = "Kenmerk;Doelgroep;Uren;Startdatum;Einddatum;Periode van;Periode t/m"
PLAIN = "K-02;WW;36;01-01-2026;;;"
JANUARY = "K-02;WW;36;01-01-2026;;01-01-2026;31-01-2026"
FEBRUARY = "K-02;WW;36;01-01-2026;;01-02-2026;28-02-2026"


@pytest.fixture
def checked(contract, noord, sara):
    def check(*rows, **facts):
        batch = sent(noord, "\n".join([HEADINGS, *rows]).encode(), by=sara, name="x.csv")
        return matched(batch, by=sara, contract=contract, contract_form="temporary", **facts)

    return check


@pytest.fixture
def entered(checked, sara):
    return lambda *rows, **facts: confirmed(checked(*rows, **facts), by=sara)


def said(batch):
    return [Complaint.from_json(told).sentence for told in batch.complaints]


def test_a_broken_file_stops_with_a_sentence_and_is_thrown_away(contract, noord, sara):
    batch = sent(noord, b"PK geen werkmap", by=sara)
    told = actions.Matched(
        sheet="", heading_row=1, headings=["Kenmerk"], columns={"reference": 0}, contract=contract
    )
    actions.match_import(batch, told, by=sara, at=NOON)
    for _time in range(2):
        worked(batch, tasks.check_import)
        assert batch.status == ImportStatus.FAILED
        assert [complaint[1] for complaint in batch.complaints] == ["unreadable"]
        actions.retry_import(batch, by=sara, at=NOON)
    worked(batch, tasks.check_import)
    actions.discard_import(batch, by=sara, at=NOON)
    assert not ImportFile.objects.exists()


def test_a_fault_that_stays_stops_the_import_and_it_can_be_tried_again(checked, sara):
    batch = checked(PLAIN)
    actions.confirm_import(batch, by=sara, at=NOON)
    batch.refresh_from_db()
    kept = ImportFile.objects.get(batch=batch, part="sent")
    content = kept.content
    kept.delete()
    worked(batch, tasks.write_import)
    assert batch.status == ImportStatus.WRITING  # a worker tries again
    Job.objects.update(attempts=jobs.ATTEMPTS - 1, leased_until=None)
    worked(batch, tasks.write_import)
    assert (batch.status, batch.complaints) == (ImportStatus.FAILED, [])

    imports.keep_file(batch, "sent", content, "csv")
    actions.retry_import(batch, by=sara, at=NOON)
    worked(batch, tasks.write_import)
    assert (batch.status, Placement.objects.count()) == (ImportStatus.WRITTEN, 1)


def test_an_undoing_that_failed_is_tried_again(entered, sara):
    batch = entered(PLAIN)
    actions.undo_import(batch, by=sara, at=NOON)
    imports.fail_import(batch, by=None, at=NOON, reason="")
    actions.retry_import(batch, by=sara, at=NOON)
    worked(batch, tasks.undo_import)
    assert batch.status == ImportStatus.UNDONE
    assert Placement.objects.get().status == PlacementStatus.WITHDRAWN
    queued = Job.objects.count()
    actions.undo_import(batch, by=sara, at=NOON)
    assert Job.objects.count() == queued


def test_a_worker_that_comes_late_does_nothing(entered, sara):
    batch = entered(PLAIN)
    job = Job.objects.get(uuid=batch.job_uuid)
    for work in (importing.check, importing.write, importing.undo):
        work(str(batch.uuid), job, now=lambda: NOON)
    revision = batch.revision
    batch.refresh_from_db()
    assert (batch.status, batch.revision) == (ImportStatus.WRITTEN, revision)
    assert Placement.objects.count() == 1


def test_what_was_entered_is_undone_and_not_thrown_away(entered, sara):
    batch = entered(PLAIN)
    with pytest.raises(IllegalMoveError, match="Undo the import"):
        actions.discard_import(batch, by=sara, at=NOON)
    actions.purge_imports(by=None, at=NOON + KEPT + dt.timedelta(days=1))
    with pytest.raises(actions.NotUndoableError, match="30 days"):
        actions.undo_import(batch, by=sara, at=NOON)


def test_a_long_import_is_undone_part_by_part(entered, sara, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    monkeypatch.setattr(checking, "BATCH", 2)
    monkeypatch.setattr(entering_many, "MOST_MONTHS", 0)
    batch = entered(*(f"K-{number};WW;36;01-01-2026;;;" for number in range(5)))
    assert batch.written_count == 5
    planned = LedgerEntry.objects.filter(account="planned").values_list("source_uuid")
    totals = planned.annotate(total=Sum("quantity"))
    assert {total for _source, total in totals.order_by()} == {Decimal("20000.00")}
    assert undone(batch, by=sara).status == ImportStatus.UNDONE
    assert set(Placement.objects.values_list("status", flat=True)) == {PlacementStatus.WITHDRAWN}


def test_the_page_shows_fifty_complaints_and_counts_all(checked):
    batch = checked(*(f"K-{number};?;36;01-01-2026;;;" for number in range(51)))
    assert (batch.wrong_count, len(batch.complaints)) == (51, 50)


def test_a_period_that_is_refused_at_last_comes_back_with_why(entered, ww, ministry, ada):
    """What is new stays entered; of what was known before, the row is refused as a whole."""
    entered("K-01;WW;36;01-01-2026;;;")
    EvidenceDemand.objects.create(
        authority=ministry,
        evidence_kind=ww.evidence_kinds.get(),
        level="blocking",
        valid_from=TODAY.replace(year=2025),
        set_by=ada,
        set_at=NOON,
    )
    known = JANUARY.replace("K-02", "K-01")
    batch = entered(known, JANUARY, claiming="submit")
    assert [told[1] for told in batch.complaints] == ["refused", "period_refused"]
    assert all("State this evidence first" in sentence for sentence in said(batch))
    assert (batch.written_count, Placement.objects.count()) == (1, 2)
    assert not Share.objects.exists()


def test_work_that_was_withdrawn_while_the_file_was_entered(checked, sara, monkeypatch):
    monkeypatch.setattr(checking, "BATCH", 1)
    batch = checked(PLAIN, JANUARY, FEBRUARY)
    actions.confirm_import(batch, by=sara, at=NOON)
    batch.refresh_from_db()
    book = reading.opened(batch.kind, batch.files.get(part="sent").content)
    checker = checking.Checker(batch, SupplierTerms(batch.supplier, today=TODAY))
    parts = checker.check(book.rows(batch.sheet))
    planner = entering_many.Planner()

    for _part in range(2):
        (row,) = importing.write_rows(batch, next(parts), planner, at=NOON)
        assert row.complaint is None
    actions.withdraw_share(Share.objects.get(), by=sara, at=NOON)
    actions.withdraw_placement(Placement.objects.get(), by=sara, at=NOON)
    (row,) = importing.write_rows(batch, next(parts), planner, at=NOON)

    assert "withdrawn while" in row.complaint.sentence
    assert (ImportedRow.objects.count(), batch.written_count) == (2, 2)


def test_people_are_counted_and_counted_no_more(entered, contract, sara):
    change = awarding.change(base_kind="persons", fixed=Decimal(3))
    contract_actions.change_obligation(contract, change, by=contract.officer, at=NOON)
    batch = entered(PLAIN, PLAIN.replace("K-02", "K-03"))
    planned = LedgerEntry.objects.filter(unit="person", account="planned")
    assert planned.aggregate(total=Sum("quantity"))["total"] == 2
    undone(batch, by=sara)
    assert planned.aggregate(total=Sum("quantity"))["total"] == 0


def test_work_that_ended_before_the_contract_began_plans_nothing(entered):
    batch = entered("K-02;WW;36;01-11-2025;30-11-2025;;")
    assert (batch.written_count, LedgerEntry.objects.filter(account="planned").count()) == (1, 0)


def test_no_more_than_a_thousand_are_entered_at_once(noord, sara):
    with pytest.raises(ValueError, match="at most 1000"):
        entering_many.enter_placements(noord, [None] * 1001, by=sara, at=NOON)
