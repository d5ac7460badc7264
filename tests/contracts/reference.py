"""What everything counts for, a second time: slow, day by day, from docs/rules.md alone.

It takes plain dictionaries and shares no line with the code that it checks: whoever changes a rule
changes it in both, or a test fails.
"""

import calendar
import datetime as dt
from fractions import Fraction

TIME = ("full_time_year", "month", "learning_year")
DAY = dt.timedelta(days=1)
WHOLE = Fraction(1)


def total_eur(facts):
    """Value the facts: terms of the table, row, bonuses, work and share; in whole cents."""
    terms, row, work = facts["terms"], facts["row"], facts["work"]
    share = min(number(facts["share_pct"]) / 100, WHOLE)
    if not share or is_refused(terms, row, work):
        return cents(Fraction(0), terms)
    total = of_time(facts, share) if row["unit"] in TIME else of_purchase(row, work)
    total *= share
    if work["limit_left_eur"] is not None:
        total = min(total, number(work["limit_left_eur"]))
    return cents(total, terms)


def number(given):
    """No number, and less than none, is nothing (R-023)."""
    return Fraction(0) if given is None else max(Fraction(given), Fraction(0))


def cents(amount, terms):
    """R-001: at the very end, a half away from zero; or down, where the table says so."""
    start = Fraction(0) if terms["rounding"] == "down" else Fraction(1, 2)
    return Fraction(int(amount * 100 + start), 100)


