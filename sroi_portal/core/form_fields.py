"""What people type: amounts, hours and percentages, the Dutch way and the English way."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

GROUPED = re.compile(r"-?[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")


class AmountField(forms.DecimalField):
    """A decimal that reads `1.234,56`, `1,234.56` and `1234,56` alike."""

    unit_before: str | Promise = ""
    unit_after: str | Promise = ""
    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("decimal_places", 2)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as in Django
        return super().to_python(plain(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, (Decimal, int)):
            return value
        text = f"{value:f}"
        return text.replace(".", ",") if (get_language() or "nl").startswith("nl") else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "decimal", "autocomplete": "off"}


class EuroField(AmountField):
    unit_before = "€"


class PercentField(AmountField):
    unit_after = "%"


class HoursField(AmountField):
    unit_after = _("hours")


def plain(text: str) -> str:
    """Write an amount as Python reads it; three digits after a mark are thousands."""
    text = re.sub(r"[\s€%']", "", text)
    if GROUPED.fullmatch(text):
        return text.replace(".", "").replace(",", "")
    if text.rfind(",") > text.rfind("."):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", "")
