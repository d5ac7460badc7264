"""What people say of themselves, how others are found, and what is asked of them."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.dimensions import PROVINCES
from contracts.models import Category
from network.models import HelpSubject, Professional, ProfessionalKind, SpokenLanguage
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.models import User
from suppliers.models import Membership

NO_OTHERS = _("Write about the work, not about a person: no names, no illness.")


class ProfessionalFilterForm(PortalForm):
    error_title = _("A filter was not understood and left out.")

    q = forms.CharField(label=_("Name or words"), required=False, max_length=120)
    subject = forms.ChoiceField(
        label=_("Can help with"), required=False, choices=[("", _("All")), *HelpSubject.choices]
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )
    province = forms.ChoiceField(
        label=_("Province"), required=False, choices=[("", _("All")), *PROVINCES.items()]
    )
    kind = forms.ChoiceField(
        label=_("Field of work"),
        required=False,
        choices=[("", _("All")), *ProfessionalKind.choices],
    )

    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ProfessionalForm(PortalModelForm[Professional]):
    organisation = forms.ChoiceField(label=_("Organisation"))
    subjects = forms.MultipleChoiceField(
        label=_("What can people ask you about?"),
        choices=HelpSubject.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    regions = forms.MultipleChoiceField(
        label=_("Where do you work?"),
        choices=list(PROVINCES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Choose nothing when you work in the whole country."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages do you speak at work?"),
        choices=SpokenLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=["nl"],
    )

    class Meta:
        model = Professional
        fields = ("kind", "job", "about", "categories", "takes_questions", "shows_shared")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "about": forms.Textarea(attrs={"rows": 6}),
            "categories": forms.CheckboxSelectMultiple(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "job": _("Such as “buyer of cleaning” or “coach at work”."),
            "about": _("In your own words: what you did, and what somebody may ask you."),
            "categories": _("Choose nothing when it is about everything."),
            "takes_questions": _("They write here. You get a mail without their words."),
            "shows_shared": _(
                "Published examples, lessons and answers of yours, and meetings that you hold."
            ),
        }

    field_order = (
        *("organisation", "kind", "job", "about", "subjects", "categories", "regions"),
        *("languages", "takes_questions", "shows_shared"),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.instance
        authorities = {each.authority_id: each.authority for each in person.roles}
        held = Membership.objects.held().filter(user=person).select_related("supplier")
        self.organisations = {
            **{f"authority-{key}": ("authority", each) for key, each in authorities.items()},
            **{f"supplier-{each.supplier_id}": ("supplier", each.supplier) for each in held},
        }
        organisation: Any = self.fields["organisation"]
        organisation.choices = [
            (key, str(each)) for key, (_kind, each) in self.organisations.items()
        ]
        if own.pk:
            about = f"authority-{own.authority_id}" if own.authority_id else ""
            organisation.initial = about or f"supplier-{own.supplier_id}"
            for name in ("subjects", "regions", "languages"):
                self.fields[name].initial = getattr(own, name)

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        kind, organisation = self.organisations[facts.pop("organisation")]
        return facts | {"authority": None, "supplier": None, kind: organisation}


class RemovePageForm(PortalForm):
    """The button that takes the own page away."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AskPersonForm(PortalForm):
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=NO_OTHERS,
    )


class AnswerPersonForm(PortalForm):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=NO_OTHERS,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
