"""What the demo tells of life that goes on."""

import pytest

from contracts.models import Contract
from sroi_portal import demo_office
from sroi_portal.core.models import Absence, RoleAssignment, User
from suppliers.models import Supplier
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_somebody_is_away_a_contract_moved_and_a_supplier_was_taken_over(
    ministry, other_ministry, noord, piet, table
):
    users = {"Piet": piet}
    for name, role in (
        ("Otto", "coordinator"), ("Olga", "coordinator"), ("Cora", "manager"),
        ("Vera", "policy_maker"), ("Adam", "administrator"),
    ):  # fmt: skip
        users[name] = factories.UserFactory(name=name)
        factories.RoleAssignmentFactory(user=users[name], authority=other_ministry, role=role)
    factories.ContractFactory(
        authority=ministry, supplier=noord, officer=piet, value_table=table, status="awarded"
    )
    demo_office.load(users, [ministry, other_ministry], [noord], now=NOON)

    assert Absence.objects.get().deputy == users["Olga"]
    assert Contract.objects.get().authority == other_ministry
    assert Supplier.objects.get(kvk="99990099").merged_into == noord
    assert User.objects.filter(name="Rita").exists()
    assert RoleAssignment.objects.filter(role="officer", authority=other_ministry).exists()
