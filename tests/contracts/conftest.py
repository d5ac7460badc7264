"""What the tests of contracts share."""

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture
def in_english(client):
    """Read messages and pages as they stand in the source."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        yield
