"""What is typed of the library of clauses, and of a copy in a tender."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.forms.following import offer_conclusions
from contracts.models import (
    Clause,
    ClauseKind,
    ClauseStatus,
    LegalForm,
    Regime,
    Tender,
    TenderClause,
)
from sroi_portal.core.forms import PortalForm, PortalModelForm


class ClauseFilterForm(PortalForm):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *ClauseKind.choices], required=False
    )
    legal_form = forms.ChoiceField(
        label=_("Legal form"),
        choices=[("", _("Any legal form")), *LegalForm.choices],
        required=False,
    )
    regime = forms.ChoiceField(
        label=_("Way of working"), choices=[("", _("Any")), *Regime.choices], required=False
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Any status")), *ClauseStatus.choices], required=False
    )


class ClauseForm(PortalModelForm[Clause]):
    class Meta:
        model = Clause
        fields: ClassVar[Any] = (
            "kind",
            "title_nl",
            "text_nl",
            "title_en",
            "text_en",
            "note",
            "legal_form",
            "regime",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "text_nl": forms.Textarea(attrs={"rows": 8}),
            "text_en": forms.Textarea(attrs={"rows": 8}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "text_nl": _("As it is to stand in the tender documents. No names of firms or people."),
            "note": _("For whom and when this text fits; it is not copied."),
            "legal_form": _("Leave this empty when it fits every legal form."),
            "regime": _("Leave this empty when it fits both ways of working."),
        }


class NewClauseForm(ClauseForm):
    class Meta(ClauseForm.Meta):
        fields: ClassVar[Any] = ("code", *ClauseForm.Meta.fields)
        help_texts: ClassVar[dict[str, Any]] = {
            **ClauseForm.Meta.help_texts,
            "code": _("A short name without spaces, such as “onderaanneming”. It never changes."),
        }

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if (
            Clause.objects.filter(code=code)
            .exclude(uuid=self.data.get("form_key") or uuid.uuid4())
            .exists()
        ):
            raise forms.ValidationError(
                _("A text with this code exists. Make a new version of it.")
            )
        return code


class TakeClauseForm(PortalModelForm[TenderClause]):
    class Meta:
        model = TenderClause
        fields = ("clause", "language", "lot", "follows_from")
        labels: ClassVar[dict[str, Any]] = {"clause": _("Text of the library")}
        widgets: ClassVar[dict[str, forms.Widget]] = {"language": forms.RadioSelect()}
        help_texts: ClassVar[dict[str, Any]] = {"lot": _("Only when it is about one lot.")}

    def __init__(self, *args: Any, tender: Tender, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["clause"].queryset = Clause.objects.published().order_by("code")
        chosen["clause"].empty_label = _("Choose a text")
        chosen["lot"].queryset = tender.lots.all()
        chosen["lot"].empty_label = _("The whole tender")
        chosen["language"].choices = [pair for pair in chosen["language"].choices if pair[0]]
        self.initial.setdefault("language", "nl")
        offer_conclusions(self, tender.pk)
