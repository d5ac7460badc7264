"""How a table counts where publishers differ or are silent: each choice, in words (R-037)."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.valuation import (
    AgeOperator,
    Bonus,
    BracketChange,
    BracketEdge,
    CapCounts,
    CapStarts,
    HoursAboveNorm,
    NormOver,
    PartMonths,
    Rounding,
    RowCap,
    Terms,
)


class BonusesCount(StrEnum):
    """Whether bonuses add up, or only the highest counts."""

    ALL = "all"
    HIGHEST = "highest"


class BonusesGiven(StrEnum):
    """Whether bonuses count pro rata like the row, or are given whole and once."""

    PRORATA = "prorata"
    WHOLE = "whole"
    DIFFERS = "differs"


class AgeEdge(StrEnum):
    """Whether the age on the edge itself is old enough, over all bonuses for age."""

    FROM = ">="
    OLDER = ">"
    DIFFERS = "differs"


class LookBackAlways(StrEnum):
    """Whether the look-back limit is asked of rows that always count."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"


class Setting(StrEnum):
    """What a table may say, by its name in a file."""

    HOURS_ABOVE_NORM = "hours_above_norm"
    NORM_OVER = "norm_over"
    PART_MONTHS = "part_months"
    ROUNDING = "rounding"
    BONUSES_GIVEN = "bonuses_given"
    BONUSES_COUNT = "bonuses_count"
    AGE_OPERATOR = "age_operator"
    BRACKET_EDGE = "bracket_edge"
    BRACKET_CHANGE = "bracket_change"
    CAP_COUNTS = "cap_counts"
    CAP_STARTS = "cap_starts"
    ROW_CAP = "row_cap"
    LOOK_BACK_ALWAYS = "look_back_always"


class Told(NamedTuple):
    """A setting in words: what is asked, what this table answers, and who says so."""

    setting: Setting
    question: str | Promise
    answer: str | Promise
    is_published: bool


QUESTIONS: Mapping[Setting, str | Promise] = {
    Setting.HOURS_ABOVE_NORM: _("Do hours above a full-time week count?"),
    Setting.NORM_OVER: _("Over what does a person fill at most one full-time week?"),
    Setting.PART_MONTHS: _("How do the days of a part of a month count?"),
    Setting.ROUNDING: _("How are amounts rounded?"),
    Setting.BONUSES_GIVEN: _("Does an extra count for a part of a year or week?"),
    Setting.BONUSES_COUNT: _("Do extras add up?"),
    Setting.AGE_OPERATOR: _("Does the age of the limit itself count?"),
    Setting.BRACKET_EDGE: _("Where does a benefit belong that lasts exactly as long as an edge?"),
    Setting.BRACKET_CHANGE: _("What if the benefit passes an edge during the work?"),
    Setting.CAP_COUNTS: _("What uses up the number of months that count?"),
    Setting.CAP_STARTS: _("From when on are those months used up?"),
    Setting.ROW_CAP: _("What if an effort has another limit than the table?"),
    Setting.LOOK_BACK_ALWAYS: _("Must somebody who always counts have started recently?"),
}
ANSWERS: Mapping[Setting, Mapping[str, str | Promise]] = {
    Setting.HOURS_ABOVE_NORM: {
        HoursAboveNorm.IGNORED: _("No: at most a full-time week counts."),
        HoursAboveNorm.COUNTED: _("Yes: all hours count."),
    },
    Setting.NORM_OVER: {
        NormOver.SUPPLIER: _("Over all contracts of the supplier: no hour counts twice."),
        NormOver.CONTRACT: _("Over each contract by itself."),
    },
    Setting.PART_MONTHS: {
        PartMonths.CALENDAR: _("As a part of their own month; a whole month counts as 1."),
        PartMonths.YEAR_DAYS: _("As a part of the days of their year."),
    },
    Setting.ROUNDING: {
        Rounding.HALF_UP: _("To whole cents, half a cent up, once at the end."),
        Rounding.DOWN: _("Down to whole cents, once at the end."),
    },
    Setting.BONUSES_GIVEN: {
        BonusesGiven.PRORATA: _("In proportion to hours and months, as the effort itself."),
        BonusesGiven.WHOLE: _("Whole: it is given once for a person."),
        BonusesGiven.DIFFERS: _("That differs: it stands beside each extra."),
    },
    Setting.BONUSES_COUNT: {
        BonusesCount.ALL: _("Yes: all that hold count."),
        BonusesCount.HIGHEST: _("Not all: of those that belong together only the highest counts."),
    },
    Setting.AGE_OPERATOR: {
        AgeEdge.FROM: _("Yes: of that age or older."),
        AgeEdge.OLDER: _("No: older than that age."),
        AgeEdge.DIFFERS: _("That differs: it stands beside each extra."),
    },
    Setting.BRACKET_EDGE: {
        BracketEdge.LONGER: _("With the longer benefit."),
        BracketEdge.SHORTER: _("With the shorter benefit."),
    },
    Setting.BRACKET_CHANGE: {
        BracketChange.START: _("Nothing: how long it lasted at the start of the work decides."),
        BracketChange.SPLIT: _("From that day on the work belongs to the next row."),
    },
    Setting.CAP_COUNTS: {
        CapCounts.MONTHS: _("Months on the calendar, whatever the hours."),
        CapCounts.HOURS: _("Hours worked, as months of full-time work."),
    },
    Setting.CAP_STARTS: {
        CapStarts.COUNTING: _("From the start of the contract or of the work: the later one."),
        CapStarts.EMPLOYMENT: _("From the start of the employment, even before the contract."),
    },
    Setting.ROW_CAP: {
        RowCap.ROW: _("The limit of the effort holds."),
        RowCap.LOWEST: _("The lowest of both holds."),
    },
    Setting.LOOK_BACK_ALWAYS: {
        LookBackAlways.NOT_ASKED: _("No."),
        LookBackAlways.ASKED: _("Yes, as for everybody else."),
    },
}


