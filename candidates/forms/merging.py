"""What is typed when a supplier goes on as another."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.forms import ReasonForm
from suppliers.models import KVK, Supplier


class MergeForm(ReasonForm):
    kvk = forms.CharField(
        label=_("KvK number of the supplier that goes on"),
        max_length=8,
        validators=[KVK],
        help_text=_("Register that supplier first when it is not known here yet."),
    )
    merged_on = forms.DateField(label=_("Day of the take-over"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["merged_on"].initial = today
        self.fields["reason"].help_text = _("Name the source, such as the trade register.")
        self.order_fields(["kvk", "merged_on", "reason"])

    def clean_kvk(self) -> Supplier:
        found: Supplier | None = Supplier.objects.filter(kvk=self.cleaned_data["kvk"]).first()
        if found is None:
            raise forms.ValidationError(_("No supplier here has this KvK number."))
        return found
