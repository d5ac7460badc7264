"""What an officer types of what a contract is to owe."""

import copy
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Row
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from contracts import actions
from contracts.models import (
    BaseKind,
    Conclusion,
    Contract,
    ContractStatus,
    ExemptReason,
    Nature,
    ObligationConcept,
    ObligationRule,
    Regime,
)
from sroi_portal.core import money
from sroi_portal.core.form_fields import AmountField, EuroField, HoursField, PercentField
from sroi_portal.core.forms import PortalForm

OWED = (
    "rule",
    "base_kind",
    "percentage",
    "fixed_eur",
    "fixed_quantity",
    "floor_eur",
    "cap_eur",
    "reason",
    "deviation",
    "exempt_reason",
    "follows_from",
)
FOREIGN = ("foreign_value", "foreign_currency", "exchange_rate", "rate_on")
NOT_NEGATIVE = MinValueValidator(0)
EUROS: dict[str, Any] = {"required": False, "validators": [NOT_NEGATIVE], "max_digits": 15}
SHARES = "only-for only-for--contract_value only-for--wage_sum only-for--turnover"
NUMBERS = "only-for only-for--fixed_hours only-for--persons only-for--fte_years"


class RuleField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: ObligationRule) -> str:
        return f"{obj.publisher}: {obj}"


class OwedFields(forms.Form):
    """The fields themselves; a form of a contract has them beside its own."""

    rule = RuleField(
        ObligationRule.objects.none(),
        label=_("Obligation rule"),
        required=False,
        empty_label=_("No rule"),
        help_text=_("The rule proposes; you decide, and say why when it differs."),
    )
    base_kind = forms.ChoiceField(
        label=_("Percentage of what?"),
        choices=BaseKind,
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "A wage sum fits where much is spent on material; a contract value where most is labour."
        ),
    )
    percentage = PercentField(
        label=_("Percentage"),
        required=False,
        validators=[NOT_NEGATIVE, MaxValueValidator(100)],
        help_text=_(
            "Five per cent is usual. As an award criterion: the percentage that the winner offered."
        ),
    )
    fixed_eur = EuroField(
        label=_("Fixed amount"), help_text=_("Only with a fixed amount as base."), **EUROS
    )
    fixed_quantity = AmountField(
        label=_("Fixed number"),
        required=False,
        validators=[NOT_NEGATIVE],
        max_digits=12,
        help_text=_("Of hours, persons or full-time years, as the base says."),
    )
    floor_eur = EuroField(label=_("At least"), help_text=_("Empty: no least."), **EUROS)
    cap_eur = EuroField(label=_("At most"), help_text=_("Empty: no most."), **EUROS)
    reason = forms.CharField(
        label=_("Why this share and base?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The law asks that the obligation is proportionate. The supplier reads this too."
        ),
    )
    deviation = forms.CharField(
        label=_("Why does it differ from the rule?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when it does. The supplier reads this too."),
    )
    exempt_reason = forms.ChoiceField(
        label=_("Why is nothing asked?"),
        required=False,
        choices=[("", _("Something is asked")), *ExemptReason.choices],
        help_text=_("Only when the rule asks something and this contract owes nothing."),
    )
    follows_from = forms.ModelChoiceField(
        Conclusion.objects.none(), label=_("This follows from"), required=False
    )


