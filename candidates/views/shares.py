"""A share on a page with two faces, and the lists of shares."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from candidates import actions, parts, paths, rules, twice
from candidates.forms import AnswerForm
from candidates.models import FREED, ContributionKind, Share, ShareStatus
from candidates.views import evidence_shown, looking, queueing
from candidates.views.receipts import receipt
from contracts import valuation
from contracts.models import ContractStatus
from sroi_portal.core import history
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN, texts_of

UNDER_WAY = (ShareStatus.DRAFT, ShareStatus.RETURNED, ShareStatus.SUBMITTED)


@require_safe
def share_list(request: UserRequest) -> HttpResponse:
    """Show what waits for the authority, oldest first; a supplier sees its own."""
    require(bool(request.user.sees_contributions_of or request.user.supplier_ids))
    is_own = not request.user.sees_contributions_of
    filters = queueing.filters_of(request, is_own=is_own)
    now = timezone.now()
    rows = filters.narrow(
        _rows(request, filters, is_own=is_own), before=lambda days: now - dt.timedelta(days=days)
    )
    totals = rows.aggregate(count=models.Count("pk"), value_eur=models.Sum("value_eur"))
    page = paginate(request, rows.fetch_mode(models.FETCH_RAISE))
    context = {
        "page": page,
        "rows": _described(request, page, now=now, is_own=is_own),
        "filters": filters,
        "totals": totals,
        "is_own": is_own,
        "is_narrowed": bool(request.GET),
        "query": "" if is_own else queueing.query_of(request),
        "may_verify_many": not is_own and queueing.may_verify_many(request, filters),
    }
    return render(request, "candidates/share_list.html", context)


@require_safe
def share_detail(request: UserRequest, share_id: int) -> HttpResponse:
    return show_share(request, visible_share(request, share_id))


@require_POST
@never_cache
def share_reason(request: UserRequest, share_id: int) -> HttpResponse:
    """Show a colleague why this counts; the person reads that somebody looked (R-427)."""
    share = visible_share(request, share_id)
    require(rules.may_see_reason(request.user, share))
    return show_share(request, share, is_asked=True)


@require_POST
def share_submit(request: UserRequest, share_id: int) -> HttpResponse:
    """Submit a concept, or again with an answer to the question."""
    share = visible_share(request, share_id)
    require(rules.may_submit_share(request.user, share))
    answer = ""
    if share.status == ShareStatus.RETURNED:
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return show_share(request, share, form)
        answer = form.cleaned_data["reason"]
    try:
        actions.submit_share(
            share,
            by=request.user,
            at=timezone.now(),
            answer=answer,
            revision=revision_of(request),
        )
    except FORESEEN as reason:
        messages.error(request, told(reason))
    else:
        messages.success(request, _("Submitted. The coordinator checks it; you get a mail."))
    return redirect(share)


@require_POST
def share_withdraw(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_withdraw_share(request.user, share))
    try:
        actions.withdraw_share(share, by=request.user, at=timezone.now())
    except FORESEEN as reason:
        messages.error(request, told(reason))
    else:
        messages.success(request, _("Withdrawn. You can enter the period anew."))
    return redirect(share)


def visible_share(request: UserRequest, share_id: int) -> Share:
    share: Share = get_object_or_404(
        Share.objects.visible_to(request.user)
        .with_facts()
        .select_related("submitted_by", "decided_by", "block__group"),
        pk=share_id,
    )
    return share


def revision_of(request: UserRequest) -> int | None:
    """Read the revision of the page on which a button was pressed."""
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() else None


def show_share(
    request: UserRequest,
    share: Share,
    answer: forms.Form | None = None,
    *,
    is_asked: bool = False,
) -> HttpResponse:
    is_own = share.supplier_id in request.user.supplier_ids
    placement = share.contribution.placement
    stored = share.valuation and valuation.Valuation.from_json(share.valuation)
    ask_at = reverse("candidates:share-reason", args=[share.pk])
    context = {
        "share": share,
        "placement": placement,
        "is_own": is_own,
        "person": _person(request, share, is_own=is_own, is_asked=is_asked),
        **looking.reason_of(share.contribution, by=request.user, ask_at=ask_at, is_asked=is_asked),
        "may": doable(request, share),
        "is_own_rejection": share.is_objection and share.rejected_by_id == request.user.pk,
        "is_own_work": share.submitted_by_id == request.user.pk and not is_own,
        "receipt": receipt(stored or None),
        "found": twice.find_one(share.contribution, reader=twice.Reader.of(request.user)),
        "hours": placement.weekly_hours.order_by("holds_from") if placement else (),
        "thread": [each for each in history.of([share]) if each.remark][::-1],
        "answer": answer or AnswerForm(initial={"revision": share.revision}),
        "has_errors": bool(answer and answer.errors),
        **evidence_shown.of_share(share, timezone.localdate(), person=request.user),
        "findings": evidence_shown.findings_of(share, at=timezone.now()),
        **_parts(share, is_own=is_own),
        "on_path": paths.of_share(share, is_own=is_own),
        "queue": None if is_own else queueing.queue_of(request, share),
        "query": "" if is_own else queueing.query_of(request),
        **_confirmation(request, share),
    }
    return render(request, "candidates/share_detail.html", context)


def doable(request: UserRequest, share: Share) -> dict[str, bool]:
    """Say which buttons this person gets in this status."""
    user, to = request.user, share.MOVES.get(share.status, frozenset())
    checks = ShareStatus.REJECTED in to and not share.is_objection
    if share.contribution.removed_at:  # it stays as it is
        to, checks = frozenset(), False
    return {
        "submit": ShareStatus.SUBMITTED in to and rules.may_submit_share(user, share),
        "change": share.is_changeable and rules.may_change_share(user, share),
        "withdraw": ShareStatus.WITHDRAWN in to and rules.may_withdraw_share(user, share),
        "verify": checks and rules.may_verify_share(user, share),
        "send_back": ShareStatus.RETURNED in to and rules.may_return_share(user, share),
        "reject": checks and rules.may_reject_share(user, share),
        "revoke": ShareStatus.REVOKED in to and rules.may_revoke_share(user, share),
        "object": _is_in_time(share) and rules.may_object_share(user, share),
        "divide": _is_divisible(share) and rules.may_divide_contribution(user, share),
        "decide": share.is_objection and bool(to) and rules.may_grant_objection(user, share),
    }


def _is_divisible(share: Share) -> bool:
    """Whether it, or what is left of its contribution, can be given to another contract."""
    contribution = share.contribution
    if contribution.removed_at:
        return False
    return contribution.is_live and contribution.kind != ContributionKind.TAILORED


def _parts(share: Share, *, is_own: bool) -> dict[str, Any]:
    """Show a supplier all parts, an authority who else has which percentage (N09)."""
    if is_own:
        living = share.contribution.shares.exclude(status__in=FREED).select_related("contract")
        return {"own_parts": list(living.order_by("pk")), "other_parts": []}
    return {"own_parts": [], "other_parts": parts.of_others(share)}


def _is_in_time(share: Share) -> bool:
    return bool(
        share.status == ShareStatus.REJECTED
        and not share.contribution.removed_at
        and share.object_until
        and share.object_until >= timezone.localdate()
        and share.contract.status not in (ContractStatus.SETTLED, ContractStatus.CANCELLED)
    )


def _person(request: UserRequest, share: Share, *, is_own: bool, is_asked: bool) -> str:
    """Name the person in the words of who reads, and write down who looked."""
    placement, now = share.contribution.person_of, timezone.now()
    if placement is None:
        return ""
    if is_own:
        if is_asked:
            looking.look_at_reason(share.contribution, by=request.user, at=now)
        else:
            looking.look_as_supplier([placement], "open-share", by=request.user, at=now)
        return placement.candidate.reference
    looking.look_as_authority([share], "check-share", by=request.user, at=now)
    return looking.code_of(share)


def _confirmation(request: UserRequest, share: Share) -> dict[str, Any]:
    """Tell what the partner of a purchase says about it."""
    if share.contribution.partner_id is None:
        return {}
    standing = share.contribution.confirmations.standing().first()
    said = [each.remark for each in history.of([standing] if standing else []) if each.remark]
    return {
        "is_purchase": True,
        "confirmation": standing,
        "confirmation_remark": said[0] if said else "",
        "may_ask": rules.may_ask_confirmation(request.user, share),
    }


def _rows(request: UserRequest, filters: Any, *, is_own: bool) -> Any:
    rows = Share.objects.visible_to(request.user)
    if is_own:
        rows = rows.filter(supplier_id__in=request.user.supplier_ids)
        people = ("contribution__placement__candidate", "contribution__for_placement__candidate")
        rows = rows.select_related(*people, "contribution__agreement", "contract", "supplier")
    else:
        rows = rows.filter(authority_id__in=request.user.sees_contributions_of)
        people = ("contribution__placement", "contribution__for_placement")
        rows = rows.select_related(*people, "contribution__agreement", "contract", "supplier")
    status = filters.status_wanted("" if is_own else ShareStatus.SUBMITTED)
    if status == ShareStatus.SUBMITTED and not is_own:
        return rows.to_check()
    if not status:
        rows = rows.filter(status__in=UNDER_WAY)
    elif status != "all":
        rows = rows.filter(status=status)
    return rows.order_by("-pk")


def _described(
    request: UserRequest, page: Any, *, now: dt.datetime, is_own: bool
) -> list[dict[str, Any]]:
    """Name each person, count the days it waits, and write down who looked."""
    shares = list(page)
    if is_own:
        placements = [each.contribution.person_of for each in shares]
        looking.look_as_supplier(filter(None, placements), "list-shares", by=request.user, at=now)
        names = {
            share.pk: person.candidate.reference
            for share, person in zip(shares, placements, strict=True)
            if person
        }
    else:
        looking.look_as_authority(shares, "list-shares", by=request.user, at=now)
        known = looking.codes(shares)
        names = {
            share.pk: known.get((person.candidate_id, share.authority_id), "")
            for share in shares
            if (person := share.contribution.person_of)
        }
    return [
        {
            "share": share,
            "person": names.get(share.pk) or share.contribution.label,
            "days": _days(share, now),
        }
        for share in shares
    ]


def _days(share: Share, now: dt.datetime) -> int | None:
    if share.status != ShareStatus.SUBMITTED or share.submitted_at is None:
        return None
    return (timezone.localdate(now) - timezone.localdate(share.submitted_at)).days


def told(reason: Exception) -> str:
    return " ".join(texts_of(reason))
