"""Partners of a contract: named, consented to, refused, ended."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contracts import actions, rules
from contracts.forms.subcontracts import EndPartnerForm, PartnerForm, RefusePartnerForm
from contracts.models import Contract, Subcontract
from contracts.views.seen import visible_contract
from sroi_portal.core.doing import done
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import IllegalMoveError
from suppliers import actions as supplier_actions


@require_http_methods(["GET", "POST"])
def partner_name(request: UserRequest, contract_id: int) -> HttpResponse:
    """Name who works along; the contract manager is asked for consent."""
    contract = visible_contract(request, contract_id)
    require(rules.may_name_partner(request.user, contract))
    form = PartnerForm(request.POST or None, contract=contract)
    if form.is_valid() and _name(request, contract, form):
        messages.success(request, _("The partner is named. The contract manager is asked."))
        return redirect(contract)
    return render(request, "contracts/partner_name.html", {"form": form, "contract": contract})


@require_POST
def partner_consent(request: UserRequest, subcontract_id: int) -> HttpResponse:
    subcontract = _visible(request, subcontract_id)
    require(rules.may_consent_partner(request.user, subcontract))
    done(
        request,
        lambda: actions.consent_partner(subcontract, by=request.user, at=timezone.now()),
        _("The partner may report its work on this contract."),
    )
    return redirect(subcontract.contract)


@require_http_methods(["GET", "POST"])
def partner_refuse(request: UserRequest, subcontract_id: int) -> HttpResponse:
    subcontract = _visible(request, subcontract_id)
    require(rules.may_refuse_partner(request.user, subcontract))
    form = RefusePartnerForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done(
            request,
            lambda: actions.refuse_partner(
                subcontract, by=request.user, at=timezone.now(), reason=reason
            ),
            _("The partner is refused. The supplier gets a mail and reads why."),
        )
        return redirect(subcontract.contract)
    context = {"form": form, "subcontract": subcontract, "contract": subcontract.contract}
    return render(request, "contracts/partner_refuse.html", context)


@require_http_methods(["GET", "POST"])
def partner_end(request: UserRequest, subcontract_id: int) -> HttpResponse:
    subcontract = _visible(request, subcontract_id)
    require(rules.may_end_partner(request.user, subcontract))
    form = EndPartnerForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.end_partner(
                subcontract,
                by=request.user,
                at=timezone.now(),
                ends_on=form.cleaned_data["ends_on"],
            )
        except IllegalMoveError as reason:
            messages.error(request, str(reason))
            return redirect(subcontract.contract)
        except ValidationError as reason:
            form.add_error("ends_on", reason.messages[0])
        else:
            return redirect(subcontract.contract)
    context = {"form": form, "subcontract": subcontract, "contract": subcontract.contract}
    return render(request, "contracts/partner_end.html", context)


def _visible(request: UserRequest, subcontract_id: int) -> Subcontract:
    contracts = Contract.objects.visible_to(request.user)
    seen = Subcontract.objects.filter(contract__in=contracts).select_related(
        "contract", "contract__manager", "supplier"
    )
    subcontract: Subcontract = get_object_or_404(seen, pk=subcontract_id)
    return subcontract


def _name(request: UserRequest, contract: Contract, form: PartnerForm) -> bool:
    """Name the partner; a form that is sent twice names it once."""
    if Subcontract.objects.filter(uuid=form.key(), contract=contract).exists():
        return True
    by, at = request.user, timezone.now()
    try:
        partner = supplier_actions.register_supplier(
            name=form.cleaned_data["name"], kvk=form.cleaned_data["kvk"], by=by, at=at
        )
        actions.name_partner(contract, partner, form.facts(), by=by, at=at, key=form.key())
    except actions.PartnerError as reason:
        form.refuse(reason)
        return False
    except ValidationError as reason:
        form.add_error("kvk", reason.messages[0])
        return False
    return True
