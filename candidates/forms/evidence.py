"""Evidence: what was seen, when, by whom; a file only where the kind allows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from candidates import actions, evidence_needs
from candidates.forms.fields import DayField, why
from candidates.models import Evidence, EvidenceResult
from contracts.models import Block, Contract, DemandLevel, EvidenceKind
from contracts.models.value_table import SENSITIVE
from sroi_portal.core import uploads
from sroi_portal.core.forms import PortalForm, PortalModelForm


class EvidenceKindForm(PortalForm):
    """Which kind of evidence a statement is about."""

    kind = forms.ModelChoiceField(
        EvidenceKind.objects.none(),
        label=_("Kind of evidence"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, kinds: Iterable[EvidenceKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.queryset = EvidenceKind.objects.filter(pk__in=[kind.pk for kind in kinds])


class EvidenceForm(PortalModelForm[Evidence]):
    """A statement about one kind of evidence; empty as long as it is not there yet."""

    class Meta:
        model = Evidence
        fields = ("result", "issued_on", "valid_until", "seen_on", "file")
        field_classes = {"issued_on": DayField, "valid_until": DayField, "seen_on": DayField}
        widgets = {
            "result": forms.RadioSelect,
            "file": forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        }

    def __init__(
        self,
        *args: Any,
        kind: EvidenceKind,
        today: dt.date,
        is_asked: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = self.instance.kind = kind
        self.level = DemandLevel.REQUIRED
        self.today = today
        by_supplier = (EvidenceResult.SEEN, EvidenceResult.ASKED)
        choices = [(each.value, each.label) for each in by_supplier]
        result: Any = self.fields["result"]
        result.required = not is_asked
        result.choices = [("", gettext("not yet")), *choices] if is_asked else choices
        result.initial = "" if is_asked else EvidenceResult.SEEN
        self.initial.pop("result", None)
        self._explain()
        if not takes_file(kind):
            del self.fields["file"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        file = ["file"] if takes_file(kind) else []
        self.helper.layout = Layout(
            "result", Row("issued_on", "valid_until", "seen_on"), *file, "form_key", "revision"
        )

    def _explain(self) -> None:
        texts: dict[str, Any] = {
            "issued_on": _("The date on the document."),
            "valid_until": _("Leave this empty when the document does not end."),
            "seen_on": _("The day on which somebody at your firm saw the document."),
        }
        if self.kind.valid_months:
            texts["valid_until"] = ngettext(
                "Usually valid for %(count)s month.",
                "Usually valid for %(count)s months.",
                self.kind.valid_months,
            ) % {"count": self.kind.valid_months}
        for name, text in texts.items():
            self.fields[name].help_text = why(text)
        self.fields["file"].help_text = why(
            _("A PDF, PNG or JPEG of at most 10 MB, without names and without a BSN.")
        )

    @property
    def is_stated(self) -> bool:
        return bool(self.data.get(self.add_prefix("result")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._refuse_days_to_come(cleaned)
        result, issued_on, valid_until, seen_on = (
            cleaned.get(name) for name in ("result", "issued_on", "valid_until", "seen_on")
        )
        if result == EvidenceResult.SEEN and not seen_on and "seen_on" not in self.errors:
            self.add_error("seen_on", gettext("Say on which day somebody at your firm saw it."))
        if issued_on and valid_until and valid_until < issued_on:
            self.add_error("valid_until", gettext("The validity ends before the day of issue."))
        if not result and any((issued_on, valid_until, seen_on, cleaned.get("file"))):
            self.add_error("result", gettext("Say whether the document was seen."))
        return cleaned

    def _refuse_days_to_come(self, cleaned: dict[str, Any]) -> None:
        for name in ("issued_on", "seen_on"):
            if cleaned.get(name) and cleaned[name] > self.today:
                self.add_error(name, gettext("This day has not come yet."))

    def evidence_facts(self) -> actions.EvidenceFacts:
        return actions.EvidenceFacts(kind=self.kind, **self.facts(), key=self.key())


class EvidenceForms:
    """One form for each kind that is asked of a row: what is there is stated at once (N12)."""

    def __init__(
        self,
        block: Block | None,
        contract: Contract,
        *,
        today: dt.date,
        data: Any = None,
        files: Any = None,
    ) -> None:
        asked = evidence_needs.demands(block, contract.authority_id, today) if block else ()
        sent = {name.partition("-")[0] for name in data or ()}
        self.forms = []
        for demand in asked:
            name = f"e{demand.kind.pk}"
            given = (data if name in sent else None, files)
            form = EvidenceForm(*given, kind=demand.kind, today=today, prefix=name)
            form.level = demand.level
            self.forms.append(form)

    def __iter__(self) -> Iterator[EvidenceForm]:
        return iter(self.forms)

    def are_valid(self) -> bool:
        checked = [form.is_valid() for form in self.forms if form.is_bound]
        return all(checked)

    def stated(self) -> list[EvidenceForm]:
        return [form for form in self.forms if form.is_bound and form.is_stated]


def takes_file(kind: EvidenceKind) -> bool:
    """Take a file only where the kind allows, never of health or offences, and only when scanned."""
    return kind.file_allowed and kind.privacy_class not in SENSITIVE and uploads.are_possible()
