"""The list of evidence on a page: what is asked, how it stands, what was stated."""

import datetime as dt
from typing import Any

from django.urls import reverse

from candidates import actions, entry_rules, evidence_needs
from candidates.models import Contribution, Evidence, Placement, Share
from sroi_portal.core.models import User


def of_placement(placement: Placement, today: dt.date, *, person: User) -> dict[str, Any]:
    seen = Evidence.objects.visible_to(person).filter(placement=placement)
    return {
        "evidence": list(seen.select_related("kind", "stated_by", "renewed_by").order_by("pk")),
        "needs": evidence_needs.of_placement(placement, today),
        "add_evidence_to": address_to_add(placement),
    }


def of_share(share: Share, today: dt.date, *, person: User) -> dict[str, Any]:
    """Show the list as the authority of the share asks it; to the supplier a way to add to it."""
    contribution = share.contribution
    about: Any = {"contribution": contribution}
    if contribution.placement is not None:
        about = {"placement": contribution.placement}
    seen = Evidence.objects.visible_to(person).filter(**about)
    is_own = share.supplier_id in person.supplier_ids
    return {
        "evidence": list(seen.select_related("kind", "stated_by", "renewed_by").order_by("pk")),
        "needs": evidence_needs.of_share(share, today),
        "add_evidence_to": address_to_add(contribution.placement or contribution) if is_own else "",
    }


def findings_of(share: Share, *, at: dt.datetime) -> list[entry_rules.Finding]:
    """Give what the rules say now of what can still be submitted, and else what they said then."""
    if share.status in actions.CHANGEABLE:
        return actions.findings_on(share, at=at)
    kept = share.entry_findings.select_related("rule")
    return [entry_rules.Finding(each.rule, each.measured) for each in kept]


def findings_of_period(
    placement: Placement, period: tuple[dt.date, dt.date], today: dt.date
) -> list[entry_rules.Finding]:
    """Give what the rules would say of a period that is only typed."""
    rules = entry_rules.holding(placement.contract.authority_id, today)
    if not rules:
        return []
    return entry_rules.judge(rules, entry_rules.facts_of_work(placement, period, today))


def address_to_add(about: Placement | Contribution) -> str:
    """Give the page on which evidence of this is stated."""
    name = "evidence-new" if isinstance(about, Placement) else "contribution-evidence-new"
    return reverse(f"candidates:{name}", args=[about.pk])
