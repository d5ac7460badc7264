"""What the tests of contracts share."""

import pytest
from django.utils import translation


@pytest.fixture
def in_english():
    """Read the messages as they stand in the source."""
    with translation.override("en"):
        yield
