"""People of a contract that is over: who they were and why they counted goes, amounts stay (R-426)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from candidates import locking, retention
from candidates.models import (
    CLAIMED,
    Additionality,
    AgreedJob,
    Candidate,
    CandidateCode,
    Contribution,
    EntryFinding,
    Evidence,
    FollowUp,
    ImportedRow,
    JudgedFact,
    PersonalLink,
    Placement,
    Share,
    UsedMonth,
    Visit,
    WeeklyHours,
)
from candidates.models.used_month import OF_BONUS, OF_GROUP
from contracts.models import Contract
from sroi_portal.core import audit, personal
from sroi_portal.core.models import Recorded, Remark, User


@transaction.atomic
def forget_people(contract: Contract, *, by: User | None, at: dt.datetime) -> dict[str, int]:
    """Remove the placements of a contract, with what shows them; give how many rows of each kind.

    Contributions and their parts stay with their status, hours and amount, of nobody and of no
    group; postings are not touched. What a cap still needs is kept blinded.
    """
    locking.lock_work(contract)
    placements = list(_over(contract, timezone.localdate(at)))
    ids = [each.pk for each in placements]
    claims = list(Contribution.objects.filter(placement__in=ids))
    shares = list(Share.objects.filter(contribution__in=claims))
    shown = Q(placement__in=ids) | Q(contribution__in=claims)
    evidence = list(Evidence.objects.filter(shown))
    visits = list(Visit.objects.filter(placement__in=ids))
    trainings = list(Contribution.objects.filter(for_placement__in=ids))
    facts = JudgedFact.objects.filter(placement__in=ids)
    _blind(shares)
    forget_words([*placements, *claims, *shares, *evidence, *visits, *facts])
    facts.delete()
    _remove_evidence(evidence)
    EntryFinding.objects.filter(share__in=shares).delete()
    ImportedRow.objects.filter(placement__in=ids).delete()
    _change(visits, placement=None)
    _change(trainings, for_placement=None)
    _change(claims, placement=None, removed_at=at)
    _change(shares, block=None, valuation=None)
    hours, _by_model = WeeklyHours.objects.filter(placement__in=ids).delete()
    Placement.objects.filter(pk__in=ids).delete()
    for rows in (placements, evidence, claims, trainings, visits, shares):
        _note(rows, "forget_people", by=by, at=at)
    return {
        "placements": len(ids),
        "weekly hours": hours,
        "evidence": len(evidence),
        "parts without a person": len(shares),
    }


def forget_unknown(*, by: User | None, at: dt.datetime) -> int:
    """Remove people of whom no work is left: reference, its hash and their codes."""
    people = list(retention.people_left())
    forget_words(people)
    CandidateCode.objects.filter(candidate__in=people).delete()
    Candidate.objects.filter(pk__in=[each.pk for each in people]).delete()
    _note(people, "forget_unknown", by=by, at=at)
    return len(people)


def forget_words(objs: Iterable[Recorded]) -> None:
    """Destroy what was said about these objects; that something was said stays in its event."""
    Remark.objects.filter(object_uuid__in=[each.uuid for each in objs]).delete()


def _note(objs: Iterable[Recorded], verb: str, *, by: User | None, at: dt.datetime) -> None:
    audit.record_many(objs, verb, by=by, at=at)


def _over(contract: Contract, day: dt.date) -> Any:
    """Find whom nothing of an earlier part holds any more."""
    rows = retention.people_of(contract, day)
    for model in (PersonalLink, AgreedJob, FollowUp, Additionality):
        rows = rows.exclude(pk__in=model._default_manager.values("placement"))
    return rows.order_by("pk")


def _blind(shares: Iterable[Share]) -> None:
    """Keep months and bonuses where only who knows person and group finds them again."""
    used = UsedMonth.objects.filter(share__in=shares).select_related("share").order_by("pk")
    by_month: defaultdict[tuple[int, dt.date], list[UsedMonth]] = defaultdict(list)
    for row in used.filter(share__status__in=CLAIMED):
        share: Any = row.share  # of one of these, so it has one
        by_month[share.contribution_id, row.month].append(row)
    kept = [each for rows in by_month.values() for each in _blinded(rows)]
    kept.sort(key=lambda row: bytes(row.reference_hash))  # their order tells of nobody either
    used.delete()
    UsedMonth.objects.bulk_create(kept)


def _blinded(rows: Sequence[UsedMonth]) -> Iterator[UsedMonth]:
    """Give a month of one contribution anew: of the person, of its groups, of its bonuses."""
    yield _month(rows[0], "", part=_sum(rows))
    groups: defaultdict[str, list[UsedMonth]] = defaultdict(list)
    for row in rows:
        groups[row.group_code].append(row)
    for code, of_group in groups.items():
        counted = max(Fraction(row.counted) for row in of_group)  # the same days
        yield _month(rows[0], OF_GROUP + code, part=_sum(of_group), counted=counted)
    for code in sorted({code for row in rows for code in row.bonus_codes}):
        yield _month(rows[0], OF_BONUS + code)


def _sum(rows: Iterable[UsedMonth]) -> Fraction:
    return sum((Fraction(row.part) for row in rows), Fraction(0))


def _month(
    row: UsedMonth, word: str, *, part: Fraction = Fraction(0), counted: Fraction = Fraction(0)
) -> UsedMonth:
    key = bytes(row.reference_hash)
    return UsedMonth(
        supplier_id=row.supplier_id,
        authority_id=row.authority_id,
        reference_hash=personal.blinded(key, word) if word else key,
        month=row.month,
        part=str(part),
        counted=str(counted),
    )


def _remove_evidence(evidence: Sequence[Evidence]) -> None:
    ids = [each.pk for each in evidence]
    for each in evidence:
        if each.file:
            transaction.on_commit(partial(each.file.storage.delete, str(each.file.name)))
    rows = Evidence.objects.filter(pk__in=ids)
    rows.update(renews=None)
    rows.delete()


def _change(rows: Sequence[models.Model], **facts: Any) -> None:
    if rows:
        manager: Any = rows[0]._meta.default_manager
        ids = [each.pk for each in rows]
        manager.filter(pk__in=ids).update(**facts, revision=F("revision") + 1)
