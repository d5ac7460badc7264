"""Who won: the tenders behind the contracts, not those listed beside them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from contracts.notices.records import NoticeContract, Result, Tender, Winner

BY_CONTRACT = "contract"
BY_RESULT = "lot-result"
WINNER_CHOSEN = "selec-w"
CLOSED_WITHOUT_WINNER = "clos-nw"


@dataclass(frozen=True, slots=True)
class Winners:
    tender_ids: tuple[str, ...]
    basis: str | None
    parties: tuple[Winner, ...]


def winners(
    contracts: Iterable[NoticeContract], results: Iterable[Result], tenders: Iterable[Tender]
) -> Winners:
    """By contract; in a notice without any, by what the results of its lots tell."""
    by_id = {tender.id: tender for tender in tenders}
    signed = tuple(dict.fromkeys(id_ for contract in contracts for id_ in contract.tender_ids))
    if signed:
        return Winners(signed, BY_CONTRACT, parties(signed, by_id))
    told = tuple(dict.fromkeys(id_ for result in results for id_ in chosen(result, by_id)))
    return Winners(told, BY_RESULT if told else None, parties(told, by_id))


def chosen(result: Result, by_id: dict[str, Tender]) -> Iterator[str]:
    """Take the tenders that are first or not ranked, of a lot with a winner."""
    if result.status == WINNER_CHOSEN:
        for id_ in result.tender_ids:
            if id_ in by_id and by_id[id_].rank in {None, Decimal(1)}:
                yield id_


def parties(tender_ids: Iterable[str], by_id: dict[str, Tender]) -> tuple[Winner, ...]:
    found = [by_id[id_] for id_ in tender_ids if id_ in by_id]
    named = [tenderer.as_winner() for tender in found for tenderer in tender.tenderers]
    return tuple({winner.org_id: winner for winner in named}.values())
