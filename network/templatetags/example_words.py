"""Words and parts of pages about good examples and quotes."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from contracts.models import Contract, Tender
from network import rules, searching, suggesting
from network.models import (
    Edition,
    EditionStatus,
    ExampleStatus,
    GoodExample,
    Pilot,
    Quote,
    QuoteStatus,
    QuoteUse,
)

register = template.Library()

TONES: dict[str, str] = {
    ExampleStatus.PROPOSED: "warning",
    ExampleStatus.RETURNED: "info",
    ExampleStatus.PUBLISHED: "positive",
    ExampleStatus.WITHDRAWN: "neutral",
    QuoteStatus.RECORDED: "warning",
    EditionStatus.DRAFT: "neutral",
    EditionStatus.COMPOSED: "warning",
}


@register.inclusion_tag("core/badge.html")
def example_status(example: GoodExample | Quote | Edition) -> dict[str, Any]:
    return {"label": example.get_status_display(), "tone": TONES[example.status]}


@register.filter
def marked(headline: str) -> SafeString:
    return searching.marked(headline)


@register.inclusion_tag("network/parts/suggested_examples.html", takes_context=True)
def suggested_examples(context: Context, about: Contract | Tender | Pilot) -> dict[str, Any]:
    """Show the examples that fit, and what was said on a contract or pilot; two queries at most."""
    may_quote = not isinstance(about, Tender) and rules.may_record_quote(context["user"])
    return {
        "examples": _fitting(about),
        "quotes": []
        if isinstance(about, Tender)
        else list(about.quotes.allowed(QuoteUse.PORTAL)[: suggesting.MOST]),
        "about": about._meta.model_name,
        "key": about.pk,
        "may_propose": rules.may_propose_example(context["user"]),
        "may_quote": may_quote,
    }


def _fitting(about: Contract | Tender | Pilot) -> list[GoodExample]:
    if isinstance(about, Contract):
        return suggesting.for_contract(about)
    if isinstance(about, Tender):
        return suggesting.for_tender(about)
    return suggesting.for_pilot(about)
