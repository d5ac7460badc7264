"""What a supplier can do and where, kept by its own administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts.facts import work_and_place
from contracts.forms.advice import OfferingForm
from sroi_portal.core import history
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN
from suppliers import actions, rules
from suppliers.models import Offering, Supplier


@require_safe
def offering_list(request: UserRequest, supplier_id: int) -> HttpResponse:
    supplier = _supplier(request, supplier_id)
    found = list(supplier.offerings.standing())
    context = {
        "supplier": supplier,
        "offerings": found,
        "names": work_and_place.names(),
        "events": history.of(supplier.offerings.all()),
        "may_change": rules.may_record_offering(request.user, supplier),
    }
    return render(request, "contracts/offering_list.html", context)


@require_http_methods(["GET", "POST"])
def offering_new(request: UserRequest, supplier_id: int) -> HttpResponse:
    supplier = _supplier(request, supplier_id)
    require(rules.may_record_offering(request.user, supplier))
    form = OfferingForm(request.POST or None, instance=Offering(supplier=supplier))
    if form.is_valid():
        try:
            form.already_made() or actions.record_offering(
                supplier, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The offer is recorded. Everybody inside can find it."))
            return redirect("contracts:offering-list", supplier.pk)
    return render(request, "contracts/offering_new.html", {"form": form, "supplier": supplier})


@require_http_methods(["GET", "POST"])
def offering_edit(request: UserRequest, offering_id: int) -> HttpResponse:
    offering = _offering(request, offering_id)
    require(rules.may_change_offering(request.user, offering))
    form = OfferingForm(request.POST or None, instance=offering)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        stored = _offering(request, offering_id)
        try:
            actions.change_offering(
                stored, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The offer is changed."))
            return redirect("contracts:offering-list", offering.supplier_id)
    context = {"form": form, "supplier": offering.supplier}
    return render(request, "contracts/offering_edit.html", context)


@require_POST
def offering_end(request: UserRequest, offering_id: int) -> HttpResponse:
    offering = _offering(request, offering_id)
    require(rules.may_end_offering(request.user, offering))
    actions.end_offering(offering, by=request.user, at=timezone.now())
    messages.success(request, _("This is no longer offered."))
    return redirect("contracts:offering-list", offering.supplier_id)


def _supplier(request: UserRequest, supplier_id: int) -> Supplier:
    seen = Supplier.objects.visible_to(request.user)
    supplier: Supplier = get_object_or_404(seen, pk=supplier_id)
    return supplier


def _offering(request: UserRequest, offering_id: int) -> Offering:
    seen = Supplier.objects.visible_to(request.user).values("pk")
    found = Offering.objects.standing().filter(supplier__in=seen).select_related("supplier")
    offering: Offering = get_object_or_404(found, pk=offering_id)
    return offering
