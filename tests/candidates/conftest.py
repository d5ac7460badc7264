"""Chains that go through the actions."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from candidates import actions
from contracts.models import Block
from sroi_portal.core.models import RoleName
from tests import factories
from tests.candidates import walking
from tests.conftest import NOON


@pytest.fixture
def ww(table):
    return Block.objects.get(table=table, code="ww")


@pytest.fixture
def placement(contract, ww, sara):
    """36 hours a week on WW (20,000 a year) from 1 January 2026."""
    facts = actions.PlacementFacts(
        reference="K-01",
        block=ww,
        hours_per_week=Decimal(36),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
    )
    return actions.enter_placement(contract, facts, by=sara, at=NOON)


@pytest.fixture
def draft(placement, sara):
    """January and February 2026: 2 / 12 of 20,000."""
    period = (dt.date(2026, 1, 1), dt.date(2026, 2, 28))
    return actions.draft_contribution(placement, by=sara, at=NOON, period=period)


@pytest.fixture
def submitted(draft, sara):
    actions.submit_share(draft, by=sara, at=NOON)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def noon(monkeypatch):
    """Pages of these tests are opened at NOON."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def english(client):
    """The browser speaks English, so that sentences are tested where they are written."""
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def in_english():
    """Read the messages as they stand in the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def oda(ministry):
    """Checks for the same ministry as Olga."""
    oda = factories.UserFactory(name="Oda", email="oda@example.org")
    factories.RoleAssignmentFactory(user=oda, authority=ministry, role=RoleName.COORDINATOR)
    return oda


@pytest.fixture
def rejected(submitted, olga):
    actions.reject_share(submitted, by=olga, at=NOON, reason="Geen bewijs van de uren.")
    submitted.refresh_from_db()
    return submitted


@pytest.fixture
def path(noord, zuid, sara):
    """Leverancier Noord and Leverancier Zuid plan one person's steps together."""
    return walking.begun(noord, zuid, sara)
