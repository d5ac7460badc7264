"""What an adviser types of entry rules and of the evidence that is asked for."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.kept_tables import words
from contracts.models import (
    LIMIT_UNITS,
    Block,
    EntryCondition,
    EntryRule,
    EvidenceDemand,
    ValueTable,
)
from contracts.toml_tables import RowKind
from sroi_portal.core.form_fields import AmountField
from sroi_portal.core.forms import PortalModelForm
from sroi_portal.core.models import Authority, RoleName, User


def advised_by(adviser: User) -> Any:
    """Find the authorities that somebody advises."""
    return Authority.objects.filter(pk__in=adviser.authorities_with(RoleName.ADVISER))


def _offer_authorities(field: Any, adviser: User) -> None:
    offered = advised_by(adviser)
    field.queryset, field.empty_label = offered, None
    if len(offered) == 1:
        field.initial, field.widget = offered[0], forms.HiddenInput()


class EntryRuleForm(PortalModelForm[EntryRule]):
    class Meta:
        model = EntryRule
        fields = ("authority", "condition", "limit", "effect", "is_on", "valid_from")
        field_classes: ClassVar[dict[str, Any]] = {"limit": AmountField}
        widgets: ClassVar[dict[str, forms.Widget | type[forms.Widget]]] = {
            "condition": forms.RadioSelect,
            "effect": forms.RadioSelect,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "limit": _("Only where something is measured: in hours, months, days or euros."),
            "effect": _("A warning is shown to the supplier and to who checks. A block stops it."),
            "is_on": _("Take the tick away to put the rule off from that day on."),
            "valid_from": _("Today or later. What was submitted before stays as it is."),
        }

    def __init__(self, *args: Any, adviser: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_authorities(self.fields["authority"], adviser)
        condition: Any = self.fields["condition"]
        condition.choices = [(each.value, _with_unit(each)) for each in EntryCondition]
        effect: Any = self.fields["effect"]
        effect.choices = [each for each in effect.choices if each[0]]
        self.fields["limit"].required = False
        self.fields["valid_from"].initial = today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_measured = cleaned.get("condition") in LIMIT_UNITS
        if "condition" in cleaned and not is_measured:
            cleaned["limit"] = None
        elif is_measured and cleaned.get("limit") is None and "limit" not in self.errors:
            self.add_error("limit", _("Say from which limit on."))
        return cleaned


class DemandForm(PortalModelForm[EvidenceDemand]):
    class Meta:
        model = EvidenceDemand
        fields = (
            "authority",
            "evidence_kind",
            "block",
            "row_kind",
            "level",
            "within_days",
            "valid_from",
        )
        widgets: ClassVar[dict[str, forms.Widget | type[forms.Widget]]] = {
            "level": forms.RadioSelect
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "block": _("Leave this empty to speak of every row that asks this evidence."),
            "row_kind": _("Leave this empty, or choose for what it is asked as well."),
            "within_days": _("0 asks for it on the first day: the best day to ask."),
            "valid_from": _("Today or later. Work that began before keeps what was asked then."),
        }

    def __init__(self, *args: Any, adviser: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_authorities(self.fields["authority"], adviser)
        block: Any = self.fields["block"]
        tables = ValueTable.objects.published()
        block.queryset = Block.objects.filter(table__in=tables).select_related("table")
        block.empty_label = _("Every row")
        block.label_from_instance = _row_in_words
        every = [("", _("Every way of fulfilling"))]
        self.fields["row_kind"] = forms.ChoiceField(
            label=self.fields["row_kind"].label,
            help_text=self.fields["row_kind"].help_text,
            required=False,
            choices=[*every, *words.choices(RowKind)],
        )
        level: Any = self.fields["level"]
        level.choices = [each for each in level.choices if each[0]]
        self.fields["valid_from"].initial = today


def _row_in_words(block: Any) -> str:
    return f"{block.label} ({block.table})"


def _with_unit(condition: EntryCondition) -> Any:
    unit = LIMIT_UNITS.get(condition)
    return f"{condition.label} … {unit}" if unit else condition.label
