"""Spreadsheets from outside are opened without trust."""

import io
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook

from sroi_portal.core import workbooks
from sroi_portal.core.workbooks import UnreadableWorkbookError


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def book(*rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    return made


def saved(made):
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def packed(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, said in parts.items():
            package.writestr(name, said)
    return content.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def refused(content):
    with pytest.raises(UnreadableWorkbookError) as refusal:
        workbooks.rows_of(content, most_rows=10)
    return str(refusal.value)


def test_values_are_read_without_formulas_and_empty_rows_at_the_end():
    content = saved(book(["a", 1, 2.5, None], ["=1+1", True], [None, ""], ["", None]))

    assert workbooks.rows_of(content, most_rows=10) == {"Sheet": [("a", 1, 2.5), (None, True)]}


def test_more_rows_than_asked_are_not_read():
    content = saved(book(*([number] for number in range(50))))

    assert len(workbooks.rows_of(content, most_rows=10)["Sheet"]) == 11


def test_a_sheet_that_says_it_is_endless_is_read_to_its_bounds():
    made = book(["a"])
    made.active.cell(1_048_576, 16_384).value = "far"

    assert workbooks.rows_of(saved(made), most_rows=10) == {"Sheet": [("a",)]}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"not a workbook",
        packed({"xl/workbook.xml": "<x/>"}),
        packed({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x"}),
        packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
        packed({f"{number}.xml": "" for number in range(201)}),
    ],
)
def test_what_is_no_workbook_is_refused(content):
    assert refused(content) == "The file cannot be read. Save it again as a spreadsheet (XLSX)."


def test_a_part_that_stands_there_twice_is_refused():
    content = io.BytesIO(saved(book(["a"])))
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(content, "a") as package,
    ):
        package.writestr("xl/workbook.xml", "<x/>")

    assert "cannot be read" in refused(content.getvalue())


def test_a_large_file_is_refused():
    assert "larger than 2 MB" in refused(b"x" * (workbooks.MOST_BYTES + 1))


def test_a_file_that_unpacks_to_a_bomb_is_refused():
    parts = parts_of(saved(book(["a"])))
    parts["xl/sharedStrings.xml"] = b" " * (workbooks.MOST_UNPACKED_BYTES + 1)

    assert "too large once it is unpacked" in refused(packed(parts))


def test_entities_are_not_expanded():
    parts = parts_of(saved(book(["a"])))
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    parts["xl/workbook.xml"] = f'<!DOCTYPE x [<!ENTITY l0 "ha">{lol}]><x>&l11;</x>'.encode()

    assert "cannot be read" in refused(packed(parts))


@pytest.mark.parametrize(
    "name",
    ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/oleObject1.bin"],
)
def test_macros_links_and_files_within_are_refused(name):
    parts = parts_of(saved(book(["a"]))) | {name: b"x"}

    assert "macros, links or other files" in refused(packed(parts))


def test_too_many_sheets_are_refused():
    made = book(["a"])
    for _number in range(workbooks.MOST_SHEETS):
        made.create_sheet()

    assert "too many sheets" in refused(saved(made))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", "plain"),
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("'=1", "''=1"),
        ("''", "'''"),
        ("'s-Gravendeel", "'s-Gravendeel"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_a_text_that_looks_like_a_formula_is_quoted_and_taken_back(text, written):
    assert workbooks.quoted(text) == written
    assert workbooks.unquoted(written) == text
