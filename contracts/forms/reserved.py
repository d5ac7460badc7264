"""What is typed of a check of article 2.82."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.facts.market import FIT
from contracts.models import Proof, ReservedCheck
from sroi_portal.core.form_fields import PercentField
from sroi_portal.core.forms import PortalModelForm
from suppliers.models import Certificate, Supplier


class CertificateField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Certificate) -> str:
        return f"{obj.get_kind_display()} ({obj.valid_until:%d-%m-%Y})"


class SeenForm(PortalModelForm[ReservedCheck]):
    """The day on which a proof was seen: today, or before."""

    today: dt.date

    def clean_seen_on(self) -> dt.date:
        seen_on: dt.date = self.cleaned_data["seen_on"]
        if seen_on > self.today:
            raise forms.ValidationError(gettext("This day lies in the future."))
        return seen_on


class ReservedCheckForm(SeenForm):
    """A check of one supplier; of a lot the supplier is chosen on the page before."""

    class Meta:
        model = ReservedCheck
        fields: ClassVar[Any] = ("share_pct", "proof", "certificate", "seen_on", "valid_until")
        field_classes: ClassVar[dict[str, Any]] = {
            "share_pct": PercentField,
            "certificate": CertificateField,
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {"proof": forms.RadioSelect()}
        help_texts: ClassVar[dict[str, Any]] = {
            "share_pct": _("Write what you found, also when it is less than the law asks."),
            "certificate": _("Only when the certificate is the proof; its last day is taken over."),
            "seen_on": _("The day on which you saw the proof."),
            "valid_until": _("Until when the proof holds, if it says so."),
        }

    def __init__(self, *args: Any, supplier: Supplier, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen_on", today)
        self.today = today
        chosen: Any = self.fields
        held = Certificate.objects.filter(supplier=supplier, kind__in=FIT)
        valid = Q(valid_from__lte=today, valid_until__gte=today)
        chosen["certificate"].queryset = held.filter(valid)
        chosen["certificate"].empty_label = gettext("No certificate")
        chosen["proof"].choices = Proof.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("proof") == Proof.CERTIFICATE and not cleaned.get("certificate"):
            self.add_error("certificate", gettext("Choose the certificate that was seen."))
        if cleaned.get("proof") != Proof.CERTIFICATE:
            cleaned["certificate"] = None
        return cleaned


class LotCheckForm(SeenForm):
    """A check of who tenders for a lot, found in the register by name or number."""

    who = forms.CharField(
        label=_("Supplier"),
        max_length=200,
        help_text=_("The name or the KvK number as it stands in the register."),
    )

    class Meta(ReservedCheckForm.Meta):
        fields: ClassVar[Any] = ("share_pct", "proof", "seen_on", "valid_until")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen_on", today)
        self.today = today
        self.order_fields(["who"])
        chosen: Any = self.fields
        chosen["proof"].choices = Proof.choices

    def clean_who(self) -> Supplier:
        who = self.cleaned_data["who"].strip()
        known = Supplier.objects.going_on().filter(Q(name__iexact=who) | Q(kvk=who))
        found = list(known[:2])
        if not found:
            raise forms.ValidationError(gettext("No supplier of the register has this name."))
        if len(found) > 1:
            raise forms.ValidationError(
                gettext("Several suppliers have this name. Type the KvK number.")
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Take the certificate of the register as proof, where it is chosen."""
        cleaned = super().clean()
        supplier, seen_on = cleaned.get("who"), cleaned.get("seen_on")
        cleaned["certificate"] = None
        if cleaned.get("proof") == Proof.CERTIFICATE and supplier and seen_on:
            held = supplier.certificates.valid_on(seen_on).filter(kind__in=FIT)
            cleaned["certificate"] = held.order_by("-valid_until").first()
            if cleaned["certificate"] is None:
                self.add_error("proof", gettext("No certificate of this supplier shows the share."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts().items() if name != "who"}
