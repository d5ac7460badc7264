"""What is typed of a partner that works on a contract."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, PartnerKind
from sroi_portal.core.form_fields import EuroField
from sroi_portal.core.forms import PortalForm
from suppliers.forms import KvkField

FACTS = ("kind", "work", "expected_eur", "starts_on", "ends_on")


class PartnerForm(PortalForm):
    """By name and KvK number: the register is not open to other firms."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200)
    kvk = KvkField(help_text=_("Eight digits. The partner stands in the register once."))
    kind = forms.ChoiceField(
        label=_("Kind of partner"), choices=PartnerKind.choices, widget=forms.RadioSelect
    )
    work = forms.CharField(
        label=_("What the partner does"),
        max_length=200,
        help_text=_("For example: washing of work clothes. No names of people."),
    )
    expected_eur = EuroField(label=_("Expected amount without VAT"), required=False)
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day, if known"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_key": uuid.uuid4(), "starts_on": contract.starts_on})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    def key(self) -> uuid.UUID:
        key: uuid.UUID | None = self.cleaned_data["form_key"]
        return key or uuid.uuid4()


class RefusePartnerForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The supplier reads this."),
    )


class EndPartnerForm(PortalForm):
    """From the day after, the partner enters nothing new."""

    ends_on = forms.DateField(label=_("Last day"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"ends_on": today})
        super().__init__(*args, **kwargs)
