"""What a social enterprise says of itself, and how the directory is narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.dimensions import PROVINCES
from network.models import Entry
from sroi_portal.core.forms import CHOOSE, PortalForm, PortalModelForm
from suppliers.models import CertificateKind


class EntryFilterForm(PortalForm):
    q = forms.CharField(label=_("Name or words"), required=False, max_length=120)
    province = forms.ChoiceField(
        label=_("Province"), required=False, choices=[("", _("All")), *PROVINCES.items()]
    )
    certificate = forms.ChoiceField(
        label=_("Certificate"), required=False, choices=[("", _("All")), *CertificateKind.choices]
    )


class EntryForm(PortalModelForm[Entry]):
    province = forms.ChoiceField(label=_("Where are you?"), choices=[CHOOSE, *PROVINCES.items()])

    class Meta:
        model = Entry
        fields = ("about", "province", "mailbox", "is_shown")
        labels = {"about": _("What do you do, and for whom?"), "is_shown": _("Others find us here")}
        help_texts = {
            "about": _("What one can order, how much, and what people learn with you. No names."),
            "mailbox": _("A mailbox of the organisation, not of a person: info@ or orders@."),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 7})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = None
