"""What a rule proposes for a contract, and why (R-111, R-115, R-132)."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from contracts.obligation_rules.rule import Asked, CertificateEffect, Held, Line, Rule

NO_DISCOUNT = Decimal(0)


class Reason(StrEnum):
    """Why a rule asks something, or nothing."""

    FITS = "fits"
    TOO_SHORT = "too_short"
    BELOW_THRESHOLD = "below_threshold"
    OTHER_NATURE = "other_nature"
    OTHER_LABOUR_SHARE = "other_labour_share"
    NOT_KNOWN = "not_known"  # an amount, the labour share or the term is missing


@dataclass(frozen=True, slots=True)
class Proposal:
    """The lines that fit, the first one proposed; without lines, why the rule asks nothing."""

    lines: tuple[Line, ...]
    reason: Reason
    floor_eur: Decimal | None = None
    cap_eur: Decimal | None = None
    discount_pct: Decimal = NO_DISCOUNT

    @property
    def applies(self) -> bool:
        return bool(self.lines)


def propose(rule: Rule, asked: Asked) -> Proposal:
    """Hold a contract against a rule; what is not known yet never refuses it for good."""
    short = _too_short(rule, asked)
    if short:
        return Proposal((), short)
    fits: dict[tuple[str, Decimal | None], Line] = {}
    for line in rule.lines:
        if why(rule, line, asked) is Reason.FITS:
            fits.setdefault((line.base_kind, line.percentage), line)
    if not fits:
        return Proposal((), _nearest(why(rule, line, asked) for line in rule.lines))
    lines = tuple(fits.values())
    return Proposal(lines, Reason.FITS, rule.floor_eur, rule.cap_eur, discount(rule, asked))


def discount(rule: Rule, asked: Asked) -> Decimal:
    """Give the largest discount among the certificates that are valid when it counts (R-115)."""
    counting = (effect.discount_pct for effect in rule.certificates if _is_held(effect, asked))
    return max(counting, default=NO_DISCOUNT)


def months_whole(starts_on: dt.date, ends_on: dt.date) -> int:
    """Count whole months, both days included: 1 January to 30 June is six."""
    months = 12 * (ends_on.year - starts_on.year) + ends_on.month - starts_on.month
    length = monthrange(ends_on.year, ends_on.month)[1]
    if ends_on.day == length:  # the day after it is the first of a month
        return months + 1 if starts_on.day == 1 else months
    is_whole = ends_on.day + 1 >= starts_on.day or ends_on.day + 1 == length
    return months if is_whole else months - 1


def why(rule: Rule, line: Line, asked: Asked) -> Reason:
    """Tell whether a line asks something of a contract that lasts long enough, or why not."""
    for found in (
        _of_nature(line, asked),
        _above_threshold(rule, line, asked),
        _of_labour_share(line, asked),
    ):
        if found is not Reason.FITS:
            return found
    return Reason.FITS


def _too_short(rule: Rule, asked: Asked) -> Reason | None:
    if rule.minimum_months is None:
        return None
    if asked.starts_on is None or asked.ends_on is None:
        return Reason.NOT_KNOWN
    is_short = months_whole(asked.starts_on, asked.ends_on) < rule.minimum_months
    return Reason.TOO_SHORT if is_short else None


def _of_nature(line: Line, asked: Asked) -> Reason:
    if not line.natures or asked.nature in line.natures:
        return Reason.FITS
    return Reason.OTHER_NATURE if asked.nature else Reason.NOT_KNOWN


def _above_threshold(rule: Rule, line: Line, asked: Asked) -> Reason:
    """Hold the amount against the threshold, above it or from it on (A1, R-132)."""
    if line.threshold_eur is None:
        return Reason.FITS
    by_wages = rule.threshold_base == "wage_sum"
    amount = asked.wage_sum_eur if by_wages else asked.value_eur
    if amount is None:
        return Reason.NOT_KNOWN
    is_enough = amount > line.threshold_eur or (rule.is_from and amount == line.threshold_eur)
    return Reason.FITS if is_enough else Reason.BELOW_THRESHOLD


def _of_labour_share(line: Line, asked: Asked) -> Reason:
    least, below = line.labour_share_from_pct, line.labour_share_below_pct
    if least is None and below is None:
        return Reason.FITS
    share = asked.labour_share_pct
    if share is None:
        return Reason.NOT_KNOWN
    is_inside = (least is None or share >= least) and (below is None or share < below)
    return Reason.FITS if is_inside else Reason.OTHER_LABOUR_SHARE


def _nearest(reasons: Iterator[Reason]) -> Reason:
    """Give the reason that says most: what can still be filled in comes first."""
    found = set(reasons)
    order = (Reason.NOT_KNOWN, Reason.BELOW_THRESHOLD, Reason.OTHER_LABOUR_SHARE)
    return next((reason for reason in order if reason in found), Reason.OTHER_NATURE)


def _is_held(effect: CertificateEffect, asked: Asked) -> bool:
    return any(
        held.kind == effect.kind and _is_valid(effect, held, asked) for held in asked.certificates
    )


def _is_valid(effect: CertificateEffect, held: Held, asked: Asked) -> bool:
    if asked.awarded_on is None:
        return False
    last = asked.ends_on if effect.whole_term else asked.awarded_on
    return last is not None and held.valid_from <= asked.awarded_on and last <= held.valid_until
