"""Entry rules and the evidence that is asked for, in words."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts.kept_tables import words
from contracts.models import LIMIT_UNITS, EntryCondition, EntryRule, EvidenceDemand
from contracts.toml_tables import RowKind
from sroi_portal.core.templatetags import formats

register = template.Library()


@register.filter
def rule_in_words(rule: EntryRule) -> str:
    """Say the condition with its limit: “hours a week above 40”."""
    unit = LIMIT_UNITS.get(EntryCondition(rule.condition))
    said = rule.get_condition_display()
    if rule.limit is None:
        return said
    if rule.condition in (EntryCondition.HOURS_OVER, EntryCondition.HOURS_UNDER):
        return f"{said} {formats.number(rule.limit)}"
    return f"{said} {formats.number(rule.limit)} {unit}"


@register.filter
def demand_scope(demand: EvidenceDemand) -> str:
    """Say of what the evidence is asked."""
    if demand.block is not None:
        return demand.block.label
    if demand.row_kind:
        return str(words.CHOICES[RowKind][RowKind(demand.row_kind)])
    return _("every row that names it")


@register.filter
def demand_term(demand: EvidenceDemand) -> str:
    """Say when it is asked for."""
    if not demand.within_days:
        return _("on the first day")
    days = ngettext(
        "%(count)s day after the start", "%(count)s days after the start", demand.within_days
    )
    return days % {"count": demand.within_days}
