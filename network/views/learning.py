"""The learning formula: what everybody shared, one's own learning, and the steps themselves."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import actions, reflecting, rules
from network.forms.learning import (
    LearningFilterForm,
    LearningStepForm,
    PlaceFilterForm,
    SharedFilterForm,
)
from network.models import Effect, LearnerRole, LearningStep, Reflection
from sroi_portal.core import history, list_files
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision
from sroi_portal.core.status import FORESEEN
from sroi_portal.core.table_files import Column, Sheet, words_of

COLUMNS = (
    Column(gettext_lazy("Role"), "step__role", words_of(LearnerRole)),
    Column(gettext_lazy("Step"), "step__title_nl", is_wide=True),
    Column(gettext_lazy("Category"), "category__name_nl"),
    Column(gettext_lazy("What was done"), "did", is_wide=True),
    Column(gettext_lazy("Did something change?"), "effect", words_of(Effect)),
    Column(gettext_lazy("What changed because of it"), "changed", is_wide=True),
    Column(gettext_lazy("What comes next"), "next_time", is_wide=True),
    Column(gettext_lazy("Shared on"), "shared_at"),
)


@require_safe
def learning(request: UserRequest) -> HttpResponse:
    """Show role by role what was shared about each step."""
    form = LearningFilterForm(request.GET)
    wanted = form.wanted()
    context = {
        "form": form,
        "roles": reflecting.overview(wanted),
        "is_narrowed": bool(wanted),
        "takes_part": bool(reflecting.roles_of(request.user)),
        "may_add": rules.may_add_learning_step(request.user),
    }
    return render(request, "network/learning.html", context)


@list_files.export
def learning_export(request: UserRequest) -> Sheet:
    """Send what was shared as a file, with the filters of the overview and without names."""
    wanted = LearningFilterForm(request.GET).wanted()
    return Sheet(_("learning"), COLUMNS, reflecting.shared(wanted))


@require_safe
def my_learning(request: UserRequest) -> HttpResponse:
    """Show somebody the own steps and words, and where there is more to write about."""
    person = request.user
    require(bool(reflecting.roles_of(person)))
    form = PlaceFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    words = wanted.get("q", "").strip()
    own = list(Reflection.objects.filter(author=person).select_related("step"))
    places = reflecting.places_seen(own, person)
    steps = LearningStep.objects.standing().filter(role__in=reflecting.roles_of(person))
    context = {
        "form": form,
        "words": words,
        "step": next((each for each in steps if each.pk == wanted.get("step")), None),
        "roles": _by_role(list(steps), own, places),
        "pilots": reflecting.pilots_near(person, words),
        "contracts": reflecting.contracts_near(person, words),
    }
    return render(request, "network/my_learning.html", context)


def _by_role(steps: list[LearningStep], own: list[Reflection], places: dict[int, Any]) -> Any:
    """Lay out by role each step with what one wrote about it; retired steps with words as well."""
    rows: dict[int, list[Any]] = {step.pk: [] for step in steps}
    for each in own:
        if each.step_id not in rows:
            steps.append(each.step)
            rows[each.step_id] = []
        rows[each.step_id].append((each, places.get(each.pk)))
    by_role: dict[str, list[Any]] = {}
    for step in steps:
        by_role.setdefault(step.get_role_display(), []).append((step, rows[step.pk]))
    return list(by_role.items())


@require_safe
def learning_step_detail(request: UserRequest, step_id: int) -> HttpResponse:
    step = get_object_or_404(LearningStep, pk=step_id)
    form = SharedFilterForm(request.GET)
    wanted = form.wanted()
    rows = Reflection.objects.shared().filter(step=step, **wanted)
    rows = rows.select_related("author", "category").order_by("-shared_at", "-pk")
    page = paginate(request, rows, 20)
    places = reflecting.places_seen(list(page), request.user)
    person = request.user
    context = {
        "step": step,
        "form": form,
        "page": page,
        "rows": [(each, places.get(each.pk)) for each in page],
        "is_narrowed": bool(wanted),
        "is_mine": step.role in reflecting.roles_of(person) and step.retired_at is None,
        "may_change": rules.may_change_learning_step(person),
        "events": history.of([step]),
    }
    return render(request, "network/learning_step_detail.html", context)


@require_http_methods(["GET", "POST"])
def learning_step_new(request: UserRequest) -> HttpResponse:
    require(rules.may_add_learning_step(request.user))
    form = LearningStepForm(request.POST or None, initial={"role": request.GET.get("role")})
    if form.is_valid():
        try:
            made = form.already_made() or actions.add_learning_step(
                form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            return redirect(made)
    return render(request, "network/learning_step_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def learning_step_edit(request: UserRequest, step_id: int) -> HttpResponse:
    step = get_object_or_404(LearningStep, pk=step_id)
    require(rules.may_change_learning_step(request.user))
    form = LearningStepForm(request.POST or None, instance=step)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_learning_step(
                step, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The step is changed."))
            return redirect(step)
    return render(request, "network/learning_step_edit.html", {"form": form, "step": step})


@require_POST
def learning_step_retire(request: UserRequest, step_id: int) -> HttpResponse:
    require(rules.may_retire_learning_step(request.user))
    step = get_object_or_404(LearningStep, pk=step_id)
    verb = partial(actions.retire_learning_step, step, revision=seen_revision(request))
    said = _("The step is offered no longer; what was written about it stays.")
    return pressed(request, verb, said, back=step)


@require_POST
def learning_step_restore(request: UserRequest, step_id: int) -> HttpResponse:
    require(rules.may_restore_learning_step(request.user))
    step = get_object_or_404(LearningStep, pk=step_id)
    verb = partial(actions.restore_learning_step, step, revision=seen_revision(request))
    return pressed(request, verb, _("The step is offered again."), back=step)
