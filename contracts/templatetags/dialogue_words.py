"""Colours for how a talk about a tender stands."""

from typing import Any

from django import template

from contracts.facts import reserved, threads
from contracts.models import Contract, Dialogue, DialogueStatus, ReservedCheck

register = template.Library()
TONES = {
    DialogueStatus.PLANNED: "info",
    DialogueStatus.HELD: "positive",
    DialogueStatus.WITHDRAWN: "negative",
}


@register.inclusion_tag("core/badge.html")
def dialogue_status(dialogue: Dialogue) -> dict[str, object]:
    tone = TONES[DialogueStatus(dialogue.status)]
    return {"label": dialogue.get_status_display(), "tone": tone}


@register.inclusion_tag("contracts/parts/contract_origins.html", takes_context=True)
def contract_origins(context: Any, contract: Contract) -> dict[str, object]:
    """Show which sentences of the conversation led to what on this contract."""
    return {"origins": threads.origins_of(contract, context["user"])}


@register.simple_tag
def reserved_check(contract: Contract) -> ReservedCheck | None:
    """Give the newest check of article 2.82 with its proof, for who may see it."""
    return reserved.checks_of(contract).first()
