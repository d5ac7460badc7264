"""Tables written as TOML and as a workbook read back the same; what is wrong is refused by place."""

import io
import string
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from contracts import toml_tables, valuation
from contracts.toml_tables import (
    BonusRow,
    Limit,
    Privacy,
    Row,
    RowKind,
    Setting,
    Staff,
    Status,
    Table,
    TableError,
)
from contracts.toml_tables.columns import Kind
from contracts.toml_tables.tables import PRICED
from contracts.toml_tables.workbooks import READERS
from tests.contracts.test_value_tables import (
    EVERY_FIELD,
    SHIPPED,
    _english,  # noqa: F401 - a fixture of every test here
    read,
)

READER = toml_tables.TableReader(SHIPPED.target_groups, SHIPPED.evidence_kinds)
GROUPS = {group.code: group.privacy for group in SHIPPED.target_groups}
KINDS = sorted(READER.kinds)

code = st.text(string.ascii_lowercase + string.digits + "-_", min_size=1, max_size=20)
codes = st.lists(code, max_size=3, unique=True).map(tuple)
text = st.text(
    st.characters(blacklist_categories=["Cc", "Cn", "Cs"]), min_size=1, max_size=30
).filter(lambda each: each.strip() == each)
formula = st.sampled_from(["=1+1", "+31", "-5", "@SUM(A1)", "'=x", "''x", "'s-Hertogenbosch"])
label = text | formula
euros = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)
some_months = st.none() | st.integers(0, 600)
hours = st.none() | st.integers(0, 600).map(lambda number: Decimal(number) / 10)
pct = st.integers(1, 10_000).map(lambda number: Decimal(number) / 100)

terms = st.builds(
    valuation.Terms,
    publisher=label,
    table=label,
    version=st.text(string.digits + ".-", min_size=1, max_size=9),
    valid_from=st.none() | st.dates(),
    norm_hours=st.integers(1, 600).map(lambda number: Decimal(number) / 10),
    norm_assumed=st.booleans(),
    part_months=st.sampled_from(valuation.PartMonths),
    cap_counts=st.sampled_from(valuation.CapCounts),
    hours_above_norm=st.sampled_from(valuation.HoursAboveNorm),
    norm_over=st.sampled_from(valuation.NormOver),
    rounding=st.sampled_from(valuation.Rounding),
    counts_max_months=some_months,
    row_cap=st.sampled_from(valuation.RowCap),
    cap_starts=st.sampled_from(valuation.CapStarts),
    look_back_always=st.booleans(),
    bracket_edge=st.sampled_from(valuation.BracketEdge),
    bracket_change=st.sampled_from(valuation.BracketChange),
).map(lambda made: replace(made, norm_hours=Decimal(36)) if made.norm_assumed else made)
limit = st.builds(Limit, code=code, label_nl=label, label_en=label, pct=pct)
unit = st.sampled_from(valuation.Unit)


@st.composite
def blocks(draw, limits):
    chosen = draw(unit)
    always = draw(st.booleans())
    begin, end = draw(st.sampled_from([(None, None), (3, None), (None, 12), (12, 24)]))
    return valuation.Block(
        code=draw(code),
        unit=chosen,
        value_eur=draw(euros) if chosen in PRICED else None,
        label_nl=draw(label),
        label_en=draw(label),
        counts_max_months=None if always else draw(some_months),
        counts_always=always,
        cap_is_exception=draw(st.booleans()),
        benefit_from_months=begin,
        benefit_until_months=end,
        minimum_hours_per_week=draw(hours),
        prorata_hours=draw(st.booleans()),
        look_back_months=draw(some_months),
        same_employer_months=draw(some_months),
        daily_max_eur=draw(st.none() | euros),
        recognition_pct=draw(pct),
        limit_pct=limits.pct if limits else None,
    )


@st.composite
def rows(draw, limits):
    found = draw(st.none() | st.sampled_from(limits)) if limits else None
    kind = draw(st.sampled_from(RowKind))
    group = draw(st.sampled_from(sorted(GROUPS))) if kind is RowKind.PLACEMENT else ""
    least = GROUPS.get(group, Privacy.ORDINARY).rank
    return Row(
        block=draw(blocks(found)),
        kind=kind,
        target_group=group,
        privacy=draw(st.sampled_from(list(Privacy)[least:])),
        evidence_kinds=tuple(draw(st.lists(st.sampled_from(KINDS), max_size=3, unique=True))),
        staff=draw(st.sampled_from(Staff)),
        limit=found.code if found else "",
    )


