"""Tenders and their lots."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contracts import actions, rules
from contracts.actions.clauses import CLOSED
from contracts.forms import LotForm, TenderFilterForm, TenderForm
from contracts.models import (
    Clause,
    Code,
    CodeList,
    Conclusion,
    Contract,
    Dialogue,
    DialogueStatus,
    Lot,
    Notice,
    ReservedCheck,
    Tender,
    TenderStatus,
)
from contracts.rules import talking
from sroi_portal.core import history
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import User
from sroi_portal.core.status import FORESEEN

SORTS = ("title", "-title", "status", "-status", "estimated_value", "-estimated_value")


@require_safe
def tender_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_tenders(request.user))
    form = TenderFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    tenders = Tender.objects.visible_to(request.user)
    if wanted.get("q"):
        words = wanted["q"].strip()
        tenders = tenders.filter(
            models.Q(title__icontains=words) | models.Q(reference__icontains=words)
        )
    if wanted.get("status"):
        tenders = tenders.filter(status=wanted["status"])
    sort = request.GET.get("sort", "")
    rows = tenders.select_related("authority").annotate(
        lot_count=Count("lots", distinct=True), contract_count=Count("contracts", distinct=True)
    )
    rows = rows.order_by(*([sort] if sort in SORTS else []), "-pk")
    context = {
        "form": form,
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "sort": sort,
        "is_narrowed": any(wanted.values()),
        "may_log": rules.may_log_tender(request.user),
    }
    return render(request, "contracts/tender_list.html", context)


@require_http_methods(["GET", "POST"])
def tender_new(request: UserRequest) -> HttpResponse:
    require(rules.may_log_tender(request.user))
    form = TenderForm(request.POST or None, officer=request.user)
    if form.is_valid():
        made = form.already_made() or actions.log_tender(
            form.facts(), by=request.user, at=timezone.now(), key=form.key()
        )
        return redirect(made)
    return render(request, "contracts/tender_new.html", {"form": form})


@require_safe
def tender_detail(request: UserRequest, tender_id: int) -> HttpResponse:
    tender = visible_tender(request, tender_id)
    seen = ReservedCheck.objects.select_related("supplier", "checked_by")
    lots = list(tender.lots.prefetch_related(Prefetch("reserved_checks", seen, "checks")))
    checks = [check for lot in lots for check in lot.checks]
    contracts = Contract.objects.visible_to(request.user).filter(tender=tender)
    codes = [tender.cpv_main, *tender.cpv_additional, *(lot.cpv_main for lot in lots)]
    context = {
        "tender": tender,
        "lots": lots,
        "contracts": list(contracts.with_names().order_by("-pk")),
        "notices": list(Notice.objects.filter(tender=tender).defer("raw", "facts")),
        "cpv": Code.objects.names(CodeList.CPV, [code[:8] for code in codes if code]),
        "places": Code.objects.names(CodeList.NUTS, [lot.place for lot in lots if lot.place]),
        **talks_of(tender, request.user),
        "events": history.of([tender, *lots, *checks]),
        "may_change": rules.may_change_tender(request.user, tender),
        "is_open": tender.status not in CLOSED,
        "may_log_contract": tender.status != TenderStatus.WITHDRAWN
        and rules.may_change_tender(request.user, tender),
    }
    return render(request, "contracts/tender_detail.html", context)


def talks_of(tender: Tender, person: User) -> dict[str, Any]:
    """Give the talks of a tender with their conclusions, the newest first."""
    standing = Conclusion.objects.standing().select_related("lot")
    found = Dialogue.objects.visible_to(person).filter(tender=tender)
    found = found.exclude(status=DialogueStatus.WITHDRAWN).order_by("-held_on", "-pk")
    return {
        "dialogues": list(
            found.prefetch_related("parties", Prefetch("conclusions", standing, "standing"))
        ),
        "clauses": _copies(tender),
        "chosen": tender.advices.select_related("decided_by", "lot").first(),
        "may_log_dialogue": tender.status != TenderStatus.WITHDRAWN
        and talking.may_log_dialogue(person, tender),
    }


def _copies(tender: Tender) -> list[dict[str, Any]]:
    """Give each text that was copied, with the version that replaced it; two queries."""
    copies = tender.clauses.filter(removed_at=None).select_related("clause", "lot", "follows_from")
    found = list(copies.order_by("pk"))
    codes = [each.clause.code for each in found]
    newest = {each.code: each for each in Clause.objects.published().filter(code__in=codes)}
    return [
        {
            "copied": each,
            "newer": now
            if (now := newest.get(each.clause.code)) and now.version > each.clause.version
            else None,
        }
        for each in found
    ]


@require_http_methods(["GET", "POST"])
def tender_edit(request: UserRequest, tender_id: int) -> HttpResponse:
    tender = visible_tender(request, tender_id)
    require(rules.may_change_tender(request.user, tender))
    form = TenderForm(request.POST or None, instance=tender, officer=request.user)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            actions.change_tender(
                tender, form.facts(), by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The tender is changed."))
            return redirect(tender)
    return render(request, "contracts/tender_edit.html", {"form": form, "tender": tender})


@require_http_methods(["GET", "POST"])
def lot_new(request: UserRequest, tender_id: int) -> HttpResponse:
    tender = visible_tender(request, tender_id)
    require(rules.may_log_lot(request.user, tender))
    lot = Lot(tender=tender, authority=tender.authority)
    initial = {"identifier": f"LOT-{tender.lots.count() + 1:04d}"}
    form = LotForm(request.POST or None, instance=lot, initial=initial)
    if form.is_valid():
        try:
            form.already_made() or actions.log_lot(
                tender, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            return redirect(tender)
    return render(request, "contracts/lot_new.html", {"form": form, "tender": tender})


@require_http_methods(["GET", "POST"])
def lot_edit(request: UserRequest, lot_id: int) -> HttpResponse:
    seen = Lot.objects.filter(tender__in=Tender.objects.visible_to(request.user))
    lot = get_object_or_404(seen.select_related("tender"), pk=lot_id)
    require(rules.may_change_lot(request.user, lot))
    form = LotForm(request.POST or None, instance=lot)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            actions.change_lot(
                lot, form.facts(), by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The lot is changed."))
            return redirect(lot.tender)
    return render(request, "contracts/lot_edit.html", {"form": form, "tender": lot.tender})


def visible_tender(request: UserRequest, tender_id: int) -> Tender:
    seen = Tender.objects.visible_to(request.user).select_related("authority", "officer")
    tender: Tender = get_object_or_404(seen, pk=tender_id)
    return tender
