"""What a coordinator writes down of a visit on location."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.models import Visit
from contracts.models import EvidenceKind
from sroi_portal.core.forms import PortalModelForm


class VisitForm(PortalModelForm[Visit]):
    """What was seen, held against what was reported; evidence only of a placement."""

    seen_kinds = forms.ModelMultipleChoiceField(
        EvidenceKind.objects.none(),
        label=_("Evidence that you saw yourself"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("It counts as seen by the authority. No copy is kept."),
    )
    remark = forms.CharField(
        label=_("What was seen"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
        help_text=_(
            "The supplier reads this too. Write about the work, not about the person: "
            "no names, no illness."
        ),
    )

    class Meta:
        model = Visit
        fields = ("visited_on", "persons", "work", "hours", "conclusion")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            name: forms.RadioSelect() for name in ("persons", "work", "hours", "conclusion")
        }

    def __init__(
        self, *args: Any, kinds: list[EvidenceKind], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("persons", "work", "hours", "conclusion"):
            field: Any = self.fields[name]
            field.choices = [each for each in field.choices if each[0]]
        self.initial.setdefault("visited_on", today)
        if kinds:
            seen: Any = self.fields["seen_kinds"]
            seen.queryset = EvidenceKind.objects.filter(pk__in=[kind.pk for kind in kinds])
        else:
            del self.fields["seen_kinds"]

    def visit_facts(self) -> dict[str, Any]:
        """Give the facts of the visit, and beside them what was seen and said."""
        told = self.facts()
        beside = {
            "seen_kinds": told.pop("seen_kinds", ()),
            "remark": told.pop("remark"),
        }
        return {"facts": told, **beside}
