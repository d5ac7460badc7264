"""What is typed when a contract goes from hand to hand."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from sroi_portal.core.forms import PortalForm, ReasonForm
from sroi_portal.core.models import RoleAssignment, RoleName, User


class HandOverForm(PortalForm):
    manager = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Contract manager"),
        empty_label=_("Choose a person"),
        help_text=_("Gets a mail and accepts or gives the contract back."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": contract.revision})
        super().__init__(*args, **kwargs)
        managers = RoleAssignment.objects.held().filter(
            authority=contract.authority_id, role=RoleName.MANAGER
        )
        field = self.fields["manager"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        field.queryset = User.objects.filter(
            is_active=True, role_assignments__in=managers
        ).order_by("name", "pk")


class RefuseForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why do you give the contract back?")
        self.fields["reason"].help_text = _("The officer reads this; the supplier does not.")


class CancelForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why is the concept not needed?")
        self.fields["reason"].help_text = ""


class ContactForm(PortalForm):
    contacted_on = forms.DateField(
        label=_("Day of the first contact"),
        help_text=_("A call or a meeting with the supplier about social return counts."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"contacted_on": today})
        super().__init__(*args, **kwargs)
