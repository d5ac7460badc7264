"""A key is changed: everything is sealed anew, and the old key can go."""

import pytest
from django.core.management import call_command

from candidates.models import Candidate
from sroi_portal.core.personal import SealBrokenError
from tests import factories


def test_sealing_anew_lets_the_old_key_go(noord, settings):
    old, new = {"old": b"o" * 31 + b"1"}, {"new": b"n" * 31 + b"2"}
    settings.FIELD_KEYS = old
    factories.candidate(noord, "K-77")

    settings.FIELD_KEYS = new | old
    call_command("reseal")
    settings.FIELD_KEYS = new

    assert Candidate.objects.get().reference == "K-77"


def test_without_its_key_nothing_opens(noord, settings):
    settings.FIELD_KEYS = {"old": b"o" * 31 + b"1"}
    person = factories.candidate(noord, "K-77")

    settings.FIELD_KEYS = {"new": b"n" * 31 + b"2"}
    with pytest.raises(SealBrokenError):
        _ = Candidate.objects.get(pk=person.pk).reference
