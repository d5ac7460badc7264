"""People of the authorities that somebody administers."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sroi_portal.core import actions, csv_files, rules
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import RoleAssignment, User
from sroi_portal.core.models.authority import PEOPLE_ROLES
from sroi_portal.core.people_forms import PersonForm, RoleForm, SearchForm


@require_safe
def person_list(request: UserRequest) -> HttpResponse:
    require(rules.may_add_person(request.user))
    search = SearchForm(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    people = User.objects.visible_to(request.user).matching(words).annotate(**_second_factor())
    page = paginate(request, people.prefetch_related(_roles_seen_by(request.user)))
    return render(request, "core/person_list.html", {"search": search, "page": page, "q": words})


@require_http_methods(["GET", "POST"])
def person_new(request: UserRequest) -> HttpResponse:
    require(rules.may_add_person(request.user))
    form = PersonForm(request.POST or None, administrator=request.user)
    if form.is_valid():
        person = actions.add_person(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s was added.") % {"name": person.name})
        return redirect("core:person-detail", person.pk)
    return render(request, "core/person_new.html", {"form": form})


@require_safe
def person_detail(request: UserRequest, person_id: int) -> HttpResponse:
    return _show_person(request, _visible_person(request, person_id))


@require_POST
def role_give(request: UserRequest, person_id: int) -> HttpResponse:
    person = _visible_person(request, person_id)
    form = RoleForm(request.POST, administrator=request.user)
    if not form.is_valid():
        return _show_person(request, person, form)
    facts = form.cleaned_data
    require(rules.may_give_role(request.user, person, facts["authority"], facts["role"]))
    try:
        actions.give_role(person, **facts, by=request.user, at=timezone.now())
    except actions.AlreadyHeldError as reason:
        messages.error(request, str(reason))
    return redirect("core:person-detail", person.pk)


@require_POST
def role_take(request: UserRequest, assignment_id: int) -> HttpResponse:
    administered = request.user.authorities_with(*PEOPLE_ROLES)
    assignment = get_object_or_404(
        RoleAssignment.objects.filter(authority__in=administered), pk=assignment_id
    )
    require(rules.may_take_role(request.user, assignment))
    try:
        actions.take_role(assignment, by=request.user, at=timezone.now())
    except actions.LastAdministratorError as reason:
        messages.error(request, str(reason))
    return redirect("core:person-detail", assignment.user_id)


@require_POST
def account_close(request: UserRequest, person_id: int) -> HttpResponse:
    person = _visible_person(request, person_id)
    require(rules.may_close_account(request.user, person))
    try:
        actions.close_account(person, by=request.user, at=timezone.now())
    except actions.LastAdministratorError as reason:
        messages.error(request, str(reason))
    return redirect("core:person-detail", person.pk)


@require_POST
def account_open(request: UserRequest, person_id: int) -> HttpResponse:
    person = _visible_person(request, person_id)
    require(rules.may_open_account(request.user, person))
    actions.open_account(person, by=request.user, at=timezone.now())
    return redirect("core:person-detail", person.pk)


@require_POST
def password_link_send(request: UserRequest, person_id: int) -> HttpResponse:
    person = _visible_person(request, person_id)
    require(rules.may_send_password_link(request.user, person))
    actions.send_password_link(person, by=request.user, at=timezone.now())
    messages.success(request, _("A new link was sent to %(to)s.") % {"to": person.email})
    return redirect("core:person-detail", person.pk)


@require_safe
def rights_overview(request: UserRequest) -> HttpResponse:
    """Everybody's roles, for the yearly and quarterly review of rights (BIO2 5.18)."""
    require(rules.may_add_person(request.user))
    held = (
        RoleAssignment.objects.held()
        .filter(authority__in=request.user.authorities_with(*PEOPLE_ROLES))
        .select_related("user", "authority", "given_by")
        .annotate(**_second_factor("user"))
        .order_by("user__name", "user", "authority", "role")
    )
    header = [
        _("Name"), _("E-mail address"), _("Organisation"), _("Role"), _("Given on"),
        _("Given by"), _("Last signed in"), _("Second factor"), _("May sign in"),
    ]  # fmt: skip
    return csv_files.answer("rights", header, (_row(assignment) for assignment in held))


def _row(held: RoleAssignment) -> list[object]:
    person, giver = held.user, held.given_by
    has_second_factor: bool = getattr(held, "has_second_factor", False)
    return [
        person.name, person.email, held.authority.name, held.get_role_display(), held.given_at,
        giver.name if giver else "", person.last_login, has_second_factor, person.is_active,
    ]  # fmt: skip


def _visible_person(request: UserRequest, person_id: int) -> User:
    require(rules.may_add_person(request.user))
    person: User = get_object_or_404(User.objects.visible_to(request.user), pk=person_id)
    return person


def _show_person(request: UserRequest, person: User, form: RoleForm | None = None) -> HttpResponse:
    administered = request.user.authorities_with(*PEOPLE_ROLES)
    assignments = list(
        person.role_assignments.filter(authority__in=administered)
        .select_related("authority", "given_by", "taken_by")
        .order_by("taken_at", "authority__name", "role", "pk")
    )
    return render(
        request,
        "core/person_detail.html",
        {
            "person": person,
            "held": [
                (one, rules.may_take_role(request.user, one))
                for one in assignments
                if one.taken_at is None
            ],
            "recorded": [person, *assignments],
            "form": form or RoleForm(administrator=request.user),
            "is_self": person == request.user,
            "may_close": rules.may_close_account(request.user, person),
            "may_send_link": rules.may_send_password_link(request.user, person),
            "has_second_factor": Authenticator.objects.filter(user=person).exists(),
        },
    )


def _roles_seen_by(administrator: User) -> "Prefetch[Any]":
    administered = administrator.authorities_with(*PEOPLE_ROLES)
    held = RoleAssignment.objects.held().filter(authority__in=administered)
    return Prefetch("role_assignments", held.select_related("authority"), to_attr="seen_roles")


def _second_factor(person: str = "pk") -> dict[str, Exists]:
    return {"has_second_factor": Exists(Authenticator.objects.filter(user=OuterRef(person)))}
