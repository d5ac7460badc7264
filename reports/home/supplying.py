"""Work lists of who supplies: questions, periods to submit, concepts, and the own contracts."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import Placement, PlacementStatus, Share, ShareStatus
from contracts.models import OWING, Contract, Signal
from contracts.templatetags.contract_words import SIGNAL_TONES
from reports.home.kinds import Item, WorkList, first_rows
from reports.home.reporting import turnover_list
from sroi_portal.core.models import User
from sroi_portal.core.templatetags import formats

NOT_SENT = (ShareStatus.DRAFT, ShareStatus.WITHDRAWN)


def supplier_lists(user: User, today: dt.date) -> list[WorkList]:
    """Questions first, then what was not submitted of last month, then concepts and figures."""
    shares = (
        Share.objects.visible_to(user)
        .filter(supplier_id__in=user.supplier_ids)
        .select_related("contract", "contribution")
    )
    asked, asked_count = first_rows(
        shares.filter(status=ShareStatus.RETURNED).order_by("decided_at", "pk"), _asked
    )
    drafts, draft_count = first_rows(
        shares.filter(status=ShareStatus.DRAFT).order_by("contribution__starts_on", "pk"), _period
    )
    unsent, unsent_count = first_rows(_without_last_month(user, today), _placement)
    listed, placements = reverse("candidates:share-list"), reverse("candidates:placement-list")
    return [
        WorkList(
            key="questions",
            title=_("Questions for you"),
            items=asked,
            count=asked_count,
            empty=_("No coordinator has a question for you."),
            url=f"{listed}?status={ShareStatus.RETURNED}",
            more=_("All questions"),
        ),
        WorkList(
            key="unsent",
            title=_("Nothing submitted for last month"),
            items=unsent,
            count=unsent_count,
            empty=_("You submitted last month for every running placement."),
            url=placements,
            more=_("All placements"),
        ),
        WorkList(
            key="drafts",
            title=_("Your concepts"),
            items=drafts,
            count=draft_count,
            empty=_("You have no concepts. Begin with a placement: enter who works, and submit."),
            url=f"{listed}?status={ShareStatus.DRAFT}",
            more=_("All concepts"),
        ),
        turnover_list(_own(user), today),
        _contracts(user),
    ]


def _own(user: User) -> "QuerySet[Contract, Contract]":
    found: QuerySet[Contract, Contract] = Contract.objects.visible_to(user).filter(
        supplier_id__in=user.supplier_ids
    )
    return found


def _contracts(user: User) -> WorkList:
    own = (
        _own(user)
        .filter(status__in=OWING, fulfilment__isnull=False)
        .select_related("authority", "fulfilment")
    )
    items, count = first_rows(own.order_by("ends_on", "pk"), _contract)
    return WorkList(
        key="contracts",
        title=_("Your contracts"),
        items=items,
        count=count,
        empty=_("You have no contract with social return yet. It appears here once awarded."),
        url=reverse("contracts:contract-list"),
        more=_("All contracts"),
        is_work=False,
    )


def _without_last_month(user: User, today: dt.date) -> QuerySet[Placement]:
    """Find placements that ran last month and of which no day of it was submitted."""
    last_day = today.replace(day=1) - dt.timedelta(days=1)
    sent = Share.objects.exclude(status__in=NOT_SENT).filter(
        contribution__placement=OuterRef("pk"),
        contribution__starts_on__lte=last_day,
        contribution__ends_on__gte=last_day.replace(day=1),
    )
    running: QuerySet[Placement] = Placement.objects.visible_to(user).filter(
        supplier_id__in=user.supplier_ids
    )
    return (
        running.exclude(status=PlacementStatus.WITHDRAWN)
        .filter(starts_on__lte=last_day)
        .exclude(ends_on__lt=last_day.replace(day=1))
        .exclude(Exists(sent))
        .select_related("contract")
        .order_by("starts_on", "pk")
    )


def _asked(share: Share) -> Item:
    return Item(
        label=share.contract.title,
        url=share.get_absolute_url(),
        sub=_days(share),
        when=_("asked"),
        on=timezone.localdate(share.decided_at) if share.decided_at else None,
        badge=_("a question for you"),
        tone="warning",
    )


def _period(share: Share) -> Item:
    return Item(label=share.contract.title, url=share.get_absolute_url(), sub=_days(share))


def _days(share: Share) -> str:
    worked = share.contribution
    return f"{formats.day(worked.starts_on)} – {formats.day(worked.ends_on)}"


def _placement(placement: Placement) -> Item:
    return Item(
        label=placement.contract.title,
        url=placement.get_absolute_url(),
        sub=_("placement since %(day)s") % {"day": formats.day(placement.starts_on)},
    )


def _contract(contract: Contract) -> Item:
    signal = Signal(contract.fulfilment.signal)
    return Item(
        label=contract.title,
        url=contract.get_absolute_url(),
        sub=_("%(done)s of %(owed)s · %(authority)s")
        % {
            "done": formats.euro_round(contract.fulfilment.done_eur),
            "owed": formats.euro_round(contract.fulfilment.owed_eur),
            "authority": contract.authority.name,
        },
        when=_("runs until"),
        on=contract.ends_on,
        badge=str(signal.label),
        tone=SIGNAL_TONES[signal],
        value=formats.pct(contract.fulfilment.percentage),
    )
