"""Talks about a tender and their conclusions, from the first idea on (R-360 to R-363)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import (
    Conclusion,
    Dialogue,
    DialogueParty,
    DialogueStatus,
    Goal,
    Obligation,
    ObligationConcept,
    PlanLine,
    Tender,
    TenderStatus,
)
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save
from suppliers.models import Supplier

FOLLOWING = (Goal, Obligation, ObligationConcept, PlanLine)


class DialogueStandsError(RefusedError):
    """The talk or its conclusion cannot be logged, changed or taken back any more."""


class DialogueDayError(RefusedError):
    """What was said is written down of a day that has come."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who took part: an organisation, and in which functions it spoke."""

    name: str
    functions: str = ""


@transaction.atomic
def log_dialogue(
    tender: Tender,
    facts: Mapping[str, Any],
    parties: Iterable[Party] = (),
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Dialogue:
    """Write a talk down, planned or held; the first one opens the conversation (R-360).

    :raises DialogueStandsError: of a tender that was withdrawn.
    :raises DialogueDayError: when something is said on a day that is still to come.
    """
    tender = lock(tender)
    if tender.status == TenderStatus.WITHDRAWN:
        raise DialogueStandsError(_("This tender was withdrawn."))
    dialogue = Dialogue(
        uuid=key or uuid.uuid4(),
        tender=tender,
        authority_id=tender.authority_id,
        status=_status(facts, at),
        logged_by=by,
        logged_at=at,
        **facts,
    )
    save(dialogue)
    _name_parties(dialogue, parties)
    audit.record(dialogue, "log_dialogue", by=by, at=at, moved=("", dialogue.status))
    if tender.status == TenderStatus.PREPARING:
        move(tender, TenderStatus.CONSULTING, verb="log_dialogue", by=by, at=at)
    return dialogue


@transaction.atomic
def change_dialogue(
    dialogue: Dialogue,
    facts: Mapping[str, Any],
    parties: Iterable[Party],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Dialogue:
    """Say it better, or write down what was said; the same once more changes nothing.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises DialogueStandsError: once the tender is awarded, and of what was taken back.
    :raises DialogueDayError: when something is said on a day that is still to come.
    """
    dialogue = _open(dialogue, revision=revision)
    to = _status(facts, at)
    if dialogue.status == DialogueStatus.HELD and to == DialogueStatus.PLANNED:
        raise DialogueDayError(_("This talk was held: it keeps what was said and a day that came."))
    changed = [name for name, value in facts.items() if getattr(dialogue, name) != value]
    named = list(parties)
    told = [(each.name, each.functions) for each in named]
    before = list(dialogue.parties.values_list("name", "functions"))
    if told != before:
        dialogue.parties.all().delete()
        _name_parties(dialogue, named)
        changed.append("parties")
    for name in facts:
        setattr(dialogue, name, facts[name])
    if to != dialogue.status:
        move(dialogue, to, verb="change_dialogue", by=by, at=at)
    elif changed:
        save(dialogue)
        audit.record(dialogue, "change_dialogue", by=by, at=at, changed=changed)
    dialogue.conclusions.update(kind=dialogue.kind, held_on=dialogue.held_on)
    return dialogue


@transaction.atomic
def withdraw_dialogue(
    dialogue: Dialogue, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> Dialogue:
    """Take a talk back with its conclusions; it stays to be read (R-362).

    :raises DialogueStandsError: once the tender is awarded or something follows from it.
    """
    dialogue = _open(dialogue, revision=revision)
    for conclusion in dialogue.conclusions.standing():
        _take_back(lock(conclusion), by=by, at=at)
    move(dialogue, DialogueStatus.WITHDRAWN, verb="withdraw_dialogue", by=by, at=at, remark=reason)
    return dialogue


@transaction.atomic
def add_conclusion(
    dialogue: Dialogue,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Conclusion:
    """Conclude something, under the next number of the tender; after the award too (R-362).

    :raises DialogueStandsError: of a talk that was not held.
    """
    tender = lock(dialogue.tender)
    dialogue = lock(dialogue)
    if dialogue.status != DialogueStatus.HELD:
        raise DialogueStandsError(_("Write down what was said first: conclusions follow from it."))
    last: int | None = tender.conclusions.aggregate(last=Max("number"))["last"]
    conclusion = Conclusion(
        uuid=key or uuid.uuid4(),
        dialogue=dialogue,
        tender=tender,
        authority_id=tender.authority_id,
        number=(last or 0) + 1,
        kind=dialogue.kind,
        held_on=dialogue.held_on,
        **facts,
    )
    save(conclusion)
    audit.record(conclusion, "add_conclusion", by=by, at=at)
    return conclusion


@transaction.atomic
def change_conclusion(
    conclusion: Conclusion,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Conclusion:
    """Say it better, or which choice follows; the same once more changes nothing.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises DialogueStandsError: once the tender is awarded, and of what was taken back.
    """
    _open(conclusion.dialogue)
    conclusion = _standing(conclusion, revision=revision)
    changed = [name for name, value in facts.items() if getattr(conclusion, name) != value]
    for name in changed:
        setattr(conclusion, name, facts[name])
    if changed:
        save(conclusion)
        audit.record(conclusion, "change_conclusion", by=by, at=at, changed=changed)
    return conclusion


@transaction.atomic
def withdraw_conclusion(
    conclusion: Conclusion, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> Conclusion:
    """Take one sentence back; its number is not used again (R-362).

    :raises DialogueStandsError: once the tender is awarded or something follows from it.
    """
    _open(conclusion.dialogue)
    conclusion = _standing(conclusion, revision=revision)
    _take_back(conclusion, by=by, at=at)
    audit.record(conclusion, "withdraw_conclusion", by=by, at=at, remark=reason)
    return conclusion


def followed(conclusion: Conclusion) -> bool:
    """Whether something that is owed or promised points to it."""
    uses = (model._default_manager.filter(follows_from=conclusion) for model in FOLLOWING)
    return any(rows.exists() for rows in uses)


def _take_back(conclusion: Conclusion, *, by: User, at: dt.datetime) -> None:
    if followed(conclusion):
        raise DialogueStandsError(
            _("Something follows from conclusion %(number)s already: it stays.")
            % {"number": conclusion.number}
        )
    conclusion.withdrawn_at, conclusion.withdrawn_by = at, by
    save(conclusion)


def _standing(conclusion: Conclusion, *, revision: int | None) -> Conclusion:
    conclusion = lock(conclusion, revision=revision)
    if conclusion.withdrawn_at:
        raise DialogueStandsError(_("This conclusion was taken back."))
    return conclusion


def _open(dialogue: Dialogue, *, revision: int | None = None) -> Dialogue:
    """Lock the tender, then the talk; after the award there are additions only (R-362)."""
    tender = lock(dialogue.tender)
    dialogue = lock(dialogue, revision=revision)
    dialogue.tender = tender
    if tender.status == TenderStatus.AWARDED:
        raise DialogueStandsError(
            _("The tender was awarded: what was said stays as it is. Add a new entry.")
        )
    if dialogue.status == DialogueStatus.WITHDRAWN:
        raise DialogueStandsError(_("This talk was taken back."))
    return dialogue


def _status(facts: Mapping[str, Any], at: dt.datetime) -> DialogueStatus:
    """Tell a talk that was held from one that is planned: by what was said."""
    if not facts["said"]:
        return DialogueStatus.PLANNED
    if facts["held_on"] > timezone.localdate(at):
        raise DialogueDayError(_("This day lies in the future: nothing was said yet."))
    return DialogueStatus.HELD


def _name_parties(dialogue: Dialogue, parties: Iterable[Party]) -> None:
    """Write down who took part; who stands in the register by this name or number is linked."""
    for position, party in enumerate(parties, 1):
        known = Supplier.objects.filter(Q(name__iexact=party.name) | Q(kvk=party.name)).first()
        DialogueParty.objects.create(
            dialogue=dialogue,
            authority_id=dialogue.authority_id,
            position=position,
            supplier=known,
            name=known.name if known else party.name,
            functions=party.functions,
        )
