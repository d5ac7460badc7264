"""The choice of a line of the plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import PlanLine
from sroi_portal.core.forms import PortalForm


class PlanTieForm(PortalForm):
    line = forms.ModelChoiceField(
        PlanLine.objects.none(),
        label=_("Line of the plan"),
        required=False,
        empty_label=_("No line of the plan"),
        help_text=_("It changes nothing in what this counts for."),
    )

    def __init__(self, *args: Any, lines: list[PlanLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["line"]
        chosen.queryset = PlanLine.objects.filter(pk__in=[line.pk for line in lines])
