"""What became of people, one short line a person; and whether it would have happened anyway."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates.actions import Answer
from candidates.forms.fields import DayField
from candidates.forms.placements import HOURS_LIMITS
from candidates.models import (
    WORKING,
    Additionality,
    AfterMonths,
    ContractForm,
    FollowUp,
    Outcome,
    PermanentWith,
)
from contracts.models import Contract
from sroi_portal.core.form_fields import HoursField
from sroi_portal.core.forms import CHOOSE, PortalForm, PortalModelForm, revision_of

OF_WORK = ("hours_per_week", "contract_form", "permanent_on", "permanent_with")


class FollowUpForm(PortalForm):
    """One question; on the list what is left open is not answered."""

    outcome = forms.ChoiceField(label=_("Still in work?"), choices=[CHOOSE, *Outcome.choices])
    hours_per_week = HoursField(
        label=_("Hours a week"),
        required=False,
        max_digits=4,
        validators=HOURS_LIMITS,
        help_text=_("Leave it empty when you do not know."),
    )
    contract_form = forms.ChoiceField(
        label=_("Form of the work"), required=False, choices=[CHOOSE, *ContractForm.choices]
    )
    permanent_on = DayField(
        label=_("Permanent contract from"),
        required=False,
        help_text=_("Only when there was a step to a permanent contract."),
    )
    permanent_with = forms.ChoiceField(
        label=_("Permanent contract with"),
        required=False,
        choices=[CHOOSE, *PermanentWith.choices],
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, follow_up: FollowUp, is_in_list: bool = False, **kwargs: Any
    ) -> None:
        given: Any = follow_up
        said = given.given[0] if given.given else None
        names = ("outcome", *OF_WORK)
        initial = {name: getattr(said, name) for name in names} if said else {}
        kwargs |= {
            "prefix": f"f{follow_up.pk}",
            "initial": {"revision": follow_up.revision, **initial},
        }
        super().__init__(*args, **kwargs)
        self.follow_up, self.said = follow_up, said
        self.fields["outcome"].required = not is_in_list
        if is_in_list:
            for name in names:
                self.fields[name].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Ask hours, form and step of who works alone; say where the permanent contract is."""
        cleaned = super().clean()
        outcome, told = cleaned.get("outcome"), [name for name in OF_WORK if cleaned.get(name)]
        if told and outcome not in WORKING:
            self.add_error(
                "outcome", gettext("Hours, form and permanent contract are only of who works.")
            )
        self._complete_step(cleaned)
        return cleaned

    @property
    def is_given(self) -> bool:
        return bool(self.cleaned_data.get("outcome"))

    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(**{name: said[name] for name in ("outcome", *OF_WORK)})

    def newest_revision(self) -> int | None:
        return revision_of(self.follow_up)

    def _complete_step(self, cleaned: dict[str, Any]) -> None:
        day, place = cleaned.get("permanent_on"), cleaned.get("permanent_with")
        if day and not place and cleaned.get("outcome") == Outcome.WITH_US:
            cleaned["permanent_with"] = PermanentWith.SUPPLIER.value
        elif day and not place:
            self.add_error("permanent_with", gettext("Say with whom the contract is."))
        elif place and not day and "permanent_on" not in self.errors:
            self.add_error("permanent_on", gettext("Fill in from which day."))
        if day and day < self.follow_up.placement.starts_on:
            self.add_error("permanent_on", gettext("This day lies before the first working day."))


def forms_of(rows: Iterable[FollowUp], data: Any = None) -> list[FollowUpForm]:
    return [FollowUpForm(data, follow_up=row, is_in_list=True) for row in rows]


class FollowUpFilter(PortalForm):
    """Which questions are shown; without a choice those that wait."""

    OPEN, ANSWERED, ALL = "open", "answered", "all"
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            (OPEN, _("what waits for an answer")),
            (ANSWERED, _("what was answered")),
            (ALL, _("everything")),
        ],
    )
    months = forms.ChoiceField(
        label=_("Question"), required=False, choices=[("", _("All")), *AfterMonths.choices]
    )
    contract = forms.ModelChoiceField(
        Contract.objects.none(), label=_("Contract"), required=False, empty_label=_("All")
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("by last day to answer")), ("-due_on", _("newest first"))],
    )

    def __init__(self, *args: Any, contracts: QuerySet[Contract], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["contract"]
        chosen.queryset = contracts

    def wanted(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {}


class AdditionalityForm(PortalModelForm[Additionality]):
    class Meta:
        model = Additionality
        fields = ("hired_anyway", "takes_a_place")
        widgets: ClassVar[dict[str, Any]] = {
            "hired_anyway": forms.RadioSelect,
            "takes_a_place": forms.RadioSelect,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "hired_anyway": _("Your own judgement. It changes nothing in what this counts for."),
            "takes_a_place": _("For example: the work was done by a colleague who had to leave."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]
