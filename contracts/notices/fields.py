"""Which term is proposed for which field."""

from collections.abc import Callable
from operator import attrgetter

from contracts.notices import cautions
from contracts.notices.proposal import Field
from contracts.notices.records import Lot

RESERVATIONS = ("res-ws", "res-pub-ser", "none")
"""The one that asks most first."""


def reserved_participation(lot: Lot) -> str:
    """Tell three answers apart: reserved and how, “none”, or nothing said at all."""
    return next((code for code in RESERVATIONS if code in lot.reserved_participation), "")


def reserved_execution(lot: Lot) -> str:
    return lot.reserved_execution or ""


def only_place(lot: Lot) -> str:
    """Take the region of performance where there is but one."""
    return lot.places[0] if len(lot.places) == 1 else ""


def paragraphs(name: str) -> Callable[[Lot], str]:
    texts = attrgetter(name)
    return lambda lot: "\n\n".join(texts(lot))


PROJECT = (
    Field("BT-21", "title", attrgetter("title")),
    Field("BT-22", "reference", attrgetter("internal_id")),
    Field("BT-23", "nature", attrgetter("nature")),
    Field("BT-262", "cpv_main", attrgetter("cpv_main"), cautions.of_cpv),
    Field("BT-263", "cpv_additional", attrgetter("cpv_additional"), cautions.of_cpvs),
    Field("BT-27", "estimated_value", attrgetter("estimated_value"), cautions.of_amount),
    Field("BT-271", "framework_maximum", attrgetter("framework_maximum_value"), cautions.of_amount),
)
TENDER = (
    Field("BT-04", "procedure_id", attrgetter("procedure_id")),
    *PROJECT,
    Field("BT-758", "changed_notice", attrgetter("changed_notice")),
)
LOT = (
    *PROJECT,
    Field("BT-536", "starts_on", attrgetter("start_date")),
    Field("BT-537", "ends_on", attrgetter("end_date")),
    Field("BT-36", "duration", attrgetter("duration")),
    Field("BT-36", "duration_unit", attrgetter("duration_unit")),
    Field("BT-5071", "place", only_place),
    Field("BT-71", "reserved_participation", reserved_participation, always=True),
    Field("BT-736", "reserved_execution", reserved_execution, always=True),
    Field("BT-06", "strategic_goals", attrgetter("strategic_procurement")),
    Field("BT-775", "social_objectives", attrgetter("social_objectives")),
    Field("BT-777", "strategic_text", paragraphs("strategic_descriptions")),
    Field("BT-70", "performance_terms", paragraphs("performance_terms")),
)
RESULT = (
    Field("BT-142", "outcome", attrgetter("status"), withheld="win-cho"),
    Field("BT-144", "not_awarded_reason", attrgetter("not_awarded_reason"), withheld="no-awa-rea"),
)
CONTRACT = (
    Field("BT-150", "reference", attrgetter("identifier")),
    Field("BT-721", "title", attrgetter("title")),
    Field("BT-145", "signed_on", attrgetter("conclusion_date")),
    Field("BT-1451", "decided_on", attrgetter("decision_date")),
)
AWARD = (
    Field("BT-13713", "lots", attrgetter("lot_ids"), warn_record=cautions.of_award, always=True),
    Field("BT-720", "value", attrgetter("value"), warn_record=cautions.of_value, always=True),
    Field("BT-768", "framework", attrgetter("framework"), cautions.of_framework),
    Field(
        "BT-709",
        "framework_maximum",
        attrgetter("framework_maximum"),
        cautions.of_amount,
        withheld="max-val",
    ),
)
SUBCONTRACTING = (
    Field("BT-773", "status", attrgetter("subcontracting.status"), withheld="sub-con"),
    Field(
        "BT-553",
        "value",
        attrgetter("subcontracting.value"),
        cautions.of_amount,
        withheld="sub-val",
    ),
    Field("BT-555", "percentage", attrgetter("subcontracting.percentage"), withheld="sub-per"),
    Field("BT-554", "description", attrgetter("subcontracting.description"), withheld="sub-des"),
    Field(
        "OPT-301",
        "subcontractors",
        attrgetter("subcontracting.subcontractors"),
        warn_record=cautions.of_subcontracting,
    ),
)
MODIFICATION = (
    Field("BT-1501", "previous_notice", attrgetter("previous_notice")),
    Field("BT-200", "reasons", attrgetter("reasons")),
    Field("BT-202", "descriptions", attrgetter("descriptions")),
)