class OwedForm(PortalForm, OwedFields):
    """What the obligation is computed from, however little was typed of it."""

    value_eur = EuroField(required=False, min_value=0)
    wage_sum_eur = EuroField(required=False, min_value=0)
    hours = HoursField(required=False, min_value=0)
    nature = forms.ChoiceField(choices=Nature, required=False)
    awarded_on = forms.DateField(required=False)
    starts_on = forms.DateField(required=False)
    ends_on = forms.DateField(required=False)
    regime = forms.ChoiceField(choices=Regime, required=False)
    is_framework = forms.BooleanField(required=False)
    framework = forms.ModelChoiceField(Contract.objects.none(), required=False)
    foreign_value = AmountField(required=False, min_value=0, max_digits=17)
    foreign_currency = forms.CharField(required=False, max_length=3)
    exchange_rate = AmountField(required=False, min_value=0, max_digits=14, decimal_places=6)
    rate_on = forms.DateField(required=False)

    def __init__(self, *args: Any, contract: Contract | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = contract
        offer_rules(self, ObligationRule.objects.published())
        if contract:
            framework: Any = self.fields["framework"]
            framework.queryset = frameworks_for(contract)

    def concept(self) -> ObligationConcept:
        """Put what was understood together, without keeping it."""
        self.full_clean()
        facts = self.cleaned_data
        contract = copy.copy(self.known) if self.known else Contract()
        for name in set(self.fields) - set(OWED):
            setattr(contract, name, facts.get(name))
        contract.value_eur = converted(facts) or contract.value_eur
        owed = {name: facts[name] for name in OWED if name in facts}
        concept = ObligationConcept(contract=contract, **owed)
        concept.discount_pct = actions.discount_of(concept) if self.known else Decimal(0)
        return concept


class Folded(Fieldset):  # type: ignore[misc]  # crispy-forms is not typed
    """Fields that are rarely needed: open when one of them holds something, or is wrong."""

    template = "nlds/layout/folded.html"

    def render(self, form: Any, context: Any, **kwargs: Any) -> Any:
        names = [pointer.name for pointer in self.get_field_names()]
        self.is_open = any(form[name].errors or form[name].value() for name in names)
        return super().render(form, context, **kwargs)


def layout() -> Fieldset:
    """Place the fields; which of them a base needs is shown by the style sheet."""
    return Fieldset(
        _("Social return"),
        "regime",
        "legal_form",
        "is_reserved",
        "rule",
        "base_kind",
        Row(
            Div("percentage", css_class=f"{SHARES} only-for--hours"),
            Div("hours", css_class="only-for only-for--hours"),
            Div("fixed_eur", css_class="only-for only-for--fixed"),
            Div("fixed_quantity", css_class=NUMBERS),
        ),
        HTML('{% include "contracts/contract_edit.html#owed" %}'),
        Div(Folded(_("A least and a most"), Row("floor_eur", "cap_eur")), css_class=SHARES),
        "reason",
        "follows_from",
        Folded(_("It differs from the rule"), "exempt_reason", "deviation"),
        "value_table",
    )


def offer_rules(form: forms.BaseForm, rules: Any) -> None:
    field: Any = form.fields["rule"]
    field.queryset = rules.prefetch_related("lines", "certificate_effects")


def frameworks_for(contract: Contract) -> Any:
    """Give the framework agreements of the same authority that can still be called off."""
    stands = (ContractStatus.AWARDED, ContractStatus.HANDED_OVER, ContractStatus.ACTIVE)
    found = Contract.objects.filter(
        authority=contract.authority_id, is_framework=True, status__in=stands
    )
    return found.exclude(pk=contract.pk).order_by("title", "pk")


def converted(facts: Mapping[str, Any]) -> Decimal | None:
    """Give what an amount in another currency is in euros, to the cent (R-133)."""
    amount, rate = facts.get("foreign_value"), facts.get("exchange_rate")
    return None if amount is None or rate is None else money.rounded(amount * rate)


def kept_rule(concept: ObligationConcept) -> Any:
    """Give the rule that stands there, also when it was withdrawn since."""
    return ObligationRule.objects.filter(pk=concept.rule_id or 0)


def proposed_rule(concept: ObligationConcept, day: dt.date) -> tuple[list[ObligationRule], Any]:
    """Give the rules to choose from, and the one that is chosen or proposed already."""
    rules = actions.rules_for(concept.contract, day)
    proposed = None if concept.base_kind else actions.own_rule(rules)
    return rules, concept.rule or proposed
