"""What the tests of the network share."""

import pytest
from django.conf import settings
from django.utils import translation

from tests.network import telling


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
