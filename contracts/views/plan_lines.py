"""Lines of an open plan: added, changed, moved, taken out."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contracts import actions, rules
from contracts.forms.plans import PlanLineForm
from contracts.models import Plan, PlanLine
from contracts.views.plans import visible_plan
from sroi_portal.core import drafts
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
@drafts.kept
def plan_line_add(request: UserRequest, plan_id: int) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    require(rules.may_add_plan_line(request.user, plan))
    form = PlanLineForm(request.POST or None, contract=plan.contract)
    if form.is_valid() and request.POST.get("do") != "reckon":
        try:
            form.already_made() or actions.add_plan_line(
                plan, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The line is added."))
            return redirect(plan)
    return render(request, "contracts/plan_line.html", _context(form, plan))


@require_http_methods(["GET", "POST"])
@drafts.kept
def plan_line_change(request: UserRequest, line_id: int) -> HttpResponse:
    line = _line(request, line_id)
    require(rules.may_change_plan_line(request.user, line))
    form = PlanLineForm(request.POST or None, instance=line, contract=line.plan.contract)
    if form.is_valid() and request.POST.get("do") != "reckon":
        stored = PlanLine.objects.get(pk=line.pk)
        stored.plan = line.plan
        revision = form.cleaned_data["revision"]
        try:
            actions.change_plan_line(
                stored, form.facts(), by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The line is changed."))
            return redirect(line.plan)
    return render(request, "contracts/plan_line.html", _context(form, line.plan, line))


@require_POST
def plan_line_remove(request: UserRequest, line_id: int) -> HttpResponse:
    line = _line(request, line_id)
    require(rules.may_remove_plan_line(request.user, line))
    verb = partial(actions.remove_plan_line, line)
    return pressed(request, verb, _("The line is taken out."), back=line.plan)


@require_POST
def plan_line_move(request: UserRequest, line_id: int) -> HttpResponse:
    line = _line(request, line_id)
    require(rules.may_move_plan_line(request.user, line))
    verb = partial(actions.move_plan_line, line, is_up="up" in request.POST)
    return pressed(request, verb, "", back=line.plan)


def _line(request: UserRequest, line_id: int) -> PlanLine:
    seen = Plan.objects.visible_to(request.user).values("pk")
    line = get_object_or_404(PlanLine.objects.filter(plan__in=seen), pk=line_id)
    line.plan = visible_plan(request, line.plan_id)
    return line


def _context(form: PlanLineForm, plan: Plan, line: PlanLine | None = None) -> dict[str, Any]:
    """Show what the table gives for what was typed so far."""
    proposed = form.proposed_eur if form.is_bound and hasattr(form, "cleaned_data") else None
    return {
        "form": form,
        "plan": plan,
        "contract": plan.contract,
        "line": line,
        "proposed_eur": proposed if proposed is not None else (line and line.proposed_eur),
    }
