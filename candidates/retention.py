"""Which letters and answers are due to be removed, as querysets (R-376)."""

import datetime as dt
from typing import Any

from django.db.models import Q

from candidates.models import PersonalLink, PersonalLinkStatus
from contracts.models import ContractStatus
from contracts.valuation.terms import months_before

DEAD_KEPT = dt.timedelta(days=30)  # a letter that was replaced without an answer
AFTER_SETTLING = dt.timedelta(weeks=13)  # in which one may object
LONGEST_MONTHS = 12  # after the contract ended


def links_due(at: dt.datetime) -> Any:
    """Find those of contracts that are over, and those that are dead and were never answered on."""
    today = at.date()
    over = Q(placement__contract__ends_on__lt=months_before(today, LONGEST_MONTHS))
    settled = Q(
        placement__contract__status=ContractStatus.SETTLED,
        placement__contract__settlements__decided_at__lt=at - AFTER_SETTLING,
    )
    dead = ~Q(status=PersonalLinkStatus.STANDING) | Q(expires_at__lt=at)
    unused = dead & Q(made_at__lt=at - DEAD_KEPT, voices__isnull=True, judged_facts__isnull=True)
    due = PersonalLink.objects.filter(over | settled | unused)
    return PersonalLink.objects.filter(pk__in=due.values("pk")).order_by("pk")


def removed_on(ends_on: dt.date | None) -> dt.date | None:
    """Give the last day on which details of a contract may still be there."""
    return months_before(ends_on, -LONGEST_MONTHS) if ends_on else None
