"""Whom a page is about: by the supplier's reference or the authority's code; each look is written."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from candidates import rules
from candidates.models import Candidate, CandidateCode, Contribution, Placement, Share
from candidates.recorded import REASON
from sroi_portal.core import audit
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User

if TYPE_CHECKING:
    import uuid


def look_as_supplier(
    placements: Iterable[Placement], activity: str, *, by: User, at: dt.datetime
) -> None:
    """Write down that somebody looked at the firm's own people."""
    seen: dict[int, list[uuid.UUID]] = {}
    for placement in placements:
        seen.setdefault(placement.supplier_id, []).append(placement.candidate.uuid)
    for supplier_id, people in seen.items():
        audit.record_reads(people, activity, by=by, at=at, supplier_id=supplier_id)


def look_as_authority(shares: Iterable[Share], activity: str, *, by: User, at: dt.datetime) -> None:
    """Write down that somebody looked for an authority, who does not see the person itself."""
    seen: dict[int, list[int]] = {}
    for share in shares:
        if person := share.contribution.person_of:
            people = seen.setdefault(share.authority_id, [])
            people.append(person.candidate_id)
    with acting_as(DatabaseRole.WORKER):
        every = {pk for people in seen.values() for pk in people}
        uuids = dict(Candidate.objects.filter(pk__in=every).values_list("pk", "uuid"))
    for authority_id, people in seen.items():
        audit.record_reads(
            [uuids[pk] for pk in people], activity, by=by, at=at, authority_id=authority_id
        )


def look_at_placement(placement: Placement, activity: str, *, by: User, at: dt.datetime) -> None:
    """Write down a look by the firm itself or, else, for the authorities one checks for."""
    if placement.supplier_id in by.supplier_ids:
        look_as_supplier([placement], activity, by=by, at=at)
        return
    shares = Share.objects.visible_to(by).filter(contribution__placement=placement)
    look_as_authority(
        shares.select_related("contribution__placement", "contribution__for_placement"),
        activity,
        by=by,
        at=at,
    )


def look_at_reason(about: Placement | Contribution, *, by: User, at: dt.datetime) -> None:
    """Write down that a colleague of who entered it looked why the person counts (R-427)."""
    person = about if isinstance(about, Placement) else about.person_of
    if person and not rules.sees_reason(by, about):
        look_as_supplier([person], REASON, by=by, at=at)


def reason_of(
    about: Placement | Contribution, *, by: User, ask_at: str, is_asked: bool = False
) -> dict[str, object]:
    """Tell the page whether it says why the person counts and, if not, where one asks for it."""
    reason = is_asked or rules.sees_reason(by, about)
    may_ask = not reason and rules.may_see_reason(by, about)
    return {
        "reason": reason,
        "is_hidden": not reason,
        "is_asked": is_asked,
        "ask_at": ask_at if may_ask else "",
    }


def codes(shares: Iterable[Share]) -> dict[tuple[int, int], str]:
    """Find the codes by which authorities speak of the people: by person and authority."""
    people = {person.candidate_id for share in shares if (person := share.contribution.person_of)}
    found = CandidateCode.objects.filter(candidate_id__in=people)
    return {(each.candidate_id, each.authority_id): each.code for each in found}


def code_of(share: Share) -> str:
    placement = share.contribution.person_of
    if placement is None:
        return ""
    return codes([share]).get((placement.candidate_id, share.authority_id), "")
