"""A period of a placement is claimed: proposed, shown with its worth, kept or submitted."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates import actions, rules
from candidates.entry_rules import Finding
from candidates.forms import ContributionForm
from candidates.models import Placement, Share
from candidates.views import evidence_shown, looking
from candidates.views.claims import edit_claim, found_again
from candidates.views.receipts import receipt
from sroi_portal.core import drafts
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
@drafts.kept
def contribution_new(request: UserRequest, placement_id: int) -> HttpResponse:
    placement = _own(request, placement_id)
    form = _form(request, placement)
    if request.method == "POST":
        is_valid = form.is_valid()
        share = form.already_drafted() or (_draft(request, form) if is_valid else None)
        if share:
            return redirect(share)
    if request.method == "GET":
        looking.look_at_reason(placement, by=request.user, at=timezone.now())
    return _show(request, form)


@require_POST
def contribution_preview(request: UserRequest, placement_id: int) -> HttpResponse:
    """Show what the period would count for; keeps nothing."""
    return _show(request, _form(request, _own(request, placement_id)))


@require_http_methods(["GET", "POST"])
def share_edit(request: UserRequest, share_id: int) -> HttpResponse:
    share = get_object_or_404(Share.objects.visible_to(request.user).with_facts(), pk=share_id)
    require(rules.may_change_share(request.user, share))
    if not share.is_changeable:
        messages.info(request, _("This can no longer be changed."))
        return redirect(share)
    if request.method == "GET":
        looking.look_at_reason(share.contribution, by=request.user, at=timezone.now())
    placement = share.contribution.placement
    if placement is None:
        return edit_claim(request, share)
    form = ContributionForm(
        request.POST or None, placement=placement, today=timezone.localdate(), share=share
    )
    is_to_be_kept = request.POST.get("do") != "compute"
    if is_to_be_kept and form.is_valid() and _change(request, share, form):
        return redirect(share)
    context = {
        "form": form,
        "share": share,
        "placement": placement,
        "receipt": receipt(form.worth()),
    }
    return render(request, "candidates/share_edit.html", context)


def _own(request: UserRequest, placement_id: int) -> Placement:
    rows = Placement.objects.visible_to(request.user).select_related(
        "contract__authority", "supplier", "block__table"
    )
    placement = get_object_or_404(rows, pk=placement_id)
    require(rules.may_draft_contribution(request.user, placement))
    return placement


def _form(request: UserRequest, placement: Placement) -> ContributionForm:
    return ContributionForm(request.POST or None, placement=placement, today=timezone.localdate())


def _show(request: UserRequest, form: ContributionForm) -> HttpResponse:
    template = "candidates/contribution_new.html"
    context = {
        "form": form,
        "placement": form.placement,
        "receipt": receipt(form.worth()),
        "findings": _findings(form),
        "found": found_again(request, form.imagined()),
    }
    return render(request, f"{template}#preview" if request.htmx else template, context)


def _findings(form: ContributionForm) -> list[Finding]:
    """Say before it is submitted what the entry rules say of it."""
    told = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    if form.is_bound and form.errors:
        return []
    period = (told["starts_on"], told["ends_on"])
    return evidence_shown.findings_of_period(form.placement, period, form.today)


def _draft(request: UserRequest, form: ContributionForm) -> Share | None:
    """Keep it as a concept and, when asked, submit it in the same go: both or neither."""
    at, submits = timezone.now(), form.is_to_be_submitted
    try:
        with transaction.atomic():
            share = actions.draft_contribution(
                form.placement,
                by=request.user,
                at=at,
                period=form.period(),
                pct=form.cleaned_data["pct"],
                key=form.key(),
            )
            if submits:
                actions.submit_share(share, by=request.user, at=at)
    except FORESEEN as reason:
        form.refuse(reason)
        return None
    done = _("Submitted. The coordinator checks it; you get a mail.")
    messages.success(request, done if submits else _("Kept as a concept. Submit it when ready."))
    return share


def _change(request: UserRequest, share: Share, form: ContributionForm) -> bool:
    try:
        actions.change_share(
            share,
            by=request.user,
            at=timezone.now(),
            period=form.period(),
            pct=form.cleaned_data["pct"],
            revision=form.cleaned_data["revision"],
        )
    except FORESEEN as reason:
        form.refuse(reason)
        return False
    messages.success(request, _("Corrected."))
    return True
