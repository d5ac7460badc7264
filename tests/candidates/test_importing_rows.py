"""What a row becomes: as the form would, once, and back again."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from candidates import actions, tasks
from candidates.models import (
    Candidate,
    Contribution,
    ImportedRow,
    ImportFile,
    ImportPart,
    ImportStatus,
    Placement,
    Share,
    ShareStatus,
)
from candidates.models.imports import KEPT
from candidates.sheets import answers
from contracts import ledger
from contracts.models import Account, Fulfilment, LedgerEntry
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import IllegalMoveError
from tests.candidates import odd_spreadsheets
from tests.candidates.importing import confirmed, matched, sent, undone
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "noon")]
HEADINGS = "Kenmerk;Doelgroep;Uren;Startdatum;Einddatum"
WHOLE = {"contract_form": "temporary"}


def _text(*rows, more=""):
    return "\n".join([HEADINGS + more, *rows]).encode()


@pytest.fixture
def entered(contract, noord, sara):
    """Send rows, and enter those that are good."""

    def enter(*rows, more="", **facts):
        batch = sent(noord, _text(*rows, more=more), by=sara, name="x.csv")
        return confirmed(matched(batch, by=sara, contract=contract, **WHOLE | facts), by=sara)

    return enter


def _lines(placement):
    rows = LedgerEntry.objects.filter(source_uuid=placement.uuid).order_by("month")
    return list(rows.values_list("contract_id", "account", "unit", "month", "quantity"))


@pytest.mark.parametrize(
    ("row", "hours", "starts_on"),
    [
        ("K-02;WW;32,5;15-03-2026;", "32.5", dt.date(2026, 3, 15)),
        ("K-02;p-wet;24;2026-01-01;31/10/2026", "24", dt.date(2026, 1, 1)),
        ("K-02;ww;40 uur;1 november 2025;", "40", dt.date(2025, 11, 1)),
        ("K-02;Participation Act;16;01-07-2026;15-07-2026", "16", dt.date(2026, 7, 1)),
    ],
)
def test_a_row_is_entered_as_the_form_enters_it(entered, sara, row, hours, starts_on):
    """R-187: the same plan, month by month, and the same events."""
    entered(row)
    made = Placement.objects.select_related("candidate", "contract").get()

    facts = actions.PlacementFacts(
        reference="K-typed",
        block=made.block,
        hours_per_week=Decimal(hours),
        starts_on=starts_on,
        ends_on=made.ends_on,
        contract_form="temporary",
    )
    typed = actions.enter_placement(made.contract, facts, by=sara, at=NOON)

    assert (made.candidate.reference, made.starts_on) == ("K-02", starts_on)
    assert made.weekly_hours.get().hours_per_week == Decimal(hours)
    assert _lines(made) == _lines(typed) != []
    assert _events(made) == _events(typed) == ["enter_placement"]
    assert _events(made.candidate) == ["enter_placement"]
    assert Fulfilment.objects.get(contract=made.contract).stale_since


def _events(obj):
    rows = AuditEvent.objects.filter(object_uuid=obj.uuid).order_by("pk")
    return list(rows.values_list("verb", flat=True))


def test_many_sources_are_posted_as_each_alone(contract, sara, placement):
    """The first stands already, the second is new: a second call posts nothing."""
    place = (contract.pk, Account.PLANNED)
    kept = [ledger.Wanted(*place, dt.date(2026, 2, 1), Decimal("10.00"))]
    other = ledger.Source("candidates.placement", contract.uuid)
    targets = {ledger.Source.of(placement): kept, other: kept}

    assert ledger.post_many(targets, by=sara, at=NOON) > 1
    assert ledger.post_many(targets, by=sara, at=NOON) == 0
    assert [ledger.post(source, kept, by=sara, at=NOON) for source in targets] == [0, 0]
    many = {ledger.Source("x", placement.uuid): []} | dict.fromkeys(
        (ledger.Source(str(number), contract.uuid) for number in range(1_000)), ()
    )
    with pytest.raises(ValueError, match="at most"):
        ledger.post_many(many, by=sara, at=NOON)


def test_what_was_entered_before_is_left_out(entered, placement):
    """In the file, in an earlier file, and typed: the same person, contract and first day."""
    batch = entered("K-01;WW;36;01-01-2026;", "K-02;WW;36;01-02-2026;", "k-02;WW;36;01-02-2026;")

    assert (batch.good_count, batch.known_count, batch.wrong_count) == (1, 2, 0)
    assert Candidate.objects.count() == 2
    again = entered("K-02;WW;36;01-02-2026;", "K-02;WW;36;01-03-2026;")
    assert (again.good_count, again.known_count) == (1, 1)
    assert Placement.objects.count() == 3


def test_the_plan_leaves_room_for_what_was_claimed(entered, submitted, ww, sara, contract):
    """Somebody of whom something is claimed is planned alone, beside the claim."""
    entered("K-01;WW;36;01-04-2026;")
    made = Placement.objects.latest("pk")
    before = _lines(made)

    from candidates.actions.placements import post_plan

    post_plan(made, by=sara, at=NOON)
    assert _lines(made) == before != []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";WW;36;01-02-2026;", "nothing is filled in"),
        ("K 01-02-1980;WW;36;01-02-2026;", "looks like a date"),
        (f"{'K' * 41};WW;36;01-02-2026;", "at most 40"),
        ("K-02;VIP;36;01-02-2026;", "“VIP” is no row"),
        ("K-02;WW;61;01-02-2026;", "between 0.25 and 60"),
        ("K-02;WW;36,1255;01-02-2026;", "at most two decimals"),
        ("K-02;WW;veel;01-02-2026;", "no number of hours"),
        ("K-02;WW;36;later;", "no day"),
        ("K-02;WW;36;01-02-2026;01-01-2026", "lies before the first"),
        ("K-02;WW;36;01-02-2027;", "work after that does not count"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(contract, noord, sara, row, said):
    batch = matched(
        sent(noord, _text(row), by=sara, name="x.csv"), by=sara, contract=contract, **WHOLE
    )
    [complaint] = batch.complaints
    from candidates.sheets.complaints import Complaint

    assert said in Complaint.from_json(complaint).sentence
    assert (batch.good_count, batch.wrong_count) == (0, 1)


def test_periods_are_claimed_for_new_and_for_known_work(entered, placement):
    more = ";Periode van;Periode t/m"
    batch = entered(
        "K-01;WW;36;01-01-2026;;01-01-2026;31-01-2026",
        "K-02;WW;36;01-01-2026;;01-01-2026;31-01-2026",
        "K-02;WW;36;01-01-2026;;01-02-2026;28-02-2026",
        "K-02;WW;36;01-01-2026;;15-02-2026;01-03-2026",
        "K-03;WW;36;01-01-2026;;01-02-2026;",
        "K-03;WW;36;01-02-2026;;01-01-2026;31-01-2026",
        "K-03;WW;36;01-02-2026;;01-03-2026;31-03-2026",
        more=more,
        claiming="submit",
    )

    codes = [told[1] for told in batch.complaints]
    assert codes == ["period_overlap", "period_half", "period_outside", "period_future"]
    assert (batch.good_count, batch.claim_count, batch.written_count) == (3, 3, 3)
    assert set(Share.objects.values_list("status", flat=True)) == {ShareStatus.SUBMITTED}
    assert Placement.objects.count() == 2


def test_undoing_leaves_what_was_there_before(entered, placement, sara):
    more = ";Periode van;Periode t/m"
    batch = entered(
        "K-01;WW;36;01-01-2026;;01-01-2026;31-01-2026",
        "K-02;WW;36;01-01-2026;;01-01-2026;31-01-2026",
        more=more,
    )

    undone(batch, by=sara)

    assert batch.status == ImportStatus.UNDONE
    assert set(Share.objects.values_list("status", flat=True)) == {ShareStatus.WITHDRAWN}
    assert not Contribution.objects.filter(is_live=True).exists()
    gone = Placement.objects.exclude(pk=placement.pk).get()
    assert (gone.status, _events(gone)[-1]) == ("withdrawn", "withdraw_placement")
    assert sum(line[-1] for line in _lines(gone)) == 0
    placement.refresh_from_db()
    assert placement.status == "running"
    assert not ImportFile.objects.exists()


def test_what_was_checked_is_not_undone(entered, sara, olga, contract):
    batch = entered(
        "K-02;WW;36;01-01-2026;;01-01-2026;31-01-2026",
        more=";Periode van;Periode t/m",
        claiming="submit",
    )
    actions.return_share(Share.objects.get(), by=olga, at=NOON, question="Welke weken?")

    with pytest.raises(actions.NotUndoableError, match="checked already"):
        actions.undo_import(batch, by=sara, at=NOON)


def test_what_was_gone_on_with_is_not_undone(entered, sara):
    batch = entered("K-02;WW;36;01-01-2026;")
    period = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    actions.draft_contribution(Placement.objects.get(), by=sara, at=NOON, period=period)

    with pytest.raises(actions.NotUndoableError, match="entered since"):
        actions.undo_import(batch, by=sara, at=NOON)


def test_confirmed_twice_it_is_entered_once(entered, sara):
    batch = entered("K-02;WW;36;01-01-2026;")

    actions.confirm_import(batch, by=sara, at=NOON)
    tasks.write_import(str(batch.job_uuid), str(batch.uuid))

    assert Placement.objects.count() == 1


def test_a_worker_goes_on_where_another_died(entered, sara, noord, monkeypatch, contract):
    from candidates.actions import importing
    from candidates.sheets import checking

    monkeypatch.setattr(checking, "BATCH", 2)
    rows = [f"K-{number};WW;36;01-0{number}-2026;" for number in range(1, 6)]
    batch = matched(
        sent(noord, _text(*rows), by=sara, name="x.csv"), by=sara, contract=contract, **WHOLE
    )
    actions.confirm_import(batch, by=sara, at=NOON)
    batch.refresh_from_db()
    real = importing.write_rows

    def dies_in_the_second_part(batch, part, planner, *, at):
        if any(row.number > 3 for row in part):
            raise RuntimeError
        return real(batch, part, planner, at=at)

    monkeypatch.setattr(importing, "write_rows", dies_in_the_second_part)
    from sroi_portal.core.models import Job

    job = Job.objects.get(uuid=batch.job_uuid)
    with pytest.raises(RuntimeError):
        importing.write(str(batch.uuid), job, now=lambda: NOON)
    assert Placement.objects.count() == 2
    monkeypatch.setattr(importing, "write_rows", real)
    importing.write(str(batch.uuid), job, now=lambda: NOON)

    batch.refresh_from_db()
    assert (batch.status, batch.written_count, batch.good_count) == ("written", 5, 5)
    assert Placement.objects.count() == ImportedRow.objects.count() == 5


def test_a_contract_that_closed_meanwhile_takes_nothing(contract, noord, sara):
    batch = matched(
        sent(noord, _text("K-02;WW;36;01-01-2026;"), by=sara, name="x.csv"),
        by=sara,
        contract=contract,
        **WHOLE,
    )
    contract.status = "settling"
    contract.save()

    batch = confirmed(batch, by=sara)

    assert (batch.written_count, [told[1] for told in batch.complaints]) == (0, ["closed"])


def test_a_supplier_that_became_insolvent_enters_nothing(contract, noord, sara, entered):
    """R-256: before the check, and between the check and the entering."""
    text = _text("K-02;WW;36;01-01-2026;")
    batch = matched(sent(noord, text, by=sara, name="x.csv"), by=sara, contract=contract, **WHOLE)
    type(noord).objects.update(insolvent_on=NOON.date())

    batch = confirmed(batch, by=sara)
    again = entered("K-03;WW;36;01-01-2026;")

    assert [told[1] for told in batch.complaints + again.complaints] == ["insolvent"] * 2
    assert not Placement.objects.exists()


def test_content_goes_after_thirty_days(entered, sara):
    """R-189."""
    batch = entered("K-02;WW;36;01-01-2026;", "K-03;?;36;01-01-2026;")

    assert actions.purge_imports(by=None, at=NOON + KEPT) == 0
    assert actions.purge_imports(by=None, at=NOON + KEPT + dt.timedelta(days=1)) == 1

    batch.refresh_from_db()
    assert (batch.has_content, batch.complaints) == (False, [])
    assert not ImportFile.objects.exists()
    assert not ImportedRow.objects.exists()
    with pytest.raises(IllegalMoveError):
        actions.retry_import(batch, by=sara, at=NOON)


def test_a_spreadsheet_is_sealed(noord, sara):
    """R-185."""
    content = _text("K-geheim;WW;36;01-01-2026;")
    batch = sent(noord, content, by=sara, name="x.csv")

    file = batch.files.get()
    assert b"geheim" not in bytes(file.sealed)
    assert file.content == content
    actions.discard_import(batch, by=sara, at=NOON)
    assert not ImportFile.objects.exists()


def test_a_large_workbook_comes_back_as_a_new_one(contract, noord, sara, monkeypatch):
    """What other sheets hold would have to be kept in memory too."""
    monkeypatch.setattr(answers, "MOST_CELLS_ANEW", 20)
    book = Workbook()
    book.active.append(["Kenmerk", "Doelgroep", "Uren", "Startdatum"])
    book.active.append(["K-02", "?", 36, dt.date(2026, 1, 1)])
    book.create_sheet("Anders")["F6"] = "x"
    content = io.BytesIO()
    book.save(content)

    batch = matched(sent(noord, content.getvalue(), by=sara), by=sara, contract=contract, **WHOLE)

    answer = load_workbook(io.BytesIO(batch.files.get(part=ImportPart.ANSWER).content))
    assert (len(answer.worksheets), answer.active["A2"].value) == (1, "K-02")


def test_nothing_of_another_file_goes_back(contract, noord, sara):
    """A link to a workbook elsewhere stays behind."""
    book = Workbook()
    book.active.append(["Kenmerk", "Doelgroep", "Uren", "Startdatum"])
    book.active.append(["K-02", "?", 36, dt.date(2026, 1, 1)])
    content = io.BytesIO()
    book.save(content)
    link = {"xl/externalLinks/externalLink1.xml": "<externalLink>geheim.xlsx</externalLink>"}
    linked = odd_spreadsheets.packed(link, content.getvalue())

    batch = matched(sent(noord, linked, by=sara), by=sara, contract=contract, **WHOLE)

    answer = batch.files.get(part=ImportPart.ANSWER).content
    with zipfile.ZipFile(io.BytesIO(answer)) as package:
        assert not [name for name in package.namelist() if "external" in name.lower()]


def test_no_text_goes_back_as_a_formula(contract, noord, sara):
    """R-186: neither what was typed nor what a formula would do."""
    book = Workbook()
    page = book.active
    page.append(["Kenmerk", "Doelgroep", "Uren", "Startdatum", "Opmerking"])
    page.append(["@SUM(1)", "?", 36, dt.date(2026, 1, 1), "=1+1"])
    page["E3"] = "=HYPERLINK(0)"
    content = io.BytesIO()
    book.save(content)

    batch = matched(sent(noord, content.getvalue(), by=sara), by=sara, contract=contract, **WHOLE)

    answer = batch.files.get(part=ImportPart.ANSWER).content
    page = load_workbook(io.BytesIO(answer)).active
    assert page["A2"].value == "'@SUM(1)"
    kinds = {cell.data_type for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
