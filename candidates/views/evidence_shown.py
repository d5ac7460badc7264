"""The list of evidence on a page: what is asked, how it stands, what was stated."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse

from candidates import actions, entry_rules, evidence_needs, rules
from candidates.models import Contribution, Evidence, Placement, Share, Visit
from sroi_portal.core.models import User

MOST_VISITS = 5


def of_placement(placement: Placement, today: dt.date, *, person: User) -> dict[str, Any]:
    seen = Evidence.objects.visible_to(person).filter(placement=placement)
    return {
        "evidence": list(seen.select_related("kind", "stated_by", "renewed_by").order_by("pk")),
        "needs": evidence_needs.of_placement(placement, today),
        "add_evidence_to": address_to_add(placement),
        "visits": _visits(placement.contract_id, placement.pk, person),
        "visit_url": _visit_url(placement, person),
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
        "add_evidence_to": (
            address_to_add(contribution.placement or contribution)
            if is_own and not contribution.removed_at
            else ""
        ),
        "visits": _visits(share.contract_id, contribution.placement_id, person),
    }


def _visits(contract_id: int, placement_id: int | None, person: User) -> list[Visit]:
    """Find what was seen on location, of this placement or of the whole contract (D16)."""
    rows = Visit.objects.visible_to(person).filter(contract=contract_id)
    of_this = Q(placement=None) | Q(placement=placement_id)
    return list(rows.filter(of_this).order_by("-visited_on", "-pk")[:MOST_VISITS])


def _visit_url(placement: Placement, person: User) -> str:
    """Give the page to record a visit to this placement, to who may."""
    if not rules.may_record_visit(person, placement.contract):
        return ""
    address = reverse("candidates:visit-new", args=[placement.contract_id])
    return f"{address}?placement={placement.pk}"


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
    holding = entry_rules.holding(placement.contract.authority_id, today)
    if not holding:
        return []
    return entry_rules.judge(holding, entry_rules.facts_of_work(placement, period, today))


def address_to_add(about: Placement | Contribution) -> str:
    """Give the page on which evidence of this is stated."""
    name = "evidence-new" if isinstance(about, Placement) else "contribution-evidence-new"
    return reverse(f"candidates:{name}", args=[about.pk])
