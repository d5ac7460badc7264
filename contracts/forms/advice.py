"""What the adviser for the choice asks, what an officer chooses, and the thresholds."""

from decimal import Decimal
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.actions.advice import Question
from contracts.facts.work_and_place import DIVISIONS, divisions, province_of, regions
from contracts.models import AdviceTerms, Lot, Tender, TenderAdvice
from sroi_portal.core.form_fields import EuroField, PercentField
from sroi_portal.core.forms import PortalForm, PortalModelForm
from suppliers.models import Offering

MONTHS = {"MONTH": 1, "YEAR": 12}


class AdviceForm(PortalForm):
    """What is known of the tender; read from the address, so that it can be sent on."""

    error_title = _("Something is missing to advise by.")
    division = forms.ChoiceField(label=_("Kind of work (CPV division)"))
    region = forms.ChoiceField(label=_("Region"), required=False)
    value_eur = EuroField(label=_("Estimated value"), help_text=_("Over the whole term."))
    months = forms.IntegerField(label=_("Term in months"), min_value=1, max_value=600)
    labour_pct = PercentField(
        label=_("Share of labour"),
        min_value=Decimal(0),
        max_value=Decimal(100),
        help_text=_("Which part of the value is work of people. An estimate will do."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["division"].choices = [("", gettext("Choose")), *divisions()]
        chosen["region"].choices = [("", gettext("Not known")), *regions()]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            Row("division", "region"), Row("value_eur", "months", "labour_pct")
        )

    def question(self) -> Question:
        return Question(**self.cleaned_data)


def known_of(tender: Tender, lots: list[Lot]) -> dict[str, Any]:
    """Give what the tender and its lots say already."""
    told: dict[str, Any] = {"value_eur": tender.estimated_value}
    codes = [tender.cpv_main, *(lot.cpv_main for lot in lots)]
    told["division"] = next((code[:2] for code in codes if code[:2] in DIVISIONS), "")
    places = {province_of(lot.place) for lot in lots if lot.place}
    told["region"] = places.pop() if len(places) == 1 else ""
    terms = [months for lot in lots if (months := _months(lot))]
    return told | {"months": max(terms, default=None)}


def _months(lot: Lot) -> int | None:
    if lot.starts_on and lot.ends_on:
        days = (lot.ends_on - lot.starts_on).days + 1
        return max(round(days * 12 / 365.25), 1)
    factor = MONTHS.get(lot.duration_unit)
    return lot.duration * factor if lot.duration and factor else None


class ChoiceForm(PortalModelForm[TenderAdvice]):
    class Meta:
        model = TenderAdvice
        fields = ("chosen", "lot", "deviation")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "chosen": forms.RadioSelect(),
            "deviation": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "lot": _("Only when you reserve a lot."),
            "deviation": _("Needed when you choose something else than the advice."),
        }

    def __init__(self, *args: Any, tender: Tender, advised: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.advised = advised
        self.initial["chosen"] = advised
        chosen: Any = self.fields
        chosen["lot"].queryset = tender.lots.all()
        chosen["lot"].empty_label = gettext("No lot")
        chosen["chosen"].choices = [pair for pair in chosen["chosen"].choices if pair[0]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("chosen") != self.advised and not cleaned.get("deviation"):
            self.add_error("deviation", gettext("This differs from the advice. Say why."))
        return cleaned


class AdviceTermsForm(PortalModelForm[AdviceTerms]):
    class Meta:
        model = AdviceTerms
        fields = (
            "least_share_pct",
            "share_is_above",
            "fewest_for_whole",
            "fewest_for_lot",
            "fewest_for_partnership",
            "part_pct",
            "least_labour_pct",
            "least_value_eur",
            "least_months",
        )
        field_classes: ClassVar[dict[str, Any]] = {
            "least_share_pct": PercentField,
            "part_pct": PercentField,
            "least_labour_pct": PercentField,
            "least_value_eur": EuroField,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "least_share_pct": _("Article 2.82 of the law says 30 per cent."),
            "share_is_above": _(
                "The law says “at least”. Some authorities read “more than”: choose it here."
            ),
            "part_pct": _("Of a tender without lots: would this part fit social enterprises?"),
            "least_labour_pct": _("With less labour the adviser asks nothing."),
            "least_value_eur": _("Below this value the adviser asks nothing."),
            "least_months": _("For a shorter term the adviser asks nothing."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            "form_key",
            "revision",
            Fieldset(_("The share of article 2.82"), "least_share_pct", "share_is_above"),
            Fieldset(
                _("How many social enterprises"),
                "fewest_for_whole",
                "fewest_for_lot",
                "part_pct",
                "fewest_for_partnership",
            ),
            Fieldset(
                _("When something is asked at all"),
                "least_value_eur",
                "least_months",
                "least_labour_pct",
            ),
        )

    def newest_revision(self) -> int | None:
        """Give the newest version: a change is a version of its own."""
        newest: int = self.initial["revision"]
        return newest


class OfferingForm(PortalModelForm[Offering]):
    cpv_division = forms.ChoiceField(label=_("Kind of work (CPV division)"))
    region = forms.ChoiceField(label=_("Region"))

    class Meta:
        model = Offering
        fields = ("cpv_division", "region", "largest_eur", "text")
        field_classes: ClassVar[dict[str, Any]] = {"largest_eur": EuroField}
        help_texts: ClassVar[dict[str, Any]] = {
            "largest_eur": _(
                "What you can carry in one year without leaning on one client. "
                "Without it nobody counts on you for a whole contract."
            ),
            "text": _("Such as “Cleaning of offices with people who learn on the job”."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["cpv_division"].choices = divisions()
        chosen["region"].choices = regions()
