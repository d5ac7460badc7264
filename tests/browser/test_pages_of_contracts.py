"""Every page of contracts, in every state: for everybody to use."""

import pytest

from tests.browser import looking

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("row", looking.rows(of_contracts=True), ids=" ".join)
def test_a_page_is_for_everybody(world, visit, row):
    looking.look(world, visit, row)
