"""What is typed when somebody leaves, and who hears of missed dates."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.models import Authority, RoleAssignment, RoleName, User
from sroi_portal.core.office_forms import people_of

HANDING = (RoleName.OFFICER, RoleName.MANAGER)


class LeavingForm(PortalForm):
    """Everything of one person in one role goes to one colleague."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(), label=_("Organisation"), empty_label=None
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label) for role in reversed(HANDING)]
    )
    leaver = forms.ModelChoiceField(
        User.objects.none(), label=_("Who leaves"), empty_label=_("Choose a person")
    )
    successor = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who follows"),
        empty_label=_("Choose a person"),
        help_text=_("Holds the same role there. A contract manager accepts the contracts first."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        where = person.authorities_with(*HANDING)
        self._offer("authority", Authority.objects.filter(pk__in=where))
        theirs = RoleAssignment.objects.filter(authority__in=where, role__in=HANDING)
        self._offer("leaver", User.objects.filter(pk__in=theirs.values("user")))
        held = theirs.filter(taken_at__isnull=True).values("user")
        self._offer("successor", User.objects.filter(is_active=True, pk__in=held))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        authority, leaver = cleaned.get("authority"), cleaned.get("leaver")
        is_other = authority is not None and leaver is not None and leaver != self.person
        if (
            authority is not None
            and is_other
            and not self.person.has_role(RoleName.OFFICER, authority.pk)
        ):
            raise ValidationError(
                _("You hand over your own contracts; an officer does it for others.")
            )
        return cleaned

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        field.queryset = rows


class EscalationForm(PortalForm):
    person = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who hears of missed dates"),
        required=False,
        empty_label=_("Whom the organisation named"),
        help_text=_("Gets a mail when a date of this contract was missed for two weeks."),
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"person": contract.escalates_to_id})
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        field.queryset = people_of(contract.authority_id)
