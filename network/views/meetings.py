"""Meetings of the network: to come, over, proposed and held (S09)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import actions, attending, calendars, rules
from network.forms.meetings import (
    CancelMeetingForm,
    DeclineMeetingForm,
    MeetingFilterForm,
    MeetingForm,
    MeetingReportForm,
)
from network.models import Attendance, AttendanceStatus, Meeting, MeetingStatus
from sroi_portal.core import history
from sroi_portal.core.doing import pressed, sent
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision
from sroi_portal.core.models import User
from sroi_portal.core.status import FORESEEN

PAGE = 20


@require_safe
def meeting_list(request: UserRequest) -> HttpResponse:
    form, person = MeetingFilterForm(request.GET), request.user
    wanted = form.wanted()
    page = paginate(request, _narrowed(person, wanted), PAGE)
    counted = attending.count(page)
    proposed = Meeting.objects.filter(status=MeetingStatus.PROPOSED)
    context = {
        "form": form,
        "page": page,
        "rows": [(each, counted.get(each.pk, attending.Counted())) for each in page],
        "is_narrowed": bool(wanted),
        "waiting": proposed.count() if rules.advises(person) else 0,
        "may_propose": rules.may_propose_meeting(person),
        "advises": rules.advises(person),
    }
    return render(request, "network/meeting_list.html", context)


@require_safe
def meeting_detail(request: UserRequest, meeting_id: int) -> HttpResponse:
    meeting, person, now = _meeting(request, meeting_id), request.user, timezone.now()
    events = history.of([meeting])
    own = Attendance.objects.filter(meeting=meeting, user=person).first()
    is_holder = meeting.holder_id == person.pk
    comers = Attendance.objects.filter(meeting=meeting).exclude(status=AttendanceStatus.OFF)
    context = {
        "meeting": meeting,
        "counted": attending.count_of(meeting),
        "own": own if own and own.status != AttendanceStatus.OFF else None,
        "is_over": meeting.is_over(now),
        "takes_people": meeting.takes_people(now) and rules.may_sign_up(person),
        "may_sign_off": meeting.starts_at > now,
        "comers": list(comers.in_turn().select_related("user")) if is_holder else None,
        "lessons": list(meeting.lessons.published().defer("search")),
        "because": next((each.remark for each in events if each.remark), ""),
        "events": events if is_holder or rules.advises(person) else None,
        "may": _buttons(person, meeting, is_begun=meeting.starts_at <= now),
    }
    return render(request, "network/meeting_detail.html", context)


@require_safe
def meeting_calendar(request: UserRequest, meeting_id: int) -> HttpResponse:
    """Send it for the calendar of who comes."""
    meeting = _meeting(request, meeting_id)
    return HttpResponse(
        calendars.event(meeting, at=timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="bijeenkomst-{meeting.pk}.ics"'},
    )


@require_http_methods(["GET", "POST"])
def meeting_new(request: UserRequest) -> HttpResponse:
    """Propose one; what an adviser writes is announced at once (R-413)."""
    person = request.user
    require(rules.may_propose_meeting(person))
    form = MeetingForm(request.POST or None, person=person)
    if form.is_valid():
        try:
            made = form.already_made() or _made(form, person)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            said = _("The meeting is announced.")
            thanks = _("Thank you. An adviser looks at it first.")
            messages.success(request, said if rules.advises(person) else thanks)
            return redirect(made)
    context = {"form": form, "advises": rules.advises(person)}
    return render(request, "network/meeting_new.html", context)


@transaction.atomic
def _made(form: MeetingForm, person: User) -> Meeting:
    at = timezone.now()
    meeting = actions.propose_meeting(form.facts(), by=person, at=at, key=form.key())
    if rules.may_plan_meeting(person, meeting):
        actions.plan_meeting(meeting, by=person, at=at)
    return meeting


@require_http_methods(["GET", "POST"])
def meeting_edit(request: UserRequest, meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, meeting_id)
    require(rules.may_change_meeting(request.user, meeting))
    form = MeetingForm(request.POST or None, instance=meeting, person=request.user)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_meeting(
                meeting, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The meeting is changed."))
            return redirect(meeting)
    return render(request, "network/meeting_edit.html", {"form": form, "meeting": meeting})


@require_POST
def meeting_plan(request: UserRequest, meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, meeting_id)
    require(rules.may_plan_meeting(request.user, meeting))
    verb = partial(actions.plan_meeting, meeting, revision=seen_revision(request))
    return pressed(request, verb, _("The meeting is announced."), back=meeting)


@require_http_methods(["GET", "POST"])
def meeting_decline(request: UserRequest, meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, meeting_id)
    require(rules.may_decline_meeting(request.user, meeting))
    form = DeclineMeetingForm(request.POST or None, initial={"revision": meeting.revision})
    verb = partial(actions.decline_meeting, meeting)
    if sent(request, form, verb, _("Who proposed it hears why.")):
        return redirect(meeting)
    return render(request, "network/meeting_decline.html", {"form": form, "meeting": meeting})


@require_http_methods(["GET", "POST"])
def meeting_cancel(request: UserRequest, meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, meeting_id)
    require(rules.may_cancel_meeting(request.user, meeting))
    form = CancelMeetingForm(request.POST or None, initial={"revision": meeting.revision})
    verb = partial(actions.cancel_meeting, meeting)
    if sent(request, form, verb, _("The meeting is off. Who would come gets a mail.")):
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "counted": attending.count_of(meeting)}
    return render(request, "network/meeting_cancel.html", context)


@require_http_methods(["GET", "POST"])
def meeting_report(request: UserRequest, meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, meeting_id)
    require(rules.may_report_meeting(request.user, meeting))
    known = {"report": meeting.report, "revision": meeting.revision}
    form = MeetingReportForm(request.POST or None, meeting=meeting, initial=known)
    verb = partial(actions.report_meeting, meeting)
    if sent(request, form, verb, _("The report is saved. Everybody can read it.")):
        return redirect(meeting)
    return render(request, "network/meeting_report.html", {"form": form, "meeting": meeting})


@require_POST
def meeting_sign_up(request: UserRequest, meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, meeting_id)
    require(rules.may_sign_up(request.user))
    verb = partial(actions.sign_up, meeting)
    return pressed(request, verb, _("Done. Below you see whether you have a seat."), back=meeting)


@require_POST
def meeting_sign_off(request: UserRequest, meeting_id: int) -> HttpResponse:
    meeting = _meeting(request, meeting_id)
    require(rules.may_sign_off(request.user))
    verb = partial(actions.sign_off, meeting)
    return pressed(request, verb, _("You are signed off."), back=meeting)


def _meeting(request: UserRequest, meeting_id: int) -> Meeting:
    seen = Meeting.objects.visible_to(request.user).select_related("holder", "proposed_by")
    meeting: Meeting = get_object_or_404(seen, pk=meeting_id)
    return meeting


def _narrowed(person: User, wanted: dict[str, Any]) -> Any:
    rows, show, now = Meeting.objects.visible_to(person), wanted.get("show", ""), timezone.now()
    if "q" in wanted:
        words = wanted["q"]
        rows = rows.filter(Q(title__icontains=words) | Q(purpose__icontains=words))
    if show == "proposed":
        open_rows = (MeetingStatus.PROPOSED, MeetingStatus.DECLINED)
        return rows.filter(status__in=open_rows).order_by("starts_at", "pk")
    rows = rows.filter(status__in=(MeetingStatus.PLANNED, MeetingStatus.CANCELLED))
    if show == "over":
        return rows.over(now)
    if show == "mine":
        own = Attendance.objects.filter(user=person).exclude(status=AttendanceStatus.OFF)
        rows = rows.filter(Q(pk__in=own.values("meeting")) | Q(holder=person))
        return rows.order_by("-starts_at", "-pk")
    return rows.to_come(now)


def _buttons(person: User, meeting: Meeting, *, is_begun: bool) -> dict[str, bool]:
    return {
        "plan": rules.may_plan_meeting(person, meeting),
        "decline": rules.may_decline_meeting(person, meeting),
        "change": rules.may_change_meeting(person, meeting) and not is_begun,
        "cancel": rules.may_cancel_meeting(person, meeting) and not is_begun,
        "report": rules.may_report_meeting(person, meeting) and is_begun,
    }
