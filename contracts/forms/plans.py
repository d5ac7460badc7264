"""What is typed of a plan: its lines, and what one side says to the other."""

import uuid
from decimal import Decimal
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.facts import planned
from contracts.facts.threads import tender_of
from contracts.forms.following import offer_conclusions
from contracts.models import Block, Contract, Plan, PlanLine
from sroi_portal.core.form_fields import AmountField, EuroField
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.templatetags import formats

NO_PERSON = _("Write about the work, not about the person: no names, no illness.")


class PlanLineForm(PortalModelForm[PlanLine]):
    """A line; the contract's own table proposes its value (R-193)."""

    class Meta:
        model = PlanLine
        fields = (
            "kind",
            "block",
            "title",
            "quantity",
            "unit",
            "starts_on",
            "ends_on",
            "value_eur",
            "origin",
            "follows_from",
        )
        field_classes: ClassVar[dict[str, Any]] = {"quantity": AmountField, "value_eur": EuroField}
        widgets: ClassVar[dict[str, forms.Widget]] = {"origin": forms.Textarea(attrs={"rows": 2})}
        help_texts: ClassVar[dict[str, Any]] = {
            "block": _("Of the table of this contract. With a row the portal proposes the value."),
            "title": _("Such as “Two cleaners with a long-term benefit”. No names of people."),
            "quantity": _("How many jobs, hours or days, or how many euros."),
            "unit": _("With a row of the table you may leave this empty: the row says it."),
            "value_eur": _("Leave this empty to take what the table gives."),
            "origin": _("A sentence of your offer or of the conversation, if there is one."),
        }

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        chosen: Any = self.fields
        rows = Block.objects.filter(table=contract.value_table_id).select_related("table")
        chosen["block"].queryset = rows.order_by("position", "pk")
        chosen["block"].label_from_instance = lambda row: row.label
        chosen["block"].empty_label = gettext("No row: you both say what it is worth")
        chosen["unit"].required = chosen["value_eur"].required = False
        offer_conclusions(self, tender_of(contract))
        if self.instance.pk is None:
            self.initial.setdefault("starts_on", contract.starts_on)
            self.initial.setdefault("ends_on", contract.ends_on)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "kind",
            "block",
            "title",
            Row("quantity", "unit"),
            Row("starts_on", "ends_on"),
            "value_eur",
            "origin",
            "follows_from",
            "form_key",
            "revision",
        )

    @property
    def proposed_eur(self) -> Decimal | None:
        """Give what the table gives for what was typed; nothing without a row."""
        typed = self.cleaned_data
        row, quantity = typed.get("block"), typed.get("quantity")
        first, last = typed.get("starts_on"), typed.get("ends_on")
        if row is None or not quantity or first is None or last is None or last < first:
            return None
        return planned.proposed_eur(self.contract, row, quantity, (first, last))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if row := cleaned.get("block"):
            unit = planned.counted_in(row)
            if cleaned.get("unit") not in ("", unit):
                self.add_error(
                    "unit", gettext("This row counts in %(unit)s.") % {"unit": unit.label}
                )
            cleaned["unit"] = unit
        elif not cleaned.get("unit"):
            self.add_error("unit", gettext("Say in what you count, or choose a row."))
        self._refuse_outside(cleaned)
        if cleaned.get("value_eur") is None and "value_eur" not in self.errors:
            cleaned["value_eur"] = self.proposed_eur
            if cleaned["value_eur"] is None:
                self.add_error("value_eur", gettext("Fill in what it is worth, or choose a row."))
        return cleaned

    def _refuse_outside(self, cleaned: dict[str, Any]) -> None:
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        first = self.contract.starts_on
        last = self.contract.fulfil_by_on or self.contract.ends_on
        if starts_on and first and starts_on < first:
            self.add_error(
                "starts_on",
                gettext("The contract begins on %(day)s.") % {"day": formats.day(first)},
            )
        if ends_on and last and ends_on > last:
            self.add_error(
                "ends_on", gettext("The contract ends on %(day)s.") % {"day": formats.day(last)}
            )

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"proposed_eur": self.proposed_eur}


class RemarkForm(PortalForm):
    """A step on the plan, with a word to the other side if one likes."""

    remark = forms.CharField(
        label=_("Remark (may be left empty)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=NO_PERSON,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": plan.revision})
        super().__init__(*args, **kwargs)


class StepForm(PortalForm):
    """A step on the plan without words: it only remembers which lines were seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": plan.revision})
        super().__init__(*args, **kwargs)


class ReturnPlanForm(RemarkForm):
    """Comments on the plan as a whole and on each line; at least one of them."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, plan=plan, **kwargs)
        self.plan, self.lines = plan, list(plan.lines.all())
        self.fields["remark"].label = _("What should change?")
        for number, line in enumerate(self.lines, 1):
            self.fields[f"line_{line.pk}"] = forms.CharField(
                label=gettext("Line %(number)s: %(title)s")
                % {"number": number, "title": line.title},
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=2000,
                required=False,
            )

    def on_lines(self) -> dict[int, str]:
        return {line.pk: self.cleaned_data.get(f"line_{line.pk}", "") for line in self.lines}

    def facts(self) -> dict[str, Any]:
        """Give what the action asks."""
        return {
            "remark": self.cleaned_data["remark"],
            "on_lines": self.on_lines(),
            "revision": self.cleaned_data["revision"],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_said = cleaned.get("remark") or any(self.on_lines().values())
        if not (self.errors or is_said or self.plan.is_changed_by_authority):
            self.add_error("remark", gettext("Say what should change, for the plan or for a line."))
        return cleaned


class PlanCommentForm(PortalForm):
    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=NO_PERSON,
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4()
