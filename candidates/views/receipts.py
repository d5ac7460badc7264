"""A valuation on a page: its lines in words, its months, its total."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts import explanations, valuation
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True)
class Receipt:
    lines: list[dict[str, str]]
    months: list[valuation.MonthAmount]
    total_eur: Decimal
    hours: Decimal


def receipt(value: valuation.Valuation | None) -> Receipt | None:
    """Put a valuation in words; the amounts of the lines sum to the total."""
    return None if value is None else _receipt(value)


def _receipt(value: valuation.Valuation) -> Receipt:
    told = explanations.sentences(line for line in value.lines if line.code != "total")
    return Receipt(
        lines=[_line(each) for each in told],
        months=[month for month in value.by_month if month.amount_eur or month.hours],
        total_eur=value.total_eur,
        hours=sum((month.hours for month in value.by_month), Decimal(0)),
    )


RULES = (
    "table",
    "row_",
    "round_down",
    "norm",
    "part_",
    "no_cap",
    "counts_always",
    "general_",
    "cap_",
)
NOT_COUNTED = frozenset(
    {
        "bonus_condition",
        "bonus_given",
        "bonus_lower",
        "before_contract",
        "no_hours",
        "below_minimum",
        "above_norm",
        "share_above_whole",
        "no_share",
        "dates_reversed",
        "ended_before_contract",
        "look_back",
        "same_employer",
        "bracket_days",
        "bracket_shorter",
        "bracket_longer",
    }
)


@dataclass(frozen=True)
class Explained:
    """A valuation in three parts: the rules, why some does not count, and the sum step by step."""

    rules: list[str]
    not_counted: list[str]
    steps: list[dict[str, str]]
    receipt: Receipt
    is_same_again: bool


def explained(value: valuation.Valuation) -> Explained:
    """Sort the sentences, and reckon once more from what was stored (E09, R-065)."""
    rules, not_counted, steps = [], [], []
    told = explanations.sentences(value.lines)
    for line, each in zip(value.lines, told, strict=True):
        if line.code.startswith(RULES):
            rules.append(each.text)
        elif line.code in NOT_COUNTED:
            not_counted.append(each.text)
        elif line.code != "total":
            steps.append(_line(each))
    return Explained(
        rules=rules,
        not_counted=not_counted,
        steps=steps,
        receipt=_receipt(value),
        is_same_again=valuation.again(value).total_eur == value.total_eur,
    )


def _line(told: explanations.Sentence) -> dict[str, str]:
    amount = "" if told.amount_eur is None else _signed(told.amount_eur)
    return {"label": told.text, "value": amount}


def _signed(amount_eur: Decimal) -> str:
    return (
        formats.euro(amount_eur)
        if amount_eur >= 0
        else _("less %(amount)s") % {"amount": formats.euro(-amount_eur)}
    )
