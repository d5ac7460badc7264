"""What two suppliers say to each other about an offer."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import MatchStatus
from sroi_portal.core.forms import PortalForm
from suppliers.models import Supplier

ABOUT_WORK = _("Write about the work, not about the person: no names, no illness.")


class WordForm(PortalForm):
    """A few lines to the other side."""

    text = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=ABOUT_WORK,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DealForm(WordForm):
    text = forms.CharField(
        label=_("What do you agree?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text=_("Which supplier does what, from when and how many hours. No names of people."),
    )


class EndForm(WordForm):
    text = forms.CharField(
        label=_("Why does it end?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("The other side reads this. Others learn from it too: be open and kind."),
    )


class AnswerForm(PortalForm):
    """The first word to who posted an offer, in the name of one's own supplier."""

    partner = forms.ModelChoiceField(Supplier.objects.none(), label=_("For"), help_text="")
    text = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text=_("Say what you can do together, and when it suits you to talk. No names."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, suppliers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["partner"]
        own.queryset = Supplier.objects.filter(pk__in=suppliers)
        if len(suppliers) == 1:
            own.initial, own.widget = suppliers[0], forms.HiddenInput()
        self.fields["form_key"].initial = uuid.uuid4()


class MatchFilterForm(PortalForm):
    q = forms.CharField(label=_("Words or supplier"), required=False, max_length=120)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *MatchStatus.choices]
    )
