"""A step of the explanation of an amount."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple


class Line(NamedTuple):
    """One step of the explanation; the amounts of all lines sum to the total (R-022)."""

    code: str
    numbers: Mapping[str, str]
    amount_eur: Decimal | None = None
