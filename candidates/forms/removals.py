"""How the list of removals is narrowed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.models import RemovalPart, RemovalStatus
from sroi_portal.core.forms import PortalForm


class RemovalFilter(PortalForm):
    q = forms.CharField(label=_("Contract or supplier"), required=False, max_length=100)
    part = forms.ChoiceField(
        label=_("What goes"), required=False, choices=[("", _("All")), *RemovalPart.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *RemovalStatus.choices]
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("newest first")), ("due", _("first to go on top"))],
    )
