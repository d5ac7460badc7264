"""Value tables from files into the database: once, published, and never changed once used (E02)."""

import shutil
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from contracts import actions, toml_tables, valuation
from contracts.models import Block, EvidenceKind, TargetGroup, ValueTable, ValueTableStatus
from contracts.valuation import codec
from sroi_portal.core.models import AuditEvent
from tests import factories
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SHIPPED = toml_tables.shipped()
LEIDEN = next(table for table in SHIPPED.tables if table.code == "leiden")


@pytest.fixture
def loaded():
    call_command("load_value_tables", stdout=StringIO())
    return ValueTable.objects.get(code="leiden")


@pytest.fixture
def folder(tmp_path):
    """The shipped tables in a folder where they can be changed."""
    return shutil.copytree(toml_tables.FOLDER, tmp_path / "tables")


def change(folder, old, new):
    path = folder / "leiden-2023.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_tables_are_published(loaded):
    assert loaded.status == ValueTableStatus.PUBLISHED
    assert ValueTable.objects.count() == len(SHIPPED.tables)
    assert EvidenceKind.objects.count() == len(SHIPPED.evidence_kinds)
    assert TargetGroup.objects.count() == len(SHIPPED.target_groups)
    verbs = set(AuditEvent.objects.values_list("verb", "from_status", "to_status"))
    moves = {
        ("", "draft") if table.status == "draft" else ("draft", "published")
        for table in SHIPPED.tables
    }
    assert verbs == {("load_value_table", *move) for move in moves}


def test_what_is_stored_turns_back_into_what_was_read(loaded):
    assert loaded.as_terms() == LEIDEN.terms
    assert [block.as_terms() for block in loaded.blocks.all()] == [r.block for r in LEIDEN.rows]
    assert [bonus.as_terms() for bonus in loaded.bonuses.all()] == [b.bonus for b in LEIDEN.bonuses]


def test_loading_twice_changes_nothing(loaded):
    before = (Block.objects.in_bulk().keys(), AuditEvent.objects.count())
    call_command("load_value_tables", stdout=StringIO())
    assert (Block.objects.in_bulk().keys(), AuditEvent.objects.count()) == before


def test_an_unused_version_takes_a_correction(loaded, folder):
    change(folder, "value_eur = 5000", "value_eur = 5500")
    call_command("load_value_tables", folder=folder, stdout=StringIO())
    assert loaded.blocks.get(code="no-benefit").value_eur == Decimal(5500)
    assert AuditEvent.objects.latest("pk").changed == ["terms"]


def test_a_used_version_stays_where_only_words_differ(loaded, folder, ministry, noord, piet):
    factories.ContractFactory(authority=ministry, supplier=noord, officer=piet, value_table=loaded)
    before = loaded.source
    change(folder, before, "https://example.org/bouwblokken")
    call_command("load_value_tables", folder=folder, stdout=StringIO())
    loaded.refresh_from_db()
    assert loaded.source == before


def test_a_used_version_never_changes(loaded, folder, ministry, noord, piet):
    factories.ContractFactory(authority=ministry, supplier=noord, officer=piet, value_table=loaded)
    change(folder, "value_eur = 5000", "value_eur = 5500")
    with pytest.raises(CommandError, match="frozen in contracts"):
        call_command("load_value_tables", folder=folder, stdout=StringIO())
    assert loaded.blocks.get(code="no-benefit").value_eur == Decimal(5000)


def test_a_mistake_in_a_file_is_told(folder):
    change(folder, "value_eur = 5000", "value_eur = 'veel'")
    with pytest.raises(CommandError, match="no-benefit"):
        call_command("load_value_tables", folder=folder, stdout=StringIO())


def test_who_proposes_does_not_approve(ada, vera):
    table = actions.load_value_table(LEIDEN_WITHOUT_ROWS, by=ada, at=NOON, approved_by=vera)
    assert (table.proposed_by, table.approved_by, table.published_at) == (ada, vera, NOON)
    ValueTable.objects.all().delete()
    with pytest.raises(ValidationError, match="Somebody else"):
        actions.load_value_table(LEIDEN_WITHOUT_ROWS, by=ada, at=NOON, approved_by=ada)


