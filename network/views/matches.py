"""Two suppliers in contact: what they say, the deal, the end; and how far all are (H10)."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import actions, rules
from network.forms.matches import AnswerForm, DealForm, EndForm, MatchFilterForm, WordForm
from network.models import Match, MatchStatus, Offer
from sroi_portal.core import history
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.doing import pressed, sent
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision
from sroi_portal.core.status import FORESEEN, texts_of

type Verb = Callable[..., None]


@require_safe
def match_list(request: UserRequest) -> HttpResponse:
    """Show one's own contacts; to who brings people together all, without what is said."""
    require(rules.may_see_board(request.user))
    form = MatchFilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = Match.objects.listed_for(request.user).with_facts()
    if wanted.get("status"):
        rows = rows.filter(status=wanted["status"])
    if words := (wanted.get("q") or "").strip():
        names = Q(supplier__name__icontains=words) | Q(partner__name__icontains=words)
        rows = rows.filter(names | Q(offer__title__icontains=words))
    with acting_as(DatabaseRole.WORKER):  # a matchmaker's rows; narrowed above
        page = paginate(request, rows.order_by("-stepped_at", "-pk"))
        found = list(page)
    today = timezone.localdate()
    context = {
        "filters": form,
        "page": page,
        "rows": [(each, _days_since(each, today)) for each in found],
        "own": set(request.user.supplier_ids),
        "is_narrowed": any(wanted.values()),
    }
    return render(request, "network/match_list.html", context)


def _days_since(match: Match, today: dt.date) -> int:
    return (today - timezone.localdate(match.stepped_at)).days


@require_http_methods(["GET", "POST"])
def offer_answer(request: UserRequest, offer_id: int) -> HttpResponse:
    offers = Offer.objects.visible_to(request.user).with_facts()
    offer: Offer = get_object_or_404(offers, pk=offer_id)
    require(rules.may_answer_offer(request.user, offer))
    if request.method == "GET" and not offer.is_standing:
        return redirect(offer)
    mine = [each for each in request.user.enters_for if each != offer.supplier_id]
    form = AnswerForm(request.POST or None, suppliers=mine)
    if form.is_valid():
        told = form.cleaned_data
        made = Match.objects.filter(uuid=told["form_key"]).first()
        if made:
            return redirect(made)
        facts = {"by": request.user, "at": timezone.now(), "key": told["form_key"]}
        try:
            made = actions.answer_offer(offer, told["partner"], told["text"], **facts)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Sent. You read the answer on this page."))
            return redirect(made)
    return render(request, "network/offer_answer.html", {"form": form, "offer": offer})


@require_http_methods(["GET", "POST"])
def match_detail(request: UserRequest, match_id: int) -> HttpResponse:
    """Show how far it is and what was said; a message is written here."""
    match = _visible(request, match_id)
    may_write = match.is_living and rules.may_write_match(request.user, match)
    form = WordForm(request.POST or None, initial={"revision": match.revision})
    if request.method == "POST":
        require(rules.may_write_match(request.user, match))
        verb = partial(actions.write_match, match)
        if sent(request, form, verb, _("The message is sent.")):
            return redirect(match)
    is_proposed = match.status == MatchStatus.PROPOSED
    context = {
        "match": match,
        "form": form if may_write else None,
        "may_propose": may_write and not is_proposed,
        "may_answer": is_proposed and rules.may_agree_deal(request.user, match),
        "may_end": match.is_living and rules.may_end_match(request.user, match),
        "may_plan": match.status == MatchStatus.AGREED and rules.may_plan_path(request.user, match),
        "events": history.of([match]),
    }
    return render(request, "network/match_detail.html", context)


@require_http_methods(["GET", "POST"])
def match_propose(request: UserRequest, match_id: int) -> HttpResponse:
    match = _visible(request, match_id)
    require(rules.may_propose_deal(request.user, match))
    form = DealForm(request.POST or None, initial={"revision": match.revision})
    verb = partial(actions.propose_deal, match)
    if sent(request, form, verb, _("Proposed. The other side agrees or talks on.")):
        return redirect(match)
    return render(request, "network/match_propose.html", {"form": form, "match": match})


@require_POST
def match_agree(request: UserRequest, match_id: int) -> HttpResponse:
    match = _visible(request, match_id)
    require(rules.may_agree_deal(request.user, match))
    verb = partial(actions.agree_deal, match, revision=seen_revision(request))
    return pressed(request, verb, _("Agreed."), back=match)


@require_http_methods(["GET", "POST"])
def match_decline(request: UserRequest, match_id: int) -> HttpResponse:
    match = _visible(request, match_id)
    require(rules.may_decline_deal(request.user, match))
    form = WordForm(request.POST or None, initial={"revision": match.revision})
    verb = partial(actions.decline_deal, match)
    if sent(request, form, verb, _("Sent. You talk on.")):
        return redirect(match)
    return render(request, "network/match_decline.html", {"form": form, "match": match})


@require_http_methods(["GET", "POST"])
def match_end(request: UserRequest, match_id: int) -> HttpResponse:
    match = _visible(request, match_id)
    require(rules.may_end_match(request.user, match))
    form = EndForm(request.POST or None, initial={"revision": match.revision})
    verb = partial(actions.end_match, match)
    if sent(request, form, verb, _("The contact is ended.")):
        return redirect(match)
    return render(request, "network/match_end.html", {"form": form, "match": match})


@require_POST
def match_path(request: UserRequest, match_id: int) -> HttpResponse:
    """Begin the path that follows from a deal, or open it."""
    match = _visible(request, match_id)
    require(rules.may_plan_path(request.user, match))
    try:
        path = actions.plan_path(match, by=request.user, at=timezone.now(), key=uuid.uuid4())
    except FORESEEN as reason:
        messages.error(request, " ".join(texts_of(reason)))
        return redirect(match)
    return redirect(path)


def _visible(request: UserRequest, match_id: int) -> Match:
    matches = Match.objects.visible_to(request.user).with_facts()
    match: Match = get_object_or_404(
        matches.select_related("offer__category", "proposed_for"), pk=match_id
    )
    return match
