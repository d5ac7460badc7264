"""What the tests of the network share."""

import uuid

import pytest
from django.conf import settings
from django.utils import translation

from network import actions
from tests.conftest import NOON
from tests.network import telling
from tests.network.boarding import told


@pytest.fixture
def in_english(client):
    """Read messages and pages as they stand in the source."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def example(sara, ada):
    """Stands in the library."""
    return telling.published(sara, ada)


@pytest.fixture
def quote(example, sara):
    """Waits for an adviser."""
    return telling.said(sara, example=example)


@pytest.fixture
def noon(monkeypatch):
    """Pages of these tests are opened at NOON."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def post():
    def post(supplier, by, kind="place", **facts):
        return actions.post_offer(supplier, told(kind, **facts), by=by, at=NOON, key=uuid.uuid4())

    return post


@pytest.fixture
def offer(post, noord, sara):
    return post(noord, sara)


@pytest.fixture
def match(offer, zuid, bram):
    """Bram answered what Sara put on the board."""
    text = "Wij hebben iemand die dit graag wil leren."
    return actions.answer_offer(offer, zuid, text, by=bram, at=NOON, key=uuid.uuid4())
