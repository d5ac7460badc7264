"""What the authority did not check in time, said again until somebody does (F02, R-252)."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Min

from candidates.models import Share, ShareStatus
from contracts import actions as contract_actions
from contracts.models import Contract
from sroi_portal.core import terms


@transaction.atomic
def escalate_answers(*, at: dt.datetime) -> int:
    """Tell who looks after a contract on which a date was missed, and in the end who is named."""
    return contract_actions.remind_due(_missed(), at=at)


def _missed() -> Iterator[contract_actions.Due]:
    """Find the longest missed date of each contract; what was told before was of another."""
    missed = Share.objects.filter(status=ShareStatus.UNCHECKED, due_on__isnull=False)
    oldest = dict(missed.order_by().values_list("contract").annotate(Min("due_on")))
    contracts = Contract.objects.filter(pk__in=oldest).select_related(
        "manager", "officer", "supplier", "escalates_to", "authority__escalates_to"
    )
    for contract in contracts.order_by("pk"):
        due_on = oldest[contract.pk]
        since = terms.ended_at(due_on)
        yield contract_actions.Due(contract, contract_actions.ClockKind.ANSWER, due_on, since)
