"""The banenafspraak beside social return: stated, checked, and exact figures of one's own."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates import actions, rules
from candidates.agreed_jobs import months, norm, own, posting
from candidates.forms.agreed_jobs import JobFilter, JobForm, PaidHoursForm
from candidates.models import AgreedJob, Candidate, CandidateCode, JobStatus, Placement
from candidates.views import looking
from candidates.views.shares import revision_of, told
from sroi_portal.core import audit
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.forms import ReasonForm
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import User
from sroi_portal.core.status import FORESEEN, IllegalMoveError

MOST_MONTHS = 12


@require_safe
def job_list(request: UserRequest) -> HttpResponse:
    """Show whose work counts, and the exact figures of a year: own people, or work one checks."""
    require(rules.may_see_jobs(request.user))
    today = timezone.localdate()
    seen = AgreedJob.objects.visible_to(request.user)
    first = seen.aggregate(first=models.Min("placement__starts_on__year"))["first"]
    form = JobFilter(request.GET or None, first=min(first or today.year, today.year), today=today)
    year, status = form.wanted()
    is_own = bool(request.user.supplier_ids)
    rows = seen.filter(status=status) if status else seen
    people = ("placement__candidate",) if is_own else ()
    rows = rows.select_related("placement__contract", "supplier", *people)
    page = paginate(request, rows.waiting_first().fetch_mode(models.FETCH_RAISE))
    context = {
        "form": form,
        "year": year,
        "is_narrowed": bool(request.GET),
        "is_own": is_own,
        "page": page,
        "rows": _named(request.user, list(page), is_own=is_own, at=timezone.now()),
        "figures": own.figures(request.user, year, today=today),
        "norm": norm.norm_on(dt.date(year, 12, 31)),
    }
    return render(request, "candidates/job_list.html", context)


@require_safe
def job_detail(request: UserRequest, placement_id: int) -> HttpResponse:
    job = _job(request, placement_id)
    looking.look_at_placement(job.placement, "open-job", by=request.user, at=timezone.now())
    return _show(request, job)


@require_POST
@never_cache
def job_reason(request: UserRequest, placement_id: int) -> HttpResponse:
    """Show a colleague what counts; the person reads that somebody looked (R-427)."""
    job = _job(request, placement_id)
    require(rules.may_see_reason(request.user, job.placement))
    looking.look_at_reason(job.placement, by=request.user, at=timezone.now())
    return _show(request, job, is_asked=True)


def _show(request: UserRequest, job: AgreedJob, *, is_asked: bool = False) -> HttpResponse:
    placement, today = job.placement, timezone.localdate()
    ask_at = reverse("candidates:job-reason", args=[placement.pk])
    paid = posting.hours_of(job, through=months.last_closed_month(today))
    newest = sorted(paid.items(), reverse=True)[:MOST_MONTHS]
    context = {
        "job": job,
        "placement": placement,
        **looking.reason_of(placement, by=request.user, ask_at=ask_at, is_asked=is_asked),
        "is_own": job.supplier_id in request.user.supplier_ids,
        "hours": job.paid_hours.all(),
        "months": [
            (month, hours, norm.shown(norm.jobs_a_month(hours, month))) for month, hours in newest
        ],
        "norm": norm.norm_on(today),
        "may": _doable(request.user, job),
        "is_own_work": job.stated_by_id == request.user.pk,
    }
    return render(request, "candidates/job_detail.html", context)


@require_http_methods(["GET", "POST"])
def job_register(request: UserRequest, placement_id: int) -> HttpResponse:
    """State that the placement counts; the form sent twice shows what it made."""
    placement = _placement(request, placement_id)
    require(rules.may_register_job(request.user, placement))
    form = JobForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        made = form.already_made()
        try:
            job = made or actions.register_job(
                placement, form.job_facts(), by=request.user, at=timezone.now()
            )
        except IllegalMoveError as reason:
            messages.error(request, told(reason))
            return redirect(placement)
        except ValidationError as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Stated. It changes nothing in euros."))
            return redirect(job)
    return _form(request, "candidates/job_register.html", placement, form)


@require_http_methods(["GET", "POST"])
def job_correct(request: UserRequest, placement_id: int) -> HttpResponse:
    job = _job(request, placement_id)
    require(rules.may_correct_job(request.user, job))
    form = JobForm(request.POST or None, instance=job, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.correct_job(
                job,
                form.facts(),
                by=request.user,
                at=timezone.now(),
                revision=form.cleaned_data["revision"],
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Corrected. The authority checks it again."))
            return redirect(job)
    return _form(request, "candidates/job_correct.html", job.placement, form)


@require_http_methods(["GET", "POST"])
def job_hours(request: UserRequest, placement_id: int) -> HttpResponse:
    job = _job(request, placement_id)
    require(rules.may_state_paid_hours(request.user, job))
    form = PaidHoursForm(request.POST or None, job=job)
    if form.is_valid():
        try:
            actions.state_paid_hours(
                job,
                **form.facts(),
                by=request.user,
                at=timezone.now(),
                revision=form.cleaned_data["revision"],
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The paid hours are written down."))
            return redirect(job)
    return _form(request, "candidates/job_hours.html", job.placement, form)


@require_POST
def job_withdraw(request: UserRequest, placement_id: int) -> HttpResponse:
    job = _job(request, placement_id)
    require(rules.may_withdraw_job(request.user, job))
    facts: Any = {"by": request.user, "at": timezone.now(), "revision": revision_of(request)}
    try:
        actions.withdraw_job(job, **facts)
    except FORESEEN as reason:
        messages.error(request, told(reason))
    else:
        messages.success(request, _("Withdrawn. The placement counts for social return alone."))
    return redirect(job)


@require_POST
def job_confirm(request: UserRequest, placement_id: int) -> HttpResponse:
    job = _job(request, placement_id)
    require(rules.may_confirm_job(request.user, job))
    facts: Any = {"by": request.user, "at": timezone.now(), "revision": revision_of(request)}
    try:
        actions.confirm_job(job, **facts)
    except FORESEEN as reason:
        messages.error(request, told(reason))
    else:
        messages.success(request, _("Confirmed. Its hours count for the banenafspraak."))
    return redirect(job)


@require_http_methods(["GET", "POST"])
def job_decline(request: UserRequest, placement_id: int) -> HttpResponse:
    """Say that it is not confirmed, and why."""
    job = _job(request, placement_id)
    require(rules.may_decline_job(request.user, job))
    form = ReasonForm(request.POST or None, initial={"revision": job.revision})
    if form.is_valid():
        try:
            actions.decline_job(job, by=request.user, at=timezone.now(), **form.cleaned_data)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Not confirmed. The supplier reads the reason."))
            return redirect(job)
    return _form(request, "candidates/job_decline.html", job.placement, form)


def _placement(request: UserRequest, placement_id: int) -> Placement:
    rows = Placement.objects.visible_to(request.user).select_related("contract", "supplier")
    placement: Placement = get_object_or_404(rows, pk=placement_id)
    return placement


def _job(request: UserRequest, placement_id: int) -> AgreedJob:
    rows = AgreedJob.objects.visible_to(request.user).select_related(
        "placement__contract", "supplier", "checked_by", "stated_by"
    )
    job: AgreedJob = get_object_or_404(rows.prefetch_related("paid_hours"), placement=placement_id)
    return job


def _doable(user: User, job: AgreedJob) -> dict[str, bool]:
    to = job.MOVES[job.status]
    states = rules.states_job(user, job)
    return {
        "register": job.status == JobStatus.WITHDRAWN and states,
        "change": job.status != JobStatus.WITHDRAWN and states,
        "withdraw": JobStatus.WITHDRAWN in to and states,
        "confirm": JobStatus.CONFIRMED in to and rules.may_confirm_job(user, job),
        "decline": JobStatus.DECLINED in to and rules.may_decline_job(user, job),
    }


def _form(request: UserRequest, template: str, placement: Placement, form: Any) -> HttpResponse:
    if request.method == "GET":
        looking.look_at_reason(placement, by=request.user, at=timezone.now())
    shown = {"placement": placement, "form": form, "norm": norm.norm_on(timezone.localdate())}
    return render(request, template, shown)


def _named(
    user: User, jobs: Sequence[AgreedJob], *, is_own: bool, at: dt.datetime
) -> list[tuple[AgreedJob, str]]:
    """Name each person in the words of who reads, and write down who looked."""
    placements = [job.placement for job in jobs]
    if is_own:
        looking.look_as_supplier(placements, "list-jobs", by=user, at=at)
        return [(job, _own_name(user, job.placement)) for job in jobs]
    codes = dict(
        CandidateCode.objects.filter(
            candidate_id__in=[each.candidate_id for each in placements],
            authority_id__in=user.sees_contributions_of,
        ).values_list("candidate_id", "code")
    )
    _look_as_authority(user, placements, at=at)
    return [(job, codes.get(job.placement.candidate_id, "")) for job in jobs]


def _own_name(user: User, placement: Placement) -> str:
    """Give one's own reference to who entered it, and the number of the placement to others."""
    return placement.candidate.reference if rules.sees_reason(user, placement) else str(placement)


def _look_as_authority(user: User, placements: Sequence[Placement], *, at: dt.datetime) -> None:
    with acting_as(DatabaseRole.WORKER):
        people = [each.candidate_id for each in placements]
        uuids = dict(Candidate.objects.filter(pk__in=people).values_list("pk", "uuid"))
    for authority_id in user.sees_contributions_of:
        theirs = [
            uuids[each.candidate_id] for each in placements if authority_id in each.authority_ids
        ]
        if theirs:
            audit.record_reads(theirs, "list-jobs", by=user, at=at, authority_id=authority_id)
