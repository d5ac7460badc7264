"""Reports that are issued after every quarter: ask, list, stop, go on."""

from typing import Any

from django.contrib import messages
from django.db.models import FETCH_RAISE, Max
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports import rules
from reports.actions import schedules
from reports.definitions import AnyKind
from reports.forms import ChoiceForm, SubjectForm
from reports.forms.schedules import ScheduleForm
from reports.models import ReportSchedule
from reports.models.schedule import QUARTERLY
from sroi_portal.core.doing import done
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import User


@require_safe
def schedule_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_schedules(request.user))
    found = ReportSchedule.objects.visible_to(request.user).annotate(last=Max("reports__quarter"))
    named = found.select_related("authority", "contract", "supplier", "category", "owner")
    page = paginate(request, named.order_by("-set_at", "-pk").fetch_mode(FETCH_RAISE))
    rows = [
        {
            "schedule": schedule,
            "may_stop": rules.may_stop_schedule(request.user, schedule),
            "may_resume": rules.may_resume_schedule(request.user, schedule),
        }
        for schedule in page
    ]
    shown = {"page": page, "rows": rows, "may_set": rules.may_set_schedule(request.user)}
    return render(request, "reports/schedule_list.html", shown)


@require_http_methods(["GET", "POST"])
def schedule_new(request: UserRequest) -> HttpResponse:
    """Ask for the report that was chosen, after every quarter."""
    require(rules.may_set_schedule(request.user))
    form = _asked(request)
    if form is None:
        return redirect("reports:report-issue")
    if form.is_bound and form.is_valid():
        if not form.already_made():
            schedules.set_schedule(form.schedule(), by=request.user, at=timezone.now())
        messages.success(request, _("The report will be issued after every quarter."))
        return redirect("reports:schedule-list")
    return render(request, "reports/schedule_new.html", {"form": form})


@require_POST
def schedule_stop(request: UserRequest, schedule_id: int) -> HttpResponse:
    schedule = _schedule(request, schedule_id)
    require(rules.may_stop_schedule(request.user, schedule))
    done(
        request,
        lambda: schedules.stop_schedule(schedule, by=request.user, at=timezone.now()),
        _("No more reports are issued; those that were stay."),
    )
    return redirect(schedule)


@require_POST
def schedule_resume(request: UserRequest, schedule_id: int) -> HttpResponse:
    schedule = _schedule(request, schedule_id)
    require(rules.may_resume_schedule(request.user, schedule))
    done(
        request,
        lambda: schedules.resume_schedule(schedule, by=request.user, at=timezone.now()),
        _("The report goes on in your name."),
    )
    return redirect(schedule)


def _schedule(request: UserRequest, schedule_id: int) -> ReportSchedule:
    found = ReportSchedule.objects.visible_to(request.user).select_related("contract")
    schedule: ReportSchedule = get_object_or_404(found, pk=schedule_id)
    return schedule


def _asked(request: UserRequest) -> ScheduleForm | None:
    """Read what was sent, or else begin with the report that was looked at."""
    if request.method == "POST":
        return ScheduleForm(request.POST, user=request.user)
    choice = ChoiceForm(request.GET, user=request.user)
    if not choice.is_valid():
        raise Http404
    kind = choice.kind()
    about = _about(request, request.user, kind) if kind and kind.definition in QUARTERLY else None
    return ScheduleForm(user=request.user, initial=about) if about else None


def _about(request: UserRequest, user: User, kind: AnyKind) -> dict[str, Any] | None:
    today = timezone.localdate()
    subject = SubjectForm(request.GET, user=user, kind=kind, today=today)
    if not subject.is_valid():
        return None
    chosen = {"definition": kind.definition.value, "language": user.language}
    return {**chosen, **subject.cleaned_data}
