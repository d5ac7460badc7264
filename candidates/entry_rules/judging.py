"""Facts held against rules: no clock and no query."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from contracts.models import EntryCondition, EntryEffect, EntryRule
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True)
class Facts:
    """What rules may ask about work; None where it does not apply."""

    most_hours: Decimal | None = None
    least_hours: Decimal | None = None
    months: Decimal | None = None
    days_after_end: Decimal | None = None
    purchase_eur: Decimal | None = None
    days_before_contract: Decimal | None = None
    is_informed: bool | None = None
    missing_evidence: int = 0
    other_placements: int = 0


@dataclass(frozen=True)
class Finding:
    """A rule that has something to say, and what was measured."""

    rule: EntryRule
    measured: Decimal | None = None

    @property
    def is_blocking(self) -> bool:
        return self.rule.effect == EntryEffect.BLOCK

    @property
    def sentence(self) -> str:
        return sentence(self.rule, self.measured)


MEASURES: dict[str, Callable[[Facts], Decimal | None]] = {
    EntryCondition.HOURS_OVER: lambda facts: facts.most_hours,
    EntryCondition.HOURS_UNDER: lambda facts: facts.least_hours,
    EntryCondition.MONTHS_OVER: lambda facts: facts.months,
    EntryCondition.ENTERED_LATE: lambda facts: facts.days_after_end,
    EntryCondition.PURCHASE_OVER: lambda facts: facts.purchase_eur,
    EntryCondition.STARTS_EARLY: lambda facts: facts.days_before_contract,
}
STATES: dict[str, Callable[[Facts], bool]] = {
    EntryCondition.NOT_INFORMED: lambda facts: facts.is_informed is False,
    EntryCondition.EVIDENCE_MISSING: lambda facts: facts.missing_evidence > 0,
    EntryCondition.WORKS_ELSEWHERE: lambda facts: facts.other_placements > 0,
}
SENTENCES = {
    EntryCondition.HOURS_OVER: _("%(measured)s hours a week is more than %(limit)s."),
    EntryCondition.HOURS_UNDER: _("%(measured)s hours a week is less than %(limit)s."),
    EntryCondition.MONTHS_OVER: _(
        "The placement lasts %(measured)s months; that is longer than %(limit)s."
    ),
    EntryCondition.ENTERED_LATE: _(
        "This was entered %(measured)s days after the period; that is later than %(limit)s."
    ),
    EntryCondition.PURCHASE_OVER: _("A purchase of € %(measured)s is more than € %(limit)s."),
    EntryCondition.STARTS_EARLY: _(
        "The work began %(measured)s days before the contract; that is more than %(limit)s."
    ),
    EntryCondition.NOT_INFORMED: _(
        "The letter about what is recorded was not handed over to the person."
    ),
    EntryCondition.EVIDENCE_MISSING: _("Evidence that this row asks is missing."),
    EntryCondition.WORKS_ELSEWHERE: _(
        "The person works on another placement in this period as well."
    ),
}


def judge(rules: Iterable[EntryRule], facts: Facts) -> list[Finding]:
    """Say which rules have something to say, those that block first."""
    found = [finding for rule in rules if rule.is_on for finding in _held_against(rule, facts)]
    blocked = {each.rule.condition for each in found if each.is_blocking}
    told = [each for each in found if each.is_blocking or each.rule.condition not in blocked]
    return sorted(told, key=lambda each: (not each.is_blocking, each.rule.condition))


def sentence(rule: EntryRule, measured: Decimal | None) -> str:
    """Say in words what a rule found."""
    return str(SENTENCES[EntryCondition(rule.condition)]) % {
        "measured": formats.number(measured or 0),
        "limit": formats.number(rule.limit or 0),
    }


def _held_against(rule: EntryRule, facts: Facts) -> Iterator[Finding]:
    if rule.condition in STATES:
        if STATES[rule.condition](facts):
            yield Finding(rule)
        return
    measured, limit = MEASURES[rule.condition](facts), rule.limit
    if measured is None or limit is None:
        return
    is_under = rule.condition == EntryCondition.HOURS_UNDER
    if measured < limit if is_under else measured > limit:
        yield Finding(rule, measured)
