"""The board: what suppliers offer each other and ask, and what fits together (N14)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import actions, matching, regions, rules
from network.forms.offers import SORTS, OfferFilterForm, OfferForm, wanted_status
from network.models import Match, Offer, OfferKind, OfferQuerySet, OfferStatus
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import User
from sroi_portal.core.status import FORESEEN

COMPARED, SHOWN = 500, 5


@require_safe
def offer_list(request: UserRequest) -> HttpResponse:
    """Show what stands on the board; all filters stand in the address."""
    require(rules.may_see_board(request.user))
    form = OfferFilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    offers = _narrowed(Offer.objects.visible_to(request.user), wanted, request.user)
    order = SORTS.get(wanted.get("sort") or "new", SORTS["new"])
    context = {
        "filters": form,
        "page": paginate(request, offers.with_facts().order_by(*order)),
        "is_narrowed": any(wanted.values()),
        "may_post": rules.may_post_offer(request.user),
        "kinds": OfferKind.choices,
    }
    return render(request, "network/offer_list.html", context)


def _narrowed(offers: OfferQuerySet, wanted: dict[str, Any], user: User) -> OfferQuerySet:
    found = offers.filter(status__in=wanted_status(wanted))
    for name in ("kind", "category"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    if wanted.get("q"):
        found = found.matching(wanted["q"])
    if wanted.get("province"):
        found = found.in_region(wanted["province"])
    return found.filter(supplier__in=user.supplier_ids) if wanted.get("mine") else found


@require_safe
def place_list(request: UserRequest) -> HttpResponse:
    """List the open places by province, to print for a coach (H03)."""
    require(rules.may_see_board(request.user))
    form = OfferFilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    wanted["kind"] = OfferKind.PLACE
    offers = _narrowed(Offer.objects.visible_to(request.user), wanted, request.user)
    by_province: dict[str, list[Offer]] = {}
    for offer in offers.with_facts().order_by("region", "starts_on", "pk")[:COMPARED]:
        name = regions.name_of(regions.province_of(offer.region))
        by_province.setdefault(name, []).append(offer)
    context = {"by_province": sorted(by_province.items()), "today": timezone.localdate()}
    return render(request, "network/place_list.html", context)


@require_safe
def offer_detail(request: UserRequest, offer_id: int) -> HttpResponse:
    offer = _visible(request, offer_id)
    user = request.user
    is_own = offer.supplier_id in user.supplier_ids
    matches = Match.objects.visible_to(user).filter(offer=offer).with_facts()
    may_change = rules.may_change_offer(user, offer)
    context = {
        "offer": offer,
        "is_own": is_own,
        "may_change": may_change and offer.is_standing,
        "may_extend": may_change
        and (offer.is_standing or (offer.status == OfferStatus.EXPIRED and offer.text)),
        "may_answer": offer.is_standing and rules.may_answer_offer(user, offer),
        "matches": matches.order_by("-stepped_at", "-pk"),
        "fits": _fits(offer) if is_own or rules.brings_together(user) else [],
    }
    return render(request, "network/offer_detail.html", context)


def _fits(offer: Offer) -> list[tuple[Offer, matching.Fit]]:
    """Find what completes an offer that stands, the best first, with the reasons."""
    if not offer.is_standing:
        return []
    others = Offer.objects.to_fit(offer).with_facts().order_by("-posted_at", "-pk")[:COMPARED]
    return matching.best(offer.wish(), [(each, each.wish()) for each in others], SHOWN)


@require_http_methods(["GET", "POST"])
def offer_new(request: UserRequest, kind: str) -> HttpResponse:
    if kind not in OfferKind.values:
        raise Http404
    require(rules.may_post_offer(request.user))
    form = OfferForm(request.POST or None, kind=kind, suppliers=request.user.enters_for)
    if form.is_valid():
        made = form.already_made()
        if made:
            return redirect(made)
        told, by, at = form.told(), request.user, timezone.now()
        try:
            made = actions.post_offer(told["supplier"], told, by=by, at=at, key=form.key())
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("It stands on the board. Others can react now."))
            return redirect(made)
    context = {"form": form, "kind": OfferKind(kind)}
    return render(request, "network/offer_new.html", context)


@require_http_methods(["GET", "POST"])
def offer_edit(request: UserRequest, offer_id: int) -> HttpResponse:
    offer = _visible(request, offer_id)
    require(rules.may_change_offer(request.user, offer))
    if request.method == "GET" and not offer.is_standing:
        return redirect(offer)
    form = OfferForm(
        request.POST or None, instance=offer, kind=offer.kind, suppliers=(offer.supplier_id,)
    )
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            actions.change_offer(
                offer, form.told(), by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Changed."))
            return redirect(offer)
    return render(request, "network/offer_edit.html", {"form": form, "offer": offer})


@require_POST
def offer_extend(request: UserRequest, offer_id: int) -> HttpResponse:
    offer = _visible(request, offer_id)
    require(rules.may_extend_offer(request.user, offer))
    verb = partial(actions.extend_offer, offer)
    return pressed(request, verb, _("It stands on the board longer."), back=offer)


@require_POST
def offer_withdraw(request: UserRequest, offer_id: int) -> HttpResponse:
    offer = _visible(request, offer_id)
    require(rules.may_withdraw_offer(request.user, offer))
    verb = partial(actions.withdraw_offer, offer)
    return pressed(request, verb, _("Taken from the board."), back=offer)


def _visible(request: UserRequest, offer_id: int) -> Offer:
    offers = Offer.objects.visible_to(request.user).with_facts()
    offer: Offer = get_object_or_404(offers, pk=offer_id)
    return offer
