"""What is typed of a message."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.forms import PortalForm


class MessageForm(PortalForm):
    text = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=_("Both sides keep it. Write about the work, not about the person."),
    )
    about = forms.UUIDField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, about: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4()
        self.fields["about"].initial = about
