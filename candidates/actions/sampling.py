"""A sample is drawn and worked through; the seed and every chance are kept."""

import datetime as dt
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from candidates import risks, sampling
from candidates.models import Sample, SampleShare, Share
from sroi_portal.core import audit, terms
from sroi_portal.core.models import Authority, User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, save


class NothingToDrawError(RefusedError):
    """No contribution of the period has this status."""


@transaction.atomic
def draw_sample(
    authority: Authority,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Sample:
    """Draw from what was submitted in a period, with a new seed that nobody chooses (R-211).

    :raises NothingToDrawError: when there is nothing to draw from.
    """
    sample = Sample(
        uuid=key or uuid.uuid4(),
        authority=authority,
        seed=secrets.token_hex(16),
        drawn_by=by,
        drawn_at=at,
        **facts,
    )
    weighed = risks.weigh(_shares(sample), authority.pk, at=at)
    if not weighed:
        raise NothingToDrawError(_("There is nothing to draw from in this period."))
    save(sample)
    chances = [(each.share.uuid, each.weight) for each in weighed]
    drawn = sampling.draw(sample.seed, chances, sample.size)
    places = {name: place for place, name in enumerate(drawn, start=1)}
    SampleShare.objects.bulk_create(
        SampleShare(
            sample=sample,
            authority=authority,
            share=each.share,
            share_uuid=each.share.uuid,
            weight=each.weight,
            reasons=list(each.reasons),
            place=places.get(each.share.uuid),
        )
        for each in weighed
    )
    audit.record(sample, "draw_sample", by=by, at=at)
    return sample


@transaction.atomic
def record_outcome(
    drawn: SampleShare, outcome: str, *, by: User, at: dt.datetime, remark: str = ""
) -> None:
    """Write down what the check of a drawn share said; it can be written anew (R-213).

    :raises IllegalMoveError: of a share that was not drawn.
    """
    drawn = lock(drawn)
    if drawn.place is None:
        raise IllegalMoveError(_("This contribution was not drawn."))
    drawn.outcome, drawn.recorded_by, drawn.recorded_at = outcome, by, at
    save(drawn)
    audit.record(drawn, "record_outcome", by=by, at=at, changed=["outcome"], remark=remark)


def drawn_again(sample: Sample) -> list[uuid.UUID]:
    """Draw once more from the seed and the list of chances that were kept."""
    chances = list(sample.shares.values_list("share_uuid", "weight"))
    return sampling.draw(sample.seed, chances, sample.size)


def _shares(sample: Sample) -> list[Share]:
    rows = Share.objects.filter(
        authority=sample.authority,
        status=sample.of,
        submitted_at__gte=terms.starts_at(sample.starts_on),
        submitted_at__lt=terms.ended_at(sample.ends_on),
    )
    return list(
        rows.select_related("contribution__placement", "block")
        .prefetch_related("block__evidence_kinds")
        .order_by("pk")
    )
