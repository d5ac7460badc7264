"""Reading what we wrote: every field, three answers, masks, and who won."""

from decimal import Decimal

import pytest
from django.utils import translation

from contracts.notices.records import Amount

NOORD = {
    "org_id": "ORG-0002",
    "name": "Leverancier Noord B.V.",
    "identifiers": ["99990001"],
    "country": "NLD",
    "size": "medium",
}
ZUID = {
    "org_id": "ORG-0003",
    "name": "Leverancier Zuid B.V.",
    "identifiers": ["99990002"],
    "country": "NLD",
    "size": "large",
}
SUBCONTRACTING = {
    "status": "no",
    "value": None,
    "percentage": None,
    "value_known": None,
    "percentage_known": None,
    "description": None,
    "subcontractors": [],
}
LOT = {
    "id": "LOT-0001",
    "internal_id": "VBZ-2026-S-1",
    "title": "Schoonmaak van kantoren in Voorbeeldstad",
    "nature": "services",
    "cpv_main": "90910000",
    "cpv_additional": ["90911200"],
    "estimated_value": {"amount": "1250000", "currency": "EUR"},
    "framework_maximum_value": None,
    "start_date": "2026-03-01",
    "end_date": "2029-02-28",
    "duration": None,
    "duration_unit": None,
    "strategic_procurement": ["soc-obj"],
    "strategic_descriptions": ["Meer werk voor mensen die moeilijk aan het werk komen."],
    "social_objectives": ["opp"],
    "environmental_impacts": [],
    "innovation": [],
    "gpp_criteria": [],
    "accessibility": [],
    "reserved_participation": ["none"],
    "reserved_execution": "no",
    "performance_terms": [
        (
            "De opdrachtnemer besteedt aan social return van 5 % van de opdrachtwaarde. "
            "De invulling staat in een plan van aanpak."
        )
    ],
    "subcontracting_obligation": [],
}
AWARD = {
    "file": "",
    "publication_id": "00999001-2026",
    "publication_date": "2026-02-20",
    "notice_id": "11111111-1111-4111-8111-111111111111",
    "notice_version": "01",
    "procedure_id": "22222222-2222-4222-8222-222222222222",
    "sdk_version": "eforms-sdk-1.13",
    "form_type": "result",
    "notice_type": "can-standard",
    "notice_subtype": "29",
    "language": "NLD",
    "dispatch_date": "2026-02-18",
    "buyers": [
        {
            "org_id": "ORG-0001",
            "name": "Ministerie van Voorbeeldzaken",
            "identifiers": ["99990009"],
            "country": "NLD",
        }
    ],
    "title": "Schoonmaak van kantoren in Voorbeeldstad",
    "internal_id": "VBZ-2026-S",
    "nature": "services",
    "procedure_type": "open",
    "cpv_main": "90910000",
    "cpv_additional": ["90911200"],
    "estimated_value": {"amount": "1250000", "currency": "EUR"},
    "framework_maximum_value": None,
    "lots": [LOT],
    "parts": [],
    "lot_groups": [],
    "reserved_participation": ["none"],
    "reserved_execution": ["no"],
    "strategic_procurement": ["soc-obj"],
    "social_objectives": ["opp"],
    "notice_value": {"amount": "1200000", "currency": "EUR"},
    "notice_framework_maximum_value": None,
    "results": [
        {
            "id": "RES-0001",
            "lot_id": "LOT-0001",
            "status": "selec-w",
            "not_awarded_reason": None,
            "tender_ids": ["TEN-0001", "TEN-0002"],
            "contract_ids": ["CON-0001"],
            "framework_maximum_value": None,
            "framework_reestimated_value": None,
        }
    ],
    "contracts": [
        {
            "id": "CON-0001",
            "identifier": "VBZ-2026-017",
            "title": "Schoonmaak kantoren Voorbeeldstad",
            "conclusion_date": "2026-02-16",
            "decision_date": "2026-01-20",
            "framework": False,
            "tender_ids": ["TEN-0001"],
        }
    ],
    "tenders": [
        {
            "id": "TEN-0001",
            "identifier": "Inschrijving 1",
            "lot_id": "LOT-0001",
            "rank": "1",
            "value": {"amount": "1200000", "currency": "EUR"},
            "tenderers": [{**NOORD, "leader": None}],
            "subcontracting": SUBCONTRACTING,
        },
        {
            "id": "TEN-0002",
            "identifier": "Inschrijving 2",
            "lot_id": "LOT-0001",
            "rank": "2",
            "value": {"amount": "1310000", "currency": "EUR"},
            "tenderers": [{**ZUID, "leader": None}],
            "subcontracting": SUBCONTRACTING,
        },
    ],
    "winning_tender_ids": ["TEN-0001"],
    "winner_basis": "contract",
    "winners": [NOORD],
    "modification": None,
    "changed_notice": None,
    "withheld": [],
}


