"""Last month for everybody on a contract at once; the step to a permanent contract."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from candidates import actions, locking, rules
from candidates.forms.months import MonthForm, PermanentForm, months_of
from candidates.models import Candidate, Contribution, Placement, PlacementStatus
from candidates.views import looking
from contracts.models import Contract
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN

DAY = dt.timedelta(days=1)


@require_http_methods(["GET", "POST"])
def months_enter(request: UserRequest, contract_id: int) -> HttpResponse:
    """Offer the hours of the month before for this one; one click submits all (C08)."""
    seen = Contract.objects.visible_to(request.user).select_related("supplier")
    contract: Contract = get_object_or_404(seen, pk=contract_id)
    require(rules.may_submit_month(request.user, contract))
    today = timezone.localdate()
    month = _month(request.GET.get("month", ""), today)
    page = paginate(request, _placements(contract, month))
    forms = list(months_of(page, month, request.POST or None, today=today))
    if request.method == "POST" and all([form.is_valid() for form in forms]):  # noqa: C419 - all
        entered = _enter(request, forms)
        if entered:
            _tell(request, entered)
        if not any(form.errors for form in forms):
            return redirect(request.get_full_path())
        forms = [form for form in forms if form.errors]
    people = [form.placement for form in forms]
    looking.look_as_supplier(people, "enter-months", by=request.user, at=timezone.now())
    context = {
        "contract": contract,
        "page": page,
        "forms": forms,
        "month": month,
        "before": (month - DAY).replace(day=1),
        "after": _after(month, today),
        "has_errors": any(form.is_bound and form.errors for form in forms),
    }
    return render(request, "candidates/months_enter.html", context)


@require_http_methods(["GET", "POST"])
def placement_permanent(request: UserRequest, placement_id: int) -> HttpResponse:
    rows = Placement.objects.visible_to(request.user).select_related("contract", "block__table")
    placement: Placement = get_object_or_404(rows, pk=placement_id)
    require(rules.may_make_permanent(request.user, placement))
    initial = {"permanent_on": placement.permanent_on}
    form = PermanentForm(request.POST or None, placement=placement, initial=initial)
    if request.method == "GET":
        looking.look_at_reason(placement, by=request.user, at=timezone.now())
    if form.is_valid():
        at = timezone.now()
        try:
            actions.make_permanent(placement, by=request.user, at=at, **form.cleaned_data)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Written down. What is planned follows."))
            return redirect(placement)
    context = {"form": form, "placement": placement}
    return render(request, "candidates/placement_permanent.html", context)


def _month(asked: str, today: dt.date) -> dt.date:
    """Read a month such as 2026-03; else the last one that is over."""
    try:
        month = dt.date.fromisoformat(f"{asked}-01")
    except ValueError:
        return (today.replace(day=1) - DAY).replace(day=1)
    return min(month, today.replace(day=1))


def _after(month: dt.date, today: dt.date) -> dt.date | None:
    following = (month + dt.timedelta(days=31)).replace(day=1)
    return following if following <= today else None


def _placements(contract: Contract, month: dt.date) -> Any:
    """Find who worked in the month, with hours and with what was entered already."""
    ends_on = (month + dt.timedelta(days=31)).replace(day=1) - DAY
    ran = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=month)
    living = Contribution.objects.filter(is_live=True).order_by("starts_on")
    return (
        Placement.objects.filter(ran, contract=contract, starts_on__lte=ends_on)
        .exclude(status=PlacementStatus.WITHDRAWN)
        .select_related("candidate", "contract", "supplier", "block__table")
        .prefetch_related("weekly_hours", models.Prefetch("contributions", queryset=living))
        .order_by("pk")
    )


def _enter(request: UserRequest, forms: list[MonthForm]) -> int:
    """Submit each that is ticked; one that is refused says why and leaves the others."""
    entered, at = 0, timezone.now()
    ticked = [form for form in forms if form.is_to_be_entered]
    people = [form.placement.candidate_id for form in ticked]
    locking.lock_people(Candidate.objects.filter(pk__in=people))
    for form in ticked:
        try:
            with transaction.atomic():
                actions.submit_month(
                    form.placement,
                    by=request.user,
                    at=at,
                    period=form.period,
                    hours_per_week=form.cleaned_data["hours_per_week"],
                )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            entered += 1
    return entered


def _tell(request: UserRequest, entered: int) -> None:
    text = ngettext(
        "%(count)s period submitted. The coordinator checks it.",
        "%(count)s periods submitted. The coordinator checks them.",
        entered,
    )
    messages.success(request, text % {"count": entered})
