"""The check of article 2.82: of a contract, and of who tenders for a lot."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts.actions import reserved_checks
from contracts.facts import reserved
from contracts.forms.reserved import LotCheckForm, ReservedCheckForm
from contracts.models import Lot, ReservedCheck, Tender
from contracts.rules import talking
from contracts.views.seen import visible_contract
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
def reserved_record(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(talking.may_check_reserved_contract(request.user, contract))
    check = ReservedCheck(contract=contract, supplier=contract.supplier)
    today = timezone.localdate()
    form = ReservedCheckForm(
        request.POST or None, instance=check, supplier=contract.supplier, today=today
    )
    if form.is_valid():
        try:
            form.already_made() or reserved_checks.check_reserved_contract(
                contract, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The share is recorded."))
            return redirect(contract)
    checks = reserved.checks_of(contract).select_related("checked_by", "supplier")
    context = {"form": form, "contract": contract, "checks": checks}
    return render(request, "contracts/reserved_record.html", context)


@require_http_methods(["GET", "POST"])
def lot_check(request: UserRequest, lot_id: int) -> HttpResponse:
    seen = Tender.objects.visible_to(request.user).values("pk")
    lot = get_object_or_404(Lot.objects.filter(tender__in=seen).select_related("tender"), pk=lot_id)
    require(talking.may_check_reserved_lot(request.user, lot))
    check = ReservedCheck(lot=lot)
    form = LotCheckForm(request.POST or None, instance=check, today=timezone.localdate())
    if form.is_valid():
        supplier = form.cleaned_data["who"]
        try:
            form.already_made() or reserved_checks.check_reserved_lot(
                lot, supplier, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The share is recorded."))
            return redirect(lot.tender)
    checks = lot.reserved_checks.select_related("checked_by", "supplier")
    context = {"form": form, "lot": lot, "tender": lot.tender, "checks": checks}
    return render(request, "contracts/lot_check.html", context)
