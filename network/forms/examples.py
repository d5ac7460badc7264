"""What is typed of good examples, and how the library is narrowed."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract, LineKind, TargetGroup, Tender
from network.models import ExampleStatus, GoodExample, Pilot
from network.rules import advises
from sroi_portal.core.forms import PortalForm, PortalModelForm, ReasonForm
from sroi_portal.core.models import User

NO_PERSON = _("Write about the work, not about the person: no names, no illness.")
ROWS = ("question", "done", "outcome")


class ExampleForm(PortalModelForm[GoodExample]):
    ask = forms.EmailField(
        label=_("Whom to ask"),
        help_text=_(
            "The e-mail address of a colleague or of a shared mailbox. Who reads the example can "
            "write to it."
        ),
    )

    class Meta:
        model = GoodExample
        fields = (
            *("title", "summary", *ROWS, "took_time", "took_money", "took_people", "helped"),
            *("groups", "kind", "category", "year", "contract", "tender", "pilot"),
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            **{name: forms.Textarea(attrs={"rows": 5}) for name in ROWS},
            "summary": forms.Textarea(attrs={"rows": 2}),
            "groups": forms.CheckboxSelectMultiple(),
            "contract": forms.HiddenInput(),
            "tender": forms.HiddenInput(),
            "pilot": forms.HiddenInput(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Say what was done, such as “Cleaning begins with a talk”."),
            "summary": _("One or two sentences: this is what one reads in the list."),
            "question": NO_PERSON,
            "done": _("Step by step, so that somebody else can do it too."),
            "outcome": _("Also what did not work. That helps the next one most."),
            "took_time": _("Such as “four talks in two months”."),
            "took_money": _("Such as “€ 4,000 for the training” or “nothing extra”."),
            "took_people": _("Such as “a coach for half a day a week”."),
            "helped": _("In words, never so that somebody can be recognised."),
            "year": _("The year in which it was done."),
        }

    field_order = (
        *("title", "summary", *ROWS, "helped", "groups", "took_time", "took_money"),
        *("took_people", "kind", "category", "year", "ask"),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self._offer_what_it_is_about()
        own: Any = self.instance
        if own.pk:
            self.fields["ask"].initial = own.ask_person.email if own.ask_person else own.ask_mailbox
        else:
            self.fields["ask"].initial = person.email

    def facts(self) -> dict[str, Any]:
        """Turn the address into a colleague where it is one's own or an official's."""
        facts = super().facts()
        asked = facts.pop("ask").strip().lower()
        officials = User.objects.filter(is_active=True, role_assignments__taken_at__isnull=True)
        known = officials.filter(role_assignments__isnull=False, email=asked).first()
        person = self.person if asked == self.person.email else known
        facts["ask_person"], facts["ask_mailbox"] = person, "" if person else asked
        return facts

    def _offer_what_it_is_about(self) -> None:
        """Choose a contract or tender by beginning on its page; then it stays."""
        if self.instance.pk:
            del self.fields["contract"], self.fields["tender"], self.fields["pilot"]
            return
        about: Any = self.fields
        about["contract"].queryset = Contract.objects.visible_to(self.person)
        about["tender"].queryset = Tender.objects.visible_to(self.person)
        about["pilot"].queryset = Pilot.objects.visible_to(self.person)


class RemarkForm(PortalForm):
    remark = forms.CharField(
        label=_("What did you change?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The adviser reads this. It does not become part of the example."),
    )


class ReturnForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What do you ask?")
        self.fields["reason"].help_text = _("Who proposed the example reads this.")


class WithdrawForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why is it taken out of the library?")


class ExampleFilterForm(PortalForm):
    error_title = _("A filter was not understood and left out.")

    q = forms.CharField(label=_("Words"), required=False, max_length=120)
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )
    group = forms.ModelChoiceField(
        TargetGroup.objects.all(), label=_("Target group"), required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(
        label=_("Kind of contribution"),
        required=False,
        choices=[("", _("All")), *LineKind.choices],
    )
    year = forms.IntegerField(label=_("Year"), required=False, min_value=2000, max_value=2100)
    show = forms.ChoiceField(label=_("Show"), required=False)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("the library")), ("own", _("what I proposed"))]
        if advises(person):
            choices += ExampleStatus.choices[:2] + ExampleStatus.choices[3:]
        show: Any = self.fields["show"]
        show.choices = choices

    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
