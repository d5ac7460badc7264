"""Work lists of proof: evidence that ends, and samples that were drawn and not worked through."""

import datetime as dt

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candidates.models import (
    IS_SEEN,
    UNDECIDED,
    Evidence,
    PlacementStatus,
    Sample,
    SampleShare,
    Share,
)
from reports.home.kinds import Item
from reports.home.listing import OF_CONTRACT, Listing
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.templatetags import formats

AHEAD = dt.timedelta(days=30)
LONG_AGO = dt.timedelta(days=365)


def proof_listings(user: User, shares: QuerySet[Share], today: dt.date) -> list[Listing]:
    """Evidence of running work and of claims that wait, then samples; each with one query."""
    return [_of_work(user, today), _of_claims(user, shares, today), _samples(user)]


def _of_work(user: User, today: dt.date) -> Listing:
    """List evidence of running work that ends within a month or ended."""
    rows = (
        Evidence.objects.visible_to(user)
        .current()
        .filter(
            valid_until__range=(today - LONG_AGO, today + AHEAD),
            placement__status=PlacementStatus.RUNNING,
            authority_ids__overlap=list(user.authorities_with(RoleName.COORDINATOR)),
        )
        .select_related("kind", "placement__contract", "supplier")
        .order_by("valid_until", "pk")
    )
    return Listing(
        key="evidence",
        title=_("Evidence that ends"),
        rows=rows,
        show=lambda each: _evidence(each, today),
        empty=_("No evidence of running work ends within a month."),
        search=(
            "placement__contract__title__icontains",
            "placement__contract__reference__icontains",
            "supplier__name__icontains",
        ),
        authority="placement__contract__authority",
    )


def _of_claims(user: User, shares: QuerySet[Share], today: dt.date) -> Listing:
    """List claims without a placement that wait for a decision while their evidence ends."""
    ending = Evidence.objects.visible_to(user).current()
    ending = ending.filter(
        contribution__isnull=False,
        result__in=IS_SEEN,
        valid_until__range=(today - LONG_AGO, today + AHEAD),
    )
    first = ending.filter(contribution=OuterRef("contribution")).order_by("valid_until")
    rows = shares.filter(status__in=UNDECIDED, contribution__in=ending.values("contribution"))
    rows = rows.annotate(evidence_until=Subquery(first.values("valid_until")[:1]))
    return Listing(
        key="evidence-of-claims",
        title=_("Evidence that ends, without a placement"),
        rows=rows.order_by("evidence_until", "pk"),
        show=lambda each: _claim(each, today),
        empty=_("No evidence of what waits for a decision ends within a month."),
        search=OF_CONTRACT,
    )


def _samples(user: User) -> Listing:
    """List samples of which drawn contributions wait for a check, the oldest first (N08)."""
    waiting = SampleShare.objects.filter(sample=OuterRef("pk"), place__isnull=False, outcome="")
    counted = waiting.order_by().values("sample").annotate(found=Count("pk"))
    rows = (
        Sample.objects.visible_to(user)
        .filter(authority_id__in=user.authorities_with(RoleName.COORDINATOR))
        .annotate(waiting_count=Subquery(counted.values("found")))
        .filter(waiting_count__gt=0)
        .select_related("authority")
        .order_by("drawn_at", "pk")
    )
    return Listing(
        key="samples",
        title=_("Samples to check"),
        rows=rows,
        show=_sample,
        empty=_("No sample waits for a check."),
        search=("authority__name__icontains",),
    )


def _evidence(evidence: Evidence, today: dt.date) -> Item:
    placement = evidence.placement
    return _ending(
        str(evidence.kind),
        placement.get_absolute_url() if placement else "",
        f"{placement.contract.title} · {evidence.supplier.name}" if placement else "",
        evidence.valid_until,
        today,
    )


def _claim(share: Share, today: dt.date) -> Item:
    until: dt.date | None = getattr(share, "evidence_until", None)
    return _ending(
        share.contract.title, share.get_absolute_url(), share.supplier.name, until, today
    )


def _ending(label: str, url: str, sub: str, until: dt.date | None, today: dt.date) -> Item:
    is_over = until is not None and until < today
    return Item(
        label=label,
        url=url,
        sub=sub,
        when=_("valid until"),
        on=until,
        badge=_("ended") if is_over else _("ends soon"),
        tone="negative" if is_over else "warning",
    )


def _sample(sample: Sample) -> Item:
    count: int = getattr(sample, "waiting_count", 0)
    words = ngettext("%(count)s contribution to check", "%(count)s contributions to check", count)
    days = {"first": formats.day(sample.starts_on), "last": formats.day(sample.ends_on)}
    return Item(
        label=_("Sample of %(first)s to %(last)s") % days,
        url=sample.get_absolute_url(),
        sub=sample.authority.name,
        when=_("drawn"),
        on=timezone.localdate(sample.drawn_at),
        badge=words % {"count": count},
        tone="warning",
    )
