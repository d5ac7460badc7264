"""A supplier goes on as another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candidates import actions, rules
from candidates.forms.merging import MergeForm
from sroi_portal.core.http import UserRequest, require
from suppliers.models import Supplier


@require_http_methods(["GET", "POST"])
def supplier_merge(request: UserRequest, supplier_id: int) -> HttpResponse:
    supplier = get_object_or_404(Supplier.objects.visible_to(request.user), pk=supplier_id)
    require(rules.may_merge_supplier(request.user, supplier))
    form = MergeForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        facts = form.cleaned_data
        try:
            kept = actions.merge_supplier(
                supplier,
                facts["kvk"],
                facts["merged_on"],
                by=request.user,
                at=timezone.now(),
                reason=facts["reason"],
            )
        except actions.CannotMergeError as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Everything now stands under the supplier that goes on."))
            for said in kept:
                messages.warning(request, said)
            return redirect(facts["kvk"])
    context = {"form": form, "supplier": supplier}
    return render(request, "candidates/supplier_merge.html", context)
