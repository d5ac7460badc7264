"""A supplier's own placements: found, looked at, changed, ended."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates import actions, rules
from candidates.forms import (
    EndForm,
    HoursForm,
    InformForm,
    PlacementFilterForm,
)
from candidates.models import Candidate, Placement, PlacementStatus, Share, SharedPath
from candidates.views import evidence_shown, looking
from candidates.views.entering import open_contracts
from contracts.models import Contract
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import IllegalMoveError
from suppliers.models import Supplier


@require_http_methods(["GET", "POST"])
def placement_list(request: UserRequest) -> HttpResponse:
    """Show the firm's own placements; filters come by POST, so that no address holds a reference."""
    require(bool(request.user.supplier_ids))
    contracts = Contract.objects.visible_to(request.user).filter(
        supplier_id__in=request.user.supplier_ids
    )
    sent = request.POST or request.GET or None
    filters = PlacementFilterForm(sent, contracts=contracts.order_by("title", "pk"))
    if request.method == "POST" and filters.is_valid():
        return _find(request, filters.cleaned_data)
    rows = _narrow(Placement.objects.own_of(request.user), filters, request.GET.get("person", ""))
    rows = rows.with_worth().with_hours_on(timezone.localdate()).order_by("-starts_on", "-pk")
    page = paginate(request, rows.fetch_mode(models.FETCH_RAISE))
    looking.look_as_supplier(page, "list-placements", by=request.user, at=timezone.now())
    context = {
        "page": page,
        "filters": filters,
        "is_narrowed": bool(request.GET),
        "may_enter": open_contracts(request.user).exists(),
    }
    return render(request, "candidates/placement_list.html", context)


@require_safe
def placement_detail(request: UserRequest, placement_id: int) -> HttpResponse:
    placement = _visible(request, placement_id)
    if placement.supplier_id in request.user.supplier_ids:
        return _show_to_supplier(request, placement)
    return _show_to_authority(request, placement)


@require_POST
@never_cache
def placement_reason(request: UserRequest, placement_id: int) -> HttpResponse:
    """Show a colleague why this person counts; the person reads that somebody looked (R-427)."""
    placement = _visible(request, placement_id)
    require(rules.may_see_reason(request.user, placement))
    return _show_to_supplier(request, placement, is_asked=True)


@require_http_methods(["GET", "POST"])
def hours_change(request: UserRequest, placement_id: int) -> HttpResponse:
    placement = _visible(request, placement_id)
    require(rules.may_change_hours(request.user, placement))
    form = HoursForm(request.POST or None, placement=placement)
    if form.is_valid():
        now = timezone.now()
        actions.change_hours(placement, by=request.user, at=now, **form.cleaned_data)
        messages.success(request, _("The hours are changed. The plan follows."))
        return redirect(placement)
    return _show_form(request, "candidates/hours_change.html", placement, form)


@require_http_methods(["GET", "POST"])
def placement_end(request: UserRequest, placement_id: int) -> HttpResponse:
    placement = _visible(request, placement_id)
    require(rules.may_end_placement(request.user, placement))
    form = EndForm(request.POST or None, placement=placement)
    if form.is_valid():
        now = timezone.now()
        try:
            actions.end_placement(placement, by=request.user, at=now, **form.cleaned_data)
        except (IllegalMoveError, ValidationError) as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The last working day is written down."))
            return redirect(placement)
    return _show_form(request, "candidates/placement_end.html", placement, form)


@require_POST
def placement_withdraw(request: UserRequest, placement_id: int) -> HttpResponse:
    placement = _visible(request, placement_id)
    require(rules.may_withdraw_placement(request.user, placement))
    verb = partial(actions.withdraw_placement, placement)
    return pressed(
        request, verb, _("The placement is withdrawn. Nothing is planned for it."), back=placement
    )


@require_http_methods(["GET", "POST"])
def candidate_inform(request: UserRequest, placement_id: int) -> HttpResponse:
    placement = _visible(request, placement_id)
    require(rules.may_inform_candidate(request.user, placement))
    form = InformForm(
        request.POST or None, initial={"informed_on": placement.candidate.informed_on}
    )
    if form.is_valid():
        actions.inform_candidate(
            placement.candidate, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("The day of the letter is written down."))
        return redirect(placement)
    return _show_form(request, "candidates/candidate_inform.html", placement, form)