@st.composite
def bonuses(draw, row_codes):
    return BonusRow(
        valuation.Bonus(
            code=draw(code),
            value_eur=draw(euros.filter(bool)),
            label_nl=draw(label),
            label_en=draw(label),
            conditions=draw(codes),
            age=draw(st.none() | st.integers(0, 100)),
            age_operator=draw(st.sampled_from(valuation.AgeOperator)),
            after_internship_months=draw(hours),
            prorata=draw(st.booleans()),
            highest_of=draw(st.just("") | label),
        ),
        tuple(draw(st.lists(st.sampled_from(row_codes), max_size=2, unique=True))),
    )


@st.composite
def tables(draw):
    """Any table that a reader takes."""
    limits = draw(st.lists(limit, max_size=2, unique_by=lambda each: each.code))
    made = st.lists(rows(limits), min_size=1, max_size=3, unique_by=lambda row: row.block.code)
    of_table = draw(made)
    row_codes = [row.block.code for row in of_table]
    extra = st.lists(bonuses(row_codes), max_size=2, unique_by=lambda row: row.bonus.code)
    return Table(
        code=draw(code),
        source=draw(label),
        terms=draw(terms),
        rows=tuple(of_table),
        bonuses=tuple(draw(extra)),
        limits=tuple(limits),
        as_published=draw(st.frozensets(st.sampled_from(Setting))),
        status=draw(st.sampled_from(Status)),
    )


@settings(deadline=None)
@given(tables())
def test_toml_reads_back_to_the_same_table(table):
    assert READER.read(toml_tables.as_toml(table)) == table


@settings(deadline=None, max_examples=40)
@given(tables())
def test_a_workbook_reads_back_to_the_same_table(table):
    assert toml_tables.from_workbook(toml_tables.as_workbook(table), READER) == table


@pytest.mark.parametrize("table", [pytest.param(each, id=each.code) for each in SHIPPED.tables])
def test_a_shipped_table_reads_back_from_both(table):
    assert READER.read(toml_tables.as_toml(table)) == table
    assert toml_tables.from_workbook(toml_tables.as_workbook(table), READER) == table


def test_toml_says_all_settings_and_of_a_row_what_it_says():
    text = toml_tables.as_toml(read(EVERY_FIELD))

    assert 'row_cap = "lowest"' in text
    assert 'as_published = ["part_months", "rounding"]' in text
    assert "value_eur = 40000.50" in text
    assert "counts_always" not in text


def workbook():
    return load_workbook(io.BytesIO(toml_tables.as_workbook(read(EVERY_FIELD))))


def refused(book):
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(TableError) as refusal:
        toml_tables.from_workbook(content.getvalue(), READER)
    return [str(problem) for problem in refusal.value.problems]


def taken(book):
    content = io.BytesIO()
    book.save(content)
    return toml_tables.from_workbook(content.getvalue(), READER)


def column(page, heading):
    return next(cell.column for cell in page[1] if cell.value == heading)


def put(book, sheet, heading, value, row=2):
    book[sheet].cell(row, column(book[sheet], heading)).value = value
    return book


def test_a_workbook_has_dutch_headings_and_offers_choices():
    book = workbook()

    assert book.sheetnames == ["Tabel", "Grenzen", "Regels", "Toeslagen"]
    assert [cell.value for cell in book["Regels"][1]][:4] == [
        "Code",
        "Soort",
        "Doelgroep",
        "Omschrijving",
    ]
    offers = [each.formula1 for each in book["Tabel"].data_validations.dataValidation]
    assert '"half_up,down"' in offers
    assert '"ja,nee"' in offers


