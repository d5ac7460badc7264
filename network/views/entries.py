"""The directory of social enterprises: found by what they do, where and what they hold (H01)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network import actions, regions, rules
from network.forms.entries import EntryFilterForm, EntryForm
from network.models import Entry, Offer
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import ChangedMeanwhileError
from suppliers.models import Certificate, Supplier


@require_safe
def entry_list(request: UserRequest) -> HttpResponse:
    """Show who holds a certificate today and wants to be found."""
    today = timezone.localdate()
    form = EntryFilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Entry.objects.shown_on(today)
    if wanted.get("q"):
        found = found.matching(wanted["q"])
    if wanted.get("province"):
        found = found.filter(province=wanted["province"])
    if wanted.get("certificate"):
        held = Certificate.objects.valid_on(today).filter(kind=wanted["certificate"])
        found = found.filter(supplier__in=held.values("supplier"))
    page = paginate(request, _with_facts(found).order_by("supplier__name", "pk"))
    mine = Supplier.objects.filter(pk__in=request.user.supplier_ids)
    context = {
        "filters": form,
        "page": page,
        "rows": [(each, regions.name_of(each.province)) for each in page],
        "is_narrowed": any(wanted.values()),
        "own": [each for each in mine if rules.may_keep_entry(request.user, each)],
    }
    return render(request, "network/entry_list.html", context)


def _with_facts(entries: Any) -> Any:
    valid = Certificate.objects.valid_on(timezone.localdate()).order_by("kind", "pk")
    certificates = Prefetch("supplier__certificates", queryset=valid, to_attr="held_today")
    return entries.select_related("supplier").prefetch_related(certificates)


@require_safe
def entry_detail(request: UserRequest, entry_id: int) -> HttpResponse:
    user = request.user
    shown = Entry.objects.shown_on(timezone.localdate())
    own = Entry.objects.filter(supplier__in=user.supplier_ids)
    entry: Entry = get_object_or_404(_with_facts(shown | own), pk=entry_id)
    offers = Offer.objects.visible_to(user).standing().filter(supplier=entry.supplier)
    context = {
        "entry": entry,
        "place": regions.name_of(entry.province),
        "offers": offers.order_by("-posted_at", "-pk"),
        "offerings": [
            (each, regions.name_of(each.region) if len(each.region) > 2 else "")
            for each in entry.supplier.offerings.standing()
        ],
        "may_keep": rules.may_keep_entry(user, entry.supplier),
    }
    return render(request, "network/entry_detail.html", context)


@require_http_methods(["GET", "POST"])
def entry_keep(request: UserRequest, supplier_id: int) -> HttpResponse:
    suppliers = Supplier.objects.filter(pk__in=request.user.supplier_ids)
    supplier = get_object_or_404(suppliers, pk=supplier_id)
    require(rules.may_keep_entry(request.user, supplier))
    known = Entry.objects.filter(supplier=supplier).first()
    form = EntryForm(request.POST or None, instance=known)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        by, at = request.user, timezone.now()
        try:
            entry = actions.keep_entry(supplier, facts, by=by, at=at, revision=revision)
        except (ChangedMeanwhileError, ValidationError) as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Saved. This is what others read."))
            return redirect(entry)
    return render(request, "network/entry_keep.html", {"form": form, "supplier": supplier})
