"""Mandatory terms that are missing are listed; the rest is read."""

import pytest

EMPTY = {
    '<cbc:ID schemeName="notice-id">11111111-1111-4111-8111-111111111111</cbc:ID>': "<cbc:ID/>",
    "<cbc:VersionID>01</cbc:VersionID>": "",
    "<cbc:CustomizationID>eforms-sdk-1.13</cbc:CustomizationID>": "",
    "<cbc:ContractFolderID>22222222-2222-4222-8222-222222222222</cbc:ContractFolderID>": "",
    "<cbc:NoticeLanguageCode>NLD</cbc:NoticeLanguageCode>": "",
}


def terms(notice):
    return [problem.term for problem in notice.problems]


def test_every_missing_field_of_a_notice_is_listed(read):
    assert terms(read("award", EMPTY)) == ["BT-701", "BT-757", "OPT-002", "BT-702", "BT-04"]


def test_a_problem_names_its_place_and_term(read):
    notice = read("reserved", {'<cbc:Name languageID="NLD">Groen zuid</cbc:Name>': ""})

    assert [(problem.place, problem.term) for problem in notice.problems] == [("LOT-0002", "BT-21")]
    assert str(notice.problems[0]).startswith("LOT-0002 ")
    assert str(notice.problems[0]).endswith(" (BT-21)")


def test_an_organisation_without_identifier_is_a_problem(read):
    assert terms(
        read(
            "award",
            {
                ">ORG-0003</cbc:ID>\n                </cac:PartyIdentification>": (
                    "></cbc:ID>\n                </cac:PartyIdentification>"
                )
            },
        )
    ) == ["OPT-200"]


def test_an_award_without_results_is_a_problem(read):
    assert terms(read("award", {"efac:NoticeResult>": "efac:Nothing>"})) == ["BT-142"]


def test_a_lot_with_a_winner_without_any_winning_tender_is_a_problem(read):
    assert terms(read("odd", {"<cbc:RankCode>1<": "<cbc:RankCode>3<"})) == ["OPT-320"]


def test_a_contract_without_reference_and_tender_is_a_problem(read):
    notice = read(
        "award",
        {
            "VBZ-2026-017": "",
            '<efac:LotTender>\n                <cbc:ID schemeName="tender">TEN-0001</cbc:ID>\n'
            "              </efac:LotTender>\n            </efac:SettledContract>": (
                "</efac:SettledContract>"
            ),
        },
    )

    assert terms(notice) == ["BT-150", "BT-3202"]
    assert notice.winner_basis == "lot-result"


CHANGES = (
    "<efext:EformsExtension>\n<efac:Changes><efbc:ChangedNoticeIdentifier>00999000-2026"
    "</efbc:ChangedNoticeIdentifier>{}</efac:Changes>"
)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ("", ["BT-141"]),
        ("<efac:Change><efbc:ChangeDescription>Datum</efbc:ChangeDescription></efac:Change>", []),
    ],
)
def test_a_change_says_what_changed(read, change, missing):
    notice = read("reserved", {"<efext:EformsExtension>": CHANGES.format(change)})

    assert notice.changed_notice == "00999000-2026"
    assert terms(notice) == missing


MODIFIED = {'listName="result">can-standard': 'listName="cont-modif">can-modif'}
PREVIOUS = "<efbc:ChangedNoticeIdentifier>00999001-2026</efbc:ChangedNoticeIdentifier>"
REASON = "<efac:ChangeReason><cbc:ReasonCode>mod-cir</cbc:ReasonCode></efac:ChangeReason>"


@pytest.mark.parametrize(
    ("inside", "missing"),
    [(None, ["BT-1501"]), (REASON, ["BT-1501"]), (PREVIOUS, ["BT-200"]), (PREVIOUS + REASON, [])],
)
def test_a_modification_says_of_what_and_why(read, inside, missing):
    extension = "<efext:EformsExtension>"
    if inside is not None:
        extension += f"<efac:ContractModification>{inside}</efac:ContractModification>"

    assert terms(read("award", {**MODIFIED, "<efext:EformsExtension>": extension})) == missing


def test_a_business_registration_buys_nothing(read):
    notice = read("reserved", {'listName="competition">cn-standard': 'listName="bri">brin-ecs'})

    assert terms(notice) == []


def test_a_plan_needs_no_procedure(read):
    planned = {
        'listName="competition">cn-standard': 'listName="planning">pin-only',
        "<cbc:ContractFolderID>44444444-4444-4444-8444-444444444444</cbc:ContractFolderID>": "",
    }

    assert terms(read("reserved", planned)) == []