def months_later(day, months):
    """The same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def is_refused(terms, row, work):
    return (
        work["ends_on"] < work["starts_on"]
        or (work["contract_starts_on"] or work["ends_on"]) > work["ends_on"]
        or started_too_early(terms, row, work)
        or left_the_same_employer_shortly_before(row, work)
        or is_in_another_bracket(terms, row, work)
        or lacks_its_certificate(row, work)
    )


def lacks_its_certificate(row, work):
    """R-044."""
    return row["certificate"] and row["certificate"] not in work["certificates"]


def employed_on(work):
    return work["employment_started_on"] or work["starts_on"]


def started_too_early(terms, row, work):
    """R-019: not asked of rows that always count, unless the table asks it of those too."""
    if row["look_back_months"] is None or work["contract_starts_on"] is None:
        return False
    if row["counts_always"] and not terms["look_back_always"]:
        return False
    return employed_on(work) < months_later(work["contract_starts_on"], -row["look_back_months"])


def left_the_same_employer_shortly_before(row, work):
    """R-020."""
    if row["same_employer_months"] is None or work["previous_employment_ended_on"] is None:
        return False
    edge = months_later(employed_on(work), -row["same_employer_months"])
    return work["previous_employment_ended_on"] > edge


def is_in_another_bracket(terms, row, work):
    """R-032: on the edge between two rows is in the longer, or as the table says in the shorter."""
    lasted = work["benefit_months"]
    if lasted is None or terms["bracket_change"] == "split":
        return False
    begin, end = row["benefit_from_months"], row["benefit_until_months"]
    if terms["bracket_edge"] == "shorter":
        return (begin is not None and lasted <= begin) or (end is not None and lasted > end)
    return (begin is not None and lasted < begin) or (end is not None and lasted >= end)


def of_time(facts, share):
    """R-007: the value of a year ÷ 12 × months of full-time work, and bonuses that are whole."""
    held = held_bonuses(facts["bonuses"], facts["work"])
    yearly = number(facts["row"]["value_eur"]) * (12 if facts["row"]["unit"] == "month" else 1)
    yearly += sum(number(bonus["value_eur"]) for bonus in held if bonus["prorata"])
    once = sum(number(bonus["value_eur"]) for bonus in held if not bonus["prorata"])
    months, is_any = full_time_months(facts["terms"], facts["row"], facts["work"], share)
    return yearly / 12 * months + (once if is_any else 0)


def held_bonuses(bonuses, work):
    held = [
        bonus
        for bonus in bonuses
        if holds(bonus, work) and (bonus["prorata"] or bonus["code"] not in work["bonuses_given"])
    ]
    return [bonus for bonus in held if not is_beaten(bonus, held)]


def holds(bonus, work):
    """R-015, R-016: what holds is a fact; so is a tick for an age or an internship."""
    was_here = number(work["internship_months"]) >= number(bonus["after_internship_months"])
    was_here = was_here or internship_fact(bonus) in work["facts"]
    return set(bonus["conditions"]) <= work["facts"] and was_here and is_of_age(bonus, work)


def internship_fact(bonus):
    return f"internship-of-{bonus['after_internship_months']}-months"


def is_of_age(bonus, work):
    edge, operator = bonus["age"], bonus["age_operator"]
    if edge is None or f"age{operator}{edge}" in work["facts"]:
        return True
    if work["age"] is None:
        return False
    return work["age"] > edge if operator == ">" else work["age"] >= edge


def is_beaten(bonus, held):
    """R-031: in a group the highest counts; of two as high, the first."""
    rivals = [each for each in held if each["highest_of"] == bonus["highest_of"]]
    first = max(rivals, key=lambda each: number(each["value_eur"]))
    return bool(bonus["highest_of"]) and first is not bonus


def full_time_months(terms, row, work, share):
    """Walk through the days; each is a part of its month, and uses up what limits it."""
    days = list(worked_days(terms, row, work))
    fits = what_fits(terms, work, share, days)
    left = months_left(terms, row, work)
    taken = {on: min(number(part), WHOLE) for on, part in work["months_counted"].items()}
    total, is_any = Fraction(0), False
    for day, of_norm, worth in days:
        month = day.replace(day=1)
        fit, part = fits[month], of_month(day)
        if not fit:
            continue
        is_new = min(part, 1 - taken.get(month, 0))
        taken[month] = taken.get(month, 0) + is_new
        uses, most = is_new, part
        if terms["cap_counts"] == "hours":
            uses = most = of_norm * part * fit * share
        over = Fraction(0) if left is None else max(uses - left, Fraction(0))
        left = None if left is None else left - (uses - over)
        kept = fit * (1 - over / most)
        total += kept * worth * (of_year(day) * 12 if by_year(terms) else part)
        is_any = is_any or kept > 0
    return total, is_any


def worked_days(terms, row, work):
    """Each day that may count, its part of a full-time week, and what hours count for."""
    norm = number(terms["norm_hours"]) or Fraction(36)
    day = max(work["starts_on"], work["contract_starts_on"] or work["starts_on"])
    while day <= work["ends_on"]:
        hours = highest_hours(work, day)
        is_enough = hours and hours >= number(row["minimum_hours_per_week"])
        if is_enough and is_within(terms, row, work, day):
            of_norm = min(hours / norm, WHOLE)
            worth = hours / norm if terms["hours_above_norm"] == "counted" else of_norm
            yield day, of_norm, worth if row["prorata_hours"] else WHOLE
        day += DAY


def highest_hours(work, day):
    """R-005."""
    running = [hours for first, last, hours in work["periods"] if first <= day <= last]
    return max(map(number, running), default=Fraction(0))


def is_within(terms, row, work, day):
    """R-035: a cap may run from the start of the employment; R-036: and a bracket may be passed."""
    most = cap(terms, row)
    has_end = terms["cap_starts"] == "employment" and most is not None
    if has_end and day >= months_later(employed_on(work), most):
        return False
    if terms["bracket_change"] == "split" and work["benefit_months"] is not None:
        return is_in_bracket_on(terms, row, work, day)
    return True


def is_in_bracket_on(terms, row, work, day):
    """Whether the benefit had lasted long enough, and not too long, on a day."""

    def has_lasted(months):
        edge = months_later(employed_on(work), months - work["benefit_months"])
        return day > edge if terms["bracket_edge"] == "shorter" else day >= edge

    begin, end = row["benefit_from_months"], row["benefit_until_months"]
    return (begin is None or has_lasted(begin)) and (end is None or not has_lasted(end))


def what_fits(terms, work, share, days):
    """R-013: of each month, the part of the work that fits beside other work of this person."""
    room = work["room_on_contract"] if terms["norm_over"] == "contract" else work["room"]
    asked = {}
    for day, of_norm, _worth in days:
        month = day.replace(day=1)
        asked[month] = asked.get(month, 0) + of_norm * of_month(day) * share
    return {
        month: min(number(room.get(month, WHOLE)) / part, WHOLE) for month, part in asked.items()
    }


def cap(terms, row):
    """R-011, R-034: the limit of the row or of the table; of both, what the table says."""
    both = [row["counts_max_months"], terms["counts_max_months"]]
    both = [months for months in both if months is not None]
    if row["counts_always"] or not both:
        return None
    is_own = row["cap_is_exception"] or terms["row_cap"] == "row"
    return both[0] if is_own else min(both)


def months_left(terms, row, work):
    most = cap(terms, row)
    return None if most is None else max(most - number(work["months_used"]), Fraction(0))


def by_year(terms):
    return terms["part_months"] == "year_days"


def of_month(day):
    """R-006."""
    return Fraction(1, calendar.monthrange(day.year, day.month)[1])


def of_year(day):
    return Fraction(1, 366 if calendar.isleap(day.year) else 365)


def of_purchase(row, work):
    """R-024 to R-028: hours, days and times at their price; invoices, costs and agreements."""
    quantity = work["quantity"]
    if row["unit"] in ("hour", "day", "flat"):
        times = WHOLE if row["unit"] == "flat" and quantity is None else number(quantity)
        total = times * number(row["value_eur"])
        if work["amount_eur"] is not None:
            total = min(total, number(work["amount_eur"]))
    else:
        total = number(work["amount_eur"]) / (1 + number(work["vat_pct"]) / 100)
        total *= min(number(row["recognition_pct"]) / 100, WHOLE)
    if row["daily_max_eur"] is not None:
        days = quantity if row["unit"] == "day" else work["days"]
        total = min(total, number(row["daily_max_eur"]) * number(1 if days is None else days))
    return total
