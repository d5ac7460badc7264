"""What everybody may read without an account: the timeline and the magazine (S07, S21)."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.forms.timeline import TimelineFilterForm
from network.models import MomentKind, PublicEdition, TimelineMoment
from sroi_portal.core.http import reads_published
from sroi_portal.core.templatetags import formats

FEED = "https://jsonfeed.org/version/1.1"

type Named = tuple[TimelineMoment, str]


@reads_published
@login_not_required
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Tell it by year, the newest first or from the beginning."""
    form = TimelineFilterForm(request.GET)
    wanted = form.wanted()
    order = ("on", "pk") if wanted.get("order") else ("-on", "-pk")
    rows = TimelineMoment.objects.order_by(*order)
    if "kind" in wanted:
        rows = rows.filter(kind=wanted["kind"])
    by_year = groupby(_told(rows), key=lambda each: each[0].on.year)
    context = {
        "form": form,
        "years": [(year, list(moments)) for year, moments in by_year],
        "is_narrowed": "kind" in wanted,
        "today": timezone.localdate(),
    }
    return render(request, "network/timeline.html", context)


@reads_published
@login_not_required
@require_safe
def timeline_file(_request: HttpRequest) -> HttpResponse:
    """Send the whole as a JSON Feed, for machines."""
    feed = {
        "version": FEED,
        "title": _("Timeline of Maatwerk voor Mensen"),
        "home_page_url": settings.SITE_URL + reverse("network:timeline"),
        "feed_url": settings.SITE_URL + reverse("network:timeline-file"),
        "language": "nl",
        "items": [_item(each) for each in TimelineMoment.objects.order_by("-on", "-pk")],
    }
    return JsonResponse(feed, json_dumps_params={"ensure_ascii": False})


@reads_published
@login_not_required
@require_safe
def public_magazine(request: HttpRequest) -> HttpResponse:
    editions = list(PublicEdition.objects.order_by("-number"))
    return render(request, "network/public_magazine.html", {"editions": editions})


@reads_published
@login_not_required
@require_safe
def public_edition(_request: HttpRequest, number: int) -> FileResponse:
    copy = get_object_or_404(PublicEdition, number=number)
    return FileResponse(
        copy.pdf.open("rb"),
        as_attachment=True,
        filename=f"maatwerk-voor-mensen-{copy.number}.pdf",
        content_type="application/pdf",
    )


def _told(rows: Iterable[TimelineMoment]) -> list[tuple[TimelineMoment, str, list[Named]]]:
    """Give each moment with its title; the figures of one day are one, with what it holds."""
    days: list[list[TimelineMoment]] = []
    figures: dict[dt.date, list[TimelineMoment]] = {}
    for each in rows:
        same = figures.setdefault(each.on, []) if each.kind == MomentKind.FIGURES else []
        if not same:
            days.append(same)
        same.append(each)
    return [
        (same[0], _title(same[0]), [])
        if len(same) == 1
        else (same[0], _title_of_all(len(same)), [(each, _title(each)) for each in same])
        for same in days
    ]


def _title_of_all(periods: int) -> str:
    said = ngettext("Figures of %(count)s period", "Figures of %(count)s periods", periods)
    return said % {"count": formats.count(periods)}


def _title(moment: TimelineMoment) -> str:
    in_english = (get_language() or "nl").startswith("en")
    return moment.title_en if in_english and moment.title_en else moment.title


def _item(moment: TimelineMoment) -> dict[str, object]:
    day = timezone.make_aware(dt.datetime.combine(moment.on, dt.time.min))
    item: dict[str, object] = {
        "id": moment.key,
        "title": moment.title,
        "content_text": moment.words or moment.title,
        "date_published": day.isoformat(),
        "tags": [moment.kind],
    }
    if moment.is_open:
        is_ours = moment.address.startswith("/")
        item["url"] = f"{settings.SITE_URL}{moment.address}" if is_ours else moment.address
    return item
