"""Where something is: provinces and the regions in them, by their NUTS codes."""

import tomllib
from pathlib import Path

from contracts.dimensions import PROVINCE_LENGTH, PROVINCES

REGIONS: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("regions.toml").read_text(encoding="utf-8")
)  # by NUTS-3 code

type Choices = list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]


def province_of(code: str) -> str:
    return code[:PROVINCE_LENGTH]


def name_of(code: str) -> str:
    """Name a region with its province, or a province alone; a strange code names itself."""
    province = PROVINCES.get(province_of(code), code)
    region = REGIONS.get(code, "")
    return f"{region}, {province}" if region and region != province else province


def province_choices() -> list[tuple[str, str]]:
    return list(PROVINCES.items())


def choices() -> Choices:
    """Offer each province as a whole, and the regions in it."""
    grouped: Choices = []
    for code, name in PROVINCES.items():
        inside = [(key, label) for key, label in REGIONS.items() if province_of(key) == code]
        grouped.append((name, [(code, name), *(each for each in inside if each[1] != name)]))
    return grouped
