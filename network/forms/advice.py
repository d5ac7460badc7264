"""What is typed of questions and answers of the advice team."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract, Tender
from network.models import AdviceAnswer, AdviceQuestion
from sroi_portal.core.forms import PortalForm, PortalModelForm, ReasonForm
from sroi_portal.core.models import User

WORDS = _("Write about the work, not about the person: no names, no illness.")


class QuestionForm(PortalModelForm[AdviceQuestion]):
    text = forms.CharField(
        label=_("Your question"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=WORDS,
    )

    class Meta:
        model = AdviceQuestion
        fields = ("subject", "category", "contract", "tender")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "contract": forms.HiddenInput(),
            "tender": forms.HiddenInput(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "subject": _(
                "In a few words. While you type we look for an answer that stands already."
            ),
            "category": _("Leave it empty when it is about everything."),
        }

    field_order = ("subject", "text", "category")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about: Any = self.fields
        about["contract"].queryset = Contract.objects.visible_to(person)
        about["tender"].queryset = Tender.objects.visible_to(person)


class AnswerAdviceForm(PortalForm):
    text = forms.CharField(
        label=_("Your answer"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=WORDS,
    )
    known = forms.ModelChoiceField(
        AdviceAnswer.objects.none(),
        label=_("An answer that stands already"),
        required=False,
        empty_label=_("none"),
        help_text=_("Who asked gets the link to it. Then a few words of your own are enough."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: Any = self.fields["known"]
        known.queryset = AdviceAnswer.objects.published().order_by("title", "pk").defer("search")
        for field in self.fields.values():
            field.needed_later = True  # type: ignore[attr-defined] # one of the two


class WithdrawAdviceForm(PortalForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AskAgainForm(PortalForm):
    text = forms.CharField(
        label=_("What is different now?"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=WORDS,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AskOnForm(PortalForm):
    text = forms.CharField(
        label=_("What else do you want to know?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=WORDS,
    )


class AnswerForm(PortalModelForm[AdviceAnswer]):
    class Meta:
        model = AdviceAnswer
        fields = ("title", "text", "category")
        widgets: ClassVar[dict[str, forms.Widget]] = {"text": forms.Textarea(attrs={"rows": 10})}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("As somebody would ask it who does not know this contract."),
            "text": _("Everybody who signs in can read this: no names, no contract, no amounts."),
        }


class WithdrawAnswerForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why does this answer no longer hold?")


class AdviceSearchForm(PortalForm):
    error_title = _("A filter was not understood and left out.")

    q = forms.CharField(label=_("Words"), required=False, max_length=120)
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )

    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class QuestionFilterForm(PortalForm):
    error_title = _("A filter was not understood and left out.")

    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=(
            ("", _("what waits")),
            ("mine", _("what I work on")),
            ("late", _("what is late")),
            ("answered", _("what is answered")),
        ),
    )

    def wanted(self) -> str:
        self.full_clean()
        return str(self.cleaned_data.get("show") or "")
