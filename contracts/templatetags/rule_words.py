"""Words and colours of obligation rules: once, for all pages."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Nature, ObligationRule, ObligationRuleLine, RuleStatus
from contracts.obligation_rules import Reason

register = template.Library()

TONES = {
    RuleStatus.DRAFT: "neutral",
    RuleStatus.PUBLISHED: "positive",
    RuleStatus.WITHDRAWN: "warning",
}
REASONS = {
    Reason.FITS: _("The contract fits what the rule asks."),
    Reason.TOO_SHORT: _("The contract is shorter than the shortest term of the rule."),
    Reason.BELOW_THRESHOLD: _("The amount stays below the threshold of the rule."),
    Reason.OTHER_NATURE: _("The rule does not ask anything of contracts of this nature."),
    Reason.OTHER_LABOUR_SHARE: _("The share of labour lies outside what the rule asks."),
    Reason.NOT_KNOWN: _("Something is not filled in yet: nature, value, wage sum or term."),
}


@register.inclusion_tag("core/badge.html")
def rule_status(rule: ObligationRule) -> dict[str, object]:
    return {"label": rule.get_status_display(), "tone": TONES[RuleStatus(rule.status)]}


@register.filter
def reason_words(reason: Reason) -> str | Promise:
    """Say why a rule asks something, or nothing."""
    return REASONS[reason]


@register.filter
def nature_words(line: ObligationRuleLine) -> str:
    return ", ".join(str(Nature(nature).label) for nature in line.natures)
