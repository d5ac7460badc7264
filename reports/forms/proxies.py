"""A table of values: its name and version, and what each outcome is worth."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import OutcomeKind, ProxyTable
from sroi_portal.core.form_fields import EuroField, PercentField
from sroi_portal.core.forms import PortalForm, PortalModelForm

PERCENT: dict[str, Any] = {"max_digits": 5, "min_value": 0, "max_value": 100}


class ProxyTableForm(PortalModelForm[ProxyTable]):
    class Meta:
        model = ProxyTable
        fields = ("name", "version", "valid_from", "is_example")
        widgets: ClassVar[dict[str, Any]] = {
            "valid_from": forms.DateInput(attrs={"autocomplete": "off"})
        }


class ProxyValueForm(PortalForm):
    """One outcome; chosen again it is filled in anew."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=OutcomeKind.choices)
    value_eur = EuroField(label=_("Worth of one"), max_digits=15, min_value=0)
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Where the value comes from.")
    )
    deadweight_pct = PercentField(
        label=_("Would have happened anyway"),
        help_text=_("Deadweight: which part is taken off for what would have come by itself."),
        **PERCENT,
    )
    attribution_pct = PercentField(
        label=_("Is due to others"),
        help_text=_("Attribution: which part is taken off for what others did."),
        **PERCENT,
    )
    displacement_pct = PercentField(
        label=_("Takes the place of somebody else"),
        help_text=_("Displacement: which part is taken off for work that others lost."),
        **PERCENT,
    )
    reason = forms.CharField(
        label=_("Why these percentages"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name != "revision"}


class YearForm(PortalForm):
    """Which year of the published tables."""

    error_title = _("A filter was not understood and left out.")

    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["year"]
        chosen.choices = [(year, str(year)) for year in years]
        self.years = years

    def wanted(self) -> int | None:
        """Give the year asked for, or else the newest."""
        year = self.cleaned_data.get("year") if self.is_valid() else ""
        return int(year) if year else next(iter(self.years), None)
