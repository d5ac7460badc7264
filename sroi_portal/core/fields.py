"""Fields whose meaning the database must know: money, months."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models

from sroi_portal.core.form_fields import EuroField, PercentField


class MoneyField(models.DecimalField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Euros in whole cents."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 15)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": EuroField, **kwargs})


class PercentageField(models.DecimalField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A share of a whole, 0 to 100, two decimals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 5)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("validators", [MinValueValidator(Decimal(0))])
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PercentField, **kwargs})
