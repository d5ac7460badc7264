"""The parts of one contribution: laid side by side between 0 and 100 per cent (N09)."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from candidates.models import FREED, Contribution, Share, ShareStatus
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.status import RefusedError

WHOLE = Decimal(100)
NOTHING = Decimal(0)
NOT_SHOWN = (*FREED, ShareStatus.DRAFT)


class DividedTooFarError(RefusedError):
    """The parts of one contribution exceed 100 per cent."""


class PartStandsError(RefusedError):
    """A part was submitted or decided on, so what it is about stays as it is."""


def locked(contribution: Contribution) -> list[Share]:
    """Read every living part for update, in the order in which everybody locks them."""
    living = Share.objects.filter(contribution=contribution.pk).exclude(status__in=FREED)
    return list(living.select_for_update(of=("self",)).with_facts().order_by("pk"))


def lay_out(shares: Sequence[Share]) -> Decimal:
    """Let each part begin where the one before it ends, in one statement; gives where they end.

    :raises DividedTooFarError: when that is past 100.
    """
    end = NOTHING
    for share in shares:
        share.from_pct = end
        end += share.pct
    if end > WHOLE:
        raise DividedTooFarError(
            _("Together the parts are %(pct)s %%. They never exceed 100 %%.") % {"pct": f"{end:n}"}
        )
    Share.objects.bulk_update(
        [each for each in shares if each.pk is not None], ["from_pct", "pct"], batch_size=1000
    )
    return end


def require_open(shares: Sequence[Share], *, besides: Share) -> None:
    """Refuse to change what other parts are about once one of them was submitted.

    :raises PartStandsError: when one was.
    """
    if any(each.pk != besides.pk and not each.is_changeable for each in shares):
        raise PartStandsError(
            _(
                "Another part of this contribution was submitted or decided on. "
                "Its period and facts stay as they are."
            )
        )


def of_others(share: Share) -> list[tuple[str, Decimal]]:
    """Name the other authorities with their part, and nothing else of it (N09)."""
    with acting_as(DatabaseRole.WORKER):
        others = share.contribution.shares.exclude(status__in=NOT_SHOWN).exclude(
            authority=share.authority_id
        )
        return list(others.order_by("pk").values_list("authority__name", "pct"))
