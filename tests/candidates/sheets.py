"""Spreadsheets as suppliers keep them: three shapes, each with rows in which something is wrong."""

import csv
import datetime as dt
import io

import xlsxwriter
from openpyxl import Workbook

FIRST = dt.date(2026, 1, 5)
WRONG = 20  # of a thousand rows

# what somebody mistypes: the field, and what stands there instead
MISTAKES = (
    ("reference", ""),
    ("reference", "jan@example.org"),
    ("contract", "C-9999"),
    ("block", "WW-plus"),
    ("block", ""),
    ("hours", "voltijds"),
    ("hours", 61),
    ("hours", ""),
    ("starts_on", "binnenkort"),
    ("starts_on", ""),
    ("starts_on", "31-02-2026"),
    ("starts_on", "01-02-2027"),
    ("ends_on", "01-01-2026"),
    ("ends_on", "ooit"),
    ("form", "zwart"),
    ("hours", "32,125"),
    ("hours", 0),
    ("contract", ""),
    ("block", "zzp"),
    ("reference", "01-02-1980"),
)


def people(count=1_000, contract="C-0001", wrong=WRONG):
    """Give rows; the mistakes stand spread over them."""
    for number in range(count):
        row = {
            "reference": f"K-{number:05d}",
            "contract": contract,
            "block": ("WW", "Participatiewet", "p-wet", "unemployment benefit")[number % 4],
            "hours": (32, 36, "24,5", 20.5)[number % 4],
            "starts_on": FIRST + dt.timedelta(days=number % 200),
            "ends_on": None if number % 3 else FIRST + dt.timedelta(days=300),
            "form": ("tijdelijk", "vast contract", "uitzendkracht", "Bepaalde tijd")[number % 4],
        }
        place, rest = divmod(number, count // wrong if wrong else count + 1)
        if wrong and rest == 3 and place < wrong:
            field, instead = MISTAKES[place % len(MISTAKES)]
            row[field] = instead
        yield row


def as_program_keeps_it(rows):
    """XLSX: a title, two rows of headings that are merged, real dates, a hidden sheet."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"date_1904": True})
    hidden = book.add_worksheet("Lijsten")
    hidden.write_row(0, 0, ["Doelgroep", "Uren", "Startdatum", "Kandidaat", "Contract"])
    hidden.hide()
    page = book.add_worksheet("Plaatsingen")
    day, bold = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"bold": True})
    page.write(0, 1, "Overzicht plaatsingen 2026", bold)
    page.merge_range("B3:C3", "Wie", bold)
    page.merge_range("D3:F3", "Werk", bold)
    page.merge_range("G3:G4", "Uren per week", bold)
    headings = ("Kandidaatnummer", "Doelgroep", "Opdrachtnummer", "Startdatum", "Einddatum")
    page.write_row(3, 1, headings, bold)
    page.write(3, 7, "Soort dienstverband", bold)
    for at, row in enumerate(rows, 4):
        page.write(at, 1, row["reference"])
        page.write(at, 2, row["block"])
        page.write(at, 3, row["contract"])
        for column, field in ((4, "starts_on"), (5, "ends_on")):
            if isinstance(row[field], dt.date):
                page.write_datetime(at, column, row[field], day)
            elif row[field]:
                page.write(at, column, row[field])
        page.write(at, 6, row["hours"])
        page.write(at, 7, row["form"])
    page.activate()
    book.close()
    return content.getvalue()


def as_text_of_windows(rows):
    """CSV: semicolons, Windows-1252, days as text, columns nobody asked for."""
    content = io.StringIO(newline="")
    table = csv.writer(content, delimiter=";")
    table.writerow(
        [
            "Vestiging",
            "Contract",
            "Begindatum",
            "t/m",
            "Uren",
            "Uitkering",
            "Kenmerk",
            "Contractvorm",
        ]
    )
    for row in rows:
        table.writerow(
            [
                "Café Noord",
                row["contract"],
                _written(row["starts_on"]),
                _written(row["ends_on"]),
                str(row["hours"]).replace(".", ","),
                row["block"],
                row["reference"],
                row["form"],
            ]
        )
    table.writerow([""] * 8)
    return content.getvalue().encode("cp1252")


def as_english_report(rows):
    """XLSX made with another program: English headings, text for everything, empty rows below."""
    book = Workbook()
    page = book.active
    page.title = "Report"
    page.append(
        [
            "Start date",
            "End date",
            "Hours per week",
            "Target group",
            "Employee number",
            "Type of contract",
            "Contract number",
        ]
    )
    for row in rows:
        page.append(
            [
                _written(row["starts_on"], "%Y-%m-%d"),
                _written(row["ends_on"], "%Y-%m-%d"),
                str(row["hours"]),
                row["block"],
                row["reference"],
                row["form"],
                row["contract"],
            ]
        )
    for _ in range(30):
        page.append(["", None, "   "])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _written(value, shape="%d-%m-%Y"):
    return value.strftime(shape) if isinstance(value, dt.date) else value or ""


SHAPES = {
    "a program's workbook": ("plaatsingen.xlsx", as_program_keeps_it),
    "a text of Windows": ("export.csv", as_text_of_windows),
    "an English report": ("report.xlsx", as_english_report),
}
