"""Words and colours for what contracts are and how they stand: once, for all pages."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts import toml_tables
from contracts.dimensions import PROVINCE_LENGTH, PROVINCES
from contracts.models import (
    Contract,
    ContractStatus,
    Nature,
    ReservedExecution,
    ReservedParticipation,
    Signal,
    SocialObjective,
    StrategicGoal,
    Subcontract,
    SubcontractStatus,
    Tender,
    TenderStatus,
    ValueTable,
    ValueTableStatus,
)
from contracts.notices import Proposal
from contracts.notices.records import Amount, Party
from contracts.valuation import Unit
from sroi_portal.core.templatetags import formats
from suppliers.models import CertificateKind

register = template.Library()
RENAMED = {"NL31": "NL35", "NL33": "NL36"}  # what notices of before 2024 call these provinces

CONTRACT_TONES = {
    ContractStatus.DRAFT: "neutral",
    ContractStatus.AWARDED: "info",
    ContractStatus.HANDED_OVER: "warning",
    ContractStatus.ACTIVE: "positive",
    ContractStatus.SETTLING: "info",
    ContractStatus.SETTLED: "neutral",
    ContractStatus.CANCELLED: "negative",
}
PARTNER_TONES = {
    SubcontractStatus.PROPOSED: "warning",
    SubcontractStatus.AGREED: "positive",
    SubcontractStatus.REFUSED: "negative",
    SubcontractStatus.ENDED: "neutral",
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
TABLE_TONES = {
    ValueTableStatus.DRAFT: "neutral",
    ValueTableStatus.PROPOSED: "warning",
    ValueTableStatus.PUBLISHED: "positive",
    ValueTableStatus.WITHDRAWN: "negative",
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
EMPTY = (None, "")
OUTCOMES = {
    "selec-w": _("a winner was chosen"),
    "clos-nw": _("closed without a winner"),
    "open-nw": _("no winner yet"),
}
CHOICES: dict[str, dict[str, Any]] = {
    "nature": dict(Nature.choices),
    "reserved_participation": dict(ReservedParticipation.choices),
    "reserved_execution": dict(ReservedExecution.choices),
    "strategic_goals": dict(StrategicGoal.choices),
    "social_objectives": dict(SocialObjective.choices),
    "outcome": OUTCOMES,
}


@register.inclusion_tag("core/badge.html")
def contract_status(contract: Contract) -> dict[str, object]:
    tone = CONTRACT_TONES[ContractStatus(contract.status)]
    return {"label": contract.get_status_display(), "tone": tone}


@register.inclusion_tag("core/badge.html")
def tender_status(tender: Tender) -> dict[str, object]:
    return {"label": tender.get_status_display(), "tone": TENDER_TONES[TenderStatus(tender.status)]}


@register.inclusion_tag("core/badge.html")
def partner_status(subcontract: Subcontract) -> dict[str, object]:
    tone = PARTNER_TONES[SubcontractStatus(subcontract.status)]
    return {"label": subcontract.get_status_display(), "tone": tone}


@register.inclusion_tag("core/badge.html")
def table_status(table: ValueTable) -> dict[str, object]:
    tone = TABLE_TONES[ValueTableStatus(table.status)]
    return {"label": table.get_status_display(), "tone": tone}


@register.inclusion_tag("core/badge.html")
def signal_badge(signal: str) -> dict[str, object]:
    known = Signal(signal)
    return {"label": known.label, "tone": SIGNAL_TONES[known]}


@register.filter
def per_unit(unit: str) -> str | Promise:
    """Say what the value of a row is the price of."""
    return PER.get(Unit(unit), unit)


@register.filter
def certificate_name(kind: str) -> str:
    """Say what a certificate is called."""
    return str(CertificateKind(kind).label)


@register.filter
def name_of(names: Mapping[str, str], code: str) -> str:
    """Find the name of a code; a check digit does not count."""
    return names.get(code.partition("-")[0], "")


@register.filter
def region(place: str) -> str:
    """Name the province of a NUTS code, and the code, by which a notice says it."""
    code = place[:PROVINCE_LENGTH]
    name = PROVINCES.get(RENAMED.get(code, code))
    return f"{name} ({place})" if name else place


@register.filter
def shown(proposal: Proposal) -> list[str]:
    """Write a proposed value for a reader: one text, or several below each other."""
    value = proposal.value
    many = value if isinstance(value, tuple) else (value,)
    choices = CHOICES.get(proposal.field, {})
    return [_written(item, choices) for item in many if item in choices or item not in EMPTY]


def _written(item: Any, choices: Mapping[str, Any]) -> str:
    match item:
        case Amount():
            return _amount(item)
        case Party():
            return " · ".join(filter(None, (item.name, *item.identifiers)))
        case dt.date():
            return formats.day(item)
        case bool():
            return str(_("yes") if item else _("no"))
        case Decimal():
            return formats.number(item)
    return str(choices.get(item, item))


def _amount(amount: Amount) -> str:
    is_euro = amount.currency == "EUR"
    return (
        formats.euro(amount.amount)
        if is_euro
        else f"{formats.number(amount.amount)} {amount.currency}"
    )


@register.simple_tag
def how_it_counts(table: ValueTable) -> tuple[toml_tables.Told, ...]:
    """Say each setting of a table in words, and who says so (R-037)."""
    bonuses = [bonus.as_terms() for bonus in table.bonuses.all()]
    return toml_tables.described(table.as_terms(), bonuses, table.terms.get("as_published", ()))


@register.filter
def outcome(code: str) -> str | Promise:
    """Say how a lot ended (BT-142)."""
    return OUTCOMES.get(code, code)
