"""What is announced to be removed, and the account of what was removed (K02)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from candidates import rules
from candidates.forms.removals import RemovalFilter
from candidates.models import Removal
from sroi_portal.core import history
from sroi_portal.core.http import UserRequest, paginate, require

ORDERS = {"": ("-due_on", "-pk"), "due": ("due_on", "pk")}
ROWS = {  # names of what is counted
    "letters": _("letters, with their codes and answers"),
    "jobs": _("statements for the banenafspraak"),
    "paid hours": _("lines of paid hours"),
    "questions": _("questions about lasting work"),
    "answers": _("answers about lasting work"),
    "statements": _("statements about what is really added"),
    "placements": _("placements"),
    "weekly hours": _("lines of hours a week"),
    "evidence": _("statements of evidence"),
    "parts without a person": _("contributions that stay, of nobody"),
    "references": _("references of people of whom no work is left"),
}


@require_safe
def removal_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_removals(request.user))
    form = RemovalFilter(request.GET or None)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows = Removal.objects.visible_to(request.user).select_related("contract", "supplier")
    if words := wanted.get("q"):
        rows = rows.filter(Q(contract__title__icontains=words) | Q(supplier__name__icontains=words))
    for name in ("part", "status"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    rows = rows.order_by(*ORDERS[wanted.get("sort", "")])
    context = {
        "form": form,
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "is_narrowed": any(wanted.values()),
    }
    return render(request, "candidates/removal_list.html", context)


@require_safe
def removal_detail(request: UserRequest, removal_id: int) -> HttpResponse:
    require(rules.may_see_removals(request.user))
    rows = Removal.objects.visible_to(request.user).select_related(
        "contract", "supplier", "authority"
    )
    removal = get_object_or_404(rows, pk=removal_id)
    context = {
        "removal": removal,
        "rows": [(ROWS[name], count) for name, count in removal.counts.items()],
        "events": history.of([removal]),
    }
    return render(request, "candidates/removal_detail.html", context)
