"""Value tables found, compared, taken along and read from a file."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts import kept_tables, toml_tables
from contracts.kept_tables import words
from contracts.models import ValueTable, ValueTableStatus
from tests import factories
from tests.contracts.table_drafts import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_tables_are_found_by_name_and_status(client, table, draft, ada):
    listed = client.get(address("list"), {"status": "draft"}).text
    assert draft.get_absolute_url() in listed
    assert table.get_absolute_url() not in listed
    assert "Nothing found" in client.get(address("list"), {"q": "xyzzy"}).text
    client.logout()
    listed = client.get(address("list"), {"q": "voorbeeld"}).text
    assert table.get_absolute_url() in listed
    assert draft.get_absolute_url() not in listed
    assert "Type a table" not in listed


def test_the_address_holds_what_is_compared(client, table):
    other = factories.value_table(version="2", code=table.code)
    other.blocks.filter(code="ww").update(value_eur=Decimal(1))
    asked = {"left": table.pk, "right": other.pk}
    page = client.get(address("compare"), asked).text
    assert "€20,000.00" in page
    assert "€1.00" in page
    assert "differs" in page
    assert "Participatiewet" not in page
    assert "Participation Act" in client.get(address("compare"), asked | {"all": "on"}).text
    assert "Choose two tables." in client.get(address("compare"), {"left": table.pk}).text


def test_a_draft_is_compared_by_its_own_people_only(client, draft, table):
    asked = {"left": table.pk, "right": draft.pk}
    assert "In short" in client.get(address("compare"), asked).text
    client.logout()
    assert "In short" not in client.get(address("compare"), asked).text


@pytest.mark.parametrize("kind", ["toml", "xlsx"])
def test_what_is_taken_along_reads_back_as_a_draft(adviser, sound, kind):
    taken = adviser.get(address("export", sound.pk, kind))
    assert "attachment" in taken.headers["Content-Disposition"]
    file = SimpleUploadedFile(f"tabel.{kind}", taken.content)
    answer = adviser.post(address("import"), {"file": file, "version": "9"})
    made = ValueTable.objects.get(version="9")
    assert answer.url == address("edit", made.pk)
    assert made.status == ValueTableStatus.DRAFT
    one, other = kept_tables.of(sound), kept_tables.of(made)
    assert kept_tables.compare(one, other, words.names()).settings_differ == 1
    assert one.rows == other.rows


def test_there_is_no_other_kind_of_file(client, table):
    assert client.get(address("export", table.pk, "docx")).status_code == 404


def _zip(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.toml", b"[table", "not sound"),
        ("t.toml", b"[table]\ncode = 'x'\n", "version is missing"),
        ("t.toml", b"\xff\xfe\x00", "encoding UTF-8"),
        ("t.toml", b"PK\x03\x04", "no TOML file"),
        ("t.exe", b"MZ", "no TOML file"),
        ("t.xlsx", b"[table]", "no TOML file"),
        ("t.xlsx", _zip(a="b"), "cannot be read"),
        ("t.toml", b"#" * (1024 * 1024 + 1), "larger than 1 MB"),
        ("bsn 111222333.toml", b"[table]", "BSN"),
        ("t.toml", b"", "empty"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(adviser, name, content, said):
    file = SimpleUploadedFile(name, content)
    assert said in adviser.post(address("import"), {"file": file}).text
    assert not ValueTable.objects.exists()


def test_each_mistake_in_a_file_is_named_with_its_row(adviser, sound):
    text = toml_tables.as_toml(kept_tables.of(sound))
    text = text.replace("value_eur = 20000.00", 'value_eur = "veel"').replace('"p-wet"', '"p wet"')
    file = SimpleUploadedFile("t.toml", text.encode())
    page = adviser.post(address("import"), {"file": file, "version": "9"}).text
    assert "rows 1 (ww)" in page
    assert "value_eur must be a number" in page
    assert "rows 2 (p wet)" in page


def test_a_scanner_looks_at_a_file_when_there_is_one(adviser, settings):
    settings.CLAMAV = "/nowhere/clamd.sock"
    file = SimpleUploadedFile("t.toml", b"[table]")
    assert "scanner does not answer" in adviser.post(address("import"), {"file": file}).text


@pytest.mark.parametrize("name", ["list", "detail", "compare", "edit", "propose"])
def test_a_page_costs_the_same_queries_for_one_row_and_for_many(adviser, sound, table, name):
    args = [] if name in {"list", "compare"} else [sound.pk]
    asked = {"left": table.pk, "right": sound.pk, "all": "on"} if name == "compare" else {}

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert adviser.get(address(name, *args), asked).status_code == 200
        return len(queries)

    before = cost()
    for number in range(3):
        block = factories.BlockFactory(
            table=sound, code=f"more-{number}", label_nl="Meer", label_en="More"
        )
        block.evidence_kinds.add(factories.EvidenceKindFactory())
        factories.value_table()
    assert cost() == before
