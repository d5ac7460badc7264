"""Nothing that points at a supplier is forgotten when another goes on with it (R-421)."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.utils import timezone

from candidates import actions
from candidates.actions import merging
from candidates.models import PathConsent, PathPerson, RememberedHeading, SharedPath
from contracts.models import Subcontract
from network import actions as network_actions
from network.models import Entry, Match, Offer
from sroi_portal.core.models import Remark
from suppliers.models import Supplier
from tests import factories, scenario
from tests.candidates import walking
from tests.conftest import NOON, TODAY
from tests.network.boarding import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ABOUT = {
    "about": "Wij wassen.",
    "mailbox": "info@wij.example",
    "province": "NL32",
    "is_shown": True,
}


def merge(gone, into, by):
    return actions.merge_supplier(gone, into, TODAY, by=by, at=NOON, reason="Fusie.")


def pointing():
    """Find every field of every table that says of which supplier a row is."""
    for model in apps.get_models():
        if getattr(model, "APPEND_ONLY", False):
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is Supplier:
                yield model, field.name, field.name
            elif isinstance(field, ArrayField) and field.name == "supplier_ids":
                yield model, field.name, f"{field.name}__contains"


def left_with(supplier):
    """Name what still says that it is of a supplier."""
    return {
        f"{model._meta.label_lower}.{name}"
        for model, name, way in pointing()
        if model._default_manager.filter(
            **{way: [supplier.pk] if way.endswith("__contains") else supplier.pk}
        ).exists()
    }


@pytest.mark.slow
def test_of_a_filled_world_nothing_is_left_with_who_is_gone(settings, tmp_path):
    """R-421: what stays is who once worked there, and who was invited."""
    settings.MEDIA_ROOT, settings.ALLOW_UNSCANNED = str(tmp_path), True
    world = scenario.fill(timezone.now())
    with connection.cursor() as cursor:  # as at the end of each transaction
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    assert len(left_with(world.noord)) > 30
    assert "candidates.sharedpath.supplier_ids" in left_with(world.noord)
    for into in (world.zuid, world.oost):
        gone = world.noord if into == world.zuid else world.zuid
        actions.merge_supplier(
            gone, into, world.today, by=world.piet, at=world.now, reason="Fusie."
        )
        assert {name.rpartition(".")[0] for name in left_with(gone)} <= merging.STAYS


@pytest.fixture
def other(other_ministry, zuid, piet, table, bram):
    contract = factories.active_contract(
        authority=other_ministry, supplier=zuid, officer=piet, manager=piet, value_table=table
    )
    return factories.placement(contract, table.blocks.get(code="ww"), bram, reference="Z-9")


def test_a_path_of_both_is_a_path_of_one_firm(path, placement, other, sara, bram, piet):
    noord, zuid = placement.supplier, other.supplier
    walking.agreed(path, walking.steps(noord, zuid), sara, bram)
    walking.tied(path, placement.candidate, other.candidate, sara, bram)
    actions.propose_path_plan(path, walking.steps(noord, zuid, 50, 50), by=sara, at=NOON)
    said = merge(noord, zuid, piet)
    assert any("propose it again" in each for each in said)
    path.refresh_from_db()
    assert path.supplier_ids == [zuid.pk, zuid.pk]
    ties = PathPerson.objects.filter(path=path)
    assert [(tie.supplier, tie.is_joined) for tie in ties] == [(zuid, False), (zuid, True)]
    assert set(path.plans.values_list("status", flat=True)) == {"agreed", "dropped"}
    assert PathConsent.objects.filter(supplier=zuid).count() == 2
    assert left_with(noord) <= {"suppliers.membership.supplier"}


def test_a_path_with_a_third_goes_on_under_the_other_name(path, noord, zuid, sara, bram, piet):
    walking.agreed(path, walking.steps(noord, zuid), sara, bram)
    west = factories.SupplierFactory()
    merge(noord, west, piet)
    assert SharedPath.objects.get().supplier_ids == sorted([west.pk, zuid.pk])
    assert left_with(noord) <= {"suppliers.membership.supplier"}


def test_contacts_between_the_two_end(noord, zuid, sara, bram, piet):
    key = uuid.uuid4()
    offer = network_actions.post_offer(noord, told(), by=sara, at=NOON, key=key)
    network_actions.answer_offer(offer, zuid, "Wij willen.", by=bram, at=NOON, key=uuid.uuid4())
    for supplier, by in ((noord, sara), (zuid, bram)):
        network_actions.keep_entry(supplier, ABOUT, by=by, at=NOON)
        RememberedHeading.objects.create(supplier=supplier, heading="uren", field="hours")
    said = merge(noord, zuid, piet)
    assert len(said) == 2
    assert not Match.objects.exists()
    assert not Remark.objects.filter(object_kind="network.match").exists()
    assert Offer.objects.get().supplier == zuid
    assert (Entry.objects.get().supplier, RememberedHeading.objects.get().supplier) == (zuid, zuid)


def test_a_partner_of_itself_ends(contract, noord, zuid, sara, piet):
    facts = {
        "kind": "subcontractor",
        "work": "Schoonmaak",
        "expected_eur": Decimal(1000),
        "starts_on": TODAY - dt.timedelta(days=30),
        "ends_on": None,
    }
    Subcontract.objects.create(
        contract=contract, supplier=zuid, named_by=sara, named_at=NOON, **facts
    )
    merge(noord, zuid, piet)
    assert Subcontract.objects.get().status == "ended"


def test_what_is_the_same_and_cannot_be_one_stays_and_is_said(noord, zuid, piet, monkeypatch):
    for supplier in (noord, zuid):
        RememberedHeading.objects.create(supplier=supplier, heading="uren", field="hours")
    monkeypatch.setattr(merging, "ALIKE", frozenset())
    (said,) = merge(noord, zuid, piet)
    assert noord.name in said
    assert RememberedHeading.objects.filter(supplier=noord).count() == 1


def test_a_path_that_only_one_of_both_tied(path, placement, zuid, sara, bram, piet):
    noord = placement.supplier
    walking.agreed(path, walking.steps(noord, zuid), sara, bram)
    actions.tie_person(path, placement.candidate, by=sara, at=NOON)
    assert merge(noord, zuid, piet) == []
    tie = PathPerson.objects.get()
    assert (tie.supplier, tie.is_joined) == (zuid, False)
