"""A rule and the contract that it is held against, apart from the database."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """What is asked of some contracts; a percentage that is not published is None."""

    base_kind: str
    percentage: Decimal | None = None
    natures: frozenset[str] = frozenset()
    threshold_eur: Decimal | None = None
    labour_share_from_pct: Decimal | None = None
    labour_share_below_pct: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CertificateEffect:
    """A certificate that lowers what is owed, valid at the award or over the whole term."""

    kind: str
    discount_pct: Decimal
    whole_term: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """When something is asked, and what; the first line that fits is proposed."""

    lines: tuple[Line, ...] = ()
    threshold_base: str = "contract_value"
    is_from: bool = False  # an amount on the threshold itself is enough (A1)
    minimum_months: int | None = None
    floor_eur: Decimal | None = None
    cap_eur: Decimal | None = None
    certificates: tuple[CertificateEffect, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that the supplier holds; both days count."""

    kind: str
    valid_from: dt.date
    valid_until: dt.date


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a contract when its obligation is chosen."""

    nature: str = ""
    value_eur: Decimal | None = None
    wage_sum_eur: Decimal | None = None
    awarded_on: dt.date | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    certificates: tuple[Held, ...] = ()

    @property
    def labour_share_pct(self) -> Decimal | None:
        """The wages as a part of the value; None when one of them is not known."""
        if self.wage_sum_eur is None or not self.value_eur:
            return None
        return 100 * self.wage_sum_eur / self.value_eur
