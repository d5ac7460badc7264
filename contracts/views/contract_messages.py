"""Messages on a contract: read, written, marked as read."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contracts import actions, rules
from contracts.facts.talks import talk
from contracts.forms.messages import MessageForm
from contracts.models import Message
from contracts.views.seen import visible_contract
from sroi_portal.core.http import UserRequest, require


@require_http_methods(["GET", "POST"])
def message_list(request: UserRequest, contract_id: int) -> HttpResponse:
    """Show what was said, and write an answer; the same form sent twice sends once."""
    contract = visible_contract(request, contract_id)
    require(rules.may_read_messages(request.user, contract))
    form = MessageForm(request.POST or None, about=_number(request.GET.get("about", "")))
    if form.is_valid():
        key = form.cleaned_data["form_key"]
        if not (key and Message.objects.filter(uuid=key).exists()):
            actions.send_message(
                contract,
                form.cleaned_data["text"],
                by=request.user,
                at=timezone.now(),
                about=form.cleaned_data["about"],
                key=key,
            )
        messages.success(request, _("The message is sent."))
        return redirect("contracts:message-list", contract.pk)
    context = {
        "contract": contract,
        "form": form,
        "talk": talk(contract, request.user),
        "is_supplier": contract.supplier_id in request.user.supplier_ids,
    }
    return render(request, "contracts/message_list.html", context)


@require_POST
def messages_read(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_mark_messages_read(request.user, contract))
    actions.mark_messages_read(contract, by=request.user, at=timezone.now())
    return redirect("contracts:message-list", contract.pk)


def _number(text: str) -> str:
    """Take the number of a contribution from the address, and nothing else."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""
