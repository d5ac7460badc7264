"""What an adviser types of a value table: its settings, a row, a bonus, a limit."""

import uuid
from dataclasses import replace
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from crispy_forms.layout import Row as FormRow
from django import forms
from django.db import connection
from django.utils.translation import gettext_lazy as _

from contracts import valuation
from contracts.kept_tables import changing
from contracts.models import ValueTable, ValueTableStatus
from contracts.toml_tables import BonusesCount, Setting, Table
from contracts.toml_tables.settings import ANSWERS, QUESTIONS, LookBackAlways
from contracts.toml_tables.writing import IN_TERMS
from contracts.valuation import Terms
from sroi_portal.core.form_fields import HoursField
from sroi_portal.core.forms import PortalForm, ReasonForm

MONTHS: dict[str, Any] = {"required": False, "min_value": 0, "max_value": 600}
NEW = Table(
    code="",
    source="",
    terms=Terms(publisher="", table="", version="1", norm_assumed=True),
    rows=(),
    bonuses=(),
    limits=(),
)


class TableFilterForm(PortalForm):
    q = forms.CharField(label=_("Name or publisher"), required=False, max_length=120)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *ValueTableStatus.choices]
    )

    def __init__(self, *args: Any, with_drafts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_drafts:
            shown = (ValueTableStatus.PUBLISHED, ValueTableStatus.WITHDRAWN)
            status: Any = self.fields["status"]
            status.choices = [("", _("All")), *((each.value, each.label) for each in shown)]


class TableForm(PortalForm):
    """Part of a draft: made once by two clicks, and refused when the page has grown old."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, revision: int | None = None, **kwargs: Any) -> None:
        own = {"form_key": uuid.uuid4(), "revision": revision}
        kwargs["initial"] = own | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def key(self) -> uuid.UUID:
        """Give the uuid of the table that this form makes."""
        key: uuid.UUID | None = self.cleaned_data.get("form_key")
        return key or uuid.uuid4()

    def already_made(self) -> ValueTable | None:
        """Find what this very form made before; sent twice at once, the second waits."""
        key = self.key()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
        made: ValueTable | None = ValueTable.objects.filter(uuid=key).first()
        return made


class VersionForm(TableForm):
    """A new version of a table: from which day of award, and under which number."""

    code = forms.SlugField(label=_("Code of the table"), max_length=40)
    version = forms.CharField(label=_("Version"), max_length=20)
    valid_from = forms.DateField(
        label=_("For contracts awarded from"),
        required=False,
        help_text=_("Contracts that were awarded before keep the table they have."),
    )

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        kwargs["initial"] = {"code": table.code} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.table = table
        self.fields["code"].help_text = _("Keep it for a new version of the same table.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        known = ValueTable.objects.filter(
            code=cleaned.get("code", ""), version=cleaned.get("version", "")
        )
        if known.exists():
            self.add_error("version", _("This version of the table exists already."))
        return cleaned

    def wanted(self) -> Table:
        facts = self.cleaned_data
        terms = replace(self.table.terms, version=facts["version"], valid_from=facts["valid_from"])
        return replace(self.table, code=facts["code"], terms=terms)


class SettingsForm(TableForm):
    """Who publishes it, since when, and how it counts where publishers differ."""

    publisher = forms.CharField(label=_("Publisher"), max_length=120)
    name = forms.CharField(label=_("Name"), max_length=160)
    code = forms.SlugField(
        label=_("Code of the table"),
        max_length=40,
        help_text=_("The same for all versions: small letters, digits and dashes."),
    )
    version = forms.CharField(label=_("Version"), max_length=20)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Address of the page where the publisher shows the table: https://…"),
    )
    valid_from = forms.DateField(
        label=_("For contracts awarded from"),
        required=False,
        help_text=_("May wait; needed before it is published."),
    )
    norm_hours = HoursField(
        label=_("Full-time week"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_(
            "Leave it empty when the publisher names none: 36 is used, and shown as assumed."
        ),
    )
    counts_max_months = forms.IntegerField(
        label=_("Months that count for one person at most"),
        help_text=_("For all rows that have no limit of their own. Empty: no limit."),
        **MONTHS,
    )
    bonuses_count = forms.ChoiceField(
        label=cast("str", QUESTIONS[Setting.BONUSES_COUNT]),
        choices=list(ANSWERS[Setting.BONUSES_COUNT].items()),
        widget=forms.RadioSelect,
    )
    as_published = forms.MultipleChoiceField(
        label=_("Which of these does the publisher say itself?"),
        choices=list(QUESTIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What is not ticked is shown as our choice."),
    )

    def __init__(self, *args: Any, table: Table = NEW, **kwargs: Any) -> None:
        kwargs["initial"] = _settings_of(table) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.table = table
        for setting in IN_TERMS:
            self.fields[setting] = forms.ChoiceField(
                label=cast("str", QUESTIONS[setting]),
                choices=list(ANSWERS[setting].items()),
                widget=forms.RadioSelect,
            )
        if not table.bonuses:
            del self.fields["bonuses_count"]
        asked = [*IN_TERMS, *(["bonuses_count"] if table.bonuses else []), "as_published"]
        self.helper.layout = Layout(
            "form_key",
            "revision",
            Fieldset(
                _("What it is"),
                FormRow("publisher", "name"),
                FormRow("code", "version", "valid_from"),
                "source",
            ),
            Fieldset(
                _("How it counts"), FormRow("norm_hours", "counts_max_months"), *map(str, asked)
            ),
        )

    def wanted(self) -> Table:
        facts = self.cleaned_data
        answers = {
            setting: facts[setting] == LookBackAlways.ASKED
            if setting is Setting.LOOK_BACK_ALWAYS
            else type(getattr(self.table.terms, setting))(facts[setting])
            for setting in IN_TERMS
        }
        terms = replace(
            self.table.terms,
            publisher=facts["publisher"],
            table=facts["name"],
            version=facts["version"],
            valid_from=facts["valid_from"],
            norm_hours=facts["norm_hours"] or valuation.ASSUMED_NORM_HOURS,
            norm_assumed=not facts["norm_hours"],
            counts_max_months=facts["counts_max_months"],
            **answers,
        )
        table = replace(
            self.table,
            code=facts["code"],
            source=facts["source"],
            terms=terms,
            as_published=frozenset(map(Setting, facts["as_published"])),
        )
        is_wanted = facts.get("bonuses_count") == BonusesCount.HIGHEST
        return changing.let_highest_count(table, is_wanted=is_wanted)


class WithReasonForm(ReasonForm):
    """A reason, and the revision of the table that it is about."""

    def __init__(self, *args: Any, revision: int, label: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"revision": revision}
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = ""


class CompareForm(PortalForm):
    """Which two tables; the address holds the question."""

    left = forms.ModelChoiceField(ValueTable.objects.none(), label=_("This table"))
    right = forms.ModelChoiceField(ValueTable.objects.none(), label=_("Beside this one"))
    all = forms.BooleanField(label=_("Also show what is the same"), required=False)

    def __init__(self, *args: Any, tables: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("left", "right"):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = tables, _("Choose a table")
            field.label_from_instance = titled


class ImportForm(TableForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A value table as TOML or as a spreadsheet (XLSX), at most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".toml,.xlsx"}),
    )
    version = forms.CharField(
        label=_("Other version number"),
        required=False,
        max_length=20,
        help_text=_("Only when the number in the file should be another one."),
    )


def titled(table: ValueTable) -> str:
    """Name a table among others."""
    return f"{table.publisher}: {table} · {table.get_status_display()}"


def _settings_of(table: Table) -> dict[str, Any]:
    terms = table.terms
    highest = changing.highest_counts(table)
    asked = LookBackAlways.ASKED if terms.look_back_always else LookBackAlways.NOT_ASKED
    return {
        **{setting: getattr(terms, setting) for setting in IN_TERMS},
        "publisher": terms.publisher,
        "name": terms.table,
        "code": table.code,
        "version": terms.version,
        "source": table.source,
        "valid_from": terms.valid_from,
        "norm_hours": None if terms.norm_assumed else terms.norm_hours,
        "counts_max_months": terms.counts_max_months,
        "look_back_always": asked,
        "bonuses_count": BonusesCount.HIGHEST if highest else BonusesCount.ALL,
        "as_published": sorted(table.as_published),
    }
