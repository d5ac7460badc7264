"""Why a contribution counts for what it counts for: on a page, and as a PDF that is not kept."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from candidates import paths, rules
from candidates.models import Share
from candidates.views import looking
from candidates.views.receipts import explained
from candidates.views.shares import visible_share
from contracts import valuation
from sroi_portal.core import pdf
from sroi_portal.core.http import UserRequest, require

STYLESHEET = "css/explanation.css"


@require_safe
@never_cache
def share_explanation(request: UserRequest, share_id: int) -> HttpResponse:
    """Explain every euro: rules, what did not count, and the sum (E09)."""
    share = visible_share(request, share_id)
    return render(request, "candidates/share_explanation.html", _context(request, share))


@require_POST
@never_cache
def explanation_reason(request: UserRequest, share_id: int) -> HttpResponse:
    """Explain it to a colleague of who entered it; the person reads that somebody looked (R-427)."""
    share = visible_share(request, share_id)
    require(rules.may_see_reason(request.user, share))
    context = _context(request, share, is_asked=True)
    return render(request, "candidates/share_explanation.html", context)


@require_safe
@never_cache
def share_explanation_pdf(request: UserRequest, share_id: int) -> HttpResponse:
    """Print the page in the request: it takes less than a second, and nothing is archived."""
    share = visible_share(request, share_id)
    if not share.valuation:
        raise Http404
    page = render_to_string("candidates/share_explanation_print.html", _context(request, share))
    name = f"{share.contract.reference or share.contract_id}-{str(share.uuid)[:8]}.pdf"
    return HttpResponse(
        pdf.render(page, stylesheet=STYLESHEET),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _context(request: UserRequest, share: Share, *, is_asked: bool = False) -> dict[str, Any]:
    is_own = share.supplier_id in request.user.supplier_ids
    stored = valuation.Valuation.from_json(share.valuation) if share.valuation else None
    ask_at = reverse("candidates:explanation-reason", args=[share.pk])
    return {
        "share": share,
        "user": request.user,
        "is_own": is_own,
        "person": _person(request, share, is_own=is_own, is_asked=is_asked),
        **looking.reason_of(share.contribution, by=request.user, ask_at=ask_at, is_asked=is_asked),
        "explained": explained(stored) if stored else None,
        "on_path": paths.of_share(share, is_own=is_own),
        "printed_at": timezone.now(),
        "address": f"{settings.SITE_URL}{share.get_absolute_url()}",
    }


def _person(request: UserRequest, share: Share, *, is_own: bool, is_asked: bool) -> str:
    """Name the person in the words of who reads, and write down who looked."""
    placement, now = share.contribution.person_of, timezone.now()
    if placement is None:
        return ""
    if is_own:
        if is_asked:
            looking.look_at_reason(share.contribution, by=request.user, at=now)
        else:
            looking.look_as_supplier([placement], "explain-share", by=request.user, at=now)
        return placement.candidate.reference
    looking.look_as_authority([share], "explain-share", by=request.user, at=now)
    return looking.code_of(share)
