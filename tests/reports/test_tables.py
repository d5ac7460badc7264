"""Whichever file somebody opens, the figures are those that were frozen."""

import csv
import dataclasses
import io
import zipfile
from collections import Counter
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from contracts.models import Contract
from reports import actions, definitions, printing, published, tables
from reports.definitions.lasting import Lasting
from reports.definitions.people import People, Work, WorkLine
from reports.jobs_figures import Jobs
from reports.models import Definition, Report
from tests.conftest import NOON
from tests.reports import printed

FORMULA = '=HYPERLINK("http://example.org")'


def _amounts(thing):
    """Every amount of euros in the file of the facts, however deep."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            if name.endswith("_eur") and value is not None:
                yield Decimal(value)
            else:
                yield from _amounts(value)
    elif isinstance(thing, list):
        for each in thing:
            yield from _amounts(each)


def _sheets(report):
    with tables.as_xlsx(report) as file:
        book = load_workbook(file)
    return {page.title: [[cell.value for cell in row] for row in page.rows] for page in book}


def _files(report):
    with zipfile.ZipFile(tables.as_csv(report)) as packed:
        for name in packed.namelist():
            text = packed.read(name).decode("utf-8-sig")
            delimiter = ";" if report.language == "nl" else ","
            yield list(csv.reader(io.StringIO(text), delimiter=delimiter))


def _cents(rows, language):
    """Numbers of a CSV that have two decimals."""
    mark = "," if language == "nl" else "."
    for row in rows:
        for value in row:
            whole, _mark, part = value.partition(mark)
            if whole.lstrip("-").isdigit() and len(part) == 2 and part.isdigit():
                yield Decimal(f"{whole}.{part}")


@pytest.mark.parametrize("definition", Definition)
def test_every_file_says_the_same_to_the_cent(subject, issue, definition):
    for language in ("nl", "en"):
        report = issue(definition=definition, language=language, **subject[definition])
        report = Report.objects.get(pk=report.pk)

        sheets = list(_sheets(report).values())
        files = list(_files(report))

        assert [len(rows) for rows in sheets] == [len(rows) for rows in files]
        in_sheets = Counter(
            Decimal(value).quantize(Decimal("0.01"))
            for rows in sheets
            for row in rows[1:]
            for value in row
            if isinstance(value, int | float) and not isinstance(value, bool)
        )
        in_files = Counter(amount for rows in files for amount in _cents(rows, language))
        frozen = Counter(_amounts(report.facts))
        assert in_files <= in_sheets
        assert set(frozen) <= set(in_files)
        if language == "en":
            continue  # amounts on a page are read as Dutch ones
        shown = printed.amounts(printing.as_twin(report))
        assert shown <= {printed.euros(amount) for amount in in_files}
        account, standing = definitions.read(report).in_short
        wanted = {account.verified_eur, standing.owed_eur, standing.done_eur}
        assert {printed.euros(amount) for amount in wanted} <= shown


def test_every_field_of_every_definition_has_a_word():
    """A new fact cannot be forgotten in the files."""
    for kind in definitions.KINDS.values():
        for name, hint in tables._hints(kind.facts).items():
            inner = getattr(hint, "__args__", (hint,))[0]
            if dataclasses.is_dataclass(inner):
                assert name == "issue" or name in tables.TITLES
                if inner not in (People, Jobs, Lasting):
                    assert set(tables._paths(inner)) <= set(tables.LABELS)
            else:
                assert name in tables.LABELS


def test_the_value_of_a_contract_is_called_so_in_each_table(busy, issue):
    heads = _sheets(issue(language="en"))["Each contract"][0]
    assert "Contract value without VAT" in heads
    assert "Worth of one" not in heads


def test_the_files_are_in_the_language_of_the_report(busy, issue):
    assert "In short" in _sheets(issue(busy, language="en"))
    assert "In het kort" in _sheets(issue(busy))


def test_what_is_hidden_about_people_is_the_same_mark_in_each_file(busy, issue, monkeypatch):
    report = issue(definition=Definition.ANNUAL, year=2026, language="en")
    line = WorkLine("Ministry", (Work(None, None), Work(10, Decimal("52.00"))))
    people = People(Work(20, None), ("Quarter 1", "Quarter 2"), line, (line,), ())
    found = dataclasses.replace(definitions.read(report), people=people)
    monkeypatch.setattr("reports.definitions.read", lambda _report: found)

    hidden, whole = ["Ministry", "Quarter 1", *["x"] * 3], ["All authorities", "Whole year"]

    rows = _sheets(report)["People and hours"]
    assert published.HIDDEN == "x"
    assert rows.count(hidden) == 2
    assert rows[1][2:] == [20, None, None]
    assert rows[3][1:4] == ["Quarter 2", 10, 52]
    (again,) = [rows for rows in _files(report) if whole[1] in str(rows)]
    assert again.count(hidden) == 2
    assert again[1][2:] == ["20", "", ""]
    assert printing.as_twin(report).count("x\n") == 3


def test_no_cell_is_a_formula(busy, issue):
    Contract.objects.filter(pk=busy.pk).update(title=FORMULA, reference="+1\x02")
    busy.refresh_from_db()
    report = issue(busy)
    cells = [value for rows in _sheets(report).values() for row in rows for value in row]
    cells += [value for rows in _files(report) for row in rows for value in row]
    assert cells.count(f"'{FORMULA}") == 2
    assert not any(str(cell).startswith(("=", "+", "@")) for cell in cells)


def test_a_correction_names_in_its_files_what_changed(busy, issue, vera):
    report = issue(busy, language="en")
    Contract.objects.filter(pk=busy.pk).update(reference="NIEUW-1")
    report = Report.objects.get(pk=report.pk)
    made = actions.correct_report(report, by=vera, at=NOON, reason="The number.")
    rows = _sheets(Report.objects.get(pk=made.pk))["What changed"]
    assert rows[1][-1] == "NIEUW-1"


def test_files_come_from_the_page_of_the_report(client, busy, issue, vera):
    report = issue(busy)
    client.sign_in(vera)
    page = client.get(report.get_absolute_url()).content.decode()
    for kind, start in {"xlsx": b"PK", "csv": b"PK"}.items():
        url = reverse("reports:report-tables", args=[report.pk, kind])
        assert url in page
        assert b"".join(client.get(url).streaming_content).startswith(start)
    assert client.get(reverse("reports:report-tables", args=[report.pk, "ods"])).status_code == 404


def test_the_same_facts_give_the_same_files(busy, issue):
    report = issue(busy)
    assert tables.as_csv(report).read() == tables.as_csv(report).read()