def described(
    terms: Terms, bonuses: Iterable[Bonus], as_published: Iterable[str] = ()
) -> tuple[Told, ...]:
    """Say every setting of a table in words, and whether the publisher gives it."""
    bonuses, published = tuple(bonuses), frozenset(as_published)
    return tuple(
        Told(setting, QUESTIONS[setting], ANSWERS[setting][answer], setting in published)
        for setting in Setting
        for answer in _answer(setting, terms, bonuses)
    )


def _answer(setting: Setting, terms: Terms, bonuses: tuple[Bonus, ...]) -> tuple[str, ...]:
    """Give the answer of this table; none where nothing in it asks for one."""
    if setting in OF_BONUSES:
        return OF_BONUSES[setting](bonuses)
    if setting is Setting.LOOK_BACK_ALWAYS:
        asked = terms.look_back_always
        return (LookBackAlways.ASKED if asked else LookBackAlways.NOT_ASKED,)
    return (getattr(terms, setting),)


def _given(bonuses: tuple[Bonus, ...]) -> tuple[str, ...]:
    kinds = {BonusesGiven.PRORATA if each.prorata else BonusesGiven.WHOLE for each in bonuses}
    return _one_of(kinds, BonusesGiven.DIFFERS)


def _count(bonuses: tuple[Bonus, ...]) -> tuple[str, ...]:
    if not bonuses:
        return ()
    has_group = any(each.highest_of for each in bonuses)
    return (BonusesCount.HIGHEST if has_group else BonusesCount.ALL,)


def _age(bonuses: tuple[Bonus, ...]) -> tuple[str, ...]:
    is_older = AgeOperator.OLDER
    edges = {
        AgeEdge.OLDER if each.age_operator is is_older else AgeEdge.FROM
        for each in bonuses
        if each.age is not None
    }
    return _one_of(edges, AgeEdge.DIFFERS)


def _one_of(kinds: Iterable[str], otherwise: str) -> tuple[str, ...]:
    found = tuple(kinds)
    return found if len(found) <= 1 else (otherwise,)


OF_BONUSES: Mapping[Setting, Callable[[tuple[Bonus, ...]], tuple[str, ...]]] = {
    Setting.BONUSES_GIVEN: _given,
    Setting.BONUSES_COUNT: _count,
    Setting.AGE_OPERATOR: _age,
}
