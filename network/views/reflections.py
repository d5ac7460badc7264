"""What somebody writes about a step: for oneself first, then for everybody."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts.models import Contract
from network import actions, reflecting, rules
from network.forms.learning import ReflectionForm
from network.models import Pilot, Reflection
from sroi_portal.core import history
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, require, seen_revision
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
def reflection_on_pilot(request: UserRequest, pilot_id: int) -> HttpResponse:
    seen = Pilot.objects.visible_to(request.user)
    return _written(request, get_object_or_404(seen, pk=pilot_id))


@require_http_methods(["GET", "POST"])
def reflection_on_contract(request: UserRequest, contract_id: int) -> HttpResponse:
    seen = Contract.objects.visible_to(request.user)
    return _written(request, get_object_or_404(seen, pk=contract_id))


def _written(request: UserRequest, place: Pilot | Contract) -> HttpResponse:
    require(rules.may_write_reflection(request.user, place))
    asked = {"step": request.GET.get("step")}
    form = ReflectionForm(request.POST or None, person=request.user, place=place, initial=asked)
    if form.is_valid():
        try:
            made = form.already_made() or actions.write_reflection(
                place, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Kept for yourself. Share it when you are content."))
            return redirect(made)
    steps = reflecting.steps_left(request.user, place)
    context = {"form": form, "place": place, "steps": steps}
    return render(request, "network/reflection_new.html", context)


@require_safe
def reflection_detail(request: UserRequest, reflection_id: int) -> HttpResponse:
    reflection, person = _seen(request, reflection_id), request.user
    context = {
        "reflection": reflection,
        "place": reflecting.places_seen([reflection], person).get(reflection.pk),
        "may_change": rules.may_change_reflection(person, reflection),
        "may_take_back": rules.may_take_back_reflection(person, reflection),
        "events": history.of([reflection]),
    }
    return render(request, "network/reflection_detail.html", context)


@require_http_methods(["GET", "POST"])
def reflection_edit(request: UserRequest, reflection_id: int) -> HttpResponse:
    reflection = _seen(request, reflection_id)
    require(rules.may_change_reflection(request.user, reflection))
    form = ReflectionForm(request.POST or None, instance=reflection, person=request.user)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_reflection(
                reflection, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Your words are changed."))
            return redirect(reflection)
    context = {"form": form, "reflection": reflection}
    return render(request, "network/reflection_edit.html", context)


@require_POST
def reflection_share(request: UserRequest, reflection_id: int) -> HttpResponse:
    reflection = _seen(request, reflection_id)
    require(rules.may_share_reflection(request.user, reflection))
    said = _("Thank you. Everybody who signs in can read it now.")
    return _pressed(request, reflection, actions.share_reflection, said)


@require_POST
def reflection_take_back(request: UserRequest, reflection_id: int) -> HttpResponse:
    reflection = _seen(request, reflection_id)
    require(rules.may_take_back_reflection(request.user, reflection))
    said = _("From now on only you read it.")
    return _pressed(request, reflection, actions.take_back_reflection, said)


@require_POST
def reflection_remove(request: UserRequest, reflection_id: int) -> HttpResponse:
    reflection = _seen(request, reflection_id)
    require(rules.may_remove_reflection(request.user, reflection))
    answer = _pressed(request, reflection, actions.remove_reflection, _("Your words are removed."))
    is_gone = not Reflection.objects.filter(pk=reflection_id).exists()
    return redirect("network:my-learning") if is_gone else answer


def _seen(request: UserRequest, reflection_id: int) -> Reflection:
    seen = Reflection.objects.visible_to(request.user).select_related("step", "author", "category")
    reflection: Reflection = get_object_or_404(seen, pk=reflection_id)
    return reflection


def _pressed(
    request: UserRequest, reflection: Reflection, verb: Callable[..., None], said: str
) -> HttpResponse:
    """Lead back to the page of what was written; a page that is old says so."""
    act = partial(verb, reflection, revision=seen_revision(request))
    return pressed(request, act, said, back=reflection.get_absolute_url())
