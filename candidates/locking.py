"""Locks that keep two verbs from using one room: people first, then shares, contracts last (R-063)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from candidates.models import Candidate, PathPerson, Placement, Share
from contracts.models import Contract
from sroi_portal.core.acting import DatabaseRole, acting_as


def lock_room(share: Share) -> None:
    """Let nobody else use the room of this person or row until the transaction ends (R-063)."""
    lock_people(Candidate.objects.filter(placements__contributions=share.contribution_id))
    if share.known_block.as_terms().limit_pct is not None:
        with acting_as(DatabaseRole.WORKER):
            _lock(Share.objects.filter(contribution=share.contribution_id))
            _lock(Contract.objects.filter(pk=share.contract_id))


def lock_rooms(share_ids: Iterable[int]) -> None:
    """Lock the room of many people at once, in the order in which everybody locks them."""
    theirs = Placement.objects.filter(contributions__shares__in=list(share_ids))
    lock_people(Candidate.objects.filter(pk__in=theirs.values("candidate")))


def lock_many(shares: QuerySet[Share]) -> None:
    """Lock people and shares before a verb goes through them, each with postings of its own."""
    with acting_as(DatabaseRole.WORKER):
        ids = list(shares.values_list("pk", flat=True))
        lock_rooms(ids)
        _lock(Share.objects.filter(pk__in=ids))


def lock_work(contract: Contract) -> None:
    """Lock all that hangs on a contract that is locked after it, as it closes or moves."""
    with acting_as(DatabaseRole.WORKER):
        mine = Share.objects.filter(contract=contract.pk).values("contribution")
        about = Q(contributions__in=mine) | Q(trainings__in=mine)
        at_work = Placement.objects.filter(Q(contract=contract.pk) | about)
        _lock(Candidate.objects.filter(pk__in=at_work.values("candidate")))
        _lock(Share.objects.filter(contribution__in=mine))
        _lock(Placement.objects.filter(pk__in=at_work.values("pk")))


def lock_contracts(shares: Iterable[Share]) -> None:
    """Lock their contracts together, before one after the other is posted to."""
    wanted = {share.contract_id for share in shares}
    with acting_as(DatabaseRole.WORKER):
        locked = Contract.objects.filter(pk__in=wanted).order_by("pk")
        list(locked.select_for_update(no_key=True).values_list("pk", flat=True))


def lock_people(people: QuerySet[Candidate]) -> None:
    """Lock these people before anything else, as the worker: no official sees them.

    Who walks a shared path is locked at every supplier of it: it is one person (R-387).
    """
    with acting_as(DatabaseRole.WORKER):
        wanted = set(people.values_list("pk", flat=True))
        mates = PathPerson.objects.filter(path__people__candidate__in=wanted)
        wanted.update(mates.values_list("candidate", flat=True))
        _lock(Candidate.objects.filter(pk__in=wanted))


def _lock(rows: QuerySet[Any]) -> None:
    list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