def test_a_text_is_never_a_formula():
    table = read(EVERY_FIELD)
    table = replace(table, source='=HYPERLINK("https://example.org")')
    book = load_workbook(io.BytesIO(toml_tables.as_workbook(table)))
    cell = book["Tabel"].cell(2, column(book["Tabel"], "Bron"))

    assert (cell.data_type, cell.value) == ("s", '\'=HYPERLINK("https://example.org")')


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "problem"),
    [
        ("Tabel", "Geldt vanaf", "morgen", "sheet Tabel, row 2: valid_from must be a day"),
        ("Tabel", "Afronding", "omhoog", "sheet Tabel, row 2: rounding is “omhoog”"),
        ("Regels", "Waarde in euro", "veel", "sheet Regels, row 2 (assistance-2): value_eur must"),
        ("Regels", "Waarde in euro", True, "sheet Regels, row 2 (assistance-2): value_eur must"),
        ("Regels", "Telt altijd", "soms", "sheet Regels, row 2 (assistance-2): counts_always must"),
        ("Regels", "Telt hoogstens maanden", 1.5, "sheet Regels, row 2 (assistance-2): counts_max"),
        ("Regels", "Bewijs", "paspoort", "sheet Regels, row 2 (assistance-2): “paspoort” is not"),
        ("Toeslagen", "Voor de regels", "andere", "sheet Toeslagen, row 2 (age): “andere” is not"),
        ("Grenzen", "Hoogstens procent", 101, "sheet Grenzen, row 2 (learning): pct must be"),
    ],
)
def test_a_mistake_in_a_workbook_is_refused_by_sheet_and_row(sheet, heading, value, problem):
    assert any(said.startswith(problem) for said in refused(put(workbook(), sheet, heading, value)))


def test_all_mistakes_in_a_workbook_are_said_at_once():
    book = put(workbook(), "Regels", "Waarde in euro", "veel")
    book["Regels"].cell(1, 40).value = "Kleur"
    book.create_sheet("Extra")
    book["Toeslagen"].cell(2, 1).value = None

    assert refused(book)[:2] == [
        "sheet Regels: “Kleur” is no heading",
        "Extra: this is not a known sheet; the sheets are: Tabel, Grenzen, Regels, Toeslagen",
    ]
    assert "sheet Toeslagen, row 2: code is missing" in refused(book)


def test_an_empty_workbook_is_no_table():
    said = refused(Workbook())

    assert "Sheet: this is not a known sheet" in said[0]
    assert "sheet Tabel: the table has no rows" in said


@pytest.mark.parametrize(
    ("sheet", "heading", "value"),
    [
        ("Tabel", "Geldt vanaf", "2024-07-01"),
        ("Tabel", "Geldt vanaf", read(EVERY_FIELD).terms.valid_from),
        ("Tabel", "Versie", 2.0),
        ("Tabel", "Uren per volle week", "37,5"),
        ("Regels", "Telt hoogstens maanden", "24"),
        ("Regels", "Telt hoogstens maanden", 24.0),
        ("Regels", "Telt altijd", False),
        ("Regels", "Telt altijd", "Nee"),
        ("Toeslagen", "Voorwaarden", " seen;"),
    ],
)
def test_a_workbook_may_be_filled_in_by_hand(sheet, heading, value):
    assert taken(put(workbook(), sheet, heading, value)) == read(EVERY_FIELD)


@pytest.mark.parametrize(
    ("kind", "cell", "read"),
    [
        (Kind.TEXT, 3.0, "3"),
        (Kind.TEXT, 2.5, "2.5"),
        (Kind.NUMBER, 12.0, 12),
        (Kind.NUMBER, 12.5, Decimal("12.5")),
        (Kind.NUMBER, "1.000", Decimal("1.000")),
        (Kind.CODES, 7.0, ["7"]),
    ],
)
def test_a_cell_is_read_by_its_column(kind, cell, read):
    assert READERS[kind](cell) == read


def test_rows_may_be_left_empty_and_move():
    book = workbook()
    book["Regels"].insert_rows(3)
    book["Regels"].cell(9, 1).value = ""

    assert taken(book) == read(EVERY_FIELD)


def test_a_table_of_too_many_rows_is_refused():
    book = workbook()
    for number in range(500):
        book["Regels"].append([f"row-{number}"])

    assert "rows: this must be a list of rows, at most 500" in refused(book)


def test_what_is_no_workbook_is_refused():
    with pytest.raises(TableError, match="Save it again as a spreadsheet"):
        toml_tables.from_workbook(b"not a workbook", READER)
