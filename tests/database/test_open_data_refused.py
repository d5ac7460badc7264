"""What the database refuses of open data, and what the public cannot reach (R-307, R-309)."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from reports.models import BurdenQuarter, PublishedContract, PublishedFulfilment
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.rights import Reach
from tests.conftest import NOON
from tests.database.conftest import another

pytestmark = pytest.mark.django_db

REFUSED = [
    ("minutes_are_of_ten_submissions", "a_burden_quarter", {"submitted_count": 9}),
    ("minutes_are_of_ten_submissions", "a_burden_quarter", {"submitted_count": None}),
    ("days_are_of_ten_decisions", "a_burden_quarter", {"decided_count": 9}),
    ("days_are_of_ten_decisions", "a_burden_quarter", {"returned_pct": None}),
    ("burden_ends_after_start", "a_burden_quarter", {"ends_on": NOON.date().replace(year=2020)}),
    ("published_percentage_is_of_something", "a_published_fulfilment", {"owed_eur": 0}),
]
PRIVATE = [
    model for model in apps.get_models() if getattr(model, "REACH", None) is not Reach.PUBLIC
]


@pytest.mark.parametrize(("name", "row_name", "changes"), REFUSED)
def test_the_database_refuses(name, row_name, changes, request):
    row = request.getfixturevalue(row_name)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        another(row, changes)


@pytest.mark.parametrize("model", PRIVATE, ids=lambda model: model._meta.label)
def test_the_public_is_refused_every_other_table(model):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_as(DatabaseRole.PUBLIC),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT FROM {model._meta.db_table} LIMIT 1")


@pytest.mark.parametrize("role", [DatabaseRole.PUBLIC, DatabaseRole.WEB])
@pytest.mark.parametrize("model", [BurdenQuarter, PublishedContract, PublishedFulfilment])
def test_only_the_worker_publishes(role, model):
    with pytest.raises(ProgrammingError, match="permission denied"), acting_as(role):
        model.objects.create(pk=1)
    with acting_as(role):
        assert model.objects.count() == 0
