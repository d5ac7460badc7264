"""Who takes part in the learning formula, where, and what came of it for the whole programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from contracts.models import Contract
from network.models import (
    GOING_ON,
    Effect,
    LearnerRole,
    LearningStep,
    Pilot,
    PilotPartner,
    PilotPlace,
    Reflection,
)
from sroi_portal.core.models import RoleName, User

OF_ROLE: dict[str, LearnerRole] = {
    RoleName.OFFICER: LearnerRole.OFFICER,
    RoleName.MANAGER: LearnerRole.MANAGER,
    RoleName.COORDINATOR: LearnerRole.MANAGER,
    RoleName.ADVISER: LearnerRole.ADVISER,
    RoleName.POLICY_MAKER: LearnerRole.POLICY_MAKER,
}
ON_CONTRACTS = (
    RoleName.OFFICER,
    RoleName.MANAGER,
    RoleName.COORDINATOR,
    RoleName.POLICY_MAKER,
)
NEAREST = 6  # pilots or contracts that are offered at once


def roles_of(user: User) -> list[LearnerRole]:
    """Name the roles in which somebody learns, in the order of the formula."""
    held = {OF_ROLE[each.role] for each in user.roles if each.role in OF_ROLE}
    if user.supplier_ids:
        held.add(LearnerRole.SUPPLIER)
    return [role for role in LearnerRole if role in held]


def roles_at(user: User, place: Pilot | Contract) -> list[LearnerRole]:
    """Name those in which somebody works on this pilot or contract (R-403)."""
    if isinstance(place, Contract):
        held = {
            OF_ROLE[each.role]
            for each in user.roles
            if each.role in ON_CONTRACTS and each.authority_id == place.authority_id
        }
        is_own = place.supplier_id in user.supplier_ids or place.pk in user.party_contract_ids
    else:
        held = {role for role in roles_of(user) if role != LearnerRole.SUPPLIER}
        is_own = bool(user.supplier_ids) and pilots_of(user).filter(pk=place.pk).exists()
    if is_own:
        held.add(LearnerRole.SUPPLIER)
    return [role for role in LearnerRole if role in held]


def steps_at(user: User, place: Pilot | Contract) -> "QuerySet[LearningStep]":
    """Keep the steps of the roles that somebody has here, also what is offered no longer."""
    found: QuerySet[LearningStep] = LearningStep.objects.filter(role__in=roles_at(user, place))
    return found


def steps_left(user: User, place: Pilot | Contract) -> "QuerySet[LearningStep]":
    """Keep the steps that this person can still write about here."""
    written = Reflection.objects.filter(author=user, **at(place)).values("step")
    return steps_at(user, place).filter(retired_at__isnull=True).exclude(pk__in=written)


def at(place: Pilot | Contract) -> dict[str, Any]:
    return {"contract": place} if isinstance(place, Contract) else {"pilot": place}


def pilots_of(user: User) -> "QuerySet[Pilot]":
    """Keep the pilots in which the suppliers of this person take part."""
    partners = PilotPartner.objects.filter(supplier__in=user.supplier_ids)
    places = PilotPlace.objects.filter(
        Q(contract__supplier__in=user.supplier_ids) | Q(contract__in=user.party_contract_ids)
    )
    seen: QuerySet[Pilot] = Pilot.objects.visible_to(user)
    return seen.filter(Q(pk__in=partners.values("pilot")) | Q(pk__in=places.values("pilot")))


def contracts_near(user: User, words: str) -> "QuerySet[Contract]":
    """Find contracts to write about: those that answer to the words, or else one's own."""
    seen: Any = Contract.objects.visible_to(user)
    theirs = Q(authority_id__in=user.authorities_with(*ON_CONTRACTS))
    own = Q(supplier_id__in=user.supplier_ids) | Q(pk__in=user.party_contract_ids)
    if words:
        found = seen.filter(theirs | own).matching(words)
    else:
        found = seen.filter(own | theirs & (Q(officer=user) | Q(manager=user)))
    rows: QuerySet[Contract] = found.select_related("supplier").order_by("-starts_on", "-pk")[
        :NEAREST
    ]
    return rows


def pilots_near(user: User, words: str) -> "QuerySet[Pilot]":
    """Find pilots to write about in the same way; officials find all that they see."""
    own = pilots_of(user)
    if any(role != LearnerRole.SUPPLIER for role in roles_of(user)):
        own = Pilot.objects.visible_to(user)
    if words:
        own = own.filter(Q(title__icontains=words) | Q(question__icontains=words))
    else:
        own = own.filter(status__in=GOING_ON)
    return own.order_by("-starts_on", "-pk")[:NEAREST]


def places_seen(rows: list[Reflection], user: User) -> dict[int, Pilot | Contract]:
    """Give the pilot or contract of each, as far as this person sees it; two queries."""
    contracts = Contract.objects.visible_to(user).in_bulk(
        [row.contract_id for row in rows if row.contract_id]
    )
    pilots = Pilot.objects.visible_to(user).in_bulk([row.pilot_id for row in rows if row.pilot_id])
    found = {row.pk: contracts.get(row.contract_id) or pilots.get(row.pilot_id) for row in rows}
    return {pk: place for pk, place in found.items() if place}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step with what was shared about it."""

    step: LearningStep
    people_count: int
    changed_count: int
    latest: Reflection | None


def shared(wanted: Mapping[str, Any]) -> "QuerySet[Reflection]":
    """Keep what was shared, in the order of the formula."""
    found = Reflection.objects.filter(**_chosen(wanted))
    if wanted.get("role"):
        found = found.filter(step__role=wanted["role"])
    rows: QuerySet[Reflection] = found.order_by("step__role", "step__position", "step_id", "pk")
    return rows


def overview(wanted: Mapping[str, Any]) -> list[tuple[str, list[StepLine]]]:
    """Count by role and step who shared something and for whom something changed; two queries."""
    chosen = _chosen(wanted)
    steps = LearningStep.objects.all()
    if wanted.get("role"):
        steps = steps.filter(role=wanted["role"])
    counted = Q(**{f"reflections__{name}": value for name, value in chosen.items()})
    steps = steps.annotate(
        people_count=Count("reflections__author", counted, distinct=True),
        changed_count=Count(
            "reflections__author",
            counted & Q(reflections__effect=Effect.CHANGED),
            distinct=True,
        ),
    )
    newest = Reflection.objects.filter(**chosen).order_by("step_id", "-shared_at", "-pk")
    latest = {row.step_id: row for row in newest.distinct("step_id").select_related("author")}
    lines: dict[str, list[StepLine]] = {}
    step: Any  # with its two counts
    for step in steps.order_by("position", "pk"):
        if step.retired_at is None or step.people_count:
            line = StepLine(step, step.people_count, step.changed_count, latest.get(step.pk))
            lines.setdefault(step.role, []).append(line)
    return [(str(role.label), lines[role]) for role in LearnerRole if role in lines]


def _chosen(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Say which reflections count: shared ones, and what was asked of them."""
    chosen: dict[str, Any] = {"shared_at__isnull": False}
    if wanted.get("category"):
        chosen["category"] = wanted["category"]
    if wanted.get("place"):
        chosen[f"{wanted['place']}__isnull"] = False
    if wanted.get("since"):
        chosen["shared_at__date__gte"] = wanted["since"]
    return chosen
