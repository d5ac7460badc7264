"""A supplier's spreadsheet beside the bare reader, and beside a bare COPY of what it wrote.

`BENCH_ROWS=100_000` measures the largest file that is taken.
"""

import datetime as dt
import io
import os
import time
import uuid
from collections.abc import Iterator
from decimal import Decimal
from zoneinfo import ZoneInfo

import xlsxwriter
from django.db import connection, transaction
from django.db.models import Max, Model
from python_calamine import CalamineWorkbook

from benchmarks.measure import Result, compare
from candidates import actions
from candidates.actions import importing
from candidates.models import (
    Candidate,
    ImportBatch,
    ImportedRow,
    Placement,
    SheetField,
    WeeklyHours,
)
from candidates.sheets import reading
from candidates.sheets.checking import Checker
from candidates.sheets.terms import SupplierTerms
from contracts import valuation
from contracts.models import Block, Contract, LedgerEntry, PrivacyClass
from contracts.valuation import codec
from sroi_portal.core.models import AuditEvent, Job, User
from suppliers.models import Membership, MembershipRole, Supplier

ROWS = int(os.environ.get("BENCH_ROWS", "10_000"))
CONTRACTS = 50
NOON = dt.datetime(2026, 3, 4, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
COLUMNS = (
    SheetField.REFERENCE,
    SheetField.CONTRACT,
    SheetField.BLOCK,
    SheetField.HOURS,
    SheetField.STARTS_ON,
    SheetField.FORM,
)
TABLES = (Candidate, Placement, WeeklyHours, LedgerEntry, AuditEvent, ImportedRow)


def read_and_check() -> Result:
    """M1 and M2: every row read and checked, beside reading alone.

    A row costs a keyed hash, a look for a BSN and some ten look-ups: about ten times its reading.
    """
    batch, content = _sent()

    def bare() -> None:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        for _row in sheet.iter_rows():
            pass

    def case() -> None:
        book = reading.opened("xlsx", content)
        reading.look_through(book)
        checker = Checker(batch, SupplierTerms(batch.supplier, today=NOON.date()))
        good = sum(len(part) for part in checker.check(book.rows(batch.sheet)))
        if good != ROWS:
            raise RuntimeError(f"{good} rows of {ROWS} were read")

    name = f"spreadsheet of {ROWS:,} rows, read and checked"
    return compare(name, case, ("bare python-calamine", bare), at_most=12, pairs=3)


def enter() -> Result:
    """M3 and M4: read, checked, sealed, valued, recorded, beside a bare COPY of what it wrote."""
    batch, _content = _sent()
    actions.confirm_import(batch, by=batch.sent_by, at=NOON)
    batch.refresh_from_db()
    job = Job.objects.get(uuid=batch.job_uuid)
    before = {model: model._default_manager.aggregate(last=Max("pk"))["last"] for model in TABLES}
    case_ms = _milliseconds(importing.write, str(batch.uuid), job, now=lambda: NOON)
    batch.refresh_from_db()
    if batch.written_count != ROWS:
        raise RuntimeError(f"{batch.written_count} rows of {ROWS} were entered")
    written = {model: _copied_out(model, after=before[model] or 0) for model in TABLES}
    lines = sum(each.count(b"\n") for each in written.values())
    bare_ms = _milliseconds(_copy_in, written)
    ratio, target = case_ms / bare_ms, 3.0
    name = f"spreadsheet of {ROWS:,} rows, entered with events and plan"
    anchor = f"bare COPY of the {lines:,} rows it wrote"
    return Result(name, anchor, bare_ms, case_ms, ratio, f"≤ {target:g} x", reached=ratio <= target)


def _milliseconds(work: object, *args: object, **named: object) -> float:
    began = time.perf_counter()
    work(*args, **named)  # type: ignore[operator]
    return (time.perf_counter() - began) * 1000


def _copied_out(model: type[Model], *, after: int) -> bytes:
    """Take what was written, and make an empty table with the same indexes and constraints."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            f" WHERE conrelid = '{table}'::regclass AND contype = 'f'"
        )
        for (definition,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE bare_{table} ADD {definition}")
        rows = f"SELECT * FROM {table} WHERE id > {after} ORDER BY id"
        with cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
            return b"".join(copy)


def _copy_in(written: dict[type[Model], bytes]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for model, content in written.items():
            with cursor.copy(f"COPY bare_{model._meta.db_table} FROM STDIN") as copy:
                copy.write(content)


def _sent() -> tuple[ImportBatch, bytes]:
    """Send a file of clean rows over fifty contracts, its columns confirmed and checked."""
    supplier, sara = _supplier()
    content = _written([f"S-{number}" for number in range(CONTRACTS)])
    title = f"{uuid.uuid4().hex[:8]}.xlsx"
    sheet = actions.SentSheet(title=title, kind="xlsx", content=content, key=uuid.uuid4())
    batch = actions.send_import(supplier, sheet, by=sara, at=NOON)
    matched = actions.Matched(
        sheet="Sheet1",
        heading_row=1,
        headings=[],
        columns={field.value: place for place, field in enumerate(COLUMNS)},
    )
    actions.match_import(batch, matched, by=sara, at=NOON)
    ImportBatch.objects.filter(pk=batch.pk).update(status="checked")
    return ImportBatch.objects.select_related("supplier", "sent_by").get(pk=batch.pk), content


def _supplier() -> tuple[Supplier, User]:
    """Give fifty contracts to a supplier of its own, for two years."""
    number = Candidate.objects.values("supplier").distinct().count() + Supplier.objects.count()
    supplier = Supplier.objects.create(name="Leverancier Blad")
    sara = User.objects.create_user(f"sheet{number}@example.org", name="Sara")
    Membership.objects.create(
        user=sara, supplier=supplier, role=MembershipRole.MEMBER, given_at=NOON
    )
    first = Contract.objects.order_by("pk")[0]
    _block(first)
    for place in range(CONTRACTS):
        Contract.objects.create(
            authority=first.authority,
            supplier=supplier,
            officer=first.officer,
            manager=first.manager,
            value_table=first.value_table,
            accepted_at=NOON,
            awarded_on=dt.date(2025, 12, 1),
            starts_on=dt.date(2026, 1, 1),
            ends_on=dt.date(2027, 12, 31),
            value_eur=Decimal(9_000_000),
            status="active",
            title=f"Blad {place}",
            reference=f"S-{place}",
        )
    return supplier, sara


def _block(contract: Contract) -> None:
    row = valuation.Block(
        code="sheet", unit=valuation.Unit.FULL_TIME_YEAR, value_eur=Decimal(40_000)
    )
    Block.objects.get_or_create(
        table=contract.value_table,
        code=row.code,
        defaults={
            "position": 9,
            "label_nl": "Rij van het blad",
            "label_en": "Row of the sheet",
            "unit": row.unit,
            "value_eur": row.value_eur,
            "privacy_class": PrivacyClass.ORDINARY,
            "terms": codec.encode(row),
        },
    )


def _written(contracts: list[str]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    page = book.add_worksheet()
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    page.write_row(0, 0, [field.value for field in COLUMNS])
    for number, row in enumerate(_rows(contracts), 1):
        reference, contract, hours, starts_on = row
        page.write_row(number, 0, [reference, contract, "Rij van het blad", hours])
        page.write_datetime(number, 4, starts_on, day)
        page.write_string(number, 5, "temporary")
    book.close()
    return content.getvalue()


def _rows(contracts: list[str]) -> Iterator[tuple[str, str, float, dt.date]]:
    for number in range(ROWS):
        starts_on = dt.date(2026, 1, 1) + dt.timedelta(days=number * 7 % 600)
        hours = (16, 24, 28, 32, 36)[number % 5]
        yield f"P-{number:06d}", contracts[number % CONTRACTS], hours, starts_on
