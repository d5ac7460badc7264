"""From what counts back to the sentence with which it began, and the other way round (N03)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contracts.models import (
    Choice,
    Conclusion,
    Contract,
    DialogueKind,
    Goal,
    Obligation,
    PlanLine,
    PlanStatus,
    TenderClause,
)
from contracts.rules import talking
from sroi_portal.core.models import User
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True, slots=True)
class Step:
    """One step back: what it is, in which words, and where it stands for who may look."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A conclusion, and what of a contract follows from it."""

    conclusion: Conclusion
    url: str
    followers: tuple[Step, ...]


def tender_of(contract: Contract) -> int | None:
    """Give the tender it came from; of a call-off that of its framework."""
    return contract.tender_id or (contract.framework.tender_id if contract.framework else None)


def thread_of(contract: Contract, line: PlanLine | None, person: User) -> list[Step]:
    """Walk from the plan line over the obligation and the choice to the sentence; four queries."""
    obligation = _obligation(contract)
    steps = []
    if line:
        steps.append(Step(_("The plan promised"), line.title, _plan_url(line)))
    if obligation:
        url = f"{contract.get_absolute_url()}#obligation"
        steps.append(Step(_("The contract asks"), _asked(obligation), url))
    of_line = _conclusion(line.follows_from_id) if line else None
    conclusion = of_line or _conclusion(obligation.follows_from_id if obligation else None)
    return [*steps, *_beginning(conclusion, person)] if conclusion else steps


def origins_of(contract: Contract, person: User) -> list[Origin]:
    """Tell which conclusions led to what on a contract; five queries, none without a tender."""
    tender_id = tender_of(contract)
    if tender_id is None:
        return []
    conclusions = Conclusion.objects.standing().filter(tender=tender_id).select_related("lot")
    followers: dict[int, list[Step]] = {}
    for follows_from_id, step in _followers(contract, tender_id):
        followers.setdefault(follows_from_id, []).append(step)
    return [
        Origin(each, _url(each, person), tuple(followers.get(each.pk, ()))) for each in conclusions
    ]


def _followers(contract: Contract, tender_id: int) -> list[tuple[int, Step]]:
    found: list[tuple[int | None, Step]] = [
        (each.follows_from_id, Step(_("clause"), each.title))
        for each in TenderClause.objects.filter(tender=tender_id, removed_at=None)
    ]
    obligation = _obligation(contract)
    if obligation:
        found.append((obligation.follows_from_id, Step(_("obligation"), _asked(obligation))))
    found += [
        (goal.follows_from_id, Step(pgettext("object", "goal"), goal.title))
        for goal in Goal.objects.filter(contract=contract, ended_on=None)
    ]
    promised = PlanLine.objects.filter(plan__contract=contract, plan__status=PlanStatus.AGREED)
    found += [
        (line.follows_from_id, Step(_("plan line"), line.title, _plan_url(line)))
        for line in promised
    ]
    return [(follows_from, step) for follows_from, step in found if follows_from]


def _beginning(conclusion: Conclusion, person: User) -> list[Step]:
    """Say the choice in the tender, the sentence, and the talk it comes from."""
    said = [Choice(conclusion.leads_to).label, conclusion.choice]
    copies = TenderClause.objects.filter(follows_from=conclusion, removed_at=None)
    said += [copy.title for copy in copies]
    choice = " · ".join(str(each) for each in said if each)
    talk = f"{DialogueKind(conclusion.kind).label}, {formats.day(conclusion.held_on)}"
    return [
        Step(_("The tender chose"), choice),
        Step(_("Because it was concluded"), conclusion.sentence, _url(conclusion, person)),
        Step(_("In the conversation"), talk),
    ]


def _conclusion(pk: int | None) -> Conclusion | None:
    return Conclusion.objects.filter(pk=pk).first() if pk else None


def _obligation(contract: Contract) -> Obligation | None:
    return Obligation.objects.filter(contract=contract).order_by("-version").first()


def _asked(obligation: Obligation) -> str:
    """Quote the reason by its first line."""
    first = next(iter(obligation.reason.splitlines()), "")
    return f"{obligation.get_base_kind_display()}: {first}" if first else _("an obligation")


def _plan_url(line: PlanLine) -> str:
    return reverse("contracts:plan-detail", args=[line.plan_id])


def _url(conclusion: Conclusion, person: User) -> str:
    """Lead to the talk whoever may read it."""
    if not talking.may_see_dialogue(person, conclusion.authority_id):
        return ""
    talk = reverse("contracts:dialogue-detail", args=[conclusion.dialogue_id])
    return f"{talk}#conclusion-{conclusion.number}"
