"""What the tests of contracts share."""

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation

hypothesis.settings.register_profile("usual", max_examples=200, deadline=None)
hypothesis.settings.register_profile("soak", max_examples=10_000, deadline=None)
hypothesis.settings.load_profile("usual")  # or --hypothesis-profile=soak, as `make soak` does


@pytest.fixture
def in_english(client):
    """Read messages and pages as they stand in the source."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    with translation.override("en"):
        yield
