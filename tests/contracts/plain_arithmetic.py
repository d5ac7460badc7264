"""The rules once more, day by day and slow: shares no line with the code it checks."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def total_eur(terms, block, bonuses, work, share_pct):
    norm = Fraction(terms.norm_hours or 36)
    held = [bonus for bonus in bonuses if _holds(bonus, work)]
    held = [bonus for bonus in held if not _is_beaten(bonus, held)]
    yearly = Fraction(block.value_eur) * (12 if block.unit == "month" else 1)
    yearly += sum(Fraction(bonus.value_eur) for bonus in held if bonus.prorata)
    once = sum(Fraction(bonus.value_eur) for bonus in held if not bonus.prorata)
    months = _full_time_months(terms, block, work, norm, Fraction(share_pct) / 100)
    total = (yearly / 12 * months + (once if months else 0)) * Fraction(share_pct) / 100
    cents = Decimal(total.numerator * 100) / Decimal(total.denominator)
    return cents.quantize(Decimal(1), ROUND_HALF_UP) / 100


def _holds(bonus, work):
    if not set(bonus.conditions) <= work.facts:
        return False
    if bonus.age is None:
        return True
    if work.age is None:
        return False
    return work.age > bonus.age if bonus.age_operator == ">" else work.age >= bonus.age


def _is_beaten(bonus, held):
    """In a group the highest counts; of two as high, the first."""
    rivals = [other for other in held if bonus.highest_of and other.highest_of == bonus.highest_of]
    return bool(rivals) and bonus is not max(rivals, key=lambda other: other.value_eur)


def _full_time_months(terms, block, work, norm, share):
    left = None
    if block.counts_max_months is not None and not block.counts_always:
        left = max(block.counts_max_months - work.months_used, 0)
    total = Fraction(0)
    first = max(work.starts_on, work.contract_starts_on or work.starts_on)
    for number in range((work.ends_on - first).days + 1):
        day = first + dt.timedelta(days=number)
        hours = max(
            (each.hours_per_week for each in work.periods if each[0] <= day <= each[1]), default=0
        )
        if not hours or hours < (block.minimum_hours_per_week or 0) or not share:
            continue
        of_norm = min(Fraction(hours) / norm, Fraction(1))
        part = Fraction(1, _month_days(day))
        value = Fraction(12, _year_days(day)) if terms.part_months == "year_days" else part
        uses = part * of_norm * share if terms.cap_counts == "hours" else part
        kept = 1 if left is None else min(Fraction(1), left / uses)
        left = None if left is None else left - uses * kept
        total += value * kept * (of_norm if block.prorata_hours else 1)
    return total


def _month_days(day):
    following = day.replace(day=28) + dt.timedelta(days=4)
    return (following - dt.timedelta(days=following.day)).day


def _year_days(day):
    return (day.replace(month=12, day=31) - day.replace(month=1, day=1)).days + 1
