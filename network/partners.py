"""Which social enterprises could do part of a contract, and why (H09)."""

import datetime as dt
from dataclasses import dataclass

from contracts.models import Contract, Tender
from network import regions
from network.models import Entry
from sroi_portal.core.acting import DatabaseRole, acting_as
from suppliers.models import Certificate, Offering, Supplier

MOST = 5
COUNTRY = "NL"


@dataclass(frozen=True)
class Suggestion:
    """One enterprise with what it offers that fits, and what it holds today."""

    supplier: Supplier
    offering: Offering
    certificate: Certificate
    place: str  # empty: the whole country
    entry: Entry | None
    fits_work: bool  # the kind of work of the contract is known, and this is it


def for_contract(contract: Contract, today: dt.date) -> list[Suggestion]:
    """Find who offers a kind of work of the contract in its region; the nearest first (R-389).

    Where the kind of work is not known, the region alone decides. The divisions are read as the
    worker: a supplier sees no tender.
    """
    with acting_as(DatabaseRole.WORKER):
        divisions = _divisions(contract)
    found = (
        Offering.objects.standing()
        .filter(supplier__merged_into=None, supplier__insolvent_on=None)
        .filter(supplier__in=_certified(today))
        .exclude(supplier=contract.supplier_id)
        .select_related("supplier")
        .order_by("supplier__name", "pk")
    )
    if divisions:
        found = found.filter(cpv_division__in=divisions)
    near = [each for each in found if _reaches(each.region, contract.place)]
    near.sort(key=lambda each: -len(each.region))
    nearest: dict[int, Offering] = {}
    for each in near:
        nearest.setdefault(each.supplier_id, each)
    return _with_facts(list(nearest.values())[:MOST], today, fits_work=bool(divisions))


def _divisions(contract: Contract) -> set[str]:
    """Read the tender anew: on the page of a supplier the contract came without it."""
    if contract.tender_id is None:
        return set()
    tender = Tender.objects.get(pk=contract.tender_id)
    lots = tender.lots.values_list("cpv_main", flat=True)
    return {code[:2] for code in (tender.cpv_main, *tender.cpv_additional, *lots) if code}


def _certified(today: dt.date) -> list[int]:
    held = Certificate.objects.valid_on(today).order_by().values_list("supplier", flat=True)
    return list(held.distinct())


def _reaches(offered: str, place: str) -> bool:
    """Whether an enterprise comes there: a region, its province or the whole country."""
    return not place or place.startswith(offered) or offered.startswith(place)


def _with_facts(offerings: list[Offering], today: dt.date, *, fits_work: bool) -> list[Suggestion]:
    firms = [each.supplier_id for each in offerings]
    valid = Certificate.objects.valid_on(today).filter(supplier__in=firms)
    held = {each.supplier_id: each for each in valid.order_by("valid_until", "pk")}
    entries = {each.supplier_id: each for each in Entry.objects.filter(supplier__in=firms)}
    return [
        Suggestion(
            each.supplier,
            each,
            held[each.supplier_id],
            "" if each.region == COUNTRY else regions.name_of(each.region),
            entries.get(each.supplier_id),
            fits_work,
        )
        for each in offerings
    ]
