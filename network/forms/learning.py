"""What is typed of learning steps and reflections, and how the overview is narrowed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract
from network import reflecting
from network.models import Effect, LearnerRole, LearningStep, Pilot, Reflection
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.models import User

PLACES = (("", _("All")), ("pilot", _("Pilots")), ("contract", _("Contracts")))


class LearningFilterForm(PortalForm):
    error_title = _("A filter was not understood and left out.")

    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All")), *LearnerRole.choices]
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )
    place = forms.ChoiceField(label=_("Learned on"), required=False, choices=PLACES)
    since = forms.DateField(label=_("Shared since"), required=False)

    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SharedFilterForm(PortalForm):
    """Narrow what was shared about one step."""

    error_title = _("A filter was not understood and left out.")

    effect = forms.ChoiceField(
        label=_("Did something change?"), required=False, choices=[("", _("All")), *Effect.choices]
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )

    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PlaceFilterForm(PortalForm):
    q = forms.CharField(
        label=_("Title, number or supplier"),
        required=False,
        max_length=120,
        help_text=_("Without words you see your own."),
    )
    step = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LearningStepForm(PortalModelForm[LearningStep]):
    class Meta:
        model = LearningStep
        fields = ("role", "position", "title_nl", "text_nl", "title_en", "text_en")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "text_nl": forms.Textarea(attrs={"rows": 3}),
            "text_en": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "position": _("1 comes first."),
            "title_nl": _("As something to do, such as “Begin the talk before the tender”."),
            "text_nl": _("How one goes about it, and why. Two or three sentences."),
        }


class ReflectionForm(PortalModelForm[Reflection]):
    effect = forms.ChoiceField(
        label=_("Did something change?"), choices=Effect, widget=forms.RadioSelect
    )

    class Meta:
        model = Reflection
        fields = ("step", "did", "effect", "changed", "next_time")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "did": forms.Textarea(attrs={"rows": 4}),
            "changed": forms.Textarea(attrs={"rows": 4}),
            "next_time": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "did": _("Write about the work, not about people: no names, no illness."),
            "changed": _("In the work, in a text, or in how you talk with each other."),
            "next_time": _("What you go on with, or try in another way."),
        }

    def __init__(
        self, *args: Any, person: User, place: Pilot | Contract | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if place is None:
            del self.fields["step"]
            return
        step: Any = self.fields["step"]
        offered = reflecting.steps_at if self.is_bound else reflecting.steps_left
        step.queryset = offered(person, place)  # the verb says why a step is refused
        step.empty_label = _("Choose a step")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("effect") == Effect.CHANGED and not cleaned.get("changed"):
            self.add_error("changed", _("Write down what changed because of it."))
        return cleaned
