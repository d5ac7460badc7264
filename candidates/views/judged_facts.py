"""What people say is not right: a task for the firm and for who checks, with a last day."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates import actions, rules
from candidates.forms.letters import ReplyForm
from candidates.models import JudgedFact, JudgementStatus
from candidates.views import looking
from sroi_portal.core import history
from sroi_portal.core.http import UserRequest, paginate, require

ORDERS = {"due": ("due_on", "pk"), "newest": ("-judged_at", "-pk")}


@require_safe
def fact_list(request: UserRequest) -> HttpResponse:
    """Show what waits, the first due first; `?status=` and `?sort=` narrow and order it."""
    require(rules.may_see_judged_facts(request.user))
    rows = JudgedFact.objects.visible_to(request.user).select_related(
        "placement__contract", "supplier"
    )
    status = request.GET.get("status", "")
    if status != "all":
        wanted = JudgementStatus.ANSWERED if status == "answered" else JudgementStatus.WRONG
        rows = rows.filter(status=wanted)
    rows = rows.order_by(*ORDERS.get(request.GET.get("sort", ""), ORDERS["due"]))
    page = paginate(request, rows.fetch_mode(models.FETCH_RAISE))
    context: dict[str, Any] = {"page": page, "status": status, "today": timezone.localdate()}
    return render(request, "candidates/fact_list.html", context)


@require_http_methods(["GET", "POST"])
def fact_answer(request: UserRequest, fact_id: int) -> HttpResponse:
    rows = JudgedFact.objects.visible_to(request.user).select_related(
        "placement__contract", "supplier", "answered_by"
    )
    judged = get_object_or_404(rows, pk=fact_id)
    now = timezone.now()
    may_answer = rules.may_answer_fact(request.user, judged)
    require(may_answer or request.method == "GET")
    form = ReplyForm(request.POST or None)
    if form.is_valid():
        try:
            actions.answer_fact(judged, by=request.user, at=now, **form.cleaned_data)
        except actions.AlreadyAnsweredError as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The person reads your answer on the own page."))
            return redirect(judged)
    looking.look_at_placement(judged.placement, "answer-person", by=request.user, at=now)
    context = {
        "judged": judged,
        "form": form if may_answer and judged.status == JudgementStatus.WRONG else None,
        "is_late": judged.is_late(timezone.localdate(now)),
        "events": history.of([judged]),
    }
    return render(request, "candidates/fact_answer.html", context)
