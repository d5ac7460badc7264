"""What is typed of a talk about a tender, and of what is concluded."""

from collections.abc import Iterable
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contracts.actions.dialogues import Party
from contracts.models import Choice, Conclusion, Dialogue, DialogueKind, DialogueStatus, Tender
from sroi_portal.core.forms import PortalForm, PortalModelForm

LONGEST = 200  # characters of a name, and of functions
SENTENCE = 500


class DialogueFilterForm(PortalForm):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind of talk"), choices=[("", _("All kinds")), *DialogueKind.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Any status")), *DialogueStatus.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kind", "status"):
            self.fields[name].required = False


class DialogueForm(PortalModelForm[Dialogue]):
    """A talk; of a new one the conclusions are typed along, one a line."""

    parties = forms.CharField(
        label=_("Who took part"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
        help_text=_(
            "One organisation a line, with functions after a comma: “Leverancier Noord, director”. "
            "A name or KvK number of the register becomes a link. No names of people."
        ),
    )
    conclusions = forms.CharField(
        label=_("What was concluded"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=8000,
        help_text=_("One sentence a line. Each gets a number; what follows from it you say next."),
    )

    class Meta:
        model = Dialogue
        fields = ("kind", "topic", "held_on", "place", "said")
        widgets: ClassVar[dict[str, forms.Widget]] = {"said": forms.Textarea(attrs={"rows": 8})}
        help_texts: ClassVar[dict[str, Any]] = {
            "topic": _("Such as “Which part of the work fits social enterprises?”."),
            "held_on": _("A day to come for a talk that you plan."),
            "said": _("Leave this empty until the talk was held. No names of people."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        if is_new:
            self.fields["kind"].initial = DialogueKind.CONSULTATION
        else:
            del self.fields["conclusions"]
            self.initial["parties"] = "\n".join(str(each) for each in self.instance.parties.all())
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            "form_key",
            "revision",
            "kind",
            "topic",
            Row("held_on", "place"),
            "parties",
            "said",
            *(["conclusions"] if is_new else []),
        )

    def clean_parties(self) -> list[Party]:
        told = [line.partition(",") for line in _lines(self.cleaned_data["parties"])]
        parties = [Party(name.strip(), functions.strip()) for name, _comma, functions in told]
        long = [each for each in parties if max(len(each.name), len(each.functions)) > LONGEST]
        if long:
            raise forms.ValidationError(
                gettext("A line is too long: %(start)s…") % {"start": long[0].name[:40]}
            )
        return [each for each in parties if each.name]

    def clean_conclusions(self) -> list[str]:
        sentences = list(_lines(self.cleaned_data["conclusions"]))
        long = [each for each in sentences if len(each) > SENTENCE]
        if long:
            raise forms.ValidationError(
                gettext("A conclusion has at most 500 characters: %(start)s…")
                % {"start": long[0][:40]}
            )
        return sentences

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("conclusions") and not cleaned.get("said"):
            self.add_error("said", gettext("Write down what was said: conclusions follow from it."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        beside = ("parties", "conclusions")
        return {name: value for name, value in super().facts().items() if name not in beside}


class ConclusionForm(PortalModelForm[Conclusion]):
    class Meta:
        model = Conclusion
        fields = ("sentence", "leads_to", "lot", "choice")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "sentence": forms.Textarea(attrs={"rows": 3}),
            "leads_to": forms.RadioSelect(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "sentence": _(
                "Such as “The contract is too large for social enterprises on their own”. "
                "Whoever has a contract from this tender may read it."
            ),
            "lot": _("Only when the choice is about one lot."),
            "choice": _("Such as “5 percent, of which half in the region”."),
        }

    def __init__(self, *args: Any, tender: Tender, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lots: Any = self.fields["lot"]
        lots.queryset, lots.empty_label = tender.lots.all(), gettext("The whole tender")
        chosen: Any = self.fields["leads_to"]
        chosen.choices = Choice.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("leads_to") == Choice.LOT and not cleaned.get("lot"):
            self.add_error("lot", gettext("Say which lot is reserved."))
        return cleaned


def _lines(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
