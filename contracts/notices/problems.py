"""Mandatory fields that are missing. They stop nobody from reading the rest."""

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.notices.awards import WINNER_CHOSEN
from contracts.notices.changes import bt_141
from contracts.notices.nodes import Node
from contracts.notices.organisations import ORGANISATION, opt_200
from contracts.notices.records import Notice, Problem, Result

BUSINESS_REGISTRATION = frozenset({"bri"})
WITH_PROCEDURE = frozenset({"competition", "result", "dir-awa-pre", "cont-modif"})
WITH_LOTS = WITH_PROCEDURE - {"cont-modif"}
WITH_RESULT = frozenset({"result"})
MODIFYING = frozenset({"cont-modif"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A term and the attribute it is read into."""

    term: str
    attribute: str


EVERY_NOTICE = (
    Rule("BT-701", "notice_id"),
    Rule("BT-757", "notice_version"),
    Rule("OPT-002", "sdk_version"),
    Rule("BT-02", "notice_type"),
    Rule("BT-03", "form_type"),
    Rule("OPP-070", "notice_subtype"),
    Rule("BT-702", "language"),
    Rule("BT-05", "dispatch_date"),
)
PROCUREMENT = (
    Rule("OPT-300", "buyers"),
    Rule("BT-21", "title"),
    Rule("BT-262", "cpv_main"),
    Rule("BT-24", "description"),
)
PROCEDURE = (Rule("BT-04", "procedure_id"), Rule("BT-137", "lots"))
PARTY = (Rule("BT-500", "name"), Rule("BT-501", "identifiers"), Rule("BT-514", "country"))
LOT = (
    Rule("BT-137", "id"),
    Rule("BT-21", "title"),
    Rule("BT-23", "nature"),
    Rule("BT-24", "description"),
    Rule("BT-262", "cpv_main"),
)
RESULT = (Rule("BT-13713", "lot_id"), Rule("BT-142", "status"))
CONTRACT = (Rule("BT-150", "identifier"), Rule("BT-3202", "tender_ids"))
TENDER = (Rule("OPT-310", "tenderers"),)


def problems(notice: Notice, root: Node) -> tuple[Problem, ...]:
    """In the order of the notice: itself, its parties, lots, results and contracts."""
    return tuple(
        problem
        for found in (
            of_notice(notice),
            of_parties(notice, root),
            of_lots(notice),
            of_results(notice),
            of_changes(notice, root),
        )
        for problem in found
    )


def missing(record: object, rules: tuple[Rule, ...], place: str = "") -> Iterator[Problem]:
    for rule in rules:
        if getattr(record, rule.attribute) in {None, "", ()}:
            yield Problem(term=rule.term, place=place)


def of_notice(notice: Notice) -> Iterator[Problem]:
    yield from missing(notice, EVERY_NOTICE)
    if notice.form_type in BUSINESS_REGISTRATION:
        return
    yield from missing(notice, PROCUREMENT)
    if notice.form_type in WITH_PROCEDURE:
        yield from missing(notice, PROCEDURE)
    if notice.form_type in WITH_LOTS:
        yield from missing(notice, (Rule("BT-23", "nature"),))
    if notice.form_type in WITH_RESULT:
        yield from missing(notice, (Rule("BT-142", "results"),))


def of_parties(notice: Notice, root: Node) -> Iterator[Problem]:
    for buyer in notice.buyers:
        yield from missing(buyer, PARTY, buyer.org_id)
    for organisation in root.every(ORGANISATION):
        if opt_200(organisation) is None:
            yield Problem(term="OPT-200")


def of_lots(notice: Notice) -> Iterator[Problem]:
    if notice.form_type not in MODIFYING:
        for lot in notice.lots:
            yield from missing(lot, LOT, lot.id)
        for part in notice.parts:
            yield from missing(part, LOT, part.id)


def of_results(notice: Notice) -> Iterator[Problem]:
    if notice.form_type not in WITH_RESULT:
        return
    for result in notice.results:
        yield from missing(result, published(result), result.id)
    for contract in notice.contracts:
        yield from missing(contract, CONTRACT, contract.id)
    for tender in notice.tenders:
        yield from missing(tender, TENDER, tender.id)
    chosen = any(result.status == WINNER_CHOSEN for result in notice.results)
    if chosen and not notice.winning_tender_ids:
        yield Problem(term="OPT-320")


def published(result: Result) -> tuple[Rule, ...]:
    """Leave out what is withheld: that is not missing."""
    return RESULT[:1] if "win-cho" in result.withheld else RESULT


def of_changes(notice: Notice, root: Node) -> Iterator[Problem]:
    if notice.form_type in MODIFYING:
        if notice.modification is None or notice.modification.previous_notice is None:
            yield Problem(term="BT-1501")
        elif not notice.modification.reasons:
            yield Problem(term="BT-200")
    if notice.changed_notice and not bt_141(root):
        yield Problem(term="BT-141")
