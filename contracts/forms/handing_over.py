"""What is typed when a contract goes from hand to hand."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from sroi_portal.core.form_fields import PercentField
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


class ReservedForm(PortalForm):
    share_pct = PercentField(
        label=_("Share of workers who are disabled or disadvantaged"),
        min_value=Decimal(0),
        max_value=Decimal(100),
        help_text=_(
            "The law asks at least 30 per cent. Write what you found, also when it is less."
        ),
    )
    checked_on = forms.DateField(label=_("Checked on"))

    def __init__(self, *args: Any, contract: Contract, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"share_pct": contract.reserved_share_pct, "checked_on": today}
        )
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_checked_on(self) -> dt.date:
        checked_on: dt.date = self.cleaned_data["checked_on"]
        if checked_on > self.today:
            raise forms.ValidationError(_("This day lies in the future."))
        return checked_on
