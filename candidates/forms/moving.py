"""What is typed when a contract goes to another authority."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, Transfer
from sroi_portal.core.forms import PortalForm, PortalModelForm, ReasonForm
from sroi_portal.core.models import Authority, RoleAssignment, RoleName, User


class TransferForm(PortalModelForm[Transfer]):
    reason = forms.CharField(
        label=_("Why does the contract move?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Name the decision behind it. The receiving authority reads this."),
    )

    class Meta:
        model = Transfer
        fields = ("receiver", "moves_on")

    def __init__(self, *args: Any, contract: Contract, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        receiver = self.fields["receiver"]
        assert isinstance(receiver, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        receiver.queryset = Authority.objects.exclude(pk=contract.authority_id)
        self.fields["moves_on"].initial = today
        self.fields["moves_on"].help_text = _("The receiving authority accepts on or after it.")


class ReceiveForm(PortalForm):
    manager = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Contract manager"),
        empty_label=_("Choose a person"),
        help_text=_("Looks after the contract from now on, and accepts it first."),
    )

    def __init__(self, *args: Any, transfer: Transfer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managers = RoleAssignment.objects.held().filter(
            authority=transfer.receiver_id, role=RoleName.MANAGER
        )
        field = self.fields["manager"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        field.queryset = User.objects.filter(
            is_active=True, role_assignments__in=managers
        ).order_by("name", "pk")


class RefuseTransferForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why do you not take it over?")
        self.fields["reason"].help_text = _("Who asked reads this.")
