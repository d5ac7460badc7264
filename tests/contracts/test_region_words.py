"""A region is named, not only coded."""

import pytest

from contracts.templatetags.contract_words import region


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("NL32B", "Noord-Holland (NL32B)"),
        ("NL332", "Zuid-Holland (NL332)"),
        ("NL", "NL"),
        ("BE211", "BE211"),
    ],
)
def test_a_place_is_said_by_its_province(place, said):
    assert region(place) == said
