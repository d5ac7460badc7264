"""From one contribution to the next: the list that a checker goes through, with its filter."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.forms import ShareFilterForm
from candidates.forms.checking import OWN_CHOICES, WAITING_CHOICES
from candidates.models import CHECKABLE, Share, ShareStatus
from contracts.models import Contract
from sroi_portal.core.http import UserRequest
from sroi_portal.core.models import RoleName
from suppliers.models import Supplier

TO_DECIDE = (*CHECKABLE, ShareStatus.UNCHECKED)


@dataclass(frozen=True)
class Queue:
    """Where a share stands in the list; `query` keeps the filter of the list."""

    query: str
    count: int
    position: int | None
    previous: Share | None
    following: Share | None


def filters_of(request: UserRequest, *, is_own: bool) -> ShareFilterForm:
    user = request.user
    contracts = Contract.objects.visible_to(user).order_by("title", "pk")
    if is_own:
        return ShareFilterForm(request.GET, statuses=OWN_CHOICES, contracts=contracts)
    suppliers = Supplier.objects.filter(
        contracts__authority_id__in=user.sees_contributions_of
    ).distinct()
    return ShareFilterForm(
        request.GET, statuses=WAITING_CHOICES, contracts=contracts, suppliers=suppliers
    )


def query_of(request: UserRequest) -> str:
    """Keep what narrows the list."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"?{kept.urlencode()}" if kept else ""


def waiting(request: UserRequest) -> Any:
    """Give what this person may decide on and the filter keeps, what waits longest first."""
    filters = filters_of(request, is_own=False)
    status = filters.status_wanted(ShareStatus.SUBMITTED)
    if status not in TO_DECIDE:
        return Share.objects.none()
    mine = request.user.authorities_with(RoleName.COORDINATOR)
    rows = Share.objects.filter(authority_id__in=mine, status=status)
    if status != ShareStatus.SUBMITTED:
        rows = rows.exclude(rejected_by=request.user)
    now = timezone.now()
    return filters.narrow(
        rows.exclude(submitted_by=request.user),
        before=lambda days: now - dt.timedelta(days=days),
    ).order_by("submitted_at", "pk")


def may_verify_many(request: UserRequest, filters: ShareFilterForm) -> bool:
    """Whether the list can be verified at once; an objection is decided on with a reason."""
    status = filters.status_wanted(ShareStatus.SUBMITTED)
    is_checker = request.user.has_role(RoleName.COORDINATOR)
    return is_checker and status in (ShareStatus.SUBMITTED, ShareStatus.UNCHECKED)


def queue_of(request: UserRequest, share: Share) -> Queue | None:
    """Say where the checker is: the third of seventeen."""
    rows = waiting(request)
    count = rows.count()
    if not count:
        return None
    before, after = _around(share)
    is_in = rows.filter(pk=share.pk).exists()
    return Queue(
        query=query_of(request),
        count=count,
        position=rows.filter(before).count() + 1 if is_in else None,
        previous=rows.filter(before).last() if is_in else None,
        following=rows.filter(after).first() if is_in else rows.exclude(pk=share.pk).first(),
    )


def go_on(request: UserRequest, share: Share, done: str) -> HttpResponse:
    """Say what was done, and open what waits next; back to the list when nothing does."""
    rows = waiting(request).exclude(pk=share.pk)
    following = rows.filter(_around(share)[1]).first() or rows.first()
    if following:
        messages.success(request, _("%(done)s Here is the next one.") % {"done": done})
        return redirect(f"{following.get_absolute_url()}{query_of(request)}")
    messages.success(request, done)
    return redirect(f"{reverse('candidates:share-list')}{query_of(request)}")


def _around(share: Share) -> tuple[Q, Q]:
    """Tell what was submitted before and after it; of the same moment, by number."""
    same = Q(submitted_at=share.submitted_at)
    return (
        Q(submitted_at__lt=share.submitted_at) | (same & Q(pk__lt=share.pk)),
        Q(submitted_at__gt=share.submitted_at) | (same & Q(pk__gt=share.pk)),
    )
