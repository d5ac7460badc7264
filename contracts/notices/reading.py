"""A notice put together from its terms."""

import dataclasses
from collections.abc import Iterable

from lxml.etree import _Element

from contracts.notices import awards, changes, lots, organisations, results
from contracts.notices.nodes import EXTENSION, Node
from contracts.notices.opening import open_notice
from contracts.notices.problems import problems
from contracts.notices.records import Lot, Notice


def read(data: bytes, *, file: str = "") -> Notice:
    """Read the bytes of an eForms notice.

    :raises NotANoticeError: where they are none; the message is for the user.
    """
    root = rooted(open_notice(data))
    found = notice(root, file=file)
    return dataclasses.replace(found, problems=problems(found, root))


def rooted(element: _Element) -> Node:
    return Node(element, bt_702(Node(element)) or "")


def notice(root: Node, *, file: str) -> Notice:
    register = organisations.Register.of(root)
    the_lots, the_parts = lots.lots(root), lots.parts(root)
    either = the_lots + the_parts
    the_results, the_contracts = results.results(root), results.contracts(root)
    the_tenders = results.tenders(root, register)
    won = awards.winners(the_contracts, the_results, the_tenders)
    return Notice(
        file=file,
        publication_id=opp_010(root),
        publication_date=root.day(f"{EXTENSION}/efac:Publication/efbc:PublicationDate"),
        notice_id=bt_701(root),
        notice_version=bt_757(root),
        procedure_id=bt_04(root),
        sdk_version=root.text("cbc:CustomizationID"),
        form_type=bt_03(root),
        notice_type=bt_02(root),
        notice_subtype=opp_070(root),
        language=bt_702(root),
        dispatch_date=root.day("cbc:IssueDate"),
        buyers=organisations.buyers(root, register),
        title=lots.bt_21(root),
        internal_id=lots.bt_22(root),
        nature=lots.bt_23(root),
        procedure_type=bt_105(root),
        cpv_main=lots.bt_262(root),
        cpv_additional=lots.bt_263(root),
        estimated_value=lots.bt_27(root),
        framework_maximum_value=lots.bt_271(root),
        lots=the_lots,
        parts=the_parts,
        lot_groups=lots.lot_groups(root),
        reserved_participation=in_any(lot.reserved_participation for lot in either),
        reserved_execution=in_any(reserved_execution(lot) for lot in either),
        strategic_procurement=in_any(lot.strategic_procurement for lot in either),
        social_objectives=in_any(lot.social_objectives for lot in either),
        notice_value=results.bt_161(root),
        notice_framework_maximum_value=results.bt_118(root),
        results=the_results,
        contracts=the_contracts,
        tenders=the_tenders,
        winning_tender_ids=won.tender_ids,
        winner_basis=won.basis,
        winners=won.parties,
        modification=changes.modification(root),
        changed_notice=changes.bt_758(root),
        withheld=results.bt_195(root),
        description=lots.bt_24(root),
        places=lots.bt_5071(root),
    )


def in_any(of_lots: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({code for codes in of_lots for code in codes}))


def reserved_execution(lot: Lot) -> tuple[str, ...]:
    return (lot.reserved_execution,) if lot.reserved_execution else ()


def opp_010(root: Node) -> str | None:
    return root.text(f"{EXTENSION}/efac:Publication/efbc:NoticePublicationID")


def opp_070(root: Node) -> str | None:
    return root.text(f"{EXTENSION}/efac:NoticeSubType/cbc:SubTypeCode")


def bt_02(root: Node) -> str | None:
    return root.text("cbc:NoticeTypeCode")


def bt_03(root: Node) -> str | None:
    code = root.first("cbc:NoticeTypeCode")
    return code.attribute("listName") if code else None


def bt_04(root: Node) -> str | None:
    return root.text("cbc:ContractFolderID")


def bt_105(root: Node) -> str | None:
    return root.text("cac:TenderingProcess/cbc:ProcedureCode")


def bt_701(root: Node) -> str | None:
    return root.text("cbc:ID")


def bt_702(root: Node) -> str | None:
    return root.text("cbc:NoticeLanguageCode")


def bt_757(root: Node) -> str | None:
    return root.text("cbc:VersionID")
