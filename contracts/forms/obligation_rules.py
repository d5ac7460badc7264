"""What an adviser types of an obligation rule, and what anybody holds against one."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.forms.utils import ErrorDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from contracts.models import (
    CertificateDay,
    Contract,
    Nature,
    ObligationRule,
    RuleBase,
    RuleStatus,
    ThresholdOperator,
)
from contracts.obligation_rules import (
    Asked,
    CertificateEffect,
    Choices,
    Clocks,
    Held,
    Line,
    Rule,
    RuleFile,
)
from sroi_portal.core.form_fields import EuroField, PercentField
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.models import Authority, RoleName, User
from suppliers.models import CertificateKind

ANY = ("", _("All"))
EUROS: dict[str, Any] = {"required": False, "min_value": 0, "max_digits": 15}
PERCENT: dict[str, Any] = {"required": False, "min_value": 0, "max_value": 100}
CLOCKS = (
    "contact_days",
    "plan_days",
    "report_months",
    "report_days",
    "review_days",
    "objection_days",
)
CHOICES = ("counts_unchecked", "accepts_unlinked", "carries_over")
EARLIEST, LATEST = dt.date.min, dt.date.max


class RuleFilterForm(PortalForm):
    q = forms.CharField(label=_("Name or publisher"), required=False, max_length=120)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[ANY, *RuleStatus.choices]
    )


class Unhurried(forms.BaseForm):
    """Says nothing is wrong yet while one more row is asked for."""

    def full_clean(self) -> None:
        if "more" in self.data:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()


class AuthorityForm(Unhurried, PortalModelForm[ObligationRule]):
    """For which of the authorities that one advises; a single one is chosen already."""

    class Meta:
        model = ObligationRule
        fields = ("authority",)

    def __init__(self, *args: Any, adviser: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        advised = adviser.authorities_with(RoleName.ADVISER)
        offered = Authority.objects.filter(pk__in=advised)
        self.fields["authority"] = forms.ModelChoiceField(
            offered, label=_("For which authority?"), empty_label=_("Choose an authority")
        )
        if len(advised) == 1:
            self.fields["authority"].initial = advised[0]
            self.fields["authority"].widget = forms.HiddenInput()


class RuleForm(Unhurried, PortalModelForm[ObligationRule]):
    """All that a rule says, apart from its lines and certificates."""

    class Meta:
        model = ObligationRule
        fields = (
            "name",
            "version",
            "valid_from",
            "source",
            "note",
            "threshold_base",
            "threshold_operator",
            "minimum_months",
            "floor_eur",
            "cap_eur",
            *CLOCKS,
            *CHOICES,
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "threshold_base": forms.RadioSelect(),
            "threshold_operator": forms.RadioSelect(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As colleagues know it, such as “Social return, services”."),
            "valid_from": _("Compulsory to publish it. Contracts awarded before keep their rule."),
            "source": _("Where this was decided: an address, or the name of a document."),
            "note": _("What it asks, in words. Everybody can read this."),
            "threshold_operator": _("Whether the threshold itself is enough."),
            "minimum_months": _("Empty: the term makes no difference."),
            "floor_eur": _("Empty: no least."),
            "cap_eur": _("Empty: no most."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("floor_eur", "cap_eur"):
            self.fields[name].widget.attrs["min"] = 0
        for name in ("threshold_base", "threshold_operator"):
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = layout()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("floor_eur", "cap_eur"):
            if (cleaned.get(name) or 0) < 0:
                self.add_error(name, _("An obligation cannot be below zero."))
        return cleaned

    def told(
        self, code: str, publisher: str, lines: tuple[Line, ...], effects: tuple[Any, ...]
    ) -> RuleFile:
        """Put together what was typed, as a file would say it."""
        facts = self.cleaned_data
        bounds = ("threshold_base", "minimum_months", "floor_eur", "cap_eur")
        return RuleFile(
            code=code or slugify(facts["name"])[:40] or "regel",
            publisher=publisher,
            **{name: facts[name] for name in ("name", "version", "valid_from", "source", "note")},
            rule=Rule(
                lines=lines,
                certificates=effects,
                is_from=facts["threshold_operator"] == ThresholdOperator.FROM,
                **{name: facts[name] for name in bounds},
            ),
            clocks=Clocks(**{name: facts[name] for name in CLOCKS}),
            choices=Choices(**{name: facts[name] for name in CHOICES}),
        )


class LineForm(Unhurried, PortalForm):
    """What is asked of some contracts."""

    base_kind = forms.ChoiceField(
        label=_("Percentage of what?"), choices=[("", _("Choose the base")), *RuleBase.choices]
    )
    percentage = PercentField(
        label=_("Percentage"), help_text=_("Empty: the officer fills it in."), **PERCENT
    )
    threshold_eur = EuroField(label=_("Threshold"), help_text=_("Empty: from any amount."), **EUROS)
    natures = forms.MultipleChoiceField(
        label=_("Nature"),
        choices=Nature.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: of any nature."),
    )
    labour_share_from_pct = PercentField(label=_("Share of labour from"), **PERCENT)
    labour_share_below_pct = PercentField(label=_("Share of labour below"), **PERCENT)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        least, below = cleaned.get("labour_share_from_pct"), cleaned.get("labour_share_below_pct")
        if least is not None and below is not None and below <= least:
            self.add_error(
                "labour_share_below_pct", _("The upper share of labour lies above the lower one.")
            )
        return cleaned

    def line(self) -> Line:
        names = ("base_kind", "percentage", "threshold_eur")
        shares = ("labour_share_from_pct", "labour_share_below_pct")
        facts = {name: self.cleaned_data[name] for name in (*names, *shares)}
        return Line(natures=frozenset(self.cleaned_data["natures"]), **facts)


class EffectForm(Unhurried, PortalForm):
    """A certificate that lowers what is owed."""

    kind = forms.ChoiceField(
        label=_("Certificate"),
        choices=[("", _("Choose a certificate")), *CertificateKind.choices],
    )
    discount_pct = PercentField(
        label=_("Less owed"), min_value=Decimal("0.01"), max_value=Decimal(100)
    )
    valid_on = forms.ChoiceField(
        label=_("Must be valid"), choices=CertificateDay.choices, initial=CertificateDay.WHOLE_TERM
    )

    def effect(self) -> CertificateEffect:
        facts = self.cleaned_data
        is_whole = facts["valid_on"] == CertificateDay.WHOLE_TERM
        return CertificateEffect(facts["kind"], facts["discount_pct"], whole_term=is_whole)


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # not generic at run time
    """Rows in the order of their numbers; those that are ticked or empty are left out."""

    deletion_widget = forms.CheckboxInput

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this away")
        if "ORDER" in form.fields:
            form.fields["ORDER"].label = _("Place")
            form.fields["ORDER"].help_text = _("The first line that fits is proposed.")

    def kept(self) -> list[Any]:
        rows = self.ordered_forms if self.can_order else self.forms
        deleted = self.deleted_forms
        return [row for row in rows if row.has_changed() and row not in deleted]


class EffectRows(Rows):
    def clean(self) -> None:
        kinds = [row.cleaned_data["kind"] for row in self.kept() if "kind" in row.cleaned_data]
        if len(kinds) != len(set(kinds)):
            raise forms.ValidationError(_("This certificate has its effect already."))


LineRows = forms.formset_factory(
    LineForm, formset=Rows, extra=1, can_order=True, can_delete=True, max_num=50
)
CertificateRows = forms.formset_factory(
    EffectForm, formset=EffectRows, extra=1, can_delete=True, max_num=20
)


def line_initial(rule: ObligationRule) -> list[dict[str, Any]]:
    names = (*LineForm.base_fields,)
    return [{name: getattr(line, name) for name in names} for line in rule.lines.all()]


def effect_initial(rule: ObligationRule) -> list[dict[str, Any]]:
    names = (*EffectForm.base_fields,)
    return [
        {name: getattr(effect, name) for name in names} for effect in rule.certificate_effects.all()
    ]


class TryForm(PortalForm):
    """A contract that is made up, to see what a rule would propose."""

    nature = forms.ChoiceField(
        label=_("Nature"), required=False, choices=[("", _("Not said")), *Nature.choices]
    )
    value_eur = EuroField(label=_("Contract value without VAT"), **EUROS)
    wage_sum_eur = EuroField(label=_("Wage sum"), **EUROS)
    starts_on = forms.DateField(label=_("First day"), required=False)
    ends_on = forms.DateField(label=_("Last day"), required=False)
    certificate = forms.ChoiceField(label=_("Certificate of the supplier"), required=False)

    def __init__(self, *args: Any, rule: ObligationRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held: Any = self.fields["certificate"]
        effects = rule.certificate_effects.all()
        held.choices = [
            ("", _("none")),
            *((effect.kind, effect.get_kind_display()) for effect in effects),
        ]
        if not effects:
            del self.fields["certificate"]

    def contract(self) -> Contract:
        """Give what was understood of it."""
        self.full_clean()
        names = ("value_eur", "wage_sum_eur", "starts_on", "ends_on")
        facts = {name: self.cleaned_data.get(name) for name in names}
        return Contract(nature=self.cleaned_data.get("nature", ""), **facts)

    def asked(self) -> Asked:
        """Ask about it; the certificate is valid all the time."""
        contract, kind = self.contract(), self.cleaned_data.get("certificate")
        names = ("nature", "value_eur", "wage_sum_eur", "starts_on", "ends_on")
        return Asked(
            **{name: getattr(contract, name) for name in names},
            awarded_on=contract.starts_on,
            certificates=(Held(kind, EARLIEST, LATEST),) if kind else (),
        )


def layout() -> Layout:
    return Layout(
        "form_key",
        "revision",
        Fieldset(_("The rule"), "name", Row("version", "valid_from"), "source", "note"),
        Fieldset(
            _("When it asks something"),
            Row("threshold_base", "threshold_operator"),
            Row("minimum_months", "floor_eur", "cap_eur"),
        ),
        Fieldset(_("Terms after the award"), Row(*CLOCKS[:2]), Row(*CLOCKS[2:4]), Row(*CLOCKS[4:])),
        Fieldset(_("What counts"), *CHOICES),
    )
