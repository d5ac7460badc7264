"""What the database refuses of lists as files and of bands."""

import pytest
from django.db import IntegrityError

from reports.models import PeerBand
from sroi_portal.core.models import ListFile
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_list_without_its_file_is_not_made(vera):
    asked = {"user": vera, "address": "/history/", "name": "lijst", "kind": "csv"}
    with pytest.raises(IntegrityError, match="list_file_is_made_iff_written"):
        ListFile.objects.create(**asked, asked_at=NOON, made_at=NOON)


BAND = {
    f"{name}_{place}": 5 for name in ("fulfilled", "pace") for place in ("low", "middle", "high")
}


@pytest.mark.parametrize(
    ("changed", "name"),
    [({}, "one_band_a_part"), ({"part": "b", "pace_low": 6}, "band_is_in_order")],
)
def test_a_band_is_one_and_in_order(changed, name):
    facts = BAND | {"by": "size", "part": "a", "month": NOON.date()}
    PeerBand.objects.create(**facts)
    with pytest.raises(IntegrityError, match=name):
        PeerBand.objects.create(**facts | changed)
