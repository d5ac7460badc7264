"""In which language a letter is made, and what is answered to a person."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates import letters
from sroi_portal.core.forms import PortalForm


class LetterForm(PortalForm):
    """Dutch always stands in it; the chosen language comes behind it and is kept nowhere."""

    language = forms.ChoiceField(
        label=_("Second language of the letter"),
        initial=letters.DUTCH,
        help_text=_("The letter has plain Dutch and this language. The choice is not recorded."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["language"]
        others = [(each.code, each.label) for each in letters.offered()[1:]]
        field.choices = [(letters.DUTCH, _("Dutch only")), *others]
        self.fields["form_key"].initial = uuid.uuid4()

    def key(self) -> uuid.UUID:
        key: uuid.UUID | None = self.cleaned_data.get("form_key")
        return key or uuid.uuid4()


class ReplyForm(PortalForm):
    """What the person reads on the own page."""

    reply = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The person reads this. Use short sentences. Say what you changed, or why it is right."
        ),
    )
