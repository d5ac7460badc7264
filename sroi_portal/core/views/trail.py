"""What happened: to one object, and to all of an authority for its auditor."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sroi_portal.core import history, list_files, trail
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import AuditEvent, RoleName
from sroi_portal.core.rules import may_see_trail
from sroi_portal.core.table_files import Sheet
from sroi_portal.core.trail_forms import OfficeTrailForm, TrailForm


@require_safe
def object_history(request: UserRequest, kind: str, object_uuid: uuid.UUID) -> HttpResponse:
    """Show what happened to an object to who sees it, and to auditors."""
    found = _subject(request, kind, object_uuid)
    form, events = _narrowed(request, found)
    rows, older = trail.page_of(events, _before(request))
    context = {
        "subject": found,
        "address": _address(found),
        "form": form,
        "older": older,
        "events": history.tell(rows, is_readable=trail.reader(request.user, found)),
        **_shown(request, form),
    }
    return render(request, "core/object_history.html", context)


@list_files.export
def object_history_export(request: UserRequest, of: str, object_uuid: uuid.UUID) -> Sheet:
    found = _subject(request, of, object_uuid)
    _form, events = _narrowed(request, found)
    return trail.sheet_of(events, _("history"))


@require_safe
def office_trail(request: UserRequest) -> HttpResponse:
    """Show all that happened at an authority, without anything that was said."""
    require(may_see_trail(request.user))
    form, events = _of_office(request)
    rows, older = trail.page_of(events, _before(request))
    context = {
        "form": form,
        "older": older,
        "events": history.tell(rows, is_readable=lambda _event: False),
        **_shown(request, form),
    }
    return render(request, "core/office_trail.html", context)


@list_files.export
def office_trail_export(request: UserRequest) -> Sheet:
    require(may_see_trail(request.user))
    _form, events = _of_office(request)
    return trail.sheet_of(events, _("history"))


def _subject(request: UserRequest, kind: str, object_uuid: uuid.UUID) -> trail.Subject:
    found = trail.subject(request.user, kind, object_uuid)
    if found is None:
        raise Http404
    return found


def _narrowed(request: UserRequest, found: trail.Subject) -> tuple[TrailForm, QuerySet[AuditEvent]]:
    events = trail.events_of(found)
    verbs = events.order_by().values_list("verb", flat=True).distinct()
    form = TrailForm(request.GET, verbs=verbs)
    return form, trail.narrowed(events, form.cleaned_data if form.is_valid() else {})


def _of_office(request: UserRequest) -> tuple[OfficeTrailForm, QuerySet[AuditEvent]]:
    mine = request.user.authorities_with(RoleName.AUDITOR)
    form = OfficeTrailForm(request.GET, authorities=mine)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    chosen = wanted.get("authority")
    return form, trail.narrowed(trail.of_authority(chosen.pk if chosen else mine[0]), wanted)


def _before(request: UserRequest) -> int | None:
    before = request.GET.get("before", "")
    return int(before) if before.isdecimal() and len(before) < 19 else None


def _shown(request: UserRequest, form: TrailForm) -> dict[str, Any]:
    wanted = form.cleaned_data if form.is_valid() else {}
    return {
        "is_narrowed": any(wanted.values()),
        "is_paged": bool(request.GET.get("before")),
        "query": request.GET.urlencode(),
    }


def _address(found: trail.Subject) -> str:
    address_of = getattr(found.obj, "get_absolute_url", None)
    return str(address_of()) if address_of else ""
