"""What is typed of the steps towards a supplier that stays behind."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contracts import actions
from contracts.models import Contract, FollowUp, StepKind, StepOutcome
from sroi_portal.core.form_fields import EuroField
from sroi_portal.core.forms import PortalForm, PortalModelForm, ReasonForm

WITHOUT_NAMES = _("Write about the work, not about the person: no names, no illness.")
ENDINGS = (
    StepOutcome.AGREED,
    StepOutcome.SOLVED,
    StepOutcome.NOT_ENOUGH,
    StepOutcome.NO_ANSWER,
)
FIELDS: dict[str, tuple[str, ...]] = {
    StepKind.TALK: ("taken_on", "account", "option", "next_on", "outcome"),
    StepKind.RECOVERY: ("taken_on", "account", "next_on"),
    StepKind.DEFERRAL: ("taken_on", "account", "until_on"),
    StepKind.NOTICE: ("taken_on", "account", "until_on"),
    StepKind.MALUS: ("taken_on", "account", "shortfall_eur"),
}
LABELS: dict[tuple[str, str], Any] = {
    (StepKind.TALK, "account"): _("What was said"),
    (StepKind.RECOVERY, "account"): _("What do you ask?"),
    (StepKind.RECOVERY, "next_on"): _("Plan handed in at the latest on"),
    (StepKind.DEFERRAL, "account"): _("Why is more time fair?"),
    (StepKind.DEFERRAL, "until_on"): _("New last day"),
    (StepKind.NOTICE, "account"): _("What did the supplier not do?"),
    (StepKind.NOTICE, "until_on"): _("Last day to cure it"),
    (StepKind.MALUS, "account"): _("Why a malus?"),
    (StepKind.MALUS, "shortfall_eur"): _("Shortfall it is taken of"),
}
HELP: dict[tuple[str, str], Any] = {
    (StepKind.TALK, "option"): _("What the supplier chose of the three things that are possible."),
    (StepKind.TALK, "next_on"): _("Leave it empty when the talk is concluded."),
    (StepKind.TALK, "outcome"): _("Leave it empty when you look at it again."),
    (StepKind.DEFERRAL, "until_on"): _("Figures, terms and the signal follow this day."),
    (StepKind.NOTICE, "until_on"): _("A working day. The term of your authority is filled in."),
    (StepKind.MALUS, "shortfall_eur"): _("A colleague decides; nothing is posted before that."),
}


class StepForm(PortalModelForm[FollowUp]):
    """One step; which fields it asks follows from its kind."""

    account = forms.CharField(
        max_length=4000, widget=forms.Textarea(attrs={"rows": 5}), help_text=WITHOUT_NAMES
    )
    skipping = forms.CharField(
        max_length=2000,
        label=_("Why do you leave gentler steps out?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = FollowUp
        fields = ("taken_on", "option", "until_on", "next_on", "outcome", "shortfall_eur")
        field_classes: ClassVar[dict[str, Any]] = {"shortfall_eur": EuroField}

    def __init__(
        self, *args: Any, contract: Contract, kind: str, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        missing = actions.skipped(contract, kind)
        asked = (*FIELDS[kind], *(("skipping",) if missing else ()), "form_key", "revision")
        self.order_fields(asked)
        for name in list(self.fields):
            if name not in asked:
                del self.fields[name]
        for name, field in self.fields.items():
            field.label = LABELS.get((kind, name), field.label)
            field.help_text = HELP.get((kind, name), field.help_text)
            field.required = name not in ("option", "outcome", "form_key", "revision") and (
                kind != StepKind.TALK or name != "next_on"
            )
        self.fields["taken_on"].initial = today
        if "outcome" in self.fields:
            self.fields["outcome"] = _outcome(required=False, help_text=HELP[kind, "outcome"])
        if missing:
            steps = ", ".join(str(each.label) for each in missing)
            self.fields["skipping"].help_text = _("Not taken yet: %(steps)s.") % {"steps": steps}
        if kind == StepKind.NOTICE:
            self.fields["until_on"].initial = actions.usual_cure(contract, today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        one_of = (cleaned.get("next_on"), cleaned.get("outcome"))
        if self.kind == StepKind.TALK and not any(one_of):
            self.add_error("next_on", _("Say when you look at it again, or what came of it."))
        if self.kind == StepKind.TALK and all(one_of):
            self.add_error("outcome", _("Say when you look at it again, or what came of it."))
        shortfall = cleaned.get("shortfall_eur")
        if shortfall is not None and shortfall <= 0:
            self.add_error("shortfall_eur", _("A shortfall is more than zero."))
        return cleaned

    def said(self) -> actions.Step:
        facts = {name: value for name, value in self.facts().items() if value not in (None, "")}
        return actions.Step(**facts, key=self.key())


def _outcome(*, required: bool, help_text: Any = "") -> forms.ChoiceField:
    choices = [(each.value, each.label) for each in ENDINGS]
    return forms.ChoiceField(
        label=_("What came of it"),
        choices=[("", _("Not known yet")), *choices] if not required else choices,
        required=required,
        help_text=help_text,
    )


class CloseForm(ReasonForm):
    outcome = _outcome(required=True)
    field_order = ("outcome", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What happened")


class HandInForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Your plan")
        self.fields["reason"].help_text = _(
            "Say what you will do and when. Write about the work: no names, no illness."
        )


class AnswerForm(ReasonForm):
    """Agree with a recovery plan, or ask for a better one; both by a day."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=(("agree", _("We agree with the plan")), ("return", _("Ask for a better plan"))),
        widget=forms.RadioSelect,
    )
    by_on = forms.DateField(
        label=_("By when"),
        help_text=_("When it is carried out, or when the better plan is handed in."),
    )
    field_order = ("answer", "by_on", "reason")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["reason"].label = _("What you tell the supplier")

    def clean_by_on(self) -> dt.date:
        by_on: dt.date = self.cleaned_data["by_on"]
        if by_on <= self.today:
            raise ValidationError(_("This day is past."))
        return by_on


class DecideForm(ReasonForm):
    """Decide for or against what a colleague calculated."""

    decision = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    field_order = ("decision", "reason")

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = choices
        self.fields["reason"].help_text = _(
            "The supplier reads this too. Write about the work: no names, no illness."
        )


class LetterForm(PortalForm):
    """What a letter says beside the facts."""

    reason = forms.CharField(
        label=_("What you write about it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=WITHOUT_NAMES,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=(("nl", "Nederlands"), ("en", "English"))
    )
