"""The social enterprises of the register, as the adviser for the choice counts them (R-364)."""

import datetime as dt

from contracts import advice
from suppliers.models import Certificate, CertificateKind, Offering

FIT = (CertificateKind.PSO_30, CertificateKind.SHELTERED_WORKSHOP)  # their share was shown


def offers(day: dt.date) -> list[advice.Offer]:
    """Give what is offered by who holds a certificate on this day; two queries."""
    held: dict[int, set[str]] = {}
    for supplier, kind in Certificate.objects.valid_on(day).values_list("supplier_id", "kind"):
        held.setdefault(supplier, set()).add(kind)
    standing = Offering.objects.standing().filter(supplier__in=held)
    return [
        advice.Offer(
            supplier=each.supplier_id,
            division=each.cpv_division,
            region=each.region,
            largest_eur=each.largest_eur,
            is_fit=bool(held[each.supplier_id] & set(FIT)),
        )
        for each in standing.filter(supplier__insolvent_on=None, supplier__merged_into=None)
    ]
