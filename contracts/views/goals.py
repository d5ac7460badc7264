"""Goals of a tailored contract: agreed, changed, given up, and what is reached of them."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts import actions, rules
from contracts.forms.goals import GiveUpForm, GoalForm, ProgressForm
from contracts.models import Contract, Goal
from contracts.views.seen import visible_contract
from sroi_portal.core.doing import sent
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
def goal_set(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_set_goal(request.user, contract))
    form = GoalForm(request.POST or None, contract=contract)
    if form.is_valid():
        try:
            form.already_made() or actions.set_goal(
                contract, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The goal is agreed."))
            return redirect(contract)
    return render(request, "contracts/goal_set.html", {"form": form, "contract": contract})


@require_http_methods(["GET", "POST"])
def goal_change(request: UserRequest, goal_id: int) -> HttpResponse:
    goal = _goal(request, goal_id)
    require(rules.may_change_goal(request.user, goal))
    form = GoalForm(request.POST or None, instance=goal, contract=goal.contract)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_goal(goal, facts, by=request.user, at=timezone.now(), revision=revision)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The goal is changed."))
            return redirect(goal.contract)
    context = {"form": form, "goal": goal, "contract": goal.contract}
    return render(request, "contracts/goal_change.html", context)


@require_http_methods(["GET", "POST"])
def goal_give_up(request: UserRequest, goal_id: int) -> HttpResponse:
    goal = _goal(request, goal_id)
    require(rules.may_give_up_goal(request.user, goal))
    form = GiveUpForm(request.POST or None, goal=goal)
    verb = partial(actions.give_up_goal, goal)
    if sent(request, form, verb, _("The goal is given up; what was reached of it stays.")):
        return redirect(goal.contract)
    context = {"form": form, "goal": goal, "contract": goal.contract}
    return render(request, "contracts/goal_give_up.html", context)


@require_http_methods(["GET", "POST"])
def progress_record(request: UserRequest, goal_id: int) -> HttpResponse:
    goal = _goal(request, goal_id)
    require(rules.may_record_progress(request.user, goal))
    form = ProgressForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            form.already_made() or actions.record_progress(
                goal, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The progress is recorded."))
            return redirect(goal.contract)
    context = {"form": form, "goal": goal, "contract": goal.contract}
    return render(request, "contracts/progress_record.html", context)


def _goal(request: UserRequest, goal_id: int) -> Goal:
    seen = Contract.objects.visible_to(request.user)
    goals = Goal.objects.filter(contract__in=seen).select_related("contract__authority")
    return get_object_or_404(goals, pk=goal_id)
