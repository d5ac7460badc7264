"""A tenderer as the supplier it is proposed to be."""

import re
from dataclasses import dataclass

from contracts.notices.records import Party, Tenderer, Winner

DUTCH = frozenset({"NLD", "NL"})
PREFIX = re.compile(
    r"\s*(?:k\.?v\.?k\.?|kamer van koophandel)[\s.:#-]*(?:nummer|nr)?[\s.:#-]*", re.IGNORECASE
)
KVK = re.compile(r"\d{8}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Supplier:
    """KvK only where it is one; whatever else was given stands beside it."""

    org_id: str
    name: str
    kvk: str
    other_identifier: str
    country: str
    size: str
    leads: bool
    is_person: bool

    def __str__(self) -> str:
        return " · ".join(
            filter(None, (self.name, self.kvk or self.other_identifier, self.country))
        )


def kvk_number(party: Party) -> str:
    """Eight digits once cleaned, of an organisation in the Netherlands; else nothing."""
    if party.country not in DUTCH:
        return ""
    cleaned = (re.sub(r"[\s.-]", "", PREFIX.sub("", text)) for text in party.identifiers)
    return next((number for number in cleaned if KVK.fullmatch(number)), "")


def other_identifier(party: Party) -> str:
    return "" if kvk_number(party) else ", ".join(party.identifiers)


def supplier(winner: Winner, *, alone: bool) -> Supplier:
    """Make a supplier of a tenderer; who tenders alone leads."""
    return Supplier(
        org_id=winner.org_id,
        name=winner.name or "",
        kvk=kvk_number(winner),
        other_identifier=other_identifier(winner),
        country=winner.country or "",
        size=winner.size or "",
        leads=alone or bool(isinstance(winner, Tenderer) and winner.leader),
        is_person=winner.is_person,
    )
