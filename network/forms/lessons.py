"""What is typed of lessons, and how they are looked for."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract, Tender
from network import changing
from network.models import ChangedKind, Lesson, LessonStatus, Pilot
from network.rules import advises
from sroi_portal.core.forms import CHOOSE, PortalForm, PortalModelForm
from sroi_portal.core.models import User


class LessonFilterForm(PortalForm):
    q = forms.CharField(label=_("Words"), required=False, max_length=120)
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )
    changed = forms.ChoiceField(
        label=_("What it changed"), required=False, choices=[("", _("All")), *ChangedKind.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *LessonStatus.choices]
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not advises(person):
            del self.fields["status"]


class LessonForm(PortalModelForm[Lesson]):
    class Meta:
        model = Lesson
        fields = ("subject", "learned", "differently", "category", "pilot", "contract", "tender")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "learned": forms.Textarea(attrs={"rows": 5}),
            "differently": forms.Textarea(attrs={"rows": 3}),
            "contract": forms.HiddenInput(),
            "tender": forms.HiddenInput(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "subject": _("A few words by which somebody else would look for it."),
            "learned": _("Write about the work, not about people: no names, no illness."),
            "differently": _("What you would do next time, so that another can do it too."),
            "category": _("Without a choice it is the category of the pilot or contract."),
        }

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen: dict[str, Any] = {
            "pilot": Pilot.objects.visible_to(person),
            "contract": Contract.objects.visible_to(person),
            "tender": Tender.objects.visible_to(person),
        }
        for name, rows in seen.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
            field.queryset = rows
        if self.instance.pk:
            for name in seen:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        about = ("pilot", "contract", "tender")
        if "pilot" in self.fields and not any(cleaned.get(name) for name in about):
            self.add_error("pilot", _("A lesson is about a pilot, a contract or a tender."))
        return cleaned


class JudgeForm(PortalForm):
    remark = forms.CharField(
        label=_("What do you want to say about it?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who wrote the lesson reads this. No names of people."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_return: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_return:
            self.fields["remark"].label = _("What should be clearer?")
            self.fields["remark"].required = True


class ChangeForm(PortalForm):
    thing = forms.ChoiceField(label=_("What was changed"))
    changed_on = forms.DateField(
        label=_("Changed on"), help_text=_("The day from which the new text or rule is used.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        thing: Any = self.fields["thing"]
        thing.choices = [CHOOSE, *changing.choices()]

    def facts(self) -> dict[str, Any]:
        found = changing.find(self.cleaned_data["thing"])
        assert found  # noqa: S101 - the choices are these
        return {**found._asdict(), "changed_on": self.cleaned_data["changed_on"]}
