"""Which conclusion of the conversation something follows from (N03)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from contracts.models import Conclusion


def offer_conclusions(form: forms.BaseForm, tender_id: int | None) -> None:
    """Let one choose among the sentences of the tender; without any there is nothing to choose."""
    field: Any = form.fields["follows_from"]
    now = form.initial.get("follows_from")
    kept = now.pk if isinstance(now, Conclusion) else now
    standing = Conclusion.objects.standing().filter(tender=tender_id or 0)
    field.queryset = standing | Conclusion.objects.filter(pk=kept or 0)
    field.empty_label, field.required = _("Of no conclusion"), False
    field.help_text = _("The sentence of the conversation about the tender with which it began.")
    if not field.queryset.exists():
        field.widget = forms.HiddenInput()
