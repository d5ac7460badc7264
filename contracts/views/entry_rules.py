"""What work is held against when it comes in: read by the authority, set by its adviser."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts import actions, rules
from contracts.forms.entry_rules import DemandForm, EntryRuleForm
from contracts.models import EntryRule, EvidenceDemand
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN

COPIED = {
    "rule": ("authority", "condition", "limit", "effect", "is_on"),
    "demand": ("authority", "evidence_kind", "block", "row_kind", "level", "within_days"),
}


@require_safe
def entry_rule_list(request: UserRequest) -> HttpResponse:
    """Show what holds, what will hold, and what held before."""
    require(rules.may_see_entry_rules(request.user))
    today = timezone.localdate()
    entry_rules = EntryRule.objects.visible_to(request.user).select_related("authority", "set_by")
    demands = EvidenceDemand.objects.visible_to(request.user).select_related(
        "authority", "set_by", "evidence_kind", "block"
    )
    context = {
        "rules": _standing(entry_rules, ("authority_id", "condition", "effect"), today),
        "demands": _standing(
            demands, ("authority_id", "evidence_kind_id", "block_id", "row_kind"), today
        ),
        "may_set": rules.may_set_entry_rule(request.user),
    }
    return render(request, "contracts/entry_rule_list.html", context)


@require_http_methods(["GET", "POST"])
def entry_rule_new(request: UserRequest) -> HttpResponse:
    """Set a rule; `?rule=` begins with what an earlier version says."""
    require(rules.may_set_entry_rule(request.user))
    initial = _said_by(request, EntryRule, "rule")
    today = timezone.localdate()
    form = EntryRuleForm(request.POST or None, adviser=request.user, today=today, initial=initial)
    if _is_made(form):
        return redirect("contracts:entry-rule-list")
    if form.is_valid():
        facts = form.facts()
        try:
            actions.set_entry_rule(
                facts.pop("authority"), facts, by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The rule is set."))
            return redirect("contracts:entry-rule-list")
    return render(request, "contracts/entry_rule_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def demand_new(request: UserRequest) -> HttpResponse:
    """Say how strictly evidence is asked for; `?demand=` begins with an earlier version."""
    require(rules.may_set_demand(request.user))
    initial = _said_by(request, EvidenceDemand, "demand")
    today = timezone.localdate()
    form = DemandForm(request.POST or None, adviser=request.user, today=today, initial=initial)
    if _is_made(form):
        return redirect("contracts:entry-rule-list")
    if form.is_valid():
        facts = form.facts()
        try:
            actions.set_demand(
                facts.pop("authority"), facts, by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("How the evidence is asked for is set."))
            return redirect("contracts:entry-rule-list")
    return render(request, "contracts/demand_new.html", {"form": form})


@require_POST
def entry_rule_discard(request: UserRequest, rule_id: int) -> HttpResponse:
    rule = get_object_or_404(EntryRule.objects.visible_to(request.user), pk=rule_id)
    require(rules.may_discard_entry_rule(request.user, rule))
    verb = partial(actions.discard_entry_rule, rule)
    return pressed(request, verb, _("It is thrown away."), back="contracts:entry-rule-list")


@require_POST
def demand_discard(request: UserRequest, demand_id: int) -> HttpResponse:
    demand = get_object_or_404(EvidenceDemand.objects.visible_to(request.user), pk=demand_id)
    require(rules.may_discard_demand(request.user, demand))
    verb = partial(actions.discard_demand, demand)
    return pressed(request, verb, _("It is thrown away."), back="contracts:entry-rule-list")


def _is_made(form: EntryRuleForm | DemandForm) -> bool:
    """Tell a second click: what the first made now stands in the way of this form."""
    if not form.is_bound:
        return False
    form.full_clean()
    return form.already_made() is not None


def _said_by(request: UserRequest, model: Any, name: str) -> dict[str, Any]:
    wanted = request.GET.get(name, "")
    if not (wanted.isascii() and wanted.isdigit()):
        return {}
    earlier = get_object_or_404(model.objects.visible_to(request.user), pk=wanted)
    return {field: getattr(earlier, field) for field in COPIED[name]}


def _standing(rows: Any, about: tuple[str, ...], today: Any) -> list[dict[str, Any]]:
    """Say of each version whether it holds now, will hold, or has been replaced."""
    result, holding = [], set()
    for row in rows.order_by("-valid_from", "-pk").fetch_mode(models.FETCH_RAISE):
        key = tuple(getattr(row, name) for name in about)
        standing = "later" if row.valid_from > today else "past" if key in holding else "now"
        if standing == "now":
            holding.add(key)
        result.append({"row": row, "standing": standing, "about": tuple(map(str, key))})
    order = {"now": 0, "later": 1, "past": 2}
    return sorted(result, key=lambda each: (order[each["standing"]], each["about"]))
