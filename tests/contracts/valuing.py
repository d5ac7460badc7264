"""Short ways to value work in a test."""

import datetime as dt
from decimal import Decimal

from contracts import valuation
from contracts.valuation import Block, Bonus, HoursPeriod, Terms, Unit, Work

TERMS = Terms(publisher="Publisher", table="Table", version="1", norm_hours=Decimal(36))
ROW = Block(code="row", unit=Unit.FULL_TIME_YEAR, value_eur=Decimal(40_000))
NEW_YEAR = dt.date(2025, 1, 1)


def month(year, number):
    return dt.date(year, number, 1)


def work(months=12, hours=36, starts_on=NEW_YEAR, **facts):
    """Work of whole months from the first of a month on."""
    index = starts_on.year * 12 + starts_on.month - 1 + months
    ends_on = month(index // 12, index % 12 + 1) - dt.timedelta(days=1)
    return days(starts_on, ends_on, hours, **facts)


def days(starts_on, ends_on, hours=36, **facts):
    periods = (HoursPeriod(starts_on, ends_on, Decimal(str(hours))),)
    return Work(starts_on, ends_on, periods, **facts)


def value(done, row=ROW, bonuses=(), terms=TERMS, share_pct=Decimal(100)):
    return valuation.value(terms, row, tuple(bonuses), done, share_pct)


def row(value_eur, unit=Unit.FULL_TIME_YEAR, **rules):
    return Block(code="row", unit=unit, value_eur=Decimal(value_eur), **rules)


def bonus(value_eur=10_000, code="bonus", **rules):
    return Bonus(code=code, value_eur=Decimal(value_eur), **rules)


def codes(valued):
    return [line.code for line in valued.lines]


def line(valued, code):
    return next(line for line in valued.lines if line.code == code)
