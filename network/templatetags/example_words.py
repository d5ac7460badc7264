"""Words and parts of pages about good examples and quotes."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from contracts.models import Contract, Tender
from network import rules, searching, suggesting
from network.models import ExampleStatus, GoodExample, Quote, QuoteStatus, QuoteUse

register = template.Library()

TONES: dict[str, str] = {
    ExampleStatus.PROPOSED: "warning",
    ExampleStatus.RETURNED: "info",
    ExampleStatus.PUBLISHED: "positive",
    ExampleStatus.WITHDRAWN: "neutral",
    QuoteStatus.RECORDED: "warning",
}


@register.inclusion_tag("core/badge.html")
def example_status(example: GoodExample | Quote) -> dict[str, Any]:
    return {"label": example.get_status_display(), "tone": TONES[example.status]}


@register.filter
def marked(headline: str) -> SafeString:
    return searching.marked(headline)


@register.inclusion_tag("network/parts/suggested_examples.html", takes_context=True)
def suggested_examples(context: Context, about: Contract | Tender) -> dict[str, Any]:
    """Show the examples that fit, and what was said on a contract; at most two queries."""
    is_contract = isinstance(about, Contract)
    return {
        "examples": suggesting.for_contract(about)
        if isinstance(about, Contract)
        else suggesting.for_tender(about),
        "quotes": list(about.quotes.allowed(QuoteUse.PORTAL)[: suggesting.MOST])
        if isinstance(about, Contract)
        else [],
        "about": "contract" if is_contract else "tender",
        "key": about.pk,
        "may_propose": rules.may_propose_example(context["user"]),
        "may_quote": is_contract and rules.may_record_quote(context["user"]),
    }
