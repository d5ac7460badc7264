"""What the demo tells of good examples."""

import pytest

from network.models import Edition, ExampleStatus, GoodExample, Quote, QuoteStatus
from sroi_portal import demo_examples
from tests import factories
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # prints two editions


def test_the_library_of_the_demo_is_filled(ministry, sara, settings, tmp_path):
    users = {"Sara": sara}
    for name, role in (
        ("Olga", "coordinator"), ("Cora", "manager"), ("Piet", "officer"),
        ("Vera", "policy_maker"), ("Ada", "adviser"), ("Ilse", "adviser"),
    ):  # fmt: skip
        users[name] = factories.UserFactory(name=name)
        factories.RoleAssignmentFactory(user=users[name], authority=ministry, role=role)
    for code in (
        "schoonmaak", "inhuur-professionals", "catering", "beveiliging", "groenvoorziening",
        "ict-diensten",
    ):  # fmt: skip
        factories.CategoryFactory(code=code)
    settings.MEDIA_ROOT = str(tmp_path)
    demo_examples.load(users, now=NOON)
    assert [edition.is_published for edition in Edition.objects.all()] == [True, True]
    assert GoodExample.objects.count() == 14
    assert GoodExample.objects.published().count() == 13
    assert GoodExample.objects.get(status=ExampleStatus.PROPOSED).proposed_by == sara
    assert Quote.objects.filter(status=QuoteStatus.PUBLISHED).count() == 6
    assert not GoodExample.objects.filter(published_at__gt=NOON).exists()
