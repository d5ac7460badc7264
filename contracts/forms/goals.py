"""What is typed of goals and of what is reached of them."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.facts.threads import tender_of
from contracts.forms.following import offer_conclusions
from contracts.models import Contract, Goal, GoalProgress, LedgerUnit
from sroi_portal.core.form_fields import AmountField, EuroField
from sroi_portal.core.forms import PortalModelForm, ReasonForm

EURO = LedgerUnit.EURO


class GoalForm(PortalModelForm[Goal]):
    class Meta:
        model = Goal
        fields = (
            "title",
            "kind",
            "quantity",
            "unit",
            "unit_name",
            "due_on",
            "worth_eur",
            "follows_from",
        )
        field_classes: ClassVar[dict[str, Any]] = {"quantity": AmountField, "worth_eur": EuroField}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("What both sides agree on, such as “Work experience for young people”."),
            "unit": _("In what you count. Units are never added together."),
            "unit_name": _("Only for a unit of its own, such as “workshops”."),
            "worth_eur": _("What both sides think it is worth. It is shown, not counted."),
        }

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_conclusions(self, tender_of(contract))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("unit") == EURO and cleaned.get("worth_eur") is not None:
            self.add_error("worth_eur", _("A goal in euros counts for its own amount."))
        return cleaned


class GiveUpForm(ReasonForm):
    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": goal.revision})
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why is the goal given up?")
        self.fields["reason"].help_text = _("The supplier reads this too.")


class ProgressForm(PortalModelForm[GoalProgress]):
    class Meta:
        model = GoalProgress
        fields = ("reached_on", "quantity", "story")
        field_classes: ClassVar[dict[str, Any]] = {"quantity": AmountField}
        widgets: ClassVar[dict[str, forms.Widget]] = {"story": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar[dict[str, Any]] = {
            "quantity": _("In the unit of the goal. Less than zero corrects what was counted."),
            "story": _("Write about the work, not about the person: no names, no illness."),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reached_on"].initial = today
