"""What the database refuses of tables about people, and to whom it shows them (R-307)."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from reports.models import FixedTable, PublishedCell, WorkOfContract
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.rights import Reach
from tests.database.conftest import YESTERDAY, another

pytestmark = pytest.mark.django_db

REFUSED = [
    ("one_table_a_period", "a_fixed_table", {}),
    ("table_ends_after_start", "a_fixed_table", {"ends_on": YESTERDAY.replace(year=2020)}),
    ("one_cell_a_row_and_column", "a_published_cell", {}),
    ("suppressed_cell_says_nothing", "a_published_cell", {"column": "x", "is_suppressed": True}),
    (
        "suppressed_cell_says_nothing",
        "a_published_cell",
        {"column": "x", "hours": None},
    ),  # with euros
    ("suppressed_cell_says_nothing", "a_published_cell", {"column": "x", "people": None}),
    ("published_people_are_none_or_ten", "a_published_cell", {"column": "x", "people": 5}),
    ("one_line_a_contract_and_cell", "a_work_of_contract", {}),
    ("work_of_a_contract_is_not_negative", "a_work_of_contract", {"row": "x", "hours": -1}),
]


@pytest.mark.parametrize(("name", "row_name", "changes"), REFUSED)
def test_the_database_refuses(name, row_name, changes, request):
    row = request.getfixturevalue(row_name)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        another(row, changes)


@pytest.mark.parametrize("role", [DatabaseRole.PUBLIC, DatabaseRole.WEB])
def test_everybody_reads_what_is_published_and_nobody_changes_it(role, a_published_cell):
    with acting_as(role):
        assert PublishedCell.objects.get().table.kind == "quarter"
    for model in (FixedTable, PublishedCell):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(role):
            model.objects.create(pk=1)


@pytest.mark.parametrize("role", [DatabaseRole.PUBLIC, DatabaseRole.WEB, DatabaseRole.LINK])
def test_exact_counts_never_leave_the_worker(role, a_work_of_contract):
    with acting_as(DatabaseRole.WORKER):
        assert WorkOfContract.objects.get().people == 3
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(role):
        WorkOfContract.objects.get()


def test_the_public_reads_nothing_but_published_tables(db):
    """Whatever a page without account asks: no candidate, contract or user is in its reach."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.role_table_grants"
            " WHERE grantee = 'sroi_public'"
        )
        tables = {name for (name,) in cursor.fetchall()}
    meant = {
        model._meta.db_table: model._meta.app_label
        for model in apps.get_models()
        if getattr(model, "REACH", None) is Reach.PUBLIC
    }
    assert tables == set(meant)
    assert set(meant.values()) == {"network", "reports"}
    assert {table for table, app in meant.items() if app == "network"} == {
        "network_publicedition",
        "network_publicplace",
        "network_timelinemoment",
    }
