"""Recomputes a valuation from nothing but the English sentences that explain it."""

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

EURO = r"€([\d,]+\.\d\d)"
NUMBER = r"([\d,]+(?:\.\d+)?)"
MONTHS = r"(\d+(?: \d+/\d+)?|\d+/\d+)(?: \(about [\d.,]+\))? months?"


class Reader:
    """Reads sentences in order, and reckons exactly; what is shown is rounded as a running sum."""

    def __init__(self):
        self.total = self.yearly = self.once = self.months = Fraction(0)
        self.share = Fraction(1)
        self.rounding = ROUND_HALF_UP
        self.said = []

    def read(self, text):
        for pattern, step in STEPS:
            if found := re.search(pattern, text):
                step(self, *found.groups())
                return

    def rounds_down(self):
        self.rounding = ROUND_DOWN

    def cents(self, amount):
        return cents(amount, self.rounding)

    def row(self, unit, worth):
        self.yearly = _number(worth) * (12 if unit == "month" else 1)

    def bonus(self, worth):
        self.yearly += _number(worth)

    def rate(self, worth):
        assert self.yearly == _number(worth)

    def stretch(self, parts, years, counted, norm, full, rate):
        months = _sum(parts) * (12 if years else 1) * _number(counted) / _number(norm)
        assert months == _mixed(full)
        assert self.yearly == _number(rate)
        self.count(months)

    def over(self, less, rate):
        assert self.yearly == _number(rate)
        self.count(-_mixed(less))

    def count(self, months):
        self.months += months
        self.total += self.yearly / 12 * months

    def bonus_once(self, worth):
        self.once += _number(worth)
        self.total += _number(worth)

    def claimed_share(self, percentage):
        self.share = _number(percentage) / 100
        self.total *= self.share

    def summed(self, rate, months, result):
        assert (self.yearly, self.months) == (_number(rate), _mixed(months))
        assert self.cents(self.yearly / 12 * self.months) == _number(result)

    def summed_with_share(self, rate, months, once, percentage, result):
        assert (self.yearly, self.months) == (_number(rate), _mixed(months))
        assert (self.once, self.share) == (_number(once), _number(percentage) / 100)
        whole = self.yearly / 12 * self.months + self.once
        assert self.cents(whole * self.share) == _number(result)

    def limited(self, left):
        self.total = _number(left)

    def priced(self, quantity, worth):
        self.total += _number(quantity) * _number(worth)

    def claimed(self, amount):
        self.total += _number(amount)

    def vat(self, percentage):
        self.total /= 1 + _number(percentage) / 100

    def recognised(self, percentage):
        self.total *= _number(percentage) / 100

    def most_a_day(self, most, days):
        self.total = _number(most) * _number(days)

    def end(self, total):
        assert self.cents(self.total) == _number(total)


STEPS = (
    (r"^Amounts are rounded down to whole cents\.$", Reader.rounds_down),
    (rf"^Row: .* A (?:full-time|learning) (year|month)\b.* is worth {EURO}\.$", Reader.row),
    (rf"^Bonus: .* A full-time year is worth {EURO} more\.$", Reader.bonus),
    (rf"^Together a full-time year is worth {EURO}\.$", Reader.rate),
    (
        rf"\. \(?([\d/ +]+?)\)?( year × 12)? × {NUMBER}/{NUMBER} hours = {MONTHS} full-time, at {EURO}",
        Reader.stretch,
    ),
    (rf"\. {MONTHS} full-time does not count, at {EURO} ÷ 12\.$", Reader.over),
    (rf"^Bonus, once: .*, {EURO}\.$", Reader.bonus_once),
    (rf"^Of this, {NUMBER}% is claimed on this contract\.$", Reader.claimed_share),
    (rf"rounded once: {EURO} ÷ 12 × {MONTHS} = {EURO}\.$", Reader.summed),
    (
        rf"rounded once: \({EURO} ÷ 12 × {MONTHS} \+ {EURO}\) × {NUMBER}% = {EURO}\.$",
        Reader.summed_with_share,
    ),
    (rf"{EURO} was left\.$", Reader.limited),
    (rf"^(?:Hours|Days|Number): {NUMBER} × {EURO}\.$", Reader.priced),
    (rf"^A lower amount is claimed: {EURO}\.$", Reader.limited),
    (rf"^(?:Invoice|Cost|Agreed): {EURO}\.$", Reader.claimed),
    (rf"^This includes {NUMBER}% VAT", Reader.vat),
    (rf"^Of this, {NUMBER}% counts\.$", Reader.recognised),
    (rf"^At most {EURO} a day counts\. Number of days: {NUMBER}\.$", Reader.most_a_day),
    (rf"^This counts for {EURO}\.$", Reader.end),
)


def total_eur(sentences):
    """Reckon what the sentences say; each amount shown must be what its sentence changed."""
    reader = Reader()
    for text, shown in sentences:
        before = reader.total
        reader.read(text.replace("\N{NO-BREAK SPACE}", " "))
        assert (shown or 0) == reader.cents(reader.total) - reader.cents(before), text
    return reader.cents(reader.total)


def cents(amount, rounding=ROUND_HALF_UP):
    hundredths = Decimal((amount * 100).numerator) / Decimal((amount * 100).denominator)
    return hundredths.quantize(Decimal(1), rounding) / 100


def _number(text):
    return Fraction(text.replace(",", ""))


def _mixed(text):
    return sum(map(Fraction, text.split()), Fraction(0))


def _sum(text):
    return sum((Fraction(part.strip()) for part in text.split("+")), Fraction(0))
