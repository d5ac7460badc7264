"""Every step of the follow-up that a person may see, over all contracts."""

from django.db import models
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contracts import rules
from contracts.forms.filters import StepFilterForm
from contracts.models import FollowUp
from sroi_portal.core.http import UserRequest, paginate, require


@require_safe
def step_list(request: UserRequest) -> HttpResponse:
    """List steps that are under way, the first day to act first; or all of them."""
    require(rules.may_see_steps(request.user))
    form = StepFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = FollowUp.objects.visible_to(request.user).filter(
        authority_id__in=request.user.authorities_with(*rules.FOLLOWING_ROLES)
    )
    if not wanted.get("ended"):
        rows = rows.living()
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("q"):
        rows = rows.matching(wanted["q"].strip())
    rows = rows.select_related("contract", "supplier").order_by(
        models.F("next_on").asc(nulls_last=True), "-pk"
    )
    context = {
        "form": form,
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "is_narrowed": any(wanted.values()),
        "today": timezone.localdate(),
    }
    return render(request, "contracts/step_list.html", context)
