"""What an adviser types of one row, bonus or limit of a value table."""

from dataclasses import fields
from decimal import Decimal
from typing import Any, ClassVar

from crispy_forms.layout import Fieldset, Layout
from crispy_forms.layout import Row as FormRow
from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from contracts import valuation
from contracts.forms.value_tables import TableForm
from contracts.kept_tables import changing, words
from contracts.models import EvidenceKind, TargetGroup
from contracts.toml_tables import BonusRow, Limit, Privacy, Row, RowKind, Staff, Table
from contracts.toml_tables.fields import CODE
from contracts.toml_tables.tables import PRICED
from contracts.valuation import AgeOperator, Unit
from sroi_portal.core.form_fields import EuroField, HoursField, PercentField
from sroi_portal.core.forms import PortalForm
from suppliers.models import CertificateKind

MONTHS: dict[str, Any] = {"required": False, "min_value": 0, "max_value": 600}
CLAIMED = (Unit.INVOICE_SHARE, Unit.ACTUAL_COST, Unit.AGREED)
CODE_HELP = _(
    "Leave it empty to make it of the label. By its code a row is found in other versions."
)
OF_PEOPLE = ("target_group", "benefit_from_months", "benefit_until_months", "staff")
OF_TIME = (
    "counts_always",
    "counts_max_months",
    "cap_is_exception",
    "prorata_hours",
    "minimum_hours_per_week",
    "look_back_months",
    "same_employer_months",
)


class PartForm(TableForm):
    """What rows, bonuses and limits share: a code and a label in two languages."""

    kind: ClassVar[str]
    label_nl = forms.CharField(label=_("Label in Dutch"), max_length=200)
    label_en = forms.CharField(label=_("Label in English"), max_length=200)
    code = forms.SlugField(label=_("Code"), max_length=60, required=False, help_text=CODE_HELP)

    def __init__(self, *args: Any, table: Table, part: Any = None, **kwargs: Any) -> None:
        kwargs["initial"] = _facts_of(part) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.table, self.part = table, part

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("code"):
            cleaned["code"] = slugify(cleaned.get("label_nl", ""))[:60]
        taken = set(changing.parts_of(self.table, self.kind))
        taken.discard(self.old_code)
        if cleaned["code"] in taken:
            self.add_error("code", _("This code is in use in this table. Choose another one."))
        return cleaned

    @property
    def old_code(self) -> str:
        return changing.code_of(self.part) if self.part else ""


