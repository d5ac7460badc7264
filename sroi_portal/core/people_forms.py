"""What an administrator and a person itself fill in about people."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from sroi_portal.core import rules
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.models import Authority, RoleName, User
from sroi_portal.core.models.authority import ADMINISTRATOR_ROLES, PEOPLE_ROLES

ROLE_HELP = _(
    "Give only what somebody needs for the work. Checkers and administrators sign in with a "
    "second factor."
)


class SearchForm(PortalForm):
    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=120)


class RoleForm(PortalForm):
    """A role for one of the authorities that this administrator administers."""

    authority = forms.ModelChoiceField(Authority.objects.none(), label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=RoleName)

    def __init__(self, *args: Any, administrator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.administrator = administrator
        offer_authorities(self, administrator, PEOPLE_ROLES)
        offer_roles(self.fields["role"], administrator)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_roles(self, "role", [cleaned.get("role", "")])
        return cleaned


class PersonForm(PortalForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("A personal address at work; one account is for one person."),
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=settings.LANGUAGES, initial="nl"
    )
    authority = forms.ModelChoiceField(Authority.objects.none(), label=_("Organisation"))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=RoleName,
        widget=forms.CheckboxSelectMultiple,
        help_text=ROLE_HELP,
    )

    def __init__(self, *args: Any, administrator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.administrator = administrator
        offer_authorities(self, administrator, PEOPLE_ROLES)
        offer_roles(self.fields["roles"], administrator)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_roles(self, "roles", cleaned.get("roles", ()))
        return cleaned

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if email == self.administrator.email:
            raise forms.ValidationError(
                _("This is your own address. Another administrator gives you a role.")
            )
        return email


class LanguageForm(PortalForm):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[
            (code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
        ],
        widget=forms.RadioSelect,
        help_text=_("For the pages and for the mails that you get."),
    )


def offer_roles(field: forms.Field, administrator: User) -> None:
    """Leave out the roles of administrators for who gives them nowhere."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
    if not administrator.has_role(RoleName.ADMINISTRATOR):
        field.choices = [
            (role.value, role.label) for role in RoleName if role not in ADMINISTRATOR_ROLES
        ]


def refuse_roles(form: "PersonForm | RoleForm", field: str, roles: Iterable[str]) -> None:
    """Refuse the roles of administrators where this one only deals with people (R-259)."""
    authority = form.cleaned_data.get("authority")
    if authority and not all(
        rules.deals_with_role(form.administrator, authority.pk, role) for role in roles
    ):
        form.add_error(field, _("Only an administrator of everything gives this role."))


def offer_authorities(form: forms.BaseForm, administrator: User, roles: Iterable[RoleName]) -> None:
    """Offer what this person administers in these roles; a single one is chosen already."""
    administered = administrator.authorities_with(*roles)
    field = form.fields["authority"]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
    field.queryset = Authority.objects.filter(pk__in=administered)
    if len(administered) == 1:
        field.initial = administered[0]
        field.widget = forms.HiddenInput()
