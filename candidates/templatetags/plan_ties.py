"""The line of the plan beside a share: chosen by the supplier, read by both."""

from typing import Any

from django import template

from candidates import rules
from candidates.actions import plan_ties
from candidates.forms.plan_ties import PlanTieForm
from candidates.models import Share
from contracts.facts import threads

register = template.Library()


@register.inclusion_tag("candidates/parts/share_plan.html", takes_context=True)
def share_plan(context: Any, share: Share) -> dict[str, Any]:
    """Show the line it is tied to, or propose the one that fits; nothing without a plan."""
    lines = plan_ties.lines_for(share)
    tied = plan_ties.tied_line(share)
    now = next((line for line in lines if tied and line.thread == tied.thread), None)
    chosen = now or plan_ties.fitting(share, lines)
    may_tie = bool(lines) and rules.may_tie_share(context["user"], share)
    form = PlanTieForm(lines=lines, initial={"line": chosen.pk if chosen else None})
    return {
        "csrf_token": context.get("csrf_token"),
        "share": share,
        "tied": tied,
        "is_proposed": tied is None and chosen is not None,
        "form": form if may_tie else None,
    }


@register.inclusion_tag("contracts/parts/thread.html", takes_context=True)
def share_thread(context: Any, share: Share) -> dict[str, Any]:
    """Lead from what counts back to the conversation with which it began (N03)."""
    line = plan_ties.tied_line(share)
    return {"steps": threads.thread_of(share.contract, line, context["user"])}


register.inclusion_tag(
    "candidates/parts/thread_printed.html", takes_context=True, name="share_thread_printed"
)(share_thread)
