"""Words and colours for what contracts are and how they stand: once, for all pages."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, ContractStatus, Signal, Tender, TenderStatus
from contracts.valuation import Unit

register = template.Library()

CONTRACT_TONES = {
    ContractStatus.DRAFT: "neutral",
    ContractStatus.AWARDED: "info",
    ContractStatus.HANDED_OVER: "warning",
    ContractStatus.ACTIVE: "positive",
    ContractStatus.SETTLING: "info",
    ContractStatus.SETTLED: "neutral",
    ContractStatus.CANCELLED: "negative",
}
SIGNAL_TONES = {
    Signal.NONE: "neutral",
    Signal.ON_COURSE: "positive",
    Signal.TALK: "warning",
    Signal.ACT: "negative",
    Signal.REACHED: "positive",
}
TENDER_TONES = {
    TenderStatus.PREPARING: "neutral",
    TenderStatus.CONSULTING: "info",
    TenderStatus.PUBLISHED: "info",
    TenderStatus.AWARDED: "positive",
    TenderStatus.WITHDRAWN: "negative",
}
PER = {
    Unit.FULL_TIME_YEAR: _("per full-time year"),
    Unit.MONTH: _("per month"),
    Unit.LEARNING_YEAR: _("per learning year"),
    Unit.HOUR: _("per hour"),
    Unit.DAY: _("per day"),
    Unit.INVOICE_SHARE: _("of the invoice without VAT"),
    Unit.ACTUAL_COST: _("of the actual cost"),
    Unit.FLAT: _("once"),
    Unit.AGREED: _("as agreed"),
}


@register.inclusion_tag("core/badge.html")
def contract_status(contract: Contract) -> dict[str, object]:
    tone = CONTRACT_TONES[ContractStatus(contract.status)]
    return {"label": contract.get_status_display(), "tone": tone}


@register.inclusion_tag("core/badge.html")
def tender_status(tender: Tender) -> dict[str, object]:
    return {"label": tender.get_status_display(), "tone": TENDER_TONES[TenderStatus(tender.status)]}


@register.inclusion_tag("core/badge.html")
def signal_badge(signal: str) -> dict[str, object]:
    known = Signal(signal)
    return {"label": known.label, "tone": SIGNAL_TONES[known]}


@register.filter
def per_unit(unit: str) -> str | Promise:
    """Say what the value of a row is the price of."""
    return PER.get(Unit(unit), unit)
