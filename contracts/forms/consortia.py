"""What is typed of the members of a consortium, and of a call-off."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import ConsortiumMember, Contract
from sroi_portal.core.form_fields import PercentField
from sroi_portal.core.forms import PortalForm
from suppliers.forms import SupplierPicker
from suppliers.models import Supplier

SMALLEST, LARGEST = Decimal("0.01"), Decimal("99.99")


class MembersForm(PortalForm, SupplierPicker):
    """A share for each member, and room for one more; without a share a member leaves."""

    new_share = PercentField(
        label=_("Share of the new member"),
        required=False,
        min_value=SMALLEST,
        max_value=LARGEST,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": contract.revision})
        super().__init__(*args, **kwargs)
        self.members: list[ConsortiumMember] = list(contract.members.select_related("supplier"))
        for member in self.members:
            self.fields[_name(member)] = PercentField(
                label=member.supplier.name,
                required=False,
                min_value=SMALLEST,
                max_value=LARGEST,
                initial=member.share_pct,
                help_text=_("Leave empty: this member leaves."),
            )

    def standing(self) -> Iterator[forms.BoundField]:
        for member in self.members:
            yield self[_name(member)]

    def clean_supplier(self) -> Supplier | None:
        """Nobody new need be chosen."""
        typed = ("supplier_search", "new_name", "new_kvk")
        if not self.cleaned_data["supplier"] and not any(map(self.cleaned_data.get, typed)):
            return None
        return super().clean_supplier()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.has_new() != (cleaned.get("new_share") is not None) and not self.errors:
            self.add_error("new_share", _("A new member needs a supplier and a share."))
        return cleaned

    def has_new(self) -> bool:
        return bool(self.cleaned_data.get("supplier") or self.cleaned_data.get("new_name"))

    def shares(self) -> dict[Supplier, Decimal]:
        """Give the shares of who stays."""
        found = {member.supplier: self.cleaned_data[_name(member)] for member in self.members}
        return {supplier: share for supplier, share in found.items() if share is not None}


class CallOffForm(PortalForm):
    """What tells a call-off apart; all else is proposed by the framework."""

    title = forms.CharField(label=_("Title"), max_length=400)
    reference = forms.CharField(label=_("Contract number"), max_length=80, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, framework: Contract, **kwargs: Any) -> None:
        initial = {"title": framework.title, "form_key": uuid.uuid4()}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)

    def key(self) -> uuid.UUID:
        key: uuid.UUID | None = self.cleaned_data["form_key"]
        return key or uuid.uuid4()


def _name(member: ConsortiumMember) -> str:
    return f"share_{member.supplier_id}"
