"""The database itself refuses to change a value table that a contract uses (used_table_never_changes)."""

import pytest
from django.db import IntegrityError, connection, transaction

from contracts.models import Block, TableBonus, ValueTable, ValueTableStatus
from sroi_portal.core.acting import DatabaseRole, acting_as
from tests import factories

pytestmark = pytest.mark.django_db
ROLES = (DatabaseRole.WEB, DatabaseRole.WORKER)


def of(table):
    return Block.objects.filter(table=table)


def add_a_row(table):
    Block.objects.create(
        table=table, code="extra", position=9, unit="month", privacy_class="ordinary"
    )


CHANGES = {
    "its terms": lambda table: ValueTable.objects.filter(pk=table.pk).update(terms={}),
    "its day": lambda table: ValueTable.objects.filter(pk=table.pk).update(valid_from=None),
    "a row": lambda table: of(table).update(value_eur=1),
    "no row": lambda table: TableBonus.objects.filter(table=table).delete(),
    "one more row": add_a_row,
    "the proof of a row": lambda table: of(table).get(code="ww").evidence_kinds.clear(),
    "other proof of a row": lambda table: (
        of(table).get(code="p-wet").evidence_kinds.add(factories.EvidenceKindFactory())
    ),
}


def tried(role, change, table):
    """Try it as somebody who sees no contract."""
    with transaction.atomic(), acting_as(role):
        change(table)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", CHANGES)
def test_what_a_used_table_says_never_changes(contract, role, name):
    with pytest.raises(IntegrityError, match="a contract uses this value table"):
        tried(role, CHANGES[name], contract.value_table)


@pytest.mark.parametrize("name", CHANGES)
def test_an_unused_table_takes_a_correction(contract, name):
    tried(DatabaseRole.WEB, CHANGES[name], factories.value_table())


def test_a_row_does_not_move_to_another_table(contract):
    other = factories.value_table()
    with pytest.raises(IntegrityError):
        tried(DatabaseRole.WEB, lambda table: of(other).update(table=table), contract.value_table)


def test_a_used_table_is_withdrawn_all_the_same(contract):
    table = contract.value_table
    with acting_as(DatabaseRole.WEB):
        ValueTable.objects.filter(pk=table.pk).update(status=ValueTableStatus.WITHDRAWN, revision=9)
    table.refresh_from_db()
    assert table.status == ValueTableStatus.WITHDRAWN


def test_who_migrates_may_adapt_what_is_stored(contract):
    """The owner, in no role of pages and tasks."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contracts_block SET position = position + 10")
    assert of(contract.value_table).filter(position__gt=10).exists()
