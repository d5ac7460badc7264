"""Fields that several forms share: the row of a table, the supplier's own reference."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates import worth
from candidates.models.candidate import LOOKS_PERSONAL
from contracts import valuation
from contracts.models import Block, ValueTable
from sroi_portal.core.templatetags import formats

if TYPE_CHECKING:
    from django.db.models import QuerySet

KEPT = _("Kept until 13 weeks after settlement.")
TIME_UNITS = tuple(unit.value for unit in valuation.Unit if unit.is_time)
PER_UNIT = {
    valuation.Unit.FULL_TIME_YEAR: _("for one full-time year"),
    valuation.Unit.MONTH: _("for one full-time month"),
    valuation.Unit.LEARNING_YEAR: _("for one learning year"),
}


def _why(reason: Any) -> SafeString:
    """Say beside a field why it is asked and how long it is kept (AVG-10)."""
    return format_html('{} <span class="kept">{}</span>', reason, KEPT)


why = lazy(_why, str)


def refuse_personal(reference: str) -> None:
    """Refuse a date of birth or an e-mail address in a reference."""
    if LOOKS_PERSONAL.search(reference):
        raise ValidationError(
            gettext(
                "This looks like a date or an e-mail address. "
                "Use a number that says nothing about the person, such as K-01."
            )
        )


class DayField(forms.DateField):
    widget = forms.DateInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg] # not generic at run time
    """A row of a value table, with what one full-time year counts for."""

    def __init__(self, table: ValueTable | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Row of the value table"))
        kwargs.setdefault("widget", forms.RadioSelect)
        kwargs.setdefault("empty_label", None)
        super().__init__(queryset=rows_of(table), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        per_unit = PER_UNIT.get(valuation.Unit(obj.unit), "")
        return f"{obj.label}: {formats.euro(obj.value_eur)} {per_unit}"


class BonusField(forms.MultipleChoiceField):
    """Which bonuses of the row hold; a tick stands for the condition, nothing more is kept."""

    def __init__(self, block: Block | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("What also holds"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        bonuses = worth.bonuses_of(block) if block else []
        choices = [
            (each.code, f"{each.label}: + {formats.euro(each.value_eur)}") for each in bonuses
        ]
        super().__init__(choices=choices, **kwargs)


def rows_of(table: ValueTable | None) -> "QuerySet[Block]":
    return Block.objects.filter(table=table, unit__in=TIME_UNITS).select_related("table")


def chosen_block(data: Any, name: str, table: ValueTable | None) -> Block | None:
    """Find the row that was ticked, before anything is checked."""
    pk = str(data.get(name) or "") if data else ""
    return rows_of(table).filter(pk=pk).first() if pk.isascii() and pk.isdigit() else None
