"""How the timeline is narrowed, and what is typed of a milestone."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Milestone, MomentKind, Pilot
from sroi_portal.core.forms import PortalForm, PortalModelForm, ReasonForm
from sroi_portal.core.models import User


class TimelineFilterForm(PortalForm):
    error_title = _("A filter was not understood and left out.")

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *MomentKind.choices]
    )
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=(("", _("newest first")), ("begin", _("from the beginning"))),
    )

    def wanted(self) -> dict[str, str]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class MilestoneForm(PortalModelForm[Milestone]):
    class Meta:
        model = Milestone
        fields = ("on", "title", "words", "link", "pilot")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "words": forms.Textarea(attrs={"rows": 5}),
            "pilot": forms.HiddenInput(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "on": _("The day on which it happened."),
            "title": _("Short and plain, such as “The first lot is reserved”."),
            "words": _(
                "Everybody can read this, also without an account. No names, and nothing by "
                "which a person is recognised."
            ),
            "link": _("An address that everybody can open. Leave it empty when there is none."),
        }

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilot: Any = self.fields["pilot"]
        pilot.queryset = Pilot.objects.shared() & Pilot.objects.visible_to(person)


class WithdrawMilestoneForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why is it taken from the timeline?")