def test_the_people_of_a_table_are_named_by_their_address(ada, vera, folder):
    call_command(
        "load_value_tables", proposed_by=ada.email, approved_by=vera.email, stdout=StringIO()
    )
    assert set(ValueTable.objects.values_list("approved_by", flat=True)) == {vera.pk}
    change(folder, "value_eur = 5000", "value_eur = 5500")
    with pytest.raises(CommandError, match="Somebody else"):
        call_command(
            "load_value_tables",
            folder=folder,
            proposed_by=ada.email,
            approved_by=ada.email,
            stdout=StringIO(),
        )
    with pytest.raises(CommandError, match=r"nobody@example\.org"):
        call_command("load_value_tables", proposed_by="nobody@example.org", stdout=StringIO())


def test_anybody_reads_the_tables(client, loaded):
    answer = client.get(reverse("contracts:value-table-list"))
    assert "Bouwblokkenmethode" in answer.text
    page = client.get(loaded.get_absolute_url())
    for told in ("assumed: the publisher names no norm", "no limit named", "€5,000", "Sheltered"):
        assert told in page.text


def test_a_table_that_was_never_published_is_nobodys_business(client, db):
    draft = factories.ValueTableFactory(status=ValueTableStatus.DRAFT, published_at=None)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "No value tables yet" in client.get(reverse("contracts:value-table-list")).text


def test_every_kind_of_row_and_limit_is_shown(client, db):
    """A table with all that a publisher can say."""
    table = factories.value_table(valid_from=None)
    table.terms |= {
        "limits": [{"code": "learn", "label_nl": "Leren", "label_en": "Learning", "pct": "50"}],
        "part_months": "year_days",
    }
    table.save()
    full = valuation.Block(
        code="full",
        unit=valuation.Unit.FULL_TIME_YEAR,
        value_eur=Decimal(1),
        counts_max_months=12,
        minimum_hours_per_week=Decimal(12),
        limit_pct=Decimal(50),
    )
    always = valuation.Block(
        code="always", unit=full.unit, value_eur=Decimal(1), counts_always=True
    )
    half = valuation.Block(
        code="half", unit=valuation.Unit.INVOICE_SHARE, recognition_pct=Decimal(50)
    )
    factories.BlockFactory(table=table, code="full", terms=codec.encode(full))
    factories.BlockFactory(table=table, code="always", terms=codec.encode(always))
    factories.BlockFactory(
        table=table,
        code="half",
        kind="purchase",
        unit="invoice_share",
        value_eur=None,
        terms=codec.encode(half),
    )
    page = client.get(table.get_absolute_url()).text.replace("\xa0", " ")
    for told in ("at most 12 months", "from 12 hours a week", "always", "50.0%", "Learning"):
        assert told in page


LEIDEN_WITHOUT_ROWS = LEIDEN.__class__(
    code="leeg",
    source="",
    terms=LEIDEN.terms.__class__(publisher="P", table="T", version="1", valid_from=None),
    rows=(),
    bonuses=(),
    limits=(),
)


def test_a_table_says_how_it_counts_and_who_says_so(client, loaded):
    page = client.get(loaded.get_absolute_url()).text.replace("\xa0", " ")

    for told in (
        "How this table counts",
        "Do hours above a full-time week count?",
        "No: at most a full-time week counts.",
        "Yes: of that age or older.",
        "as published",
        "default of this portal",
    ):
        assert told in page


def test_a_limit_of_the_table_stands_with_each_row(client, loaded):
    table = ValueTable.objects.get(code="den-haag")
    page = client.get(table.get_absolute_url()).text.replace("\xa0", " ")

    assert "at most 12 months, unless an effort says otherwise" in page
    for row, told in (
        ("unemployment", "at most 12 months"),
        ("dual-track-3", "at most 36 months"),
        ("jobs-agreement", "always"),
    ):
        of_row = page.partition(f'id="{row}"')[2].partition("</tr>")[0]
        assert told in of_row
        assert ("started at most 12 months before" in of_row) == (row != "jobs-agreement")


def test_a_draft_is_loaded_and_never_published(loaded):
    draft = ValueTable.objects.get(code="oost-nederland")

    assert (draft.status, draft.published_at) == (ValueTableStatus.DRAFT, None)
    assert draft not in ValueTable.objects.public()
