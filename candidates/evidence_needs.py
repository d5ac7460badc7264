"""Which evidence is asked of work, from which day on, and how it stands (N12)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from candidates.models import IS_SEEN, Evidence, Placement, Share
from contracts.models import Block, DemandLevel, EvidenceDemand, EvidenceKind
from sroi_portal.core import terms

EXPIRES_SOON = dt.timedelta(days=30)


class NeedState(TextChoices):
    GIVEN = "given", _("there")
    EXPIRING = "expiring", _("ends soon")
    EXPIRED = "expired", _("no longer valid")
    ASKED = "asked", _("asked for, not received yet")
    MISSING = "missing", _("missing")
    ON_REQUEST = "on_request", _("only on request")


LACKING = (NeedState.EXPIRED, NeedState.ASKED, NeedState.MISSING)


@dataclass(frozen=True)
class Demand:
    """How strictly a kind of proof is asked for, and how soon after the first day."""

    kind: EvidenceKind
    level: DemandLevel = DemandLevel.REQUIRED
    within_days: int = 0


@dataclass(frozen=True)
class Need:
    """A kind of proof that work asks, with the newest statement of it."""

    kind: EvidenceKind
    level: DemandLevel
    due_on: dt.date
    state: NeedState
    evidence: Evidence | None = None

    @property
    def is_lacking(self) -> bool:
        return self.level != DemandLevel.ON_REQUEST and self.state in LACKING

    @property
    def is_blocking(self) -> bool:
        return self.level == DemandLevel.BLOCKING and self.state in LACKING


def demands(block: Block, authority_id: int, starts_on: dt.date) -> list[Demand]:
    """Give what an authority asks of a row, for work that begins on a day (R-200).

    What is said of the row goes before what is said of its way of fulfilling, and that before what
    is said of the kind of proof. Without a word of the authority what the row names is required.
    """
    said = EvidenceDemand.objects.newest_on(authority_id, starts_on).select_related("evidence_kind")
    kinds = {kind.pk: kind for kind in block.evidence_kinds.all()}
    strictest: dict[int, EvidenceDemand] = {}
    for each in sorted(said, key=_specific):
        if each.block_id in (None, block.pk) and each.row_kind in ("", block.kind):
            strictest[each.evidence_kind_id] = each
            if each.block_id or each.row_kind:
                kinds.setdefault(each.evidence_kind_id, each.evidence_kind)
    return [_demand(kind, strictest.get(kind.pk)) for kind in kinds.values()]


def of_placement(placement: Placement, today: dt.date) -> list[Need]:
    """Give the list for a placement, by what the authority of its contract asks."""
    stated = Evidence.objects.current().filter(placement=placement).select_related("kind")
    asked = demands(placement.block, placement.contract.authority_id, placement.starts_on)
    return _needs(asked, placement.starts_on, list(stated), today)


def of_share(share: Share, day: dt.date) -> list[Need]:
    return of_shares([share], day)[share.pk]


def of_shares(shares: Iterable[Share], day: dt.date) -> dict[int, list[Need]]:
    """Give the list for each share, as it stands on a day; a few queries for each row."""
    wanted = list(shares)
    stated = _stated(wanted)
    known: dict[tuple[int, int, dt.date], list[Demand]] = {}
    result: dict[int, list[Need]] = {}
    for share in wanted:
        if share.block is None:  # the details of the person were removed
            result[share.pk] = []
            continue
        placement = share.contribution.placement
        starts_on = placement.starts_on if placement else share.contribution.starts_on
        place = (share.block.pk, share.authority_id, starts_on)
        if place not in known:
            known[place] = demands(share.block, share.authority_id, starts_on)
        subject = (share.contribution.placement_id, share.contribution_id)
        found = [
            *stated[subject[0], None],
            *stated[None, subject[1]],
        ]
        result[share.pk] = _needs(known[place], starts_on, found, day)
    return result


def _stated(shares: list[Share]) -> dict[tuple[int | None, int | None], list[Evidence]]:
    placements = {
        share.contribution.placement_id for share in shares if share.contribution.placement_id
    }
    rows = Evidence.objects.current().filter(
        Q(placement__in=placements)
        | Q(contribution__in={share.contribution_id for share in shares})
    )
    found: dict[tuple[int | None, int | None], list[Evidence]] = defaultdict(list)
    for each in rows.select_related("kind"):
        found[each.placement_id, each.contribution_id].append(each)
    return found


def _specific(demand: EvidenceDemand) -> int:
    return 2 if demand.block_id else bool(demand.row_kind)


def _demand(kind: EvidenceKind, said: EvidenceDemand | None) -> Demand:
    if said is None:
        return Demand(kind)
    return Demand(kind, DemandLevel(said.level), said.within_days)


def _needs(
    asked: list[Demand], starts_on: dt.date, stated: list[Evidence], day: dt.date
) -> list[Need]:
    result = []
    for demand in asked:
        of_kind = [each for each in stated if each.kind_id == demand.kind.pk]
        state, newest = _state(of_kind, demand.level, day)
        days = demand.within_days
        due_on = terms.due_on(starts_on, days) if days else starts_on
        result.append(Need(demand.kind, demand.level, due_on, state, newest))
    return result


def _state(
    of_kind: list[Evidence], level: DemandLevel, day: dt.date
) -> tuple[NeedState, Evidence | None]:
    """Tell how a kind of proof stands on a day; both the day it begins and ends count (R-203)."""
    seen = [each for each in of_kind if each.result in IS_SEEN]
    if not seen:
        is_asked = level != DemandLevel.ON_REQUEST
        without = NeedState.MISSING if is_asked else NeedState.ON_REQUEST
        return (NeedState.ASKED, of_kind[-1]) if of_kind else (without, None)
    last = max(seen, key=lambda each: (each.valid_until or dt.date.max, each.pk))
    if last.valid_until is None or last.valid_until > day + EXPIRES_SOON:
        return NeedState.GIVEN, last
    return (NeedState.EXPIRING if last.valid_until >= day else NeedState.EXPIRED), last
