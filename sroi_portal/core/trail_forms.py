"""How the list of what happened is narrowed; all of it stands in the address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sroi_portal.core import history
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.models import Authority


class TrailForm(PortalForm):
    verb = forms.ChoiceField(label=_("What happened"), required=False)
    person = forms.CharField(label=_("Name of the person"), required=False, max_length=120)
    first = forms.DateField(label=_("From"), required=False)
    last = forms.DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, verbs: Iterable[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = history.sentences()
        known = told if verbs is None else {verb: told.get(verb, verb) for verb in verbs}
        choices = sorted(
            ((verb, str(said)) for verb, said in known.items()), key=lambda one: one[1]
        )
        verb = self.fields["verb"]
        assert isinstance(verb, forms.ChoiceField)  # noqa: S101 - tells mypy
        verb.choices = [("", _("All")), *choices]


class OfficeTrailForm(TrailForm):
    """Of one authority at a time, so that it stays fast."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(), label=_("Organisation"), required=False, empty_label=None
    )

    def __init__(self, *args: Any, authorities: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["authority"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        field.queryset = Authority.objects.filter(pk__in=authorities)
        self.order_fields(["authority", "verb", "person", "first", "last"])
