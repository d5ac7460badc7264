"""A table of values: drawn up by one adviser, published by another, then it stays."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from reports import actions, rules
from reports.actions import proxies
from reports.models import ProxyTable
from sroi_portal.core.models import RoleName
from sroi_portal.core.status import IllegalMoveError
from tests import factories
from tests.conftest import NOON

FACTS = {"name": "Voorbeeld", "version": "1", "valid_from": dt.date(2026, 1, 1)}
WORTH = {
    "outcome": "person",
    "value_eur": Decimal("1200.00"),
    "source": "Verzonnen",
    "deadweight_pct": Decimal(30),
    "attribution_pct": Decimal(20),
    "displacement_pct": Decimal(10),
    "reason": "Verzonnen",
}
TYPED = {name: str(value) for name, value in WORTH.items()}


@pytest.fixture
def aal(ministry):
    """Advises too."""
    aal = factories.UserFactory(name="Aal", email="aal@example.org")
    factories.RoleAssignmentFactory(user=aal, authority=ministry, role=RoleName.ADVISER)
    return aal


@pytest.fixture
def table(ada):
    return actions.draft_proxies(FACTS, by=ada, at=NOON)


def test_a_table_of_values_is_published_by_another(table, ada, aal):
    with pytest.raises(proxies.EmptyTableError):
        actions.publish_proxies(table, by=aal, at=NOON)
    actions.set_proxy(table, WORTH, by=ada, at=NOON)
    with pytest.raises(proxies.OwnTableError):
        actions.publish_proxies(table, by=ada, at=NOON)
    assert not rules.may_publish_proxies(ada, table)
    actions.publish_proxies(table, by=aal, at=NOON)
    with pytest.raises(IllegalMoveError):
        actions.publish_proxies(table, by=aal, at=NOON)
    for late in (
        lambda: actions.set_proxy(table, WORTH, by=ada, at=NOON),
        lambda: actions.remove_proxy(table, "person", by=ada, at=NOON),
    ):
        with pytest.raises(IllegalMoveError):
            late()
    assert ProxyTable.objects.valid_in(2026).get() == table
    assert not ProxyTable.objects.valid_in(2025).exists()
    actions.withdraw_proxies(table, by=ada, at=NOON)
    assert not ProxyTable.objects.valid_in(2026).exists()


def test_a_new_version_begins_with_the_values_of_another(table, ada):
    actions.set_proxy(table, WORTH, by=ada, at=NOON)
    actions.set_proxy(table, WORTH | {"value_eur": Decimal(7)}, by=ada, at=NOON)
    made = actions.draft_proxies(FACTS | {"version": "2"}, by=ada, at=NOON, like=table)
    assert [value.value_eur for value in made.values.all()] == [Decimal(7)]
    actions.remove_proxy(made, "person", by=ada, at=NOON)
    actions.remove_proxy(made, "person", by=ada, at=NOON)
    assert (made.values.count(), table.values.count()) == (0, 1)


def test_a_table_is_drawn_up_filled_and_published_on_its_pages(client, ada, aal):
    client.cookies["language"] = "en"
    client.sign_in(ada)
    new = reverse("reports:proxy-table-new")
    typed = {**FACTS, "form_key": str(uuid.uuid4())}
    client.post(new, typed)
    client.post(new, typed)  # a second click
    table = ProxyTable.objects.get()
    url = table.get_absolute_url()
    client.post(url, TYPED | {"revision": table.revision})
    page = client.post(url, TYPED | {"revision": table.revision, "value_eur": "9"})
    assert b"Somebody changed this" in page.content
    assert client.get(f"{url}?outcome=person").context["form"]["source"].value() == "Verzonnen"
    publish = reverse("reports:proxy-table-publish", args=[table.pk])
    assert client.post(publish).status_code == 403
    client.get(new, {"like": table.pk})

    client.sign_in(aal)
    client.post(reverse("reports:proxy-remove", args=[table.pk, "person"]))
    assert b"at least one outcome" in client.post(publish, follow=True).content
    table.refresh_from_db()
    client.post(url, TYPED | {"revision": table.revision})
    client.post(publish)
    table.refresh_from_db()
    assert (table.status, table.published_by) == ("published", aal)
    gone = client.post(reverse("reports:proxy-remove", args=[table.pk, "person"]), follow=True)
    assert b"never changes" in gone.content
    withdraw = reverse("reports:proxy-table-withdraw", args=[table.pk])
    client.post(withdraw)
    assert b"can no longer be done" in client.post(withdraw, follow=True).content
    assert client.get(reverse("reports:proxy-table-list")).status_code == 200
