"""What a trigger joins may be two rows or a hundred thousand: its plan is kept from the first."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
JOINED = """
    SELECT proname, coalesce(proconfig, '{}')
      FROM pg_proc
      JOIN pg_namespace n ON n.oid = pronamespace AND nspname = 'public'
     WHERE prosrc ~ 'old_rows' AND prosrc ~ 'new_rows'
"""


def test_no_trigger_goes_through_rows_for_each_row():
    with connection.cursor() as cursor:
        cursor.execute(JOINED)
        found = dict(cursor.fetchall())
    assert set(found) == {"touch_fulfilment", "touch_contract"}
    assert all("enable_nestloop=off" in config for config in found.values()), found
