"""How lots ended, what was offered, what was signed, and who won."""

from collections.abc import Iterator
from decimal import Decimal

from contracts.notices import code_lists
from contracts.notices.nodes import EXTENSION, Node
from contracts.notices.organisations import Register
from contracts.notices.records import (
    Amount,
    NoticeContract,
    Result,
    Subcontracting,
    Tender,
    Tenderer,
)

RESULT = f"{EXTENSION}/efac:NoticeResult"
VALUE = "cac:LegalMonetaryTotal/cbc:PayableAmount"
TERM = "efac:SubcontractingTerm"


def bt_161(root: Node) -> Amount | None:
    return root.amount(f"{RESULT}/cbc:TotalAmount")


def bt_118(root: Node) -> Amount | None:
    return root.amount(f"{RESULT}/efbc:OverallMaximumFrameworkContractsAmount")


MASKED_IN_RESULT = {
    "win-cho": "cbc:TenderResultCode",
    "no-awa-rea": "efac:DecisionReason/efbc:DecisionReasonCode",
    "max-val": "efac:FrameworkAgreementValues/cbc:MaximumValueAmount",
}
MASKED_IN_TENDER = {
    "win-ten-val": VALUE,
    "ten-ran": "cbc:RankCode",
    "sub-con": f"{TERM}/efbc:TermCode",
    "sub-val": f"{TERM}/efbc:TermAmount",
    "sub-per": f"{TERM}/efbc:TermPercent",
}


def bt_195(node: Node) -> tuple[str, ...]:
    """List what the notice says is withheld, anywhere below the node."""
    return node.distinct(".//efac:FieldsPrivacy/efbc:FieldIdentifierCode")


def withheld(node: Node, masked: dict[str, str]) -> tuple[str, ...]:
    """List what is said to be withheld, and what is masked without saying so."""
    unsaid = {code for code, path in masked.items() if node.is_masked(path)}
    return tuple(sorted(unsaid.union(bt_195(node))))


def results(root: Node) -> tuple[Result, ...]:
    return tuple(result(node) for node in root.every(f"{RESULT}/efac:LotResult"))


def result(node: Node) -> Result:
    return Result(
        id=node.text("cbc:ID") or "",
        lot_id=bt_13713(node),
        status=bt_142(node),
        not_awarded_reason=bt_144(node),
        tender_ids=node.distinct("efac:LotTender/cbc:ID"),
        contract_ids=node.distinct("efac:SettledContract/cbc:ID"),
        framework_maximum_value=bt_709(node),
        framework_reestimated_value=bt_660(node),
        withheld=withheld(node, MASKED_IN_RESULT),
    )


def bt_13713(result: Node) -> str | None:
    return result.text("efac:TenderLot/cbc:ID")


def bt_142(result: Node) -> str | None:
    return result.text("cbc:TenderResultCode")


def bt_144(result: Node) -> str | None:
    return result.text("efac:DecisionReason/efbc:DecisionReasonCode")


def bt_709(result: Node) -> Amount | None:
    return result.amount("efac:FrameworkAgreementValues/cbc:MaximumValueAmount")


def bt_660(result: Node) -> Amount | None:
    return result.amount("efac:FrameworkAgreementValues/efbc:ReestimatedValueAmount")


def contracts(root: Node) -> tuple[NoticeContract, ...]:
    return tuple(contract(node) for node in root.every(f"{RESULT}/efac:SettledContract"))


def contract(node: Node) -> NoticeContract:
    return NoticeContract(
        id=node.text("cbc:ID") or "",
        identifier=bt_150(node),
        title=bt_721(node),
        conclusion_date=node.day("cbc:IssueDate"),
        decision_date=node.day("cbc:AwardDate"),
        framework=node.flag("efbc:ContractFrameworkIndicator"),
        tender_ids=bt_3202(node),
    )


def bt_150(contract: Node) -> str | None:
    return contract.text("efac:ContractReference/cbc:ID")


def bt_721(contract: Node) -> str | None:
    return contract.phrase("cbc:Title")


def bt_3202(contract: Node) -> tuple[str, ...]:
    return contract.distinct("efac:LotTender/cbc:ID")


def tenders(root: Node, register: Register) -> tuple[Tender, ...]:
    parties = {node.text("cbc:ID"): node for node in root.every(f"{RESULT}/efac:TenderingParty")}
    return tuple(
        tender(node, parties.get(opt_310(node)), register)
        for node in root.every(f"{RESULT}/efac:LotTender")
    )


def tender(node: Node, party: Node | None, register: Register) -> Tender:
    return Tender(
        id=node.text("cbc:ID") or "",
        identifier=bt_3201(node),
        lot_id=bt_13714(node),
        rank=bt_171(node),
        value=bt_720(node),
        tenderers=tuple(opt_300(party, register)) if party else (),
        subcontracting=subcontracting(node, party, register),
        withheld=withheld(node, MASKED_IN_TENDER),
    )


def opt_310(tender: Node) -> str | None:
    return tender.text("efac:TenderingParty/cbc:ID")


def bt_3201(tender: Node) -> str | None:
    return tender.text("efac:TenderReference/cbc:ID")


def bt_13714(tender: Node) -> str | None:
    return tender.text("efac:TenderLot/cbc:ID")


def bt_171(tender: Node) -> Decimal | None:
    return tender.number("cbc:RankCode")


def bt_720(tender: Node) -> Amount | None:
    return tender.amount(VALUE)


def opt_300(party: Node, register: Register) -> Iterator[Tenderer]:
    """Name the tenderers of a group, each with what is said of its lead (OPT-170)."""
    for node in party.every("efac:Tenderer"):
        if org_id := node.text("cbc:ID"):
            yield register.tenderer(org_id, leader=node.flag("efbc:GroupLeadIndicator"))


def subcontracting(tender: Node, party: Node | None, register: Register) -> Subcontracting:
    named = party.texts("efac:SubContractor/cbc:ID") if party else ()
    return Subcontracting(
        status=bt_773(tender),
        value=tender.amount(f"{TERM}/efbc:TermAmount"),
        percentage=tender.number(f"{TERM}/efbc:TermPercent"),
        value_known=tender.flag(f"{TERM}/efbc:ValueKnownIndicator"),
        percentage_known=tender.flag(f"{TERM}/efbc:PercentageKnownIndicator"),
        description=tender.phrase(f"{TERM}/efbc:TermDescription"),
        subcontractors=tuple(register.party(org_id) for org_id in named),
    )


def bt_773(tender: Node) -> str | None:
    return tender.code(f"{TERM}/efbc:TermCode", code_lists.SUBCONTRACTING)
