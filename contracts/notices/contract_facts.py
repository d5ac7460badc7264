"""What a contract of the notice comes to: its tenders, lots, suppliers and value."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contracts.notices.awards import BY_RESULT, CLOSED_WITHOUT_WINNER, chosen
from contracts.notices.records import Amount, Notice, NoticeContract, Result, Tender
from contracts.notices.suppliers import Supplier, supplier


@dataclass(frozen=True, kw_only=True, slots=True)
class Award:
    """A signed contract, or the result of a lot in a notice without contracts."""

    id: str
    contract: NoticeContract | None
    tenders: tuple[Tender, ...]
    results: tuple[Result, ...]
    lot_ids: tuple[str, ...]

    @property
    def currencies(self) -> frozenset[str]:
        return frozenset(tender.value.currency for tender in self.tenders if tender.value)

    @property
    def value(self) -> Amount | None:
        """The sum of the winning tenders (BT-720); none if one is unknown or currencies mix."""
        amounts = [tender.value.amount for tender in self.tenders if tender.value]
        if len(amounts) < len(self.tenders) or len(self.currencies) != 1:
            return None
        (currency,) = self.currencies
        return Amount(amount=sum(amounts, Decimal(0)), currency=currency)

    @property
    def withheld(self) -> frozenset[str]:
        of_tenders = (code for tender in self.tenders for code in tender.withheld)
        of_results = (code for result in self.results for code in result.withheld)
        return frozenset((*of_tenders, *of_results))

    @property
    def framework(self) -> bool | None:
        return self.contract.framework if self.contract else None

    @property
    def framework_maximum(self) -> Amount | None:
        """Of the lot, when the contract is for one lot with a maximum (BT-709)."""
        maxima = [r.framework_maximum_value for r in self.results if r.framework_maximum_value]
        return maxima[0] if len(maxima) == 1 else None

    @property
    def closed_lot_ids(self) -> tuple[str, ...]:
        return tuple(
            result.lot_id or "" for result in self.results if result.status == CLOSED_WITHOUT_WINNER
        )

    @property
    def suppliers(self) -> tuple[Supplier, ...]:
        tenderers = {t.org_id: t for tender in self.tenders for t in tender.tenderers}
        return tuple(supplier(t, alone=len(tenderers) == 1) for t in tenderers.values())


def awards(notice: Notice) -> tuple[Award, ...]:
    """One for each contract; without contracts, one for each lot with a winner."""
    if notice.winner_basis == BY_RESULT:
        return tuple(by_result(notice))
    return tuple(by_contract(notice, contract) for contract in notice.contracts)


def by_contract(notice: Notice, contract: NoticeContract) -> Award:
    won = tuple(tender for tender in notice.tenders if tender.id in contract.tender_ids)
    named = [result.lot_id for result in notice.results if contract.id in result.contract_ids]
    lot_ids = lots_of(notice, [*named, *(tender.lot_id for tender in won)])
    results = tuple(result for result in notice.results if result.lot_id in lot_ids)
    return Award(id=contract.id, contract=contract, tenders=won, results=results, lot_ids=lot_ids)


def by_result(notice: Notice) -> Iterator[Award]:
    by_id = {tender.id: tender for tender in notice.tenders}
    for result in notice.results:
        if won := tuple(by_id[id_] for id_ in chosen(result, by_id)):
            lot_ids = lots_of(notice, [result.lot_id])
            yield Award(
                id=result.id, contract=None, tenders=won, results=(result,), lot_ids=lot_ids
            )


def lots_of(notice: Notice, ids: list[str | None]) -> tuple[str, ...]:
    """Lots, with a group of lots written out."""
    groups = {group.id: group.lot_ids for group in notice.lot_groups}
    spread = (lot_id for id_ in ids if id_ for lot_id in groups.get(id_, (id_,)))
    return tuple(dict.fromkeys(spread))
