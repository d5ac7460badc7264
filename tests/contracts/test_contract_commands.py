"""Categories, codes and the proof of the ledger from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contracts import fulfilment
from contracts.models import Category, Code, Fulfilment
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db


def run(command, **options):
    said = StringIO()
    call_command(command, stdout=said, **options)
    return said.getvalue()


def test_categories_are_written_once():
    assert run("load_categories") == run("load_categories")
    assert Category.objects.get(code="schoonmaak").name_en == "Cleaning"


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "cpv-2008_nl.csv").write_text(
        "code,label_nl,label_en\n90910000,Reinigingsdiensten,Cleaning services\n"
        "90911000,Woningen,Homes\n",
        encoding="utf-8",
    )
    (tmp_path / "nuts_nl.csv").write_text("code,label_nl,label_en\nNL,Nederland,Netherlands\n")
    return tmp_path


def test_codes_are_written_and_never_removed(lists):
    assert run("load_codes", folder=lists) == "cpv: 2 codes\nnuts: 1 codes\n"
    path = lists / "cpv-2008_nl.csv"
    path.write_text("code,label_nl,label_en\n90910000,Schoonmaak,Cleaning\n", encoding="utf-8")
    run("load_codes", folder=lists)
    assert Code.objects.get(code="90910000").label_nl == "Schoonmaak"
    assert Code.objects.get(code="90911000").valid_until is not None
    path.write_text("code,label_nl,label_en\n90911000,Huizen,Homes\n", encoding="utf-8")
    run("load_codes", folder=lists)
    assert Code.objects.get(code="90911000").valid_until is None


def test_codes_are_found_by_digits_and_by_words(lists):
    run("load_codes", folder=lists)
    assert [code.code for code in Code.objects.matching("cpv", "9091")] == ["90910000", "90911000"]
    assert [code.code for code in Code.objects.matching("cpv", "reiniging")] == ["90910000"]


def test_without_a_folder_it_says_so(tmp_path):
    with pytest.raises(CommandError, match="SROI_SHARED"):
        run("load_codes", folder=tmp_path)


def test_fulfilment_that_is_not_computed_yet_is_left_out(contract):
    assert "1 contracts wait" in run("check_ledger")


def test_the_ledger_proves_the_fulfilment(contract):
    fulfilment.recompute(today=TODAY, at=NOON)
    assert run("check_ledger") == "Fulfilment equals the ledger.\n"
    Fulfilment.objects.update(verified_eur=1)
    with pytest.raises(SystemExit, match="1"):
        run("check_ledger")
