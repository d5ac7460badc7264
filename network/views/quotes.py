"""Quotes: recorded with their permission, published, withdrawn."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts.models import Contract
from network import actions, rules
from network.forms.quotes import QuoteFilterForm, QuoteForm, WithdrawQuoteForm
from network.models import Quote, QuoteStatus
from sroi_portal.core import history
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision
from sroi_portal.core.status import FORESEEN


@require_safe
def quote_list(request: UserRequest) -> HttpResponse:
    form = QuoteFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = Quote.objects.visible_to(request.user).select_related("example")
    if wanted.get("status"):
        rows = rows.filter(status=wanted["status"])
    if wanted.get("use"):
        rows = rows.filter(uses__contains=[wanted["use"]])
    advises = rules.advises(request.user)
    context = {
        "form": form,
        "page": paginate(request, rows.order_by("-recorded_at", "-pk")),
        "is_narrowed": any(wanted.values()),
        "may_choose": rules.may_choose_words(request.user),
        "waiting": Quote.objects.to_review_by(request.user).count() if advises else 0,
    }
    return render(request, "network/quote_list.html", context)


@require_http_methods(["GET", "POST"])
def quote_new(request: UserRequest) -> HttpResponse:
    require(rules.may_record_quote(request.user))
    about = {name: request.GET.get(name) for name in ("example", "contract", "pilot")}
    form = QuoteForm(request.POST or None, person=request.user, initial=about)
    if form.is_valid():
        facts, permission = form.said()
        try:
            made = form.already_made() or actions.record_quote(
                facts, permission, by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The quote is recorded. An adviser reads it first."))
            return redirect(made)
    return render(request, "network/quote_new.html", {"form": form})


@require_safe
def quote_detail(request: UserRequest, quote_id: int) -> HttpResponse:
    quote, person = _quote(request, quote_id), request.user
    is_own = rules.may_withdraw_quote(person, quote)
    seen = Contract.objects.visible_to(person)
    context = {
        "quote": quote,
        "contract": seen.filter(pk=quote.contract_id).first() if quote.contract_id else None,
        "events": history.of([quote]) if is_own else None,
        "may_publish": quote.status == QuoteStatus.RECORDED
        and rules.may_publish_quote(person, quote),
        "may_withdraw": quote.status != QuoteStatus.WITHDRAWN and is_own,
    }
    return render(request, "network/quote_detail.html", context)


@require_POST
def quote_publish(request: UserRequest, quote_id: int) -> HttpResponse:
    quote = _quote(request, quote_id)
    require(rules.may_publish_quote(request.user, quote))
    verb = partial(actions.publish_quote, quote, revision=seen_revision(request))
    return pressed(
        request, verb, _("The quote is published where the permission allows."), back=quote
    )


@require_http_methods(["GET", "POST"])
def quote_withdraw(request: UserRequest, quote_id: int) -> HttpResponse:
    quote = _quote(request, quote_id)
    require(rules.may_withdraw_quote(request.user, quote))
    form = WithdrawQuoteForm(request.POST or None, initial={"revision": quote.revision})
    if form.is_valid():
        verb = partial(actions.withdraw_quote, quote, revision=form.cleaned_data["revision"])
        said = _("The words are destroyed and stand nowhere any more.")
        return pressed(request, verb, said, back=quote)
    return render(request, "network/quote_withdraw.html", {"form": form, "quote": quote})


def _quote(request: UserRequest, quote_id: int) -> Quote:
    seen = Quote.objects.visible_to(request.user)
    wide = seen.select_related("example", "pilot", "recorded_by", "published_by")
    quote: Quote = get_object_or_404(wide, pk=quote_id)
    return quote
