"""What is asked to draw a sample, and of each share that was drawn."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.models import Sample, SampleOutcome
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.models import Authority, RoleName, User

USUAL_SIZE = 10
DAY = dt.timedelta(days=1)


class SampleForm(PortalModelForm[Sample]):
    class Meta:
        model = Sample
        fields = ("authority", "of", "starts_on", "ends_on", "size")
        widgets: ClassVar[dict[str, forms.Widget | type[forms.Widget]]] = {"of": forms.RadioSelect}
        help_texts: ClassVar[dict[str, Any]] = {
            "size": _("When there are fewer, all of them are drawn."),
            "ends_on": _("This day counts as well."),
        }

    def __init__(self, *args: Any, coordinator: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checked = coordinator.authorities_with(RoleName.COORDINATOR)
        authority: Any = self.fields["authority"]
        authority.queryset, authority.empty_label = Authority.objects.filter(pk__in=checked), None
        if len(checked) == 1:
            authority.initial, authority.widget = checked[0], forms.HiddenInput()
        of: Any = self.fields["of"]
        of.choices = [each for each in of.choices if each[0]]
        last = today.replace(day=1) - DAY
        usual = {"starts_on": last.replace(day=1), "ends_on": last, "size": USUAL_SIZE}
        self.initial = {**usual, **self.initial}


class OutcomeForm(PortalForm):
    outcome = forms.ChoiceField(
        label=_("What did the check say?"), choices=SampleOutcome.choices, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label=_("Explanation"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=_("Write about the work, not about the person: no names, no illness."),
    )