def test_an_award_is_read_field_by_field(read):
    notice = read("award")

    assert notice.as_json() == AWARD
    assert list(notice.as_json()) == list(AWARD)
    assert notice.problems == ()


def test_what_stays_out_of_the_json_is_read_too(read):
    (lot,) = read("award").lots

    assert lot.places == ("NL332",)
    assert lot.criteria == (
        "Prijs",
        "De laagste prijs per uur.",
        "Kwaliteit",
        "Het plan voor de inzet van medewerkers.",
    )


def test_reserved_participation_has_three_answers(read):
    notice = read("reserved")

    assert [lot.reserved_participation for lot in notice.lots] == [("res-ws",), ("none",), ()]
    assert [lot.reserved_execution for lot in notice.lots] == ["yes", "not-known", None]
    assert notice.reserved_participation == ("none", "res-ws")
    assert notice.reserved_execution == ("not-known", "yes")


def test_social_goals_and_social_objectives_are_independent(read):
    lots = read("reserved").lots

    assert [lot.strategic_procurement for lot in lots] == [(), ("none",), ("soc-obj",)]
    assert [lot.social_objectives for lot in lots] == [("opp", "work-cond"), (), ()]


def test_a_mask_is_never_a_number(read):
    notice = read("withheld")

    assert [tender.value for tender in notice.tenders[:2]] == [None, None]
    assert [tender.rank for tender in notice.tenders] == [None, None, None]
    assert notice.tenders[0].subcontracting.status is None
    assert notice.notice_value is None
    assert notice.results[0].framework_maximum_value is None
    assert (notice.results[1].status, notice.results[1].not_awarded_reason) == (None, None)


def test_a_mask_is_noted_even_where_nothing_says_so(read):
    notice = read("withheld")

    assert notice.withheld == (
        "max-val",
        "no-awa-rea",
        "not-val",
        "sub-con",
        "ten-ran",
        "win-cho",
        "win-ten-val",
    )
    assert notice.tenders[1].withheld == ("ten-ran", "win-ten-val")
    assert notice.problems == ()


def test_without_a_contract_the_result_of_the_lot_tells_who_won(read):
    notice = read("odd")

    assert notice.winner_basis == "lot-result"
    assert notice.winning_tender_ids == ("TEN-0001",)
    assert [winner.org_id for winner in notice.winners] == ["ORG-0004", "ORG-0005"]


def test_a_closed_lot_has_no_winner_even_if_tenders_are_listed(read):
    assert "TEN-0003" not in read("odd").winning_tender_ids


def test_where_no_lot_has_a_winner_nobody_won(read):
    notice = read("odd", {">selec-w<": ">open-nw<"})

    assert (notice.winning_tender_ids, notice.winner_basis, notice.winners) == ((), None, ())


def test_the_notice_language_comes_first_and_else_the_first_language(read):
    assert read("award").title == "Schoonmaak van kantoren in Voorbeeldstad"
    in_french = {"<cbc:NoticeLanguageCode>NLD<": "<cbc:NoticeLanguageCode>FRA<"}
    assert read("award", in_french).title == "Cleaning of offices in Voorbeeldstad"


