"""What an officer types of a tender and its lots."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.forms.contracts import offer_authorities
from contracts.models import Lot, Nature, SocialObjective, StrategicGoal, Tender, TenderStatus
from sroi_portal.core.forms import PortalModelForm
from sroi_portal.core.models import User

NATURES = [("", _("Not said")), *Nature.choices]
LONGEST = 12  # a CPV code with its check digit
CPV_HELP = _("Eight digits; 90910000 is cleaning.")


class CodesField(forms.CharField):
    """Codes apart by commas or spaces."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = value if isinstance(value, str) else ""
        return [code for code in text.replace(",", " ").replace(";", " ").split() if code]

    def validate(self, value: Any) -> None:
        wrong = [code for code in value if len(code) > LONGEST]
        if wrong:
            raise forms.ValidationError(
                _("This is no CPV code: %(code)s."), params={"code": wrong[0]}
            )

    def run_validators(self, value: Any) -> None:
        """Leave it to `validate`, which looks at each code."""


class TenderForm(PortalModelForm[Tender]):
    cpv_additional = CodesField(
        label=_("Other CPV codes"), required=False, help_text=_("Apart by commas.")
    )
    nature = forms.ChoiceField(label=_("Nature"), choices=NATURES, required=False)

    class Meta:
        model = Tender
        fields = (
            "authority",
            "title",
            "reference",
            "status",
            "nature",
            "cpv_main",
            "cpv_additional",
            "estimated_value",
            "framework_maximum",
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "reference": _("The number that your own organisation uses."),
            "cpv_main": CPV_HELP,
            "estimated_value": _("Without VAT, over the whole term."),
            "framework_maximum": _("Only for a framework agreement."),
        }

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["authority"]
        else:
            offer_authorities(self, officer)
        here = self.instance.status if self.instance.pk else TenderStatus.PREPARING
        reach = {here, *Tender.MOVES.get(here, ())}
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)  # noqa: S101 - tells mypy
        status.choices = [pair for pair in TenderStatus.choices if pair[0] in reach]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            "form_key",
            "revision",
            *(["authority"] if "authority" in self.fields else []),
            "title",
            Row("reference", "status"),
            Row("nature", "cpv_main", "cpv_additional"),
            Row("estimated_value", "framework_maximum"),
        )


class LotForm(PortalModelForm[Lot]):
    nature = forms.ChoiceField(label=_("Nature"), choices=NATURES, required=False)
    strategic_goals = forms.MultipleChoiceField(
        label=_("Strategic goals"),
        choices=StrategicGoal,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    social_objectives = forms.MultipleChoiceField(
        label=_("Social objectives"),
        choices=SocialObjective,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("On their own: they do not follow from the strategic goals."),
    )

    class Meta:
        model = Lot
        fields = (
            "identifier",
            "title",
            "nature",
            "cpv_main",
            "estimated_value",
            "starts_on",
            "ends_on",
            "place",
            "reserved_participation",
            "reserved_execution",
            "strategic_goals",
            "social_objectives",
            "strategic_text",
            "performance_terms",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "reserved_participation": forms.RadioSelect(),
            "reserved_execution": forms.RadioSelect(),
            "strategic_text": forms.Textarea(attrs={"rows": 3}),
            "performance_terms": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "identifier": _("Such as LOT-0001. LOT-0000 means that the tender has no lots."),
            "cpv_main": CPV_HELP,
            "place": _("Code of the region where the work is done, such as NL361."),
            "performance_terms": _("What the documents ask of the execution, social return too."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            "form_key",
            "revision",
            Row("identifier", "title"),
            Row("nature", "cpv_main", "estimated_value"),
            Row("starts_on", "ends_on", "place"),
            Fieldset(
                _("Social"),
                "reserved_participation",
                "reserved_execution",
                "strategic_goals",
                "social_objectives",
                "strategic_text",
                "performance_terms",
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("The last day of the lot lies before the first."))
        return cleaned