class UnitForm(PortalForm):
    """The first question about a row; what else is asked depends on it."""

    kind = forms.ChoiceField(
        label=_("What is done?"), choices=words.choices(RowKind), widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(
        label=_("What does it count for?"), choices=words.choices(Unit), widget=forms.RadioSelect
    )


class RowForm(PartForm):
    """A row, with the fields that its unit needs."""

    kind = "rows"
    target_group = forms.ModelChoiceField(
        TargetGroup.objects.all(),
        label=_("Target group"),
        to_field_name="code",
        empty_label=_("Choose a group"),
    )
    benefit_from_months = forms.IntegerField(
        label=_("Benefit lasts from (months)"),
        help_text=_("Only where the value depends on how long the benefit lasts."),
        **MONTHS,
    )
    benefit_until_months = forms.IntegerField(label=_("Benefit lasts until (months)"), **MONTHS)
    staff = forms.ChoiceField(
        label=_("For people who are"), choices=words.choices(Staff), widget=forms.RadioSelect
    )
    value_eur = EuroField(label=_("Value"), min_value=0, max_value=10_000_000)
    recognition_pct = PercentField(
        label=_("Part that is recognised"),
        min_value=0,
        max_value=100,
        help_text=_("A hundred is the whole amount without VAT."),
    )
    certificate = forms.ChoiceField(
        label=_("Only from a partner with"),
        required=False,
        help_text=_("The certificate must be valid on the day of the invoice."),
    )
    daily_max_eur = EuroField(
        label=_("At most a day"), required=False, min_value=0, max_value=10_000_000
    )
    counts_always = forms.BooleanField(
        label=_("Counts for as long as it lasts, without a limit of months"), required=False
    )
    counts_max_months = forms.IntegerField(
        label=_("Months that count at most"),
        help_text=_("For one person, over all contracts of a supplier. Empty: no limit is named."),
        **MONTHS,
    )
    cap_is_exception = forms.BooleanField(
        label=_("The publisher names this limit as an exception to that of the table"),
        required=False,
    )
    prorata_hours = forms.BooleanField(
        label=_("Counts in proportion to the hours a week"), required=False
    )
    minimum_hours_per_week = HoursField(
        label=_("Hours a week at least"), required=False, min_value=0, max_value=60
    )
    look_back_months = forms.IntegerField(
        label=_("Employment began at most so many months before the contract"),
        help_text=_("Empty: this is not asked."),
        **MONTHS,
    )
    same_employer_months = forms.IntegerField(
        label=_("Months away from the same employer before"),
        help_text=_("Empty: this is not asked."),
        **MONTHS,
    )
    limit = forms.ChoiceField(label=_("Falls under the limit"), required=False)
    evidence_kinds = forms.ModelMultipleChoiceField(
        EvidenceKind.objects.all(),
        label=_("Shown by"),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    privacy = forms.ChoiceField(
        label=_("Privacy class"),
        choices=[("", _("That of the target group")), *words.choices(Privacy)],
        required=False,
        help_text=_("Stricter than that of the group when the row says more about a person."),
    )

    def __init__(self, *args: Any, what: RowKind, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what, self.unit = what, unit
        limits: Any = self.fields["limit"]
        named = [(limit.code, _label(limit)) for limit in self.table.limits]
        limits.choices = [("", _("None")), *named]
        certificates: Any = self.fields["certificate"]
        certificates.choices = [("", _("No certificate needed")), *CertificateKind.choices]
        for name in self._not_asked():
            del self.fields[name]
        self.helper.layout = Layout(
            "form_key",
            "revision",
            FormRow("label_nl", "label_en"),
            *self._asked("target_group"),
            FormRow(*self._asked("value_eur", "recognition_pct", "daily_max_eur"), "code"),
            *self._asked("certificate"),
            *self._section(_("For whom"), *OF_PEOPLE[1:]),
            *self._section(_("How it counts"), *OF_TIME),
            *self._section(_("Evidence"), "evidence_kinds", "limit", "privacy"),
        )

    def wanted(self) -> Table:
        facts = self.cleaned_data
        known = {each.name for each in fields(valuation.Block)}
        typed = {name: facts[name] for name in known if name in facts}
        group: TargetGroup | None = facts.get("target_group")
        limits = changing.parts_of(self.table, "limits")
        limit = limits.get(facts.get("limit") or "")
        least = group.privacy_class if group else Privacy.ORDINARY
        row = Row(
            block=valuation.Block(unit=self.unit, limit_pct=limit.pct if limit else None, **typed),
            kind=self.what,
            target_group=group.code if group else "",
            privacy=Privacy(facts.get("privacy") or least),
            evidence_kinds=tuple(kind.code for kind in facts["evidence_kinds"]),
            staff=Staff(facts.get("staff") or Staff.ANY),
            limit=limit.code if limit else "",
        )
        return changing.put(self.table, self.kind, row, self.old_code)

    def _not_asked(self) -> set[str]:
        """Name the fields that this kind and unit do not need."""
        idle = set() if self.what is RowKind.PLACEMENT else set(OF_PEOPLE)
        idle |= {"daily_max_eur"} if self.unit.is_time else set(OF_TIME)
        idle |= set() if self.unit in PRICED else {"value_eur"}
        idle |= set() if self.unit in CLAIMED else {"recognition_pct", "certificate"}
        idle |= set() if self.table.terms.counts_max_months else {"cap_is_exception"}
        return idle | (set() if self.table.limits else {"limit"})

    def _asked(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    def _section(self, title: Any, *names: str) -> list[Fieldset]:
        asked = self._asked(*names)
        return [Fieldset(title, *asked)] if asked else []


class BonusForm(PartForm):
    """An extra on top of a row, when its conditions hold."""

    kind = "bonuses"
    value_eur = EuroField(
        label=_("Value"),
        min_value=Decimal("0.01"),
        max_value=10_000_000,
        help_text=_("On top of the value of the row."),
    )
    prorata = forms.TypedChoiceField(
        label=_("How does it count?"),
        choices=[("yes", _("in proportion, as the row")), ("no", _("whole, once for a person"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    age = forms.IntegerField(label=_("Age"), required=False, min_value=0, max_value=100)
    age_operator = forms.ChoiceField(
        label=_("The age on the edge"), choices=words.choices(AgeOperator), widget=forms.RadioSelect
    )
    after_internship_months = forms.DecimalField(
        label=_("After an internship of at least (months)"),
        required=False,
        min_value=0,
        max_value=60,
        decimal_places=1,
    )
    conditions = forms.CharField(
        label=_("Other condition"),
        required=False,
        max_length=200,
        help_text=_("A code, such as permanent-contract; several apart by spaces."),
    )
    highest_of = forms.SlugField(
        label=_("Only the highest counts of the group"),
        required=False,
        max_length=60,
        help_text=_("Extras with the same word here do not add up. “all” stands for all of them."),
    )
    rows = forms.MultipleChoiceField(
        label=_("For which rows?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: for all rows."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: Any = self.fields["rows"]
        rows.choices = [(row.block.code, _label(row.block)) for row in self.table.rows]
        if not self.table.rows:
            del self.fields["rows"]
        if self.part is None and changing.highest_counts(self.table):
            self.initial["highest_of"] = changing.ALL
        self.helper.layout = Layout(
            "form_key",
            "revision",
            FormRow("label_nl", "label_en"),
            FormRow("value_eur", "code"),
            "prorata",
            Fieldset(
                _("When it counts"),
                FormRow("age", "after_internship_months"),
                "age_operator",
                "conditions",
            ),
            Fieldset(_("Beside what"), *(["rows"] if self.table.rows else []), "highest_of"),
        )

    def clean_conditions(self) -> tuple[str, ...]:
        typed: str = self.cleaned_data["conditions"]
        codes = typed.replace(",", " ").split()
        wrong = [code for code in codes if not CODE.fullmatch(code)]
        if wrong:
            raise forms.ValidationError(
                _("“%(code)s” may hold letters, digits and dashes only."), params={"code": wrong[0]}
            )
        return tuple(dict.fromkeys(codes))

    def wanted(self) -> Table:
        facts = self.cleaned_data
        rows = tuple(facts.get("rows") or ())
        known = [each.name for each in fields(valuation.Bonus)]
        typed = {name: facts[name] for name in known if name in facts}
        typed["age_operator"] = AgeOperator(facts["age_operator"])
        bonus = BonusRow(valuation.Bonus(**typed), rows)
        return changing.put(self.table, self.kind, bonus, self.old_code)


class LimitForm(PartForm):
    """How much of the obligation one way of fulfilling it may be."""

    kind = "limits"
    pct = PercentField(
        label=_("At most of the obligation"), min_value=Decimal("0.01"), max_value=Decimal(100)
    )

    def wanted(self) -> Table:
        facts = self.cleaned_data
        names = ("code", "label_nl", "label_en", "pct")
        limit = Limit(**{name: facts[name] for name in names})
        return changing.put(self.table, self.kind, limit, self.old_code)


type AnyPartForm = RowForm | BonusForm | LimitForm


def _facts_of(part: Row | BonusRow | Limit | None) -> dict[str, Any]:
    """Give what stands in a part, by the names of its form."""
    if isinstance(part, Row):
        return {**_fields(part.block), **_fields(part)}
    if isinstance(part, BonusRow):
        conditions = " ".join(part.bonus.conditions)
        prorata = "yes" if part.bonus.prorata else "no"
        return {
            **_fields(part.bonus),
            **_fields(part),
            "conditions": conditions,
            "prorata": prorata,
        }
    return _fields(part) if part else FRESH


def _fields(thing: Any) -> dict[str, Any]:
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


def _label(thing: Any) -> str:
    label: str = getattr(thing, words.label_name())
    return label


FRESH = {
    "prorata": "yes",
    "prorata_hours": True,
    "recognition_pct": Decimal(100),
    "staff": Staff.ANY,
    "age_operator": AgeOperator.FROM,
}
