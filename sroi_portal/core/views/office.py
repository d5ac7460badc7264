"""Who is away and who stands in; what an administrator lays down for an authority."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sroi_portal.core import actions, history, rules
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import Absence, Authority, RoleName, User
from sroi_portal.core.models.authority import PEOPLE_ROLES
from sroi_portal.core.office_forms import AbsenceForm, AuthorityForm
from sroi_portal.core.status import ChangedMeanwhileError


@require_safe
def absence_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_absences(request.user))
    rows = seen(request.user).select_related("user", "deputy", "authority")
    context = {
        "page": paginate(request, rows.order_by("-starts_on", "-pk")),
        "today": timezone.localdate(),
        "administered": Authority.objects.filter(
            pk__in=request.user.authorities_with(RoleName.ADMINISTRATOR)
        ),
    }
    return render(request, "core/absence_list.html", context)


@require_http_methods(["GET", "POST"])
def absence_new(request: UserRequest) -> HttpResponse:
    require(rules.may_see_absences(request.user))
    form = AbsenceForm(request.POST or None, person=request.user, today=timezone.localdate())
    if form.is_valid():
        facts = form.cleaned_data
        require(rules.may_set_absence(request.user, facts["held"]))
        try:
            form.already_made() or actions.set_absence(
                facts["held"],
                facts["deputy"],
                (facts["starts_on"], facts["ends_on"]),
                by=request.user,
                at=timezone.now(),
                key=form.key(),
            )
        except (actions.NotADeputyError, ValidationError) as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The absence is written down. The colleague gets a mail."))
            return redirect("core:absence-list")
    return render(request, "core/absence_new.html", {"form": form})


@require_POST
def absence_withdraw(request: UserRequest, absence_id: int) -> HttpResponse:
    absence = get_object_or_404(seen(request.user), pk=absence_id)
    require(rules.may_withdraw_absence(request.user, absence))
    actions.withdraw_absence(absence, by=request.user, at=timezone.now())
    messages.success(request, _("The absence is taken back."))
    return redirect("core:absence-list")


@require_http_methods(["GET", "POST"])
def authority_edit(request: UserRequest, authority_id: int) -> HttpResponse:
    administered = request.user.authorities_with(RoleName.ADMINISTRATOR)
    authority = get_object_or_404(Authority.objects.filter(pk__in=administered), pk=authority_id)
    require(rules.may_change_authority(request.user, authority))
    form = AuthorityForm(request.POST or None, instance=authority)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        now = timezone.now()
        try:
            actions.change_authority(authority, facts, by=request.user, at=now, revision=revision)
        except ChangedMeanwhileError as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("core:authority-edit", authority.pk)
    context = {"form": form, "authority": authority, "events": history.of([authority])}
    return render(request, "core/authority_edit.html", context)


def seen(person: User) -> "QuerySet[Absence, Absence]":
    """Find one's own, those one stands in for, and those of authorities one administers."""
    mine = Q(user=person) | Q(deputy=person)
    administered = person.authorities_with(*PEOPLE_ROLES)
    found: QuerySet[Absence, Absence] = Absence.objects.standing().filter(
        mine | Q(authority__in=administered)
    )
    return found
