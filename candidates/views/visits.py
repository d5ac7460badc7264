"""Visits on location: recorded by a coordinator, read by both sides."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates import actions, evidence_needs, rules
from candidates.forms.visits import VisitForm
from candidates.models import Evidence, Placement, Visit
from contracts.models import Contract
from sroi_portal.core import history
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN


@require_safe
def visit_list(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = _contract(request, contract_id)
    rows = Visit.objects.visible_to(request.user).filter(contract=contract)
    rows = rows.select_related("recorded_by", "placement").order_by("-visited_on", "-pk")
    context = {
        "contract": contract,
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "may_record": rules.may_record_visit(request.user, contract),
    }
    return render(request, "candidates/visit_list.html", context)


@require_http_methods(["GET", "POST"])
def visit_new(request: UserRequest, contract_id: int) -> HttpResponse:
    """Record a visit to the contract; `?placement=` says to which placement."""
    contract = _contract(request, contract_id)
    require(rules.may_record_visit(request.user, contract))
    placement = _placement(request, contract)
    today = timezone.localdate()
    needs = evidence_needs.of_placement(placement, today) if placement else []
    form = VisitForm(request.POST or None, kinds=[need.kind for need in needs], today=today)
    if form.is_valid():
        told, made = form.visit_facts(), form.already_made()
        try:
            visit = made or actions.record_visit(
                contract,
                **told,
                by=request.user,
                at=timezone.now(),
                placement=placement,
                key=form.key(),
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The visit is recorded. The supplier gets a mail."))
            return redirect(visit)
    context = {"form": form, "contract": contract, "placement": placement}
    return render(request, "candidates/visit_new.html", context)


@require_safe
def visit_detail(request: UserRequest, visit_id: int) -> HttpResponse:
    rows = Visit.objects.visible_to(request.user)
    visit = get_object_or_404(
        rows.select_related("contract", "placement", "recorded_by"), pk=visit_id
    )
    seen = Evidence.objects.visible_to(request.user).filter(visit=visit).select_related("kind")
    events = history.of([visit])
    context: dict[str, Any] = {
        "visit": visit,
        "contract": visit.contract,
        "evidence": list(seen),
        "reason": visit.placement is None or rules.sees_reason(request.user, visit.placement),
        "remark": next((event.remark for event in events if event.remark), ""),
        "events": events,
    }
    return render(request, "candidates/visit_detail.html", context)


def _contract(request: UserRequest, contract_id: int) -> Contract:
    rows = Contract.objects.visible_to(request.user).select_related("authority", "supplier")
    contract: Contract = get_object_or_404(rows, pk=contract_id)
    require(rules.may_see_visits(request.user, contract))
    return contract


def _placement(request: UserRequest, contract: Contract) -> Placement | None:
    wanted = request.GET.get("placement", "")
    if not (wanted.isascii() and wanted.isdigit()):
        return None
    rows = Placement.objects.visible_to(request.user).filter(contract=contract)
    found: Placement = get_object_or_404(rows.select_related("contract", "block"), pk=wanted)
    return found
