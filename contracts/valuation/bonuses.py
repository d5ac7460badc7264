"""Which bonuses hold, and whether they count pro rata or once (R-015 to R-018)."""

from fractions import Fraction

from contracts.valuation.receipt import Receipt
from contracts.valuation.terms import NOTHING, AgeOperator, Bonus, Work, exact, plain


def choose(bonuses: tuple[Bonus, ...], work: Work, receipt: Receipt) -> list[Bonus]:
    """Keep the bonuses whose conditions hold, of each highest-only group the highest."""
    held = []
    for bonus in bonuses:
        if not holds(bonus, work):
            receipt.say("bonus_condition", **bonus.labels)
        elif not bonus.prorata and bonus.code in work.bonuses_given:
            receipt.say("bonus_given", **bonus.labels)
        else:
            held.append(bonus)
    return [bonus for bonus in held if _is_highest(bonus, held, receipt)]


def holds(bonus: Bonus, work: Work) -> bool:
    """Test all conditions of a bonus (R-015)."""
    return (
        work.facts.issuperset(bonus.conditions)
        and (bonus.age is None or _is_of_age(bonus, bonus.age, work))
        and (bonus.after_internship_months is None or _was_here_before(bonus, work))
    )


def _was_here_before(bonus: Bonus, work: Work) -> bool:
    """Test how long the internship was, or take the tick that stands for it."""
    months = exact(work.internship_months)
    return months >= exact(bonus.after_internship_months) or bonus.internship_fact in work.facts


def _is_of_age(bonus: Bonus, edge: int, work: Work) -> bool:
    """Test the age on the reference date, or take the tick that stands for it (R-016)."""
    if bonus.age_fact in work.facts:
        return True
    if work.age is None:
        return False
    return work.age > edge or (work.age == edge and bonus.age_operator is AgeOperator.FROM)


def _is_highest(bonus: Bonus, held: list[Bonus], receipt: Receipt) -> bool:
    """Let only the highest of a group count (R-031)."""
    if not bonus.highest_of:
        return True
    rivals = [other for other in held if other.highest_of == bonus.highest_of]
    if max(rivals, key=lambda rival: rival.value_exact) is bonus:
        return True
    receipt.say("bonus_lower", **bonus.labels)
    return False


def prorata(bonuses: list[Bonus], receipt: Receipt) -> Fraction:
    """Sum the bonuses that count like the row, by hours and months (R-017)."""
    total = NOTHING
    for bonus in bonuses:
        if bonus.prorata:
            receipt.say("bonus", value_eur=plain(bonus.value_eur), **bonus.labels)
            total += bonus.value_exact
    return total


def once(bonuses: list[Bonus], receipt: Receipt) -> Fraction:
    """Add the bonuses that are given whole, once for a candidate (R-018)."""
    total = NOTHING
    for bonus in bonuses:
        if not bonus.prorata:
            value = bonus.value_exact
            numbers = bonus.labels | {"bonus_code": bonus.code}
            receipt.add("bonus_once", value, value_eur=plain(bonus.value_eur), **numbers)
            total += value
    return total
