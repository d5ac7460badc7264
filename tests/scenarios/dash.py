"""Sums of the dashboards, as the worker keeps them."""

from reports import summaries
from reports.models import Calling


def fill(world) -> None:
    summaries.refresh_due()
    Calling.objects.get_or_create(authority=world.ministry, contract=world.contract)
