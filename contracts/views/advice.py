"""What fits this tender: the advice with its counts, the choice, and the thresholds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contracts.actions import advice as actions
from contracts.forms.advice import AdviceForm, AdviceTermsForm, ChoiceForm, known_of
from contracts.models import AdviceTerms, TenderStatus
from contracts.rules import talking
from contracts.views.tenders import visible_tender
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import Authority, RoleName
from sroi_portal.core.status import FORESEEN

CLOSED = (TenderStatus.AWARDED, TenderStatus.WITHDRAWN)


@require_http_methods(["GET", "POST"])
def tender_advice(request: UserRequest, tender_id: int) -> HttpResponse:
    """Ask what is missing, advise, and record what the officer chooses."""
    tender = visible_tender(request, tender_id)
    may_choose = talking.may_record_choice(request.user, tender)
    if request.method == "POST":
        require(may_choose)
    known = known_of(tender, list(tender.lots.all()))
    form = AdviceForm(request.GET if "division" in request.GET else None, initial=known)
    advised, choice = None, None
    if form.is_valid():
        advised = actions.advise(tender, form.question(), today=timezone.localdate())
        choice = ChoiceForm(request.POST or None, tender=tender, advised=advised.advised)
        if choice.is_valid():
            try:
                choice.already_made() or actions.record_choice(
                    tender,
                    form.question(),
                    choice.facts(),
                    by=request.user,
                    at=timezone.now(),
                    key=choice.key(),
                )
            except FORESEEN as reason:
                choice.refuse(reason)
            else:
                messages.success(request, _("The choice is recorded."))
                return redirect(tender)
    context = {
        "tender": tender,
        "form": form,
        "has_errors": bool(choice and choice.errors),
        "advice": advised,
        "choice": choice if may_choose and tender.status not in CLOSED else None,
        "terms": AdviceTerms.objects.current(tender.authority),
    }
    return render(request, "contracts/tender_advice.html", context)


@require_safe
def advice_terms_list(request: UserRequest) -> HttpResponse:
    advised = request.user.authorities_with(RoleName.ADVISER)
    require(bool(advised))
    authorities = Authority.objects.filter(pk__in=advised).order_by("name", "pk")
    context = {"rows": [AdviceTerms.objects.current(authority) for authority in authorities]}
    return render(request, "contracts/advice_terms_list.html", context)


@require_http_methods(["GET", "POST"])
def advice_terms_edit(request: UserRequest, authority_id: int) -> HttpResponse:
    authority = get_object_or_404(
        Authority, pk=authority_id, pk__in=request.user.authorities_with(RoleName.ADVISER)
    )
    now = AdviceTerms.objects.current(authority)
    initial = {name: getattr(now, name) for name in AdviceTermsForm.Meta.fields}
    form = AdviceTermsForm(request.POST or None, initial={**initial, "revision": now.version})
    if form.is_valid():
        facts, seen = form.facts(), form.cleaned_data["revision"]
        try:
            form.already_made() or actions.publish_advice_terms(
                authority, facts, by=request.user, at=timezone.now(), key=form.key(), seen=seen
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The thresholds hold from now on."))
            return redirect("contracts:advice-terms-list")
    context = {
        "form": form,
        "authority": authority,
        "versions": AdviceTerms.objects.filter(authority=authority).select_related("published_by"),
    }
    return render(request, "contracts/advice_terms_edit.html", context)
