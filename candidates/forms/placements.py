"""Forms about a placement: entered, its hours, its end, the letter."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Row
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates import actions, worth
from candidates.forms.fields import (
    BonusField,
    DayField,
    RowField,
    chosen_block,
    refuse_personal,
    why,
)
from candidates.models import Placement, PlacementStatus
from candidates.models.placement import MOST_HOURS
from contracts import valuation
from contracts.models import Contract
from sroi_portal.core.form_fields import HoursField
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.templatetags import formats

ORDER = (
    "reference",
    "informed_on",
    "hours_per_week",
    "starts_on",
    "ends_on",
    "contract_form",
    "block",
    "bonus_codes",
)
HOURS_LIMITS = [MinValueValidator(Decimal("0.25")), MaxValueValidator(MOST_HOURS)]


class ContractChoiceForm(PortalForm):
    """Which contract the work is for."""

    contract = forms.ModelChoiceField(
        Contract.objects.none(),
        label=_("Contract"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, contracts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contract"]
        field.queryset = contracts
        field.label_from_instance = self._label

    @staticmethod
    def _label(contract: Contract) -> str:
        period = gettext("until %(day)s") % {"day": formats.day(contract.ends_on)}
        return f"{contract.title} ({contract.authority.name}, {period})"


class PlacementForm(PortalModelForm[Placement]):
    """A person works on a contract: what is asked follows from the row."""

    reference = forms.CharField(
        label=_("Your own reference of the person"),
        max_length=40,
        help_text=why(
            _(
                "A number that says nothing to others, such as K-01: no initials, birth dates or "
                "staff numbers. Only your firm can read it; you need it to find the person again."
            )
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        validators=[refuse_personal],
    )
    informed_on = DayField(
        label=_("Letter handed over on"),
        required=False,
        help_text=why(
            _("The person must know what is recorded here. Fill this in once the letter was given.")
        ),
    )
    hours_per_week = HoursField(
        label=_("Hours a week"),
        max_digits=4,
        validators=HOURS_LIMITS,
        help_text=why(_("As agreed; changes come later.")),
    )
    bonus_codes = BonusField()

    class Meta:
        model = Placement
        fields = ("block", "contract_form", "starts_on", "ends_on")
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        widgets = {"contract_form": forms.RadioSelect}
        help_texts = {
            "starts_on": why(_("The work counts from this day.")),
            "ends_on": why(_("Empty when the end is not known.")),
            "contract_form": why(_("Some rows and bonuses ask for a form of work.")),
        }

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        table = contract.value_table
        self.chosen = chosen_block(self.data, self.add_prefix("block"), table)
        self.fields["block"] = RowField(
            table,
            help_text=why(
                _("The group decides what the work counts for. Only who checks it sees it.")
            ),
        )
        self.fields["contract_form"].choices = self.fields["contract_form"].choices[1:]  # type: ignore[attr-defined]
        self.fields["bonus_codes"] = BonusField(
            self.chosen, help_text=why(_("Tick only what you can show."))
        )
        self.order_fields(ORDER)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(_("Who"), "reference", "informed_on"),
            Fieldset(
                _("Work"),
                Row("hours_per_week", "starts_on", "ends_on"),
                "contract_form",
                "block",
                "form_key",
                "revision",
            ),
        )
        self.row_helper = FormHelper()
        self.row_helper.form_tag = False
        self.row_helper.disable_csrf = True
        self.row_helper.layout = Layout(Div("bonus_codes"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and self.contract.ends_on and starts_on > self.contract.ends_on:
            self.add_error(
                "starts_on",
                gettext("The contract ends on %(day)s; work after that does not count.")
                % {"day": formats.day(self.contract.ends_on)},
            )
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", gettext("The last working day lies before the first."))
        return cleaned

    def job(self) -> worth.Job | None:
        """Gather what can be valued of what is filled in so far."""
        known = getattr(self, "cleaned_data", {})
        block, hours, starts_on = (
            known.get(name) for name in ("block", "hours_per_week", "starts_on")
        )
        if not (block and hours and starts_on):
            return None
        last = known.get("ends_on") or self.contract.ends_on or starts_on
        return worth.Job(
            block=block,
            bonus_codes=tuple(known.get("bonus_codes") or ()),
            hours=(valuation.HoursPeriod(starts_on, max(last, starts_on), hours),),
            starts_on=starts_on,
            contract_starts_on=self.contract.starts_on,
        )

    def placement_facts(self) -> actions.PlacementFacts:
        return actions.PlacementFacts(**self.facts(), key=self.key())


class HoursForm(PortalForm):
    """Other hours from a day on."""

    holds_from = DayField(label=_("From"), help_text=why(_("The first day with other hours.")))
    hours_per_week = HoursField(
        label=_("Hours a week"),
        max_digits=4,
        validators=HOURS_LIMITS,
        help_text=why(_("The plan and what you claim later follow from it.")),
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement

    def clean_holds_from(self) -> dt.date:
        day: dt.date = self.cleaned_data["holds_from"]
        if day < self.placement.starts_on:
            raise forms.ValidationError(
                gettext("The work begins on %(day)s. Choose that day or a later one.")
                % {"day": formats.day(self.placement.starts_on)}
            )
        return day


class EndForm(PortalForm):
    """The last working day, and why if that helps."""

    ends_on = DayField(
        label=_("Last working day"),
        help_text=why(_("Nothing is planned after this day. What you entered stays.")),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write about the work, not about the person: no names, no illness."),
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement

    def clean_ends_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["ends_on"]
        if day < self.placement.starts_on:
            raise forms.ValidationError(gettext("The last working day lies before the first."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask why the work ends earlier than was agreed (R-167)."""
        cleaned = super().clean()
        day, agreed_on = cleaned.get("ends_on"), self.placement.ends_on
        if day and agreed_on and day < agreed_on and not cleaned.get("reason"):
            text = gettext("Say why the work ends earlier than %(day)s.")
            self.add_error("reason", text % {"day": formats.day(agreed_on)})
        return cleaned


class InformForm(PortalForm):
    """When the letter was handed over."""

    informed_on = DayField(
        label=_("Letter handed over on"),
        help_text=why(_("The person must know what is recorded about the work.")),
    )


class PlacementFilterForm(PortalForm):
    """Narrow the list; sent by POST, so that no address holds a reference."""

    contract = forms.ModelChoiceField(
        Contract.objects.none(), label=_("Contract"), required=False, empty_label=_("All contracts")
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *PlacementStatus.choices]
    )
    reference = forms.CharField(
        label=_("Your own reference"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, contracts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contract"]
        field.queryset = contracts
