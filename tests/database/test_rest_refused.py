"""What the database refuses of lists as files."""

import pytest
from django.db import IntegrityError

from sroi_portal.core.models import ListFile
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_list_without_its_file_is_not_made(vera):
    asked = {"user": vera, "address": "/history/", "name": "lijst", "kind": "csv"}
    with pytest.raises(IntegrityError, match="list_file_is_made_iff_written"):
        ListFile.objects.create(**asked, asked_at=NOON, made_at=NOON)
