"""Verify many at once: ticked or all that the filter keeps, asked once more, then in the background."""

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from candidates import actions
from candidates.models import MOST_AT_ONCE, BulkCheck, Share, ShareStatus
from candidates.views.queueing import query_of, waiting
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import Job, RoleName

VERIFIABLE = (ShareStatus.SUBMITTED, ShareStatus.UNCHECKED)


@require_POST
def share_verify_many(request: UserRequest) -> HttpResponse:
    """Show how many and how much it is; verify once that was confirmed."""
    require(request.user.has_role(RoleName.COORDINATOR))
    rows = waiting(request).filter(status__in=VERIFIABLE, objected_at=None)
    if request.POST.get("do") != "all":
        sent = [*request.POST.getlist("share"), *request.POST.get("ids", "").split(",")]
        rows = rows.filter(pk__in=[int(pk) for pk in sent if pk.isascii() and pk.isdigit()])
    ids = list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])
    if not ids:
        messages.info(request, _("Tick what you want to verify first."))
        return redirect(f"{reverse('candidates:share-list')}{query_of(request)}")
    if request.POST.get("do") == "confirm":
        return redirect(actions.ask_bulk_check(ids, by=request.user, at=timezone.now()))
    chosen = Share.objects.filter(pk__in=ids).aggregate(value_eur=Sum("value_eur"))
    context = {
        "ids": ",".join(map(str, ids)),
        "count": len(ids),
        "value_eur": chosen["value_eur"],
        "query": query_of(request),
        "is_cut": request.POST.get("do") == "all" and len(ids) == MOST_AT_ONCE,
    }
    return render(request, "candidates/share_verify_many.html", context)


@require_safe
def bulk_check(request: UserRequest, bulk_id: int) -> HttpResponse:
    """Show how far it is and, once done, what was verified, what was not and why."""
    bulk = get_object_or_404(BulkCheck.objects.visible_to(request.user), pk=bulk_id)
    refused = (
        Share.objects.visible_to(request.user)
        .filter(pk__in=bulk.refusals)
        .select_related("contract", "supplier", "contribution")
        .order_by("pk")
    )
    context = {
        "bulk": bulk,
        "job": Job.objects.filter(uuid=bulk.job_uuid).first(),
        "refused": [(share, bulk.refusals[str(share.pk)]) for share in refused],
        "unseen_count": len(bulk.refusals) - len(refused),
    }
    return render(request, "candidates/bulk_check.html", context)
