"""What is typed of obstacles, and how their list is narrowed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Category
from network.models import Obstacle, ObstacleKind, ObstacleStatus
from sroi_portal.core.forms import PortalForm, PortalModelForm

HOW = (
    (ObstacleStatus.SOLVED, _("It is solved.")),
    (ObstacleStatus.ACCEPTED, _("It cannot be solved now: we accept it as it is.")),
)


class ObstacleForm(PortalModelForm[Obstacle]):
    kind = forms.ChoiceField(
        label=_("Where do you get stuck?"), choices=ObstacleKind, widget=forms.RadioSelect
    )

    class Meta:
        model = Obstacle
        fields = ("kind", "text")
        help_texts: ClassVar[dict[str, Any]] = {
            "text": _("About the work, not about a person: no names, no illness."),
        }


class AnswerForm(PortalForm):
    to = forms.ChoiceField(label=_("How does it end?"), choices=HOW, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("What was done, or why is it accepted?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The supplier reads this too. No names of people."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ObstacleFilterForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *ObstacleKind.choices]
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *ObstacleStatus.choices]
    )
