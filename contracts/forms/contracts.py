"""What an officer types of a contract."""

import datetime as dt
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.facts.threads import tender_of
from contracts.forms import owed
from contracts.forms.following import offer_conclusions
from contracts.forms.owed import (
    FOREIGN,
    OWED,
    Folded,
    OwedFields,
    converted,
    frameworks_for,
    kept_rule,
    offer_rules,
    proposed_rule,
)
from contracts.models import (
    BaseKind,
    Contract,
    LegalForm,
    Lot,
    Nature,
    ObligationConcept,
    ObligationRule,
    Regime,
    Tender,
    ValueTable,
)
from sroi_portal.core.form_fields import AmountField, HoursField
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.models import Authority, RoleName, User
from suppliers.forms import SupplierPicker

NEEDED_LATER = (
    "value_eur",
    "awarded_on",
    "starts_on",
    "ends_on",
    "value_table",
    "base_kind",
    "percentage",
    "reason",
)
DIGITS = 9  # of a key


class ContractStartForm(PortalModelForm[Contract], SupplierPicker):
    """With whom, and what: enough for a concept."""

    class Meta:
        model = Contract
        fields = ("authority", "title", "tender")
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("As both sides know it, such as “Cleaning of offices in the north”."),
            "tender": _("Only when the tender stands in the portal already."),
        }

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_authorities(self, officer)
        tenders = self.fields["tender"]
        assert isinstance(tenders, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        bought = officer.authorities_with(RoleName.OFFICER)
        offered = Tender.objects.filter(authority__in=bought).order_by("title", "pk")
        tenders.queryset, tenders.empty_label = offered, _("No tender")
        if not offered.exists():
            tenders.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        tender, authority = cleaned.get("tender"), cleaned.get("authority")
        if tender and authority and tender.authority_id != authority.pk:
            self.add_error("tender", _("This tender is of another authority."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        picker = (*self.PICKER_FIELDS, "supplier")
        return {name: value for name, value in super().facts().items() if name not in picker}


class SupplierForm(PortalForm, SupplierPicker):
    """Another supplier for a concept."""


class TableField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: ValueTable) -> str:
        return f"{obj.publisher}: {obj}"


class ContractForm(PortalModelForm[Contract], OwedFields):
    """A concept: only its title is compulsory until it is awarded."""

    class Meta:
        model = Contract
        fields = (
            "title",
            "reference",
            "lots",
            "category",
            "nature",
            "place",
            "value_eur",
            "wage_sum_eur",
            "hours",
            *FOREIGN,
            "is_framework",
            "framework",
            "awarded_on",
            "starts_on",
            "ends_on",
            "regime",
            "legal_form",
            "is_reserved",
            "value_table",
        )
        field_classes: ClassVar[dict[str, Any]] = {
            "value_table": TableField,
            "hours": HoursField,
            "foreign_value": AmountField,
            "exchange_rate": AmountField,
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "lots": forms.CheckboxSelectMultiple(),
            "regime": forms.RadioSelect(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "place": _("Code of the region where the work is done, such as NL361."),
            "value_eur": _("Over the whole term, options left out."),
            "wage_sum_eur": _("The part of the value that is spent on wages."),
            "hours": _("Over the whole term. Only with hours of work as base."),
            "foreign_value": _(
                "It becomes the contract value in euros, at the rate that you fill in."
            ),
            "foreign_currency": _("Three letters, such as USD."),
            "is_framework": _("It owes nothing itself: each call-off does."),
            "framework": _("Only when this contract is a call-off of it."),
            "awarded_on": _("The terms for contact and plan are counted from this day."),
            "regime": _("Tailored: what is to be done is agreed later, in a plan."),
            "is_reserved": _("At least 30 per cent of the workers are disabled or disadvantaged."),
            "value_table": _(
                "Frozen when the contract is awarded. Only tables that hold on the day of award are shown."
            ),
        }

    def __init__(
        self, *args: Any, concept: ObligationConcept, today: dt.date, **kwargs: Any
    ) -> None:
        own = {name: getattr(concept, name) for name in OWED}
        kwargs["initial"] = own | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["maxlength"] = 400
        self.fields["nature"] = forms.ChoiceField(
            label=_("Nature"), choices=[("", _("Not said")), *Nature.choices], required=False
        )
        for name in NEEDED_LATER:
            self.fields[name].needed_later = True  # type: ignore[attr-defined]
        category = self.fields["category"]
        assert isinstance(category, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        category.empty_label = _("Not said")
        day = self._award_day() or today
        self._offer_rules(concept, day)
        self._offer_frameworks()
        self._offer_lots()
        self._offer_tables(day)
        offer_conclusions(self, tender_of(self.instance))
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = layout(with_lots="lots" in self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        tailored = cleaned.get("regime") == Regime.TAILORED
        if tailored and cleaned.get("base_kind") not in ("", BaseKind.FIXED, None):
            self.add_error(
                "base_kind",
                _("Under the tailored way of working only a fixed amount, or nothing yet, is set."),
            )
        if cleaned.get("legal_form") == LegalForm.RESERVED:
            cleaned["is_reserved"] = True
        if cleaned.get("is_framework") and cleaned.get("framework"):
            self.add_error("framework", _("A framework agreement is no call-off of another one."))
        least, most = cleaned.get("floor_eur"), cleaned.get("cap_eur")
        if least is not None and most is not None and most < least:
            self.add_error("cap_eur", _("The most that can be owed lies below the least."))
        self._convert(cleaned)
        self._check_table(cleaned)
        self._check_rule(cleaned)
        return cleaned

    def _convert(self, cleaned: dict[str, Any]) -> None:
        """Take a value in another currency over in euros; all of it must be there, or nothing."""
        currency = (cleaned.get("foreign_currency") or "").upper()
        cleaned["foreign_currency"] = currency
        missing = [name for name in FOREIGN if cleaned.get(name) in (None, "")]
        if len(missing) == len(FOREIGN):
            return
        for name in missing:
            if name not in self.errors:
                self.add_error(name, _("Fill in the amount, the currency, the rate and its day."))
        if currency == "EUR":
            self.add_error("foreign_currency", _("An amount in euros is the contract value."))
        if not self.errors:
            cleaned["value_eur"] = converted(cleaned)

    def _offer_rules(self, concept: ObligationConcept, day: dt.date) -> None:
        rules, self.initial["rule"] = proposed_rule(concept, day)
        shown = Q(pk__in=[rule.pk for rule in rules]) | Q(pk=self._chosen("rule"))
        offer_rules(self, ObligationRule.objects.published().filter(shown) | kept_rule(concept))

    def _check_rule(self, cleaned: dict[str, Any]) -> None:
        rule, day = cleaned.get("rule"), cleaned.get("awarded_on")
        if rule and day and rule.valid_from and rule.valid_from > day:
            self.add_error(
                "rule",
                _("This rule does not hold for a contract awarded on that day. Choose another."),
            )

    def _offer_frameworks(self) -> None:
        framework: Any = self.fields["framework"]
        framework.queryset = frameworks_for(self.instance)
        framework.empty_label = _("None")

    def _offer_lots(self) -> None:
        lots = self.fields["lots"]
        assert isinstance(lots, forms.ModelMultipleChoiceField)  # noqa: S101 - tells mypy
        offered = Lot.objects.filter(tender=self.instance.tender_id or 0)
        lots.queryset, lots.label, lots.help_text = offered, _("Lots"), ""
        if not offered.exists():
            del self.fields["lots"]

    def _award_day(self) -> dt.date | None:
        """Take the day of award that was typed, or that stands there."""
        field = self.fields["awarded_on"]
        typed = self.data.get("awarded_on") if self.is_bound else self.instance.awarded_on
        try:
            day: dt.date | None = field.clean(typed)
        except forms.ValidationError:
            return None
        return day

    def _chosen(self, name: str) -> int:
        """Keep what was chosen, so that one reads why it does not hold."""
        chosen = str(self.data.get(name, ""))
        return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) <= DIGITS else 0

    def _check_table(self, cleaned: dict[str, Any]) -> None:
        table, day = cleaned.get("value_table"), cleaned.get("awarded_on")
        if table and day and not ValueTable.objects.valid_on(day).filter(pk=table.pk).exists():
            self.add_error(
                "value_table",
                _("This table does not hold for a contract awarded on that day. Choose another."),
            )

    def _offer_tables(self, day: dt.date) -> None:
        tables = self.fields["value_table"]
        assert isinstance(tables, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        offered = Q(pk__in=ValueTable.objects.valid_on(day)) | Q(pk=self._chosen("value_table"))
        published = ValueTable.objects.published().filter(offered)
        tables.queryset = published.order_by("publisher", "-valid_from", "pk")
        tables.empty_label = _("Choose a table")


def layout(*, with_lots: bool) -> Layout:
    lots = ["lots"] if with_lots else []
    return Layout(
        "form_key",
        "revision",
        Fieldset(
            _("What was awarded"),
            Row("title", "reference"),
            *lots,
            Row("category", "nature", "place"),
            Folded(_("A framework agreement or a call-off"), "is_framework", "framework"),
        ),
        Fieldset(
            _("Value and term"),
            Row("value_eur", "wage_sum_eur"),
            Folded(_("In another currency"), Row(*FOREIGN[:2]), Row(*FOREIGN[2:])),
            Row("awarded_on", "starts_on", "ends_on"),
        ),
        owed.layout(),
    )


def offer_authorities(form: forms.BaseForm, officer: User) -> None:
    """Offer the authorities that this officer buys for; a single one is chosen already."""
    bought = officer.authorities_with(RoleName.OFFICER)
    field = form.fields["authority"]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
    field.queryset = Authority.objects.filter(pk__in=bought)
    field.empty_label = _("Choose an authority")
    if len(bought) == 1:
        field.initial = bought[0]
        field.widget = forms.HiddenInput()
