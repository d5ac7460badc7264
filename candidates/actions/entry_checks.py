"""What is held against a share before it is taken in, and kept beside it afterwards."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from candidates import entry_rules, evidence_needs
from candidates.entry_rules import Finding
from candidates.models import EntryFinding, Share
from sroi_portal.core.status import RefusedError


class NotSubmittableError(RefusedError):
    """The period is not over, or lies outside the contract or the placement."""


class EntryRefusedError(NotSubmittableError):
    """A rule of the authority, or evidence that is missing, stops it."""


def blocking_evidence(share: Share) -> list[evidence_needs.Need]:
    """Find the evidence without which a share cannot be submitted (R-201)."""
    needs = evidence_needs.of_share(share, share.contribution.ends_on)
    return [need for need in needs if need.is_blocking]


def findings_on(share: Share, *, at: dt.datetime) -> list[Finding]:
    """Hold the share against the rules of its authority that hold today."""
    today = timezone.localdate(at)
    rules = entry_rules.holding(share.authority_id, today)
    return entry_rules.judge(rules, entry_rules.facts_of_share(share)) if rules else []


def require_let_in(share: Share, *, at: dt.datetime) -> list[Finding]:
    """Give what the rules say of a share that may be submitted.

    :raises EntryRefusedError: when something blocks it, with all that does.
    """
    missing = blocking_evidence(share)
    findings = findings_on(share, at=at)
    reasons = [each.sentence for each in findings if each.is_blocking]
    if missing:
        kinds = ", ".join(need.kind.label for need in missing)
        reasons.insert(0, _("State this evidence first: %(kinds)s.") % {"kinds": kinds})
    if reasons:
        raise EntryRefusedError(
            _("This cannot be submitted. %(reasons)s") % {"reasons": " ".join(reasons)}
        )
    return findings


def keep_findings(share: Share, findings: list[Finding], *, at: dt.datetime) -> None:
    """Keep what the rules said for who checks, instead of what they said before."""
    share.entry_findings.all().delete()
    EntryFinding.objects.bulk_create(
        EntryFinding(
            share=share,
            authority_id=share.authority_id,
            supplier_id=share.supplier_id,
            rule=each.rule,
            measured=each.measured,
            found_at=at,
        )
        for each in findings
    )
