"""What is typed when a partner is asked to confirm an invoice, and what the partner answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.forms import PortalForm

RIGHT, WRONG = "right", "wrong"


class AskForm(PortalForm):
    email = forms.EmailField(
        label=_("E-mail address of the partner"),
        max_length=254,
        help_text=_("The partner gets a link that works once. No account is needed."),
    )


class PartnerAnswerForm(PortalForm):
    """Right, or not right with a word."""

    answer = forms.ChoiceField(
        label=_("Is this right?"),
        choices=[(RIGHT, _("Yes, this is right")), (WRONG, _("No, this is not right"))],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("What is not right?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only needed when it is not right. No names of people."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("answer") == WRONG and not cleaned.get("remark"):
            self.add_error("remark", _("Say in a few words what is not right."))
        return cleaned

    @property
    def is_right(self) -> bool:
        return bool(self.cleaned_data["answer"] == RIGHT)
