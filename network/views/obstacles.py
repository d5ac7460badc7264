"""Obstacles: reported from a contract, followed, and counted for who makes policy."""

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import models
from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts.models import Contract
from network import actions, rules
from network.forms.obstacles import AnswerForm, ObstacleFilterForm, ObstacleForm
from network.models import UNENDED, Obstacle, ObstacleKind
from sroi_portal.core import history
from sroi_portal.core.doing import pressed, sent
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN

SORTS = ("kind", "-kind", "status", "-status", "reported_at", "-reported_at")


@require_safe
def obstacle_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_obstacles(request.user))
    form = ObstacleFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    names = {"kind": "kind", "category": "contract__category", "status": "status"}
    chosen = {field: wanted[name] for name, field in names.items() if wanted.get(name)}
    found = Obstacle.objects.visible_to(request.user).filter(**chosen)
    sort = request.GET.get("sort", "")
    rows = found.select_related("contract__category", "supplier", "picked_up_by")
    rows = rows.order_by(*([sort] if sort in SORTS else ["-reported_at"]), "-pk")
    context = {
        "form": form,
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "groups": _groups(found, timezone.localdate()),
        "sort": sort,
        "is_narrowed": any(wanted.values()),
    }
    return render(request, "network/obstacle_list.html", context)


def _groups(found: Any, today: dt.date) -> list[dict[str, Any]]:
    """Count by kind and category, with the age of the oldest that is open."""
    rows = found.order_by().values(
        "kind", "contract__category__name_nl", "contract__category__name_en"
    )
    is_open = Q(status__in=UNENDED)
    counted = rows.annotate(
        all_count=Count("pk"),
        open_count=Count("pk", filter=is_open),
        oldest_at=Min("reported_at", filter=is_open),
    ).order_by("-open_count", "-all_count", "kind", "contract__category__name_nl")
    return [
        {
            **row,
            "label": ObstacleKind(row["kind"]).label,
            "days": (today - timezone.localdate(row["oldest_at"])).days
            if row["oldest_at"]
            else None,
        }
        for row in counted
    ]


@require_safe
def obstacle_detail(request: UserRequest, obstacle_id: int) -> HttpResponse:
    obstacle = _obstacle(request, obstacle_id)
    context = {
        "obstacle": obstacle,
        "may_answer": rules.may_answer_obstacle(request.user, obstacle)
        and obstacle.status in UNENDED,
        "events": history.of([obstacle]),
    }
    return render(request, "network/obstacle_detail.html", context)


@require_http_methods(["GET", "POST"])
def obstacle_report(request: UserRequest, contract_id: int) -> HttpResponse:
    seen = Contract.objects.visible_to(request.user).with_names()
    contract = get_object_or_404(seen, pk=contract_id)
    require(rules.may_report_obstacle(request.user, contract))
    form = ObstacleForm(request.POST or None)
    if form.is_valid():
        try:
            form.already_made() or actions.report_obstacle(
                contract, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Thank you. Both sides of the contract see it."))
            return redirect(contract)
    return render(request, "network/obstacle_report.html", {"form": form, "contract": contract})


@require_POST
def obstacle_pick_up(request: UserRequest, obstacle_id: int) -> HttpResponse:
    obstacle = _obstacle(request, obstacle_id)
    require(rules.may_pick_up_obstacle(request.user, obstacle))
    verb = partial(actions.pick_up_obstacle, obstacle)
    return pressed(request, verb, _("You look into it; everybody sees that."), back=obstacle)


@require_http_methods(["GET", "POST"])
def obstacle_answer(request: UserRequest, obstacle_id: int) -> HttpResponse:
    obstacle = _obstacle(request, obstacle_id)
    require(rules.may_answer_obstacle(request.user, obstacle))
    form = AnswerForm(request.POST or None, initial={"revision": obstacle.revision})
    verb = partial(actions.answer_obstacle, obstacle)
    if sent(request, form, verb, _("The answer stands with it.")):
        return redirect(obstacle)
    return render(request, "network/obstacle_answer.html", {"form": form, "obstacle": obstacle})


def _obstacle(request: UserRequest, obstacle_id: int) -> Obstacle:
    seen = Obstacle.objects.visible_to(request.user).select_related(
        "contract__authority", "supplier", "reported_by", "picked_up_by"
    )
    obstacle: Obstacle = get_object_or_404(seen, pk=obstacle_id)
    return obstacle
