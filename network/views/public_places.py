"""Places to work or learn for who looks for one, and for who helps: no account needed (H03)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from network.forms.offers import PlaceFilterForm
from network.models import PublicPlace
from sroi_portal.core.http import paginate, reads_published

SORTS = {
    "starts": ("starts_on", "pk"),
    "new": ("-pk",),
    "hours": ("-hours_per_week", "pk"),
}


@reads_published
@login_not_required
@require_safe
def public_place_list(request: HttpRequest) -> HttpResponse:
    """List what suppliers show to everybody, the soonest first (R-440)."""
    form = PlaceFilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    places = PublicPlace.objects.filter(stays_until__gte=today)
    if wanted.get("q"):
        places = places.matching(wanted["q"])
    if wanted.get("province"):
        places = places.in_province(wanted["province"])
    if wanted.get("form"):
        places = places.filter(form=wanted["form"])
    order = SORTS.get(wanted.get("sort") or "starts", SORTS["starts"])
    context = {
        "filters": form,
        "page": paginate(request, places.order_by(*order)),
        "is_narrowed": any(wanted.values()),
        "today": today,
    }
    return render(request, "network/public_place_list.html", context)