def test_a_buyer_behind_a_touch_point_is_its_organisation(read):
    notice = read(
        "award",
        {
            '<cac:Party>\n      <cac:PartyIdentification>\n        <cbc:ID schemeName="organization">'
            "ORG-0001<": "<cac:Party>\n      <cac:PartyIdentification>\n        "
            '<cbc:ID schemeName="touchpoint">TPO-0001<',
            "</efac:Company>\n            </efac:Organization>\n            <efac:Organization>\n"
            "              <efbc:NaturalPersonIndicator>false": "</efac:Company>\n<efac:TouchPoint>"
            "<cac:PartyIdentification><cbc:ID>TPO-0001</cbc:ID></cac:PartyIdentification>"
            "</efac:TouchPoint>\n            </efac:Organization>\n            <efac:Organization>\n"
            "              <efbc:NaturalPersonIndicator>false",
        },
    )

    assert [(buyer.org_id, buyer.name) for buyer in notice.buyers] == [
        ("ORG-0001", "Ministerie van Voorbeeldzaken")
    ]


def test_an_organisation_that_is_not_there_has_no_name(read):
    notice = read("award", {">TPA-0001<": ">TPA-0009<"})
    assert notice.winners[0].org_id == "ORG-0002"

    gone = {
        '<efac:Tenderer>\n                <cbc:ID schemeName="organization">ORG-0002<': (
            '<efac:Tenderer>\n                <cbc:ID schemeName="organization">ORG-0077<'
        )
    }
    winner = read("award", gone).winners[0]
    assert (winner.org_id, winner.name, winner.size) == ("ORG-0077", None, None)


def test_a_tender_without_party_has_no_tenderers(read):
    notice = read(
        "award",
        {
            '<efac:TenderingParty>\n                <cbc:ID schemeName="tendering-party">TPA-0001<': (
                '<efac:TenderingParty>\n                <cbc:ID schemeName="tendering-party">TPA-0008<'
            )
        },
    )

    assert notice.tenders[0].tenderers == ()
    with translation.override("en"):
        assert [str(problem) for problem in notice.problems] == ["TEN-0001 Tenderer (OPT-310)"]


@pytest.mark.parametrize(
    ("found", "kind"),
    [("LOT-0001", "lots"), ("PAR-0001", "parts")],
)
def test_a_lot_without_scheme_is_told_by_its_identifier(read, found, kind):
    notice = read(
        "award",
        {
            '<cbc:ID schemeName="Lot">LOT-0001</cbc:ID>\n    <cac': (
                f"<cbc:ID>{found}</cbc:ID>\n    <cac"
            )
        },
    )

    assert [lot.id for lot in getattr(notice, kind)] == [found]


def test_a_lot_without_identifier_is_no_lot(read):
    notice = read("award", {'<cbc:ID schemeName="Lot">LOT-0001</cbc:ID>\n    <cac': "<cac"})

    assert notice.lots == notice.parts == ()
    assert [problem.term for problem in notice.problems] == ["BT-137"]


def test_groups_of_lots_are_links(read):
    group = (
        "</cac:ContractingParty>\n  <cac:TenderingTerms><cac:LotDistribution><cac:LotsGroup>"
        "<cbc:LotsGroupID>GLO-0001</cbc:LotsGroupID>"
        "<cac:ProcurementProjectLotReference><cbc:ID>LOT-0002</cbc:ID>"
        "</cac:ProcurementProjectLotReference><cac:ProcurementProjectLotReference>"
        "<cbc:ID>LOT-0001</cbc:ID></cac:ProcurementProjectLotReference>"
        "</cac:LotsGroup></cac:LotDistribution></cac:TenderingTerms>"
    )
    (found,) = read("reserved", {"</cac:ContractingParty>": group}).lot_groups

    assert (found.id, found.lot_ids) == ("GLO-0001", ("LOT-0001", "LOT-0002"))


def test_zeros_that_say_nothing_are_dropped():
    assert Amount(amount=Decimal("1200.50"), currency="EUR").as_json() == {
        "amount": "1200.5",
        "currency": "EUR",
    }
    assert Amount(amount=Decimal("500.00"), currency="EUR").as_json()["amount"] == "500"


def test_a_tenderer_without_identifier_is_left_out(read):
    nameless = {
        '<efac:Tenderer>\n                <cbc:ID schemeName="organization">ORG-0002</cbc:ID>': (
            "<efac:Tenderer>"
        )
    }

    assert read("award", nameless).winners == ()
