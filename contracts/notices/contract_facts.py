"""What a contract of the notice comes to: its tenders, lots, suppliers and value."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

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
    notice_maximum: Amount | None = None

    @property
    def currencies(self) -> frozenset[str]:
        return frozenset(tender.value.currency for tender in self.tenders if tender.value)

    @property
    def value(self) -> Amount | None:
        """Add up the winning tenders (BT-720); none if one is unknown or currencies mix."""
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
        """Take that of the lot, if there is but one (BT-709), else of the notice (BT-118)."""
        maxima = [r.framework_maximum_value for r in self.results if r.framework_maximum_value]
        return maxima[0] if len(maxima) == 1 else self.notice_maximum

    @property
    def closed_lot_ids(self) -> tuple[str, ...]:
        return tuple(
            result.lot_id or "" for result in self.results if result.status == CLOSED_WITHOUT_WINNER
        )

    @property
    def suppliers(self) -> tuple[Supplier, ...]:
        tenderers = {t.org_id: t for tender in self.tenders for t in tender.tenderers}
        return tuple(supplier(t, alone=len(tenderers) == 1) for t in tenderers.values())


@dataclass(frozen=True, slots=True)
class Links:
    """Where the identifiers in a notice point to."""

    tenders: dict[str, Tender]
    by_contract: dict[str, list[Result]]
    by_lot: dict[str | None, list[Result]]
    groups: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, notice: Notice) -> Self:
        links = cls(
            tenders={tender.id: tender for tender in notice.tenders},
            by_contract=defaultdict(list),
            by_lot=defaultdict(list),
            groups={group.id: group.lot_ids for group in notice.lot_groups},
        )
        for result in notice.results:
            links.by_lot[result.lot_id].append(result)
            for contract_id in result.contract_ids:
                links.by_contract[contract_id].append(result)
        return links

    def lots(self, ids: Iterable[str | None]) -> tuple[str, ...]:
        """Name the lots, with a group of lots written out."""
        spread = (lot_id for id_ in ids if id_ for lot_id in self.groups.get(id_, (id_,)))
        return tuple(dict.fromkeys(spread))


def awards(notice: Notice) -> tuple[Award, ...]:
    """Make one for each contract; without contracts, one for each lot with a winner."""
    links = Links.of(notice)
    if notice.winner_basis == BY_RESULT:
        return tuple(by_result(notice.results, links))
    alone = len(notice.contracts) == 1
    maximum = notice.notice_framework_maximum_value if alone else None
    return tuple(by_contract(contract, links, maximum) for contract in notice.contracts)


def by_contract(contract: NoticeContract, links: Links, maximum: Amount | None) -> Award:
    won = tuple(links.tenders[id_] for id_ in contract.tender_ids if id_ in links.tenders)
    named = [result.lot_id for result in links.by_contract.get(contract.id, ())]
    lot_ids = links.lots([*named, *(tender.lot_id for tender in won)])
    return Award(
        id=contract.id,
        contract=contract,
        tenders=won,
        results=tuple(result for lot_id in lot_ids for result in links.by_lot.get(lot_id, ())),
        lot_ids=lot_ids,
        notice_maximum=maximum,
    )


def by_result(results: Iterable[Result], links: Links) -> Iterator[Award]:
    for result in results:
        if won := tuple(links.tenders[id_] for id_ in chosen(result, links.tenders)):
            yield Award(
                id=result.id,
                contract=None,
                tenders=won,
                results=(result,),
                lot_ids=links.lots([result.lot_id]),
            )
