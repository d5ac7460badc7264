"""Which of the words that people permit become a quote, and where it stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.models import Moment, VoiceQuestion
from network.models import ON_PAGE, GoodExample, Pilot, QuoteUse
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.models import User


class WordsFilterForm(PortalForm):
    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    question = forms.ChoiceField(
        label=_("Question"), required=False, choices=[("", _("All")), *VoiceQuestion.choices]
    )
    moment = forms.ChoiceField(
        label=_("When"), required=False, choices=[("", _("All")), *Moment.choices]
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("newest first")), ("oldest", _("oldest first"))],
    )


class ChooseWordsForm(PortalForm):
    """What the words go with; a contract is none of it, because that could tell who speaks."""

    example = forms.ModelChoiceField(
        GoodExample.objects.none(),
        label=_("Good example"),
        required=False,
        help_text=_("The quote stands on its page. Choose an example or a pilot, or both."),
    )
    pilot = forms.ModelChoiceField(Pilot.objects.none(), label=_("Pilot"), required=False)
    uses = forms.MultipleChoiceField(
        label=_("Where will they stand?"),
        choices=[(use.value, use.label) for use in ON_PAGE],
        initial=[use.value for use in ON_PAGE],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The person permits all three. Fewer is allowed."),
    )
    sure = forms.BooleanField(
        label=_("I read the words: nobody can be recognised by them."),
        help_text=_("The words are repeated as they are. If somebody can be recognised, do not."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen: dict[str, Any] = self.fields
        seen["example"].queryset = GoodExample.objects.visible_to(person).order_by("title", "pk")
        seen["pilot"].queryset = Pilot.objects.visible_to(person).order_by("title", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("example") and not cleaned.get("pilot"):
            self.add_error("example", _("Choose an example or a pilot."))
        return cleaned

    def about(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("example", "pilot")}

    def wanted_uses(self) -> list[QuoteUse]:
        return [QuoteUse(use) for use in self.cleaned_data["uses"]]
