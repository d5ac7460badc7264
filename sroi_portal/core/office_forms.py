"""What is typed of absences and of the settings of an authority."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.forms import PortalModelForm
from sroi_portal.core.models import (
    REPLACED_ROLES,
    Absence,
    Authority,
    RoleAssignment,
    User,
)
from sroi_portal.core.models.authority import PEOPLE_ROLES


class RoleChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the roles that somebody can be replaced in."""

    def label_from_instance(self, obj: RoleAssignment) -> str:
        return f"{obj.user.name} · {obj.get_role_display()} · {obj.authority.name}"


class AbsenceForm(PortalModelForm[Absence]):
    held = RoleChoice(
        RoleAssignment.objects.none(),
        label=_("Who is away, in which role"),
        help_text=_("Somebody with two roles is away in each: write both down."),
    )

    class Meta:
        model = Absence
        fields = ("deputy", "starts_on", "ends_on")
        help_texts: ClassVar[dict[str, Any]] = {
            "deputy": _("Holds the same role there. Gets the work and the mail in these days."),
        }

    def __init__(self, *args: Any, person: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = replaceable(person)
        role, deputy = self.fields["held"], self.fields["deputy"]
        assert isinstance(role, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        assert isinstance(deputy, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        role.queryset = held.select_related("user", "authority").order_by("user__name", "pk")
        authorities = [each.authority_id for each in held]
        deputy.queryset = User.objects.filter(
            is_active=True,
            pk__in=RoleAssignment.objects.held()
            .filter(authority__in=authorities, role__in=REPLACED_ROLES)
            .values("user"),
        )
        self.fields["starts_on"].initial = today
        self.order_fields(["held", "deputy", "starts_on", "ends_on"])


class AuthorityForm(PortalModelForm[Authority]):
    class Meta:
        model = Authority
        fields = ("escalates_to", "second_factor_required")
        help_texts: ClassVar[dict[str, Any]] = {
            "escalates_to": _("Gets a mail for every contract that names nobody else."),
            "second_factor_required": _("Checkers and administrators need one anyhow."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["escalates_to"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        field.queryset = people_of(self.instance.pk)
        field.empty_label = _("Nobody")


def replaceable(person: User) -> Any:
    """Give the roles of which this person may say who stands in: own, and as administrator."""
    held = RoleAssignment.objects.held().filter(role__in=REPLACED_ROLES, user__is_active=True)
    administered = person.authorities_with(*PEOPLE_ROLES)
    return held.filter(user=person) | held.filter(authority__in=administered)


def people_of(authority_id: int) -> Any:
    """Give everybody who holds a role there and can sign in."""
    held = RoleAssignment.objects.held().filter(authority=authority_id)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))
