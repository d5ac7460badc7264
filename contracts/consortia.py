"""What each member of a consortium carries of one account, to the cent (R-117)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from contracts.models import ConsortiumMember, Contract
from sroi_portal.core import money

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """The share of one supplier, and what it is of the obligation and of what is verified."""

    supplier: str
    share_pct: Decimal
    owed_eur: Decimal
    verified_eur: Decimal
    is_lead: bool = False


def parts(
    contract: Contract,
    members: Iterable[ConsortiumMember],
    *,
    owed_eur: Decimal,
    verified_eur: Decimal,
) -> tuple[Part, ...]:
    """Divide an account over the lead, which carries the rest, and the members."""
    others = list(members)
    if not others:
        return ()
    rest = WHOLE - sum((member.share_pct for member in others), Decimal(0))
    names = [contract.supplier.name, *(member.supplier.name for member in others)]
    shares = [rest, *(member.share_pct for member in others)]
    divided_ = zip(
        names, shares, divided(owed_eur, shares), divided(verified_eur, shares), strict=True
    )
    return tuple(
        Part(name, share, owed, verified, is_lead=number == 0)
        for number, (name, share, owed, verified) in enumerate(divided_)
    )


def divided(amount_eur: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """Divide by shares in whole cents; cents that are left go to the largest remainders."""
    whole = money.to_cents(amount_eur)
    exact = [whole * Fraction(share) / Fraction(sum(shares)) for share in shares]
    cents = [each.numerator // each.denominator for each in exact]
    nearest = sorted(range(len(exact)), key=lambda place: (cents[place] - exact[place], place))
    for place in nearest[: whole - sum(cents)]:
        cents[place] += 1
    return [money.from_hundredths(each) for each in cents]
