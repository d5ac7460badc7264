"""Pilots: the overview, a page for each, and its phases, partners and places."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import models
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts.models import Contract, Tender
from network import actions, counting, rules
from network.forms.pilots import (
    MoveForm,
    PartnerForm,
    PilotFilterForm,
    PilotForm,
    PlaceSearchForm,
)
from network.models import Lesson, LessonStatus, Pilot, PilotPartner, PilotPlace, PilotStatus
from sroi_portal.core import history
from sroi_portal.core.doing import pressed, sent
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN

SORTS = ("title", "-title", "status", "-status", "starts_on", "-starts_on")
PUBLISHED = Q(lessons__status=LessonStatus.PUBLISHED)
FOUND = 10  # contracts and tenders that a search shows


@require_safe
def pilot_list(request: UserRequest) -> HttpResponse:
    form = PilotFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    pilots = _narrowed(Pilot.objects.visible_to(request.user), wanted)
    sort = request.GET.get("sort", "")
    rows = pilots.select_related("authority", "category").annotate(
        partners_count=Count("partners", distinct=True),
        contracts_count=Count("places__contract", distinct=True),
        lessons_count=Count("lessons", PUBLISHED, distinct=True),
        reached_count=Count("lessons__changes__lesson", PUBLISHED, distinct=True),
    )
    rows = rows.order_by(*([sort] if sort in SORTS else ["-starts_on"]), "-pk")
    context = {
        "form": form,
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "sort": sort,
        "is_narrowed": any(wanted.values()),
        "may_propose": rules.may_propose_pilot(request.user),
    }
    return render(request, "network/pilot_list.html", context)


def _narrowed(pilots: Any, wanted: dict[str, Any]) -> Any:
    if wanted.get("q"):
        words = wanted["q"].strip()
        pilots = pilots.filter(Q(title__icontains=words) | Q(question__icontains=words))
    named = {"phase": "status", "category": "category", "authority": "authority"}
    chosen = {field: wanted[name] for name, field in named.items() if wanted.get(name)}
    return pilots.filter(**chosen)


@require_safe
def pilot_detail(request: UserRequest, pilot_id: int) -> HttpResponse:
    pilot = visible_pilot(request, pilot_id)
    places = list(pilot.places.all())
    contracts, tenders = _seen_places(request, places)
    may_change = rules.may_change_pilot(request.user, pilot)
    may_move = rules.may_move_pilot(request.user, pilot)
    context = {
        "pilot": pilot,
        "partners": list(pilot.partners.select_related("supplier", "authority")),
        "contracts": contracts,
        "tenders": tenders,
        "unseen_count": len(places) - len(contracts) - len(tenders),
        "lessons": list(
            Lesson.objects.visible_to(request.user).filter(pilot=pilot).defer("search")
        ),
        "counted": counting.of_pilots([pilot.pk], request.user).get(pilot.pk),
        "may_change": may_change,
        "may_learn": rules.may_propose_lesson(request.user),
        "may_tell": rules.advises(request.user) and pilot.status == PilotStatus.FINISHED,
        "steps": _steps(pilot) if may_move else [],
        "events": history.of([pilot]),
    }
    return render(request, "network/pilot_detail.html", context)


@require_http_methods(["GET", "POST"])
def pilot_new(request: UserRequest) -> HttpResponse:
    require(rules.may_propose_pilot(request.user))
    form = PilotForm(request.POST or None, person=request.user)
    if form.is_valid():
        try:
            pilot = form.already_made() or actions.propose_pilot(
                form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            return redirect(pilot)
    return render(request, "network/pilot_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def pilot_edit(request: UserRequest, pilot_id: int) -> HttpResponse:
    pilot = visible_pilot(request, pilot_id)
    require(rules.may_change_pilot(request.user, pilot))
    form = PilotForm(request.POST or None, instance=pilot, person=request.user)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_pilot(
                pilot, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The pilot is changed."))
            return redirect(pilot)
    return render(request, "network/pilot_edit.html", {"form": form, "pilot": pilot})


@require_http_methods(["GET", "POST"])
def pilot_move(request: UserRequest, pilot_id: int, to: str) -> HttpResponse:
    pilot = visible_pilot(request, pilot_id)
    require(rules.may_move_pilot(request.user, pilot))
    if to not in Pilot.MOVES.get(pilot.status, ()) and request.method != "POST":
        raise Http404
    form = MoveForm(request.POST or None, pilot=pilot, to=to)
    verb = partial(actions.move_pilot, pilot, to)
    said = _("The pilot now stands at “%(phase)s”.") % {"phase": _label(to)}
    if sent(request, form, verb, said):
        return redirect(pilot)
    context = {
        "form": form,
        "pilot": pilot,
        "to": to,
        "phase": _label(to),
        "is_back": _is_back(pilot, to),
    }
    return render(request, "network/pilot_move.html", context)


@require_http_methods(["GET", "POST"])
def partner_add(request: UserRequest, pilot_id: int) -> HttpResponse:
    pilot = visible_pilot(request, pilot_id)
    require(rules.may_add_partner(request.user, pilot))
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        try:
            form.already_made() or actions.add_partner(
                pilot, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The partner takes part."))
            return redirect(pilot)
    return render(request, "network/partner_add.html", {"form": form, "pilot": pilot})


@require_POST
def partner_remove(request: UserRequest, partner_id: int) -> HttpResponse:
    seen = PilotPartner.objects.filter(pilot__in=Pilot.objects.visible_to(request.user))
    partner = get_object_or_404(seen.select_related("pilot"), pk=partner_id)
    require(rules.may_remove_partner(request.user, partner.pilot))
    verb = partial(actions.remove_partner, partner)
    return pressed(request, verb, _("The partner takes part no longer."), back=partner.pilot)


@require_http_methods(["GET", "POST"])
def place_add(request: UserRequest, pilot_id: int) -> HttpResponse:
    """Look a contract or tender up, and let the pilot run on it."""
    pilot = visible_pilot(request, pilot_id)
    require(rules.may_add_place(request.user, pilot))
    if request.method == "POST":
        verb = partial(actions.add_place, pilot, _chosen(request))
        return pressed(request, verb, _("The pilot runs on it."), back=pilot)
    form = PlaceSearchForm(request.GET)
    words = form.cleaned_data["q"].strip() if form.is_valid() else ""
    contracts = Contract.objects.visible_to(request.user).matching(words)
    tenders = Tender.objects.visible_to(request.user).filter(title__icontains=words)
    context = {
        "form": form,
        "pilot": pilot,
        "words": words,
        "contracts": contracts.select_related("supplier").order_by("title", "pk")[:FOUND]
        if words
        else [],
        "tenders": tenders.order_by("title", "pk")[:FOUND] if words else [],
    }
    return render(request, "network/place_add.html", context)


@require_POST
def place_remove(request: UserRequest, place_id: int) -> HttpResponse:
    seen = PilotPlace.objects.filter(pilot__in=Pilot.objects.visible_to(request.user))
    place = get_object_or_404(seen.select_related("pilot"), pk=place_id)
    require(rules.may_remove_place(request.user, place.pilot))
    verb = partial(actions.remove_place, place)
    return pressed(request, verb, _("The pilot no longer runs on it."), back=place.pilot)


def visible_pilot(request: UserRequest, pilot_id: int) -> Pilot:
    seen = Pilot.objects.visible_to(request.user).select_related(
        "authority", "category", "proposed_by"
    )
    pilot: Pilot = get_object_or_404(seen, pk=pilot_id)
    return pilot


def _chosen(request: UserRequest) -> Contract | Tender:
    """Read which contract or tender was chosen, of those in sight."""
    for name, model in (("contract", Contract), ("tender", Tender)):
        number = request.POST.get(name, "")
        if number.isdecimal():
            seen: Any = model.objects.visible_to(request.user)
            found: Contract | Tender = get_object_or_404(seen, pk=number)
            return found
    raise Http404


def _seen_places(request: UserRequest, places: list[PilotPlace]) -> tuple[list[Any], list[Any]]:
    """Give what this person may see of the places, each with the place it is."""
    by_contract = {place.contract_id: place for place in places if place.contract_id}
    by_tender = {place.tender_id: place for place in places if place.tender_id}
    contracts = Contract.objects.visible_to(request.user).filter(pk__in=by_contract)
    tenders = Tender.objects.visible_to(request.user).filter(pk__in=by_tender)
    return (
        [(each, by_contract[each.pk]) for each in contracts.with_names().order_by("title", "pk")],
        [(each, by_tender[each.pk]) for each in tenders.order_by("title", "pk")],
    )


def _steps(pilot: Pilot) -> list[tuple[str, str, bool]]:
    """Name the phases that may follow, stopping last, and whether that is a step back."""
    follow = [each for each in PilotStatus if each in Pilot.MOVES.get(pilot.status, ())]
    return [(each.value, _label(each), _is_back(pilot, each)) for each in follow]


def _is_back(pilot: Pilot, to: str) -> bool:
    return (pilot.status, to) == (PilotStatus.CLOSING, PilotStatus.RUNNING)


def _label(phase: str) -> str:
    return str(dict(PilotStatus.choices).get(phase, phase))
