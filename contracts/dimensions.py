"""What contracts are divided by, the same in lists, figures and files (R-311, R-312)."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, ExtractQuarter, ExtractYear, Left
from django.utils.translation import gettext_lazy as _

from contracts.models import OWING, Contract

ALL_AWARDED = "all_awarded"  # what figures over contracts are sums of
PLACE = re.compile(r"^[A-Z]{2}[A-Z0-9]{0,3}\Z")
QUARTER = re.compile(r"^(19|20)[0-9]{2}-[1-4]\Z")
PROVINCES: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("provinces.toml").read_text(encoding="utf-8")
)  # by NUTS-2 code
PROVINCE_LENGTH = 4  # of a NUTS code; NUTS-3 has one character more


class SizeClass(models.TextChoices):
    """How large a contract is, by its value without VAT."""

    SMALL = "under_250k", _("under € 250,000")
    MIDDLE = "250k_1m", _("€ 250,000 to € 1 million")
    LARGE = "1m_5m", _("€ 1 million to € 5 million")
    LARGER = "5m_20m", _("€ 5 million to € 20 million")
    LARGEST = "from_20m", _("€ 20 million and more")


FROM_EUR = {
    SizeClass.SMALL: Decimal(0),
    SizeClass.MIDDLE: Decimal(250_000),
    SizeClass.LARGE: Decimal(1_000_000),
    SizeClass.LARGER: Decimal(5_000_000),
    SizeClass.LARGEST: Decimal(20_000_000),
}


class Without(models.TextChoices):
    """What a contract may not have, so that no choice among them finds it."""

    CATEGORY = "category", _("no category")
    REGION = "region", _("no region")


class Dimension(models.TextChoices):
    """By what figures are divided; each is a filter of the same name."""

    AUTHORITY = "authority", _("contracting authority")
    CATEGORY = "category", _("category")
    SUPPLIER = "supplier", _("supplier")
    PROVINCE = "province", _("province")
    REGION = "region", _("region (NUTS-3)")
    REGIME = "regime", _("way of working")
    SIZE = "size", _("contract value")
    YEAR = "year", _("year of award")
    QUARTER = "quarter", _("quarter of award")


EXACTLY = {
    "authority": "authority",
    "category": "category",
    "supplier": "supplier",
    "regime": "regime",
    "region": "place",
    "signal": "fulfilment__signal",
    "year": "awarded_on__year",
}
LACKING = {Without.CATEGORY: Q(category=None), Without.REGION: Q(place="")}


def expression(dimension: Dimension) -> Any:
    """Give what a contract counts under, in SQL."""
    ways = {
        Dimension.AUTHORITY: F("authority_id"),
        Dimension.CATEGORY: F("category_id"),
        Dimension.SUPPLIER: F("supplier_id"),
        Dimension.PROVINCE: Left("place", PROVINCE_LENGTH),
        Dimension.REGION: F("place"),
        Dimension.REGIME: F("regime"),
        Dimension.SIZE: size_class(),
        Dimension.YEAR: ExtractYear("awarded_on"),
        Dimension.QUARTER: Concat(
            Cast(ExtractYear("awarded_on"), CharField()),
            Value("-"),
            Cast(ExtractQuarter("awarded_on"), CharField()),
        ),
    }
    return ways[dimension]


def size_class() -> Case:
    largest_first = sorted(FROM_EUR.items(), key=lambda item: -item[1])
    return Case(
        *(When(value_eur__gte=least, then=Value(code.value)) for code, least in largest_first),
        default=Value(SizeClass.SMALL.value),
        output_field=CharField(),
    )


def narrowed(found: "QuerySet[Contract]", wanted: Mapping[str, Any]) -> "QuerySet[Contract]":
    """Keep the contracts that answer to every filter that is given (R-312)."""
    for name, lookup in EXACTLY.items():
        if wanted.get(name):
            found = found.filter(**{lookup: wanted[name]})
    if wanted.get("size"):
        found = found.filter(_of_size(SizeClass(wanted["size"])))
    if wanted.get("province"):
        is_whole = len(wanted["province"]) == PROVINCE_LENGTH
        found = found.filter(**{f"place{'__startswith' if is_whole else ''}": wanted["province"]})
    if wanted.get("quarter"):
        year, quarter = wanted["quarter"].split("-")
        found = found.filter(awarded_on__year=year, awarded_on__quarter=quarter)
    for lacking in wanted.get("without") or ():
        found = found.filter(LACKING[lacking])
    if wanted.get("status") == ALL_AWARDED:
        return found.filter(status__in=OWING, fulfilment__isnull=False)
    return found.filter(status=wanted["status"]) if wanted.get("status") else found


def _of_size(size: SizeClass) -> Q:
    """Keep a class; a contract without a value, which no awarded one is, counts as the smallest."""
    classes = list(FROM_EUR)
    place = classes.index(size)
    at_least = Q(value_eur__gte=FROM_EUR[size])
    if size == classes[0]:
        return Q(value_eur__lt=FROM_EUR[classes[1]]) | Q(value_eur=None)
    above = classes[place + 1 :]
    return at_least & Q(value_eur__lt=FROM_EUR[above[0]]) if above else at_least
