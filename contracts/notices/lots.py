"""Lots, parts and groups: one small function a business term."""

from contracts.notices import code_lists
from contracts.notices.nodes import EXTENSION, Node
from contracts.notices.records import Amount, Lot, LotGroup

LOT = "cac:ProcurementProjectLot"
PROJECT = "cac:ProcurementProject"
TERMS = "cac:TenderingTerms"
PERIOD = f"{PROJECT}/cac:PlannedPeriod"
ADDITIONAL_TYPE = f"{PROJECT}/cac:ProcurementAdditionalType"
EXECUTION = f"{TERMS}/cac:ContractExecutionRequirement"
CRITERION = f"{TERMS}/cac:AwardingTerms/cac:AwardingCriterion"
PREFIXES = {"LOT": "Lot", "PAR": "Part", "GLO": "LotsGroup"}


def scheme(lot: Node) -> str | None:
    """Lot, Part or LotsGroup; where the notice does not say, the identifier does."""
    identifier = lot.first("cbc:ID")
    if identifier is None:
        return None
    return identifier.attribute("schemeName") or PREFIXES.get((identifier.own_text() or "")[:3])


def lots(root: Node) -> tuple[Lot, ...]:
    return tuple(lot(node) for node in root.every(LOT) if scheme(node) == "Lot")


def parts(root: Node) -> tuple[Lot, ...]:
    return tuple(lot(node) for node in root.every(LOT) if scheme(node) == "Part")


def lot(node: Node) -> Lot:
    return Lot(
        id=bt_137(node),
        internal_id=bt_22(node),
        title=bt_21(node),
        nature=bt_23(node),
        cpv_main=bt_262(node),
        cpv_additional=bt_263(node),
        estimated_value=bt_27(node),
        framework_maximum_value=bt_271(node),
        start_date=node.day(f"{PERIOD}/cbc:StartDate"),
        end_date=node.day(f"{PERIOD}/cbc:EndDate"),
        duration=node.number(f"{PERIOD}/cbc:DurationMeasure"),
        duration_unit=bt_36_unit(node),
        strategic_procurement=additional_types(node, code_lists.STRATEGIC_PROCUREMENT),
        strategic_descriptions=bt_777(node),
        social_objectives=additional_types(node, code_lists.SOCIAL_OBJECTIVE),
        environmental_impacts=additional_types(node, code_lists.ENVIRONMENTAL_IMPACT),
        innovation=additional_types(node, code_lists.INNOVATION),
        gpp_criteria=additional_types(node, code_lists.GPP_CRITERIA),
        accessibility=additional_types(node, code_lists.ACCESSIBILITY),
        reserved_participation=bt_71(node),
        reserved_execution=bt_736(node),
        performance_terms=bt_70(node),
        subcontracting_obligation=bt_65(node),
        description=bt_24(node),
        criteria=bt_539_540(node),
        places=bt_5071(node),
    )


def bt_137(lot: Node) -> str:
    return lot.text("cbc:ID") or ""


def bt_21(holder: Node) -> str | None:
    return holder.phrase(f"{PROJECT}/cbc:Name")


def bt_22(holder: Node) -> str | None:
    return holder.text(f"{PROJECT}/cbc:ID")


def bt_23(holder: Node) -> str | None:
    return holder.text(f"{PROJECT}/cbc:ProcurementTypeCode")


def bt_24(holder: Node) -> str | None:
    return holder.phrase(f"{PROJECT}/cbc:Description")


def bt_262(holder: Node) -> str | None:
    return holder.text(f"{PROJECT}/cac:MainCommodityClassification/cbc:ItemClassificationCode")


def bt_263(holder: Node) -> tuple[str, ...]:
    path = f"{PROJECT}/cac:AdditionalCommodityClassification/cbc:ItemClassificationCode"
    return holder.distinct(path)


def bt_27(holder: Node) -> Amount | None:
    return holder.amount(f"{PROJECT}/cac:RequestedTenderTotal/cbc:EstimatedOverallContractAmount")


def bt_271(holder: Node) -> Amount | None:
    return holder.amount(
        f"{PROJECT}/cac:RequestedTenderTotal/{EXTENSION}/efbc:FrameworkMaximumAmount"
    )


def bt_36_unit(lot: Node) -> str | None:
    measure = lot.first(f"{PERIOD}/cbc:DurationMeasure")
    return measure.attribute("unitCode") if measure else None


def bt_5071(holder: Node) -> tuple[str, ...]:
    path = f"{PROJECT}/cac:RealizedLocation/cac:Address/cbc:CountrySubentityCode"
    return holder.distinct(path)


def additional_types(lot: Node, code_list: code_lists.CodeList) -> tuple[str, ...]:
    """BT-06, BT-775, BT-774, BT-776, BT-805, BT-754: independent of each other."""
    return lot.codes(f"{ADDITIONAL_TYPE}/cbc:ProcurementTypeCode", code_list)


def bt_777(lot: Node) -> tuple[str, ...]:
    strategic = (
        node
        for node in lot.every(ADDITIONAL_TYPE)
        if node.code("cbc:ProcurementTypeCode", code_lists.STRATEGIC_PROCUREMENT)
    )
    return tuple(filter(None, (node.phrase("cbc:ProcurementType") for node in strategic)))


def bt_71(lot: Node) -> tuple[str, ...]:
    """No code says nothing; the code “none” says that it is not reserved."""
    return lot.codes(
        f"{TERMS}/cac:TendererQualificationRequest/cac:SpecificTendererRequirement"
        "/cbc:TendererRequirementTypeCode",
        code_lists.RESERVED_PARTICIPATION,
    )


def bt_736(lot: Node) -> str | None:
    return lot.code(f"{EXECUTION}/cbc:ExecutionRequirementCode", code_lists.RESERVED_EXECUTION)


def bt_70(lot: Node) -> tuple[str, ...]:
    conditions = (
        node
        for node in lot.every(EXECUTION)
        if node.code("cbc:ExecutionRequirementCode", code_lists.CONDITIONS)
    )
    return tuple(filter(None, (node.phrase("cbc:Description") for node in conditions)))


def bt_65(lot: Node) -> tuple[str, ...]:
    return lot.codes(
        f"{TERMS}/cac:AllowedSubcontractTerms/cbc:SubcontractingConditionsCode",
        code_lists.SUBCONTRACTING_OBLIGATION,
    )


def bt_539_540(lot: Node) -> tuple[str, ...]:
    """Gather names and descriptions of the award criteria."""
    own = [*lot.every(CRITERION), *lot.every(f"{CRITERION}/cac:SubordinateAwardingCriterion")]
    found = (node.phrase(path) for node in own for path in ("cbc:Name", "cbc:Description"))
    return tuple(filter(None, found))


def lot_groups(root: Node) -> tuple[LotGroup, ...]:
    """BT-330 and BT-1375: a group is kept as a link between lots."""
    path = f"{TERMS}/cac:LotDistribution/cac:LotsGroup"
    return tuple(lot_group(node) for node in root.every(path))


def lot_group(group: Node) -> LotGroup:
    return LotGroup(
        id=group.text("cbc:LotsGroupID") or "",
        lot_ids=group.distinct("cac:ProcurementProjectLotReference/cbc:ID"),
    )
