"""A supplier divides one contribution over its contracts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candidates import actions, rules
from candidates.forms.dividing import DivideForm
from candidates.models import FREED, ContributionKind, Share
from candidates.views import looking
from candidates.views.shares import visible_share
from contracts.models import ACCEPTING, Contract
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
def share_divide(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_divide_contribution(request.user, share))
    contribution = share.contribution
    if not contribution.is_live or contribution.kind == ContributionKind.TAILORED:
        messages.info(request, _("This cannot be divided."))
        return redirect(share)
    living = contribution.shares.exclude(status__in=FREED).with_facts().order_by("pk")
    contracts = Contract.objects.visible_to(request.user).filter(
        supplier=share.supplier_id, status__in=ACCEPTING, is_framework=False
    )
    form = DivideForm(
        request.POST or None,
        contribution=contribution,
        living=list(living),
        contracts=contracts.select_related("authority", "value_table").order_by("title", "pk"),
    )
    if request.method == "GET":
        looking.look_at_reason(contribution, by=request.user, at=timezone.now())
    is_to_be_kept = request.POST.get("do") != "add"
    if is_to_be_kept and form.is_valid() and _divide(request, form):
        return redirect(_shown(share))
    context = {"form": form, "share": share, "has_errors": is_to_be_kept and bool(form.errors)}
    return render(request, "candidates/share_divide.html", context)


def _divide(request: UserRequest, form: DivideForm) -> bool:
    try:
        actions.divide_contribution(
            form.contribution,
            form.wanted(),
            by=request.user,
            at=timezone.now(),
            revision=form.cleaned_data["revision"],
        )
    except FORESEEN as reason:
        form.refuse(reason)
        return False
    messages.success(request, _("Divided. Submit the part of each contract when it is ready."))
    return True


def _shown(share: Share) -> Share:
    """Go to the part one came from, or to another one when that is gone."""
    living = Share.objects.filter(contribution=share.contribution_id).exclude(status__in=FREED)
    found: Share = living.filter(pk=share.pk).first() or living.order_by("pk").first() or share
    return found