def _visible(request: UserRequest, placement_id: int) -> Placement:
    rows = Placement.objects.visible_to(request.user).with_worth()
    found: Placement = get_object_or_404(
        rows.select_related("contract__authority", "supplier", "block__table"), pk=placement_id
    )
    return found


def _find(request: UserRequest, wanted: dict[str, Any]) -> HttpResponse:
    """Go from the firm's own reference to the person's number, which says nothing to others."""
    narrowed = {
        "contract": wanted["contract"].pk if wanted["contract"] else "",
        "status": wanted["status"],
    }
    if wanted["reference"]:
        firms = Supplier.objects.filter(pk__in=request.user.supplier_ids)
        found = (
            Candidate.objects.with_reference(firm, wanted["reference"]).first() for firm in firms
        )
        person = next(filter(None, found), None)
        narrowed["person"] = str(person.uuid) if person else "none"
    query = urlencode({name: value for name, value in narrowed.items() if value})
    return redirect(f"{reverse('candidates:placement-list')}?{query}")


def _narrow(rows: Any, filters: PlacementFilterForm, person: str) -> Any:
    if filters.is_valid():
        wanted = filters.cleaned_data
        if wanted["contract"]:
            rows = rows.filter(contract=wanted["contract"])
        if wanted["status"]:
            rows = rows.reading(wanted["status"], timezone.localdate())
    return rows.of_person(person) if person else rows


def _show_to_supplier(
    request: UserRequest, placement: Placement, *, is_asked: bool = False
) -> HttpResponse:
    """Show the firm's own; why the person counts to who entered it, or asked for it (R-427)."""
    user, now = request.user, timezone.now()
    may_enter = rules.acts_for_supplier(user, placement)
    if is_asked:
        looking.look_at_reason(placement, by=user, at=now)
    else:
        looking.look_as_supplier([placement], "open-placement", by=user, at=now)
    ask_at = reverse("candidates:placement-reason", args=[placement.pk])
    context = {
        **looking.reason_of(placement, by=user, ask_at=ask_at, is_asked=is_asked),
        "placement": placement,
        "is_own": True,
        "shared_path": SharedPath.objects.filter(people__candidate=placement.candidate_id).first(),
        "person": placement.candidate.reference,
        "shares": _shares(placement),
        "hours": placement.weekly_hours.order_by("holds_from"),
        "bonuses": _bonus_labels(placement),
        **evidence_shown.of_placement(placement, timezone.localdate(), person=request.user),
        "is_running": placement.status_on(timezone.localdate()) == PlacementStatus.RUNNING,
        "may_inform": may_enter,
        "may_end": may_enter and PlacementStatus.ENDED in placement.MOVES.get(placement.status, ()),
        "may_withdraw": may_enter and _may_be_withdrawn(placement),
        "may_add": may_enter
        and placement.status != PlacementStatus.WITHDRAWN
        and placement.contract.accepts_contributions,
    }
    return render(request, "candidates/placement_detail.html", context)


def _show_to_authority(request: UserRequest, placement: Placement) -> HttpResponse:
    shares = list(_shares(placement).filter(pk__in=Share.objects.visible_to(request.user)))
    looking.look_as_authority(shares, "open-placement", by=request.user, at=timezone.now())
    context = {
        "placement": placement,
        "reason": True,
        "is_own": False,
        "person": looking.code_of(shares[0]) if shares else "",
        "shares": shares,
        "hours": placement.weekly_hours.order_by("holds_from"),
        "bonuses": _bonus_labels(placement),
        **evidence_shown.of_placement(placement, timezone.localdate(), person=request.user),
    }
    return render(request, "candidates/placement_detail.html", context)


def _shares(placement: Placement) -> Any:
    rows = Share.objects.filter(contribution__placement=placement)
    return rows.select_related("contribution__placement", "contract").order_by(
        "-contribution__starts_on", "-pk"
    )


def _may_be_withdrawn(placement: Placement) -> bool:
    is_claimed = placement.contributions.filter(is_live=True).exists()
    return not is_claimed and PlacementStatus.WITHDRAWN in placement.MOVES.get(placement.status, ())


def _bonus_labels(placement: Placement) -> list[str]:
    bonuses = placement.block.table.bonuses.filter(code__in=placement.bonus_codes)
    return [bonus.label for bonus in bonuses]


def _show_form(
    request: UserRequest, template: str, placement: Placement, form: forms.Form
) -> HttpResponse:
    return render(request, template, {"placement": placement, "form": form})
