"""Every page of the portal but those of contracts, in every state: for everybody to use."""

import pytest

from tests import test_access
from tests.browser import looking

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("row", looking.rows(of_contracts=False), ids=" ".join)
def test_a_page_is_for_everybody(world, visit, row):
    looking.look(world, visit, row)


def test_every_page_is_looked_at():
    named = {row[2].partition("?")[0] for row in test_access.rows_of(looking.FOLDER)}
    assert {row[0] for row in test_access.ROWS} == named - {"/nowhere/"}
