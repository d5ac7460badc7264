"""Milestones: written by an adviser, read by another, then on the timeline (R-416)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import actions, rules
from network.forms.timeline import MilestoneForm, WithdrawMilestoneForm
from network.models import Milestone, Pilot
from sroi_portal.core import history
from sroi_portal.core.doing import done, sent
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision
from sroi_portal.core.status import FORESEEN


@require_safe
def milestone_list(request: UserRequest) -> HttpResponse:
    require(rules.advises(request.user))
    rows = Milestone.objects.order_by("-on", "-pk")
    context = {
        "page": paginate(request, rows),
        "waiting": Milestone.objects.to_review_by(request.user).count(),
    }
    return render(request, "network/milestone_list.html", context)


@require_safe
def milestone_detail(request: UserRequest, milestone_id: int) -> HttpResponse:
    milestone, person = _milestone(request, milestone_id), request.user
    context = {
        "milestone": milestone,
        "events": history.of([milestone]),
        "may": {
            "change": rules.may_change_milestone(person, milestone),
            "publish": rules.may_publish_milestone(person, milestone),
            "withdraw": rules.may_withdraw_milestone(person, milestone),
        },
    }
    return render(request, "network/milestone_detail.html", context)


@require_http_methods(["GET", "POST"])
def milestone_new(request: UserRequest) -> HttpResponse:
    person = request.user
    require(rules.may_write_milestone(person))
    form = MilestoneForm(request.POST or None, person=person, initial=_came_from(request))
    if form.is_valid():
        made = form.already_made() or actions.write_milestone(
            form.facts(), by=person, at=timezone.now(), key=form.key()
        )
        messages.success(request, _("Another adviser reads it; then it stands on the timeline."))
        return redirect(made)
    return render(request, "network/milestone_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def milestone_edit(request: UserRequest, milestone_id: int) -> HttpResponse:
    milestone = _milestone(request, milestone_id)
    require(rules.may_change_milestone(request.user, milestone))
    form = MilestoneForm(request.POST or None, instance=milestone, person=request.user)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_milestone(
                milestone, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(
                request, _("Another adviser reads it; then it stands on the timeline.")
            )
            return redirect(milestone)
    return render(request, "network/milestone_edit.html", {"form": form, "milestone": milestone})


@require_POST
def milestone_publish(request: UserRequest, milestone_id: int) -> HttpResponse:
    milestone = _milestone(request, milestone_id)
    require(rules.may_publish_milestone(request.user, milestone))
    revision = seen_revision(request)
    done(
        request,
        lambda: actions.publish_milestone(
            milestone, by=request.user, at=timezone.now(), revision=revision
        ),
        _("It stands on the timeline: everybody can read it now."),
    )
    return redirect(milestone)


@require_http_methods(["GET", "POST"])
def milestone_withdraw(request: UserRequest, milestone_id: int) -> HttpResponse:
    milestone = _milestone(request, milestone_id)
    require(rules.may_withdraw_milestone(request.user, milestone))
    form = WithdrawMilestoneForm(request.POST or None, initial={"revision": milestone.revision})
    verb = partial(actions.withdraw_milestone, milestone)
    if sent(request, form, verb, _("It stands on the timeline no longer.")):
        return redirect(milestone)
    context = {"form": form, "milestone": milestone}
    return render(request, "network/milestone_withdraw.html", context)


def _milestone(request: UserRequest, milestone_id: int) -> Milestone:
    require(rules.advises(request.user))
    wide = Milestone.objects.select_related("pilot", "written_by", "published_by")
    milestone: Milestone = get_object_or_404(wide, pk=milestone_id)
    return milestone


def _came_from(request: UserRequest) -> dict[str, Any]:
    """Begin with what is known of the pilot that the address names."""
    asked = request.GET.get("pilot", "")
    if not asked.isdecimal():
        return {"on": timezone.localdate()}
    shown = Pilot.objects.shared().filter(pk=asked)
    pilot = get_object_or_404(shown)
    return {
        "pilot": pilot.pk,
        "on": pilot.ends_on,
        "title": pilot.title,
        "words": pilot.outcome[:1500],
    }
