"""Which work and where, in a few words: divisions of CPV, the country and its provinces."""

import tomllib
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contracts.dimensions import PROVINCE_LENGTH, PROVINCES

COUNTRY = "NL"
DIVISIONS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).parents[1].joinpath("cpv_divisions.toml").read_text(encoding="utf-8")
)  # by the first two digits


def divisions() -> list[tuple[str, str]]:
    """Name the kinds of work, each with its digits."""
    return [(code, f"{code} {_division(code)}") for code in DIVISIONS]


def regions() -> list[tuple[str, str]]:
    return [(COUNTRY, _("the whole country")), *PROVINCES.items()]


def province_of(place: str) -> str:
    """Give the province of a region, or what the place is when it is larger."""
    return place[:PROVINCE_LENGTH]


def names() -> dict[str, str]:
    return {code: _division(code) for code in DIVISIONS} | dict(regions())


def _division(code: str) -> str:
    told = DIVISIONS[code]
    return told["en"] if get_language() == "en" else told["nl"]
