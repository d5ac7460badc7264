"""Which colleagues look after a contract."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.models import User


class DelegateForm(PortalForm):
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Colleagues"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody of the supplier still sees the contract."),
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        named = contract.delegations.values_list("user_id", flat=True)
        kwargs.setdefault("initial", {"people": list(named)})
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - tells mypy
        held = contract.supplier.memberships.held()
        field.queryset = User.objects.filter(pk__in=held.values("user")).order_by("name", "pk")
