"""What an authority may see of a placement, from the moment that something of it is to be checked."""

from typing import Any

from django.db.models import F, Func, Model, Value

from candidates.models import (
    Additionality,
    AgreedJob,
    CandidateCode,
    Evidence,
    FollowUp,
    FollowUpAnswer,
    JudgedFact,
    PaidHours,
    Placement,
    WeeklyHours,
)

SHOWN: tuple[type[Model], ...] = (  # with the placement that they are about
    WeeklyHours,
    FollowUp,
    FollowUpAnswer,
    Additionality,
    Evidence,
    JudgedFact,
    AgreedJob,
    PaidHours,
)


def show_placement(placement: Placement, authority: int) -> None:
    """Let the authority see the work, under a code of its own for the person."""
    CandidateCode.objects.get_or_create(
        candidate_id=placement.candidate_id,
        authority_id=authority,
        defaults={"supplier_id": placement.supplier_id},
    )
    if authority in placement.authority_ids:  # what comes later is born with it
        return
    of_placement = {"placement": placement}
    let_see(Placement.objects.filter(pk=placement.pk), authority)
    for model in SHOWN:
        let_see(model._default_manager.filter(**of_placement), authority)


def let_see(rows: Any, authority: int) -> None:
    more = Func(F("authority_ids"), Value(authority), function="array_append")
    rows.exclude(authority_ids__contains=[authority]).update(authority_ids=more)
