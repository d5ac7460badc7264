"""Work lists of plans, steps of the follow-up and settlements, for who looks after contracts."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Contract, FollowUp, Plan, Settlement, SettlementStatus
from reports.home.kinds import Item
from reports.home.listing import OF_CONTRACT, Listing
from sroi_portal.core.models import User

STEP_AHEAD = dt.timedelta(days=7)
OPEN = (SettlementStatus.PROPOSED, SettlementStatus.CALCULATED, SettlementStatus.REOPENING)


def following_lists(
    user: User, own: "QuerySet[Contract, Contract]", today: dt.date
) -> list[Listing]:
    """Plans to answer, steps whose day comes, settlements that wait for the authority."""
    of_own = {"contract__in": own.order_by()}
    return [
        _of_contracts(
            "plans",
            _("Plans to answer"),
            Plan.objects.visible_to(user).filter(**of_own).to_answer(),
            _plan,
            _("No plan waits for your answer."),
        ),
        _of_contracts(
            "steps",
            _("Steps of the follow-up"),
            FollowUp.objects.filter(**of_own).due_on(today + STEP_AHEAD),
            lambda step: _step(step, today),
            _("No step of a follow-up is due within a week."),
        ),
        _of_contracts(
            "settlements",
            _("Settlements under way"),
            Settlement.objects.filter(Q(status__in=OPEN), **of_own).order_by("pk"),
            _settlement,
            _("No settlement waits for the authority."),
        ),
    ]


def _of_contracts(key: str, title: str, rows: Any, show: Any, empty: str) -> Listing:
    return Listing(
        key=key,
        title=title,
        rows=rows.select_related("contract__supplier"),
        show=show,
        empty=empty,
        search=OF_CONTRACT,
    )


def _plan(plan: Plan) -> Item:
    return Item(
        label=plan.contract.title,
        url=plan.get_absolute_url(),
        sub=plan.contract.supplier.name,
        when=_("proposed"),
        on=timezone.localdate(plan.proposed_at) if plan.proposed_at else None,
    )


def _step(step: FollowUp, today: dt.date) -> Item:
    is_late = bool(step.next_on and step.next_on < today)
    return Item(
        label=step.contract.title,
        url=step.get_absolute_url(),
        sub=f"{step.get_kind_display()} · {step.contract.supplier.name}",
        when=_("next"),
        on=step.next_on,
        badge=_("overdue") if is_late else _("due"),
        tone="negative" if is_late else "warning",
    )


def _settlement(settlement: Settlement) -> Item:
    return Item(
        label=settlement.contract.title,
        url=settlement.get_absolute_url(),
        sub=settlement.contract.supplier.name,
        badge=settlement.get_status_display(),
        tone="info",
    )
