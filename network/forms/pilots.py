"""What is typed of pilots and of who takes part in them."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Category
from network.models import PILOT_ROLES, Pilot, PilotPartner, PilotStatus
from network.rules import advises
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.models import Authority, User
from suppliers.models import Supplier


class PilotFilterForm(PortalForm):
    q = forms.CharField(label=_("Words in title or question"), required=False, max_length=120)
    phase = forms.ChoiceField(
        label=_("Phase"), required=False, choices=[("", _("All")), *PilotStatus.choices]
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )
    authority = forms.ModelChoiceField(
        Authority.objects.all(), label=_("Authority"), required=False, empty_label=_("All")
    )


class PilotForm(PortalModelForm[Pilot]):
    class Meta:
        model = Pilot
        fields = (
            "authority",
            "title",
            "question",
            "category",
            "starts_on",
            "ends_on",
            "tried",
            "outcome",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "question": forms.Textarea(attrs={"rows": 3}),
            "tried": forms.Textarea(attrs={"rows": 6}),
            "outcome": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Short and plain, such as “Learning to clean in a real building”."),
            "question": _("What do you want to find out? Everybody who signs in reads it."),
            "starts_on": _("As planned; change it when it turns out differently."),
            "tried": _("What you did. Write about the work, not about people: no names."),
            "outcome": _("What it brought, also when it was not what you hoped for."),
        }

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["authority"]
            return
        authority = self.fields["authority"]
        assert isinstance(authority, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        authority.queryset = _authorities_of(person)
        authority.empty_label = _("Choose an authority")


class PartnerForm(PortalModelForm[PilotPartner]):
    supplier = forms.ModelChoiceField(
        Supplier.objects.going_on(), label=_("Supplier"), required=False, empty_label="—"
    )

    class Meta:
        model = PilotPartner
        fields = ("supplier", "authority", "organisation", "part")
        help_texts: ClassVar[dict[str, Any]] = {
            "organisation": _("Such as a municipality or a school. No names of people."),
            "part": _("Such as “offers ten learning places”."),
        }


class PlaceSearchForm(PortalForm):
    q = forms.CharField(
        label=_("Title, number or supplier"),
        required=False,
        max_length=120,
        help_text=_("Only contracts and tenders that you see yourself are found."),
    )


class MoveForm(PortalForm):
    """Go to another phase, with a word about it; one that begins to run names its days."""

    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"))
    remark = forms.CharField(
        label=_("What do you want to say about it?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who reads the pilot reads this. No names of people."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, pilot: Pilot, to: str, **kwargs: Any) -> None:
        days = {"starts_on": pilot.starts_on, "ends_on": pilot.ends_on}
        kwargs.setdefault("initial", {"revision": pilot.revision, **days})
        super().__init__(*args, **kwargs)
        if to != PilotStatus.RUNNING or all(days.values()):
            for name in days:
                del self.fields[name]
        if to == PilotStatus.STOPPED:
            self.fields["remark"].label = _("Why does it stop?")
            self.fields["remark"].required = True


def _authorities_of(person: User) -> Any:
    """Offer every authority to an adviser, to others those of their own."""
    found = Authority.objects.filter(ends_on__isnull=True)
    if advises(person):
        return found
    return found.filter(pk__in=person.authorities_with(*PILOT_ROLES))
