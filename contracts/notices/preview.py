"""What a notice proposes for a tender, its lots and its contracts; a person confirms it."""

from collections.abc import Iterator

from contracts.notices import cautions, fields
from contracts.notices.contract_facts import Award, awards
from contracts.notices.proposal import Proposal, proposed
from contracts.notices.records import Lot, Notice, Result


def proposals(notice: Notice) -> tuple[Proposal, ...]:
    """Propose in the order of a preview: the tender, its lots, its contracts, what changed."""
    results = {result.lot_id: result for result in notice.results}
    return (
        *of_tender(notice),
        *(found for lot in notice.lots for found in of_lot(lot, results.get(lot.id))),
        *(found for award in awards(notice) for found in of_contract(award)),
        *of_modification(notice),
    )


def of_tender(notice: Notice) -> Iterator[Proposal]:
    yield from proposed(fields.TENDER, "tender", notice)
    for buyer in notice.buyers:
        yield Proposal(
            term="OPT-300",
            target=f"tender.buyer:{buyer.org_id}",
            value=buyer,
            warnings=tuple(cautions.of_buyer(buyer)),
        )


def of_lot(lot: Lot, result: Result | None) -> Iterator[Proposal]:
    about = f"lot:{lot.id}"
    yield from proposed(fields.LOT, about, lot)
    if result:
        yield from proposed(fields.RESULT, about, result)


def of_contract(award: Award) -> Iterator[Proposal]:
    about = f"contract:{award.id}"
    if award.contract:
        yield from proposed(fields.CONTRACT, about, award.contract)
    yield from proposed(fields.AWARD, about, award)
    yield from of_suppliers(about, award)
    for tender in award.tenders:
        yield from proposed(fields.SUBCONTRACTING, f"{about}.subcontracting:{tender.id}", tender)


def of_suppliers(about: str, award: Award) -> Iterator[Proposal]:
    of_all = tuple(cautions.of_group(award))
    for supplier in award.suppliers:
        yield Proposal(
            term="OPT-310",
            target=f"{about}.supplier:{supplier.org_id}",
            value=supplier,
            warnings=(*cautions.of_supplier(supplier), *of_all),
        )


def of_modification(notice: Notice) -> Iterator[Proposal]:
    if notice.modification:
        yield from proposed(fields.MODIFICATION, "modification", notice.modification)
