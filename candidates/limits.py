"""What rows with one limit may still count for on a contract (R-064)."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, Sum

from candidates.models import CLAIMED, Share
from contracts.models import Account, Block, Contract, LedgerEntry
from sroi_portal.core import money
from sroi_portal.core.acting import DatabaseRole, acting_as


def limit_left(
    contract: Contract,
    block: Block,
    statuses: Iterable[str] = CLAIMED,
    *,
    besides: Share | None = None,
) -> Decimal | None:
    """Give what rows with one limit may still count for; none without limit or debt (R-064)."""
    limit_pct = block.as_terms().limit_pct
    if limit_pct is None:
        return None
    with acting_as(DatabaseRole.WORKER):  # a partner sees neither postings nor others' shares
        owed_eur = _owed_eur(contract)
        if not owed_eur:
            return None
        counted_eur = _counted_eur(contract, block, limit_pct, statuses, besides)
    return left_of_limit(owed_eur, limit_pct, counted_eur)


def _counted_eur(
    contract: Contract,
    block: Block,
    limit_pct: Decimal,
    statuses: Iterable[str],
    besides: Share | None,
) -> Decimal:
    rows = Block.objects.filter(table=block.table_id, kind=block.kind)
    limited = [row.pk for row in rows if row.as_terms().limit_pct == limit_pct]
    shares = Share.objects.filter(contract=contract, block__in=limited, status__in=tuple(statuses))
    if besides is not None:
        shares = shares.exclude(uuid=besides.uuid)
    return shares.aggregate(total=Sum("value_eur"))["total"] or money.ZERO


def left_of_limit(owed_eur: Decimal, limit_pct: Decimal, counted_eur: Decimal) -> Decimal:
    """Give what may still count of a part of what is owed (R-064)."""
    most_eur = money.rounded(Fraction(owed_eur) * Fraction(limit_pct) / 100)
    return max(most_eur - counted_eur, money.ZERO)


def _owed_eur(contract: Contract) -> Decimal:
    entries = LedgerEntry.objects.filter(contract=contract, unit="eur")
    sums = entries.aggregate(
        obliged=Sum("quantity", filter=Q(account=Account.OBLIGATION)),
        waived=Sum("quantity", filter=Q(account=Account.WAIVED)),
    )
    return (sums["obliged"] or money.ZERO) - (sums["waived"] or money.ZERO)
