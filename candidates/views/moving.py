"""A contract for another authority: asked, accepted, refused, taken back."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates import actions, rules
from candidates.forms.moving import ReceiveForm, RefuseTransferForm, TransferForm
from contracts import actions as contract_actions
from contracts import rules as contract_rules
from contracts.models import Contract, Transfer, TransferStatus
from contracts.views.seen import visible_contract
from sroi_portal.core import history
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
def transfer_ask(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(contract_rules.may_ask_transfer(request.user, contract))
    form = TransferForm(request.POST or None, contract=contract, today=timezone.localdate())
    if form.is_valid():
        try:
            asked = form.already_made() or contract_actions.ask_transfer(
                contract, **form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The other authority is asked to take the contract over."))
            return redirect("candidates:transfer-detail", asked.pk)
    context = {"form": form, "contract": contract}
    return render(request, "candidates/transfer_ask.html", context)


@require_http_methods(["GET", "POST"])
def transfer_detail(request: UserRequest, transfer_id: int) -> HttpResponse:
    """Show the request; who receives the contract names a manager and accepts."""
    transfer = _transfer(request, transfer_id)
    may_accept = rules.may_accept_transfer(request.user, transfer)
    form = ReceiveForm(request.POST or None, transfer=transfer)
    if request.method == "POST":
        require(may_accept)
    if form.is_valid():
        manager = form.cleaned_data["manager"]
        try:
            actions.accept_transfer(transfer, manager, by=request.user, at=timezone.now())
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The contract is now with your authority."))
            return redirect("contracts:contract-detail", transfer.contract_id)
    is_open = transfer.status == TransferStatus.ASKED
    context = {
        "transfer": transfer,
        "form": form if may_accept and is_open else None,
        "may_withdraw": is_open and contract_rules.may_withdraw_transfer(request.user, transfer),
        "contract": Contract.objects.visible_to(request.user)
        .filter(pk=transfer.contract_id)
        .first(),
        "events": history.of([transfer]),
    }
    return render(request, "candidates/transfer_detail.html", context)


@require_http_methods(["GET", "POST"])
def transfer_refuse(request: UserRequest, transfer_id: int) -> HttpResponse:
    transfer = _transfer(request, transfer_id)
    require(contract_rules.may_refuse_transfer(request.user, transfer))
    form = RefuseTransferForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            contract_actions.refuse_transfer(
                transfer, by=request.user, at=timezone.now(), reason=reason
            )
        except FORESEEN as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The contract stays where it is. Who asked gets a mail."))
            return redirect("candidates:transfer-detail", transfer.pk)
    context = {"form": form, "transfer": transfer}
    return render(request, "candidates/transfer_refuse.html", context)


@require_POST
def transfer_withdraw(request: UserRequest, transfer_id: int) -> HttpResponse:
    transfer = _transfer(request, transfer_id)
    require(contract_rules.may_withdraw_transfer(request.user, transfer))
    verb = partial(contract_actions.withdraw_transfer, transfer)
    return pressed(
        request,
        verb,
        _("The request is taken back."),
        back=reverse("candidates:transfer-detail", args=[transfer.pk]),
    )


def _transfer(request: UserRequest, transfer_id: int) -> Transfer:
    seen = Transfer.objects.visible_to(request.user)
    with_names = seen.select_related("authority", "receiver", "asked_by", "decided_by")
    found: Transfer = get_object_or_404(with_names, pk=transfer_id)
    return found
