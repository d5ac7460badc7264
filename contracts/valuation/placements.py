"""The worth of time worked: hours against the norm, months, bonuses (R-003 to R-018)."""

import datetime as dt
from fractions import Fraction
from typing import NamedTuple

from contracts.valuation import bonuses, counting, days, limits
from contracts.valuation.counting import Count, Weighed
from contracts.valuation.earned import Earned
from contracts.valuation.receipt import Receipt
from contracts.valuation.results import Inputs
from contracts.valuation.stretches import Stretch, cut, in_months, in_years, mixed
from contracts.valuation.terms import NOTHING, HoursAboveNorm, PartMonths, exact, iso, plain
from sroi_portal.core import money


class Rate(NamedTuple):
    """What a full-time year is worth, as it is shown, and a month of it."""

    yearly_eur: str
    monthly_eur: Fraction


def worth(given: Inputs, share: Fraction, receipt: Receipt) -> Earned:
    """Explain and reckon what the work is worth."""
    _explain_terms(given, receipt)
    held = bonuses.choose(given.bonuses, given.work, receipt)
    yearly_eur = given.block.yearly_exact
    if held:
        yearly_eur += bonuses.prorata(held, receipt)
    rate_eur = str(money.rounded(yearly_eur))
    if yearly_eur != given.block.value_exact:
        receipt.say("rate", rate_eur=rate_eur)
    count = counting.count(_stretches(given, receipt), given, share)
    rate = Rate(rate_eur, Fraction(yearly_eur.numerator, 12 * yearly_eur.denominator))
    for each, months in count.claimed:
        if each.load:
            _explain_stretch(given, each, months, rate, receipt)
        else:
            _explain_nothing(given, each.stretch, receipt)
    _explain_over(count, rate, receipt)
    once_eur = bonuses.once(held, receipt) if count.months.month_on else NOTHING
    return Earned(count, yearly_eur, once_eur, given.terms.rounding)


def _explain_terms(given: Inputs, receipt: Receipt) -> None:
    receipt.lines += given.terms.basis
    left = limits.months_left(given)
    if left is None:
        receipt.say("counts_always" if given.block.counts_always else "no_cap")
    else:
        _explain_general_cap(given, receipt)
        receipt.say(
            f"cap_{given.terms.cap_counts}",
            most_months=str(limits.most_months(given)),
            used_months=mixed(exact(given.work.months_used)),
            left_months=mixed(left),
        )


def _explain_general_cap(given: Inputs, receipt: Receipt) -> None:
    """Say which limit holds where the row and the table both have one (R-034)."""
    general, own = given.terms.counts_max_months, given.block.counts_max_months
    if general is not None and own is not None and not given.block.cap_is_exception:
        receipt.say(
            f"general_{given.terms.row_cap}", general_months=str(general), row_months=str(own)
        )


def _stretches(given: Inputs, receipt: Receipt) -> list[Stretch]:
    """Cut the days that may count into stretches."""
    first, last = days.that_count(given, receipt)
    return cut(given.work.periods, first, last) if first <= last else []


def _explain_stretch(
    given: Inputs, weighed: Weighed, months: Fraction, rate: Rate, receipt: Receipt
) -> None:
    """Say what a stretch is worth before room and cap."""
    norm_hours, _ = given.terms.norm
    hours = weighed.stretch.hours_per_week
    counted = hours
    if hours > norm_hours:
        counts_all = given.terms.hours_above_norm is HoursAboveNorm.COUNTED
        counted = hours if counts_all else norm_hours
        receipt.say(
            "above_norm_counts" if counts_all else "above_norm",
            hours_per_week=plain(hours),
            norm_hours_per_week=plain(norm_hours),
        )
    if not given.block.prorata_hours:
        receipt.say("any_hours")
    by_year = given.terms.part_months is PartMonths.YEAR_DAYS
    receipt.add(
        given.terms.stretch_code,
        months * rate.monthly_eur,
        **_days(weighed.stretch),
        parts=in_years(weighed.pieces) if by_year else in_months(weighed.pieces),
        counted=plain(counted if given.block.prorata_hours else norm_hours),
        norm=plain(norm_hours),
        full_time_months=mixed(months),
        rate_eur=rate.yearly_eur,
    )


def _explain_nothing(given: Inputs, stretch: Stretch, receipt: Receipt) -> None:
    """Say why a stretch does not count."""
    if exact(stretch.hours_per_week):
        minimum = plain(given.block.minimum_hours_per_week)
        receipt.say("below_minimum", **_days(stretch), minimum_hours_per_week=minimum)
    else:
        receipt.say("no_hours", **_days(stretch))


def _explain_over(count: Count, rate: Rate, receipt: Receipt) -> None:
    """Take off what has no room beside other work, and what is above the cap."""
    if count.limits is None:
        return
    for month_on, value in count.limits.over_room.items():
        months = count.scale.full_time_months(value)
        receipt.add(
            "room",
            -months * rate.monthly_eur,
            month=iso(month_on),
            room_months=mixed(exact(count.limits.room[month_on])),
            less_months=mixed(months),
            rate_eur=rate.yearly_eur,
        )
    if count.limits.over_cap:
        months = count.scale.full_time_months(count.limits.over_cap)
        receipt.add(
            "over_cap",
            -months * rate.monthly_eur,
            less_months=mixed(months),
            rate_eur=rate.yearly_eur,
        )


def _days(stretch: Stretch) -> dict[str, str]:
    return {
        "starts_on": iso(dt.date.fromordinal(stretch.first)),
        "ends_on": iso(dt.date.fromordinal(stretch.last)),
        "hours_per_week": plain(stretch.hours_per_week),
    }
