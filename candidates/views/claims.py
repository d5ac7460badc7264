"""Something else than work is entered: its row chosen, its worth shown, kept or submitted."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates import actions, rules, twice
from candidates.forms.claims import ClaimForm
from candidates.models import Agreement, Contribution, ContributionKind, Share, kind_of
from candidates.views.entering import open_contracts
from candidates.views.receipts import receipt
from contracts.models import Block, Contract
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import User
from sroi_portal.core.status import FORESEEN
from suppliers import actions as supplier_actions
from suppliers.models import Supplier


@require_safe
def claim_choose(request: UserRequest, contract_id: int) -> HttpResponse:
    """Offer the kinds that the contract's table has, and no others."""
    contract = _contract(request, contract_id)
    by_kind: dict[ContributionKind, list[Block]] = {}
    for row in Block.objects.filter(table=contract.value_table_id).order_by("position", "pk"):
        by_kind.setdefault(kind_of(row), []).append(row)
    context = {
        "contract": contract,
        "kinds": [(kind, by_kind[kind]) for kind in ContributionKind if kind in by_kind],
        "has_tailored": not by_kind or ContributionKind.TAILORED in by_kind,
        "agreements": Agreement.objects.filter(contract=contract),
    }
    return render(request, "candidates/claim_choose.html", context)


@require_http_methods(["GET", "POST"])
def claim_new(request: UserRequest, contract_id: int, block_id: int) -> HttpResponse:
    form = _form(request, contract_id, block_id)
    if request.method == "POST":
        is_valid = form.is_valid()
        share = form.already_drafted() or (_draft(request, form) if is_valid else None)
        if share:
            return redirect(share)
    return _show(request, form)


@require_POST
def claim_preview(request: UserRequest, contract_id: int, block_id: int) -> HttpResponse:
    """Show what it would count for; keeps nothing."""
    return _show(request, _form(request, contract_id, block_id))


def edit_claim(request: UserRequest, share: Share) -> HttpResponse:
    """Correct what is no work, on the page of `share_edit`."""
    form = ClaimForm(
        request.POST or None,
        contract=share.contract,
        block=share.known_block,
        today=timezone.localdate(),
        share=share,
    )
    is_to_be_kept = request.POST.get("do") not in (None, "compute")
    if is_to_be_kept and form.is_valid() and _change(request, share, form):
        return redirect(share)
    return _show(request, form)


def found_again(request: UserRequest, contribution: Contribution | None) -> list[twice.Found]:
    """Tell the supplier before it submits what of its own looks the same (E13)."""
    if contribution is None:
        return []
    return twice.find_one(contribution, reader=twice.Reader.of(request.user))


def _contract(request: UserRequest, contract_id: int) -> Contract:
    seen = Contract.objects.visible_to(request.user).select_related(
        "supplier", "authority", "manager"
    )
    contract: Contract = get_object_or_404(seen, pk=contract_id)
    require(rules.may_draft_claim(request.user, contract))
    return contract


def _form(request: UserRequest, contract_id: int, block_id: int) -> ClaimForm:
    contract = _contract(request, contract_id)
    rows = Block.objects.filter(table=contract.value_table_id).select_related("table")
    block = get_object_or_404(rows, pk=block_id)
    if kind_of(block) == ContributionKind.PLACEMENT:
        block = get_object_or_404(rows.none())
    return ClaimForm(
        request.POST or None, contract=contract, block=block, today=timezone.localdate()
    )


def _show(request: UserRequest, form: ClaimForm) -> HttpResponse:
    template = "candidates/claim_new.html"
    imagined = form.imagined()
    context: dict[str, Any] = {
        "form": form,
        "share": form.share,
        "contract": form.contract,
        "row": form.block,
        "receipt": receipt(form.worth()),
        "found": found_again(request, imagined.contribution if imagined else None),
        "is_open": open_contracts(request.user).filter(pk=form.contract.pk).exists(),
        "lacks_agreement": "agreement" in form.fields and not form.fields["agreement"].queryset,  # type: ignore[attr-defined]
    }
    return render(request, f"{template}#preview" if request.htmx else template, context)


def _draft(request: UserRequest, form: ClaimForm) -> Share | None:
    """Keep it as a concept and, when asked, submit it in the same go: both or neither."""
    at, submits = timezone.now(), form.is_to_be_submitted
    try:
        with transaction.atomic():
            claim = form.claim(_partner(form, by=request.user, at=at))
            share = actions.draft_claim(form.contract, claim, by=request.user, at=at)
            if submits:
                actions.submit_share(share, by=request.user, at=at)
    except FORESEEN as reason:
        form.refuse(reason)
        return None
    done = _("Submitted. The coordinator checks it; you get a mail.")
    messages.success(request, done if submits else _("Kept as a concept. Submit it when ready."))
    return share


def _change(request: UserRequest, share: Share, form: ClaimForm) -> bool:
    at = timezone.now()
    try:
        with transaction.atomic():
            claim = form.claim(_partner(form, by=request.user, at=at))
            revision = form.cleaned_data["revision"]
            actions.change_claim(share, claim, by=request.user, at=at, revision=revision)
    except FORESEEN as reason:
        form.refuse(reason)
        return False
    messages.success(request, _("Corrected."))
    return True


def _partner(form: ClaimForm, *, by: User, at: dt.datetime) -> Supplier | None:
    """Find who sold it, or put it in the register by the number and name on the invoice."""
    kvk = form.cleaned_data.get("partner_kvk")
    if not kvk or form.partner:
        return form.partner
    name = form.cleaned_data["partner_name"]
    return supplier_actions.register_supplier(name=name, kvk=kvk, by=by, at=at)
