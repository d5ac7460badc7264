"""What is proposed to the officer: the field, its term, its value and what to mind."""

import datetime as dt
from decimal import Decimal

import pytest

from contracts import notices
from contracts.notices import cautions
from contracts.notices.records import Amount, Party
from contracts.notices.suppliers import kvk_number

EUR = "EUR"


def test_the_award_proposes_the_whole_contract(proposed):
    found = {target: proposal.value for target, proposal in proposed("award").items()}
    supplier = found.pop("contract:CON-0001.supplier:ORG-0002")

    assert {key: value for key, value in found.items() if key.startswith("contract:")} == {
        "contract:CON-0001.reference": "VBZ-2026-017",
        "contract:CON-0001.title": "Schoonmaak kantoren Voorbeeldstad",
        "contract:CON-0001.signed_on": dt.date(2026, 2, 16),
        "contract:CON-0001.decided_on": dt.date(2026, 1, 20),
        "contract:CON-0001.lots": ("LOT-0001",),
        "contract:CON-0001.value": Amount(amount=Decimal(1_200_000), currency=EUR),
        "contract:CON-0001.framework": False,
        "contract:CON-0001.subcontracting:TEN-0001.status": "no",
    }
    assert (supplier.name, supplier.kvk, supplier.leads) == (
        "Leverancier Noord B.V.",
        "99990001",
        True,
    )
    assert str(supplier) == "Leverancier Noord B.V. · 99990001 · NLD"


def test_a_clean_award_warns_of_nothing(proposed):
    assert [target for target, found in proposed("award").items() if found.warnings] == []


def test_every_proposal_has_its_own_target_and_a_label(read):
    for name in ("award", "reserved", "withheld", "odd"):
        found = notices.proposals(read(name))

        assert len({proposal.target for proposal in found}) == len(found)
        assert all(str(proposal.label) for proposal in found)


def test_a_proposal_says_what_it_is_about(proposed):
    found = proposed("reserved")["lot:LOT-0001.reserved_participation"]

    assert (found.term, found.about, found.field) == (
        "BT-71",
        "lot:LOT-0001",
        "reserved_participation",
    )


def test_silence_on_reservation_is_proposed_as_not_stated(proposed):
    found = proposed("reserved")
    values = [found[f"lot:LOT-000{n}.reserved_participation"].value for n in (1, 2, 3)]

    assert values == ["res-ws", "none", ""]
    assert found["lot:LOT-0003.reserved_participation"].is_empty


def test_the_percentage_is_never_proposed(proposed):
    names = {proposal.field for proposal in proposed("award").values()}

    assert names.isdisjoint({"percentage", "base", "regime", "value_table", "obligation"})


def test_what_is_withheld_is_said_and_empty(proposed):
    found = proposed("withheld")
    withheld = {
        target: proposal.value
        for target, proposal in found.items()
        if cautions.NOT_PUBLISHED in proposal.warnings
    }

    assert withheld == {
        "lot:LOT-0002.outcome": None,
        "lot:LOT-0002.not_awarded_reason": None,
        "contract:CON-0001.value": None,
        "contract:CON-0001.framework_maximum": None,
        "contract:CON-0001.subcontracting:TEN-0001.status": None,
    }
    assert found["contract:CON-0001.framework"].warnings == (cautions.FRAMEWORK,)


def test_oddities_are_warned_of(proposed):
    found = proposed("odd")
    warned = {target: proposal.warnings for target, proposal in found.items() if proposal.warnings}
    group = cautions.SHARES_UNKNOWN

    assert warned == {
        "tender.cpv_main": (cautions.UNKNOWN_CPV,),
        "tender.cpv_additional": (cautions.UNKNOWN_CPV,),
        "contract:RES-0001.lots": (cautions.NO_CONTRACT,),
        "contract:RES-0001.value": (cautions.SYMBOLIC_VALUE, cautions.FOREIGN_CURRENCY),
        "contract:RES-0001.supplier:ORG-0004": (
            cautions.JUNK_IDENTIFIER,
            cautions.NATURAL_PERSON,
            group,
        ),
        "contract:RES-0001.supplier:ORG-0005": (cautions.JUNK_IDENTIFIER, group),
        "contract:RES-0001.subcontracting:TEN-0001.subcontractors": (
            cautions.UNSAID_SUBCONTRACTOR,
        ),
    }


def test_a_group_has_the_lead_that_the_notice_names(proposed):
    found = proposed("odd")

    assert found["contract:RES-0001.supplier:ORG-0004"].value.leads
    assert not found["contract:RES-0001.supplier:ORG-0005"].value.leads


def test_a_buyer_without_kvk_number_is_warned_of(proposed):
    found = proposed("award", {">99990009<": ">Ministerie<"})

    assert found["tender.buyer:ORG-0001"].warnings == (cautions.JUNK_IDENTIFIER,)


SECOND = {
    '<efac:LotTender>\n                <cbc:ID schemeName="tender">TEN-0001</cbc:ID>\n'
    "              </efac:LotTender>\n            </efac:SettledContract>": (
        "<efac:LotTender><cbc:ID>TEN-0001</cbc:ID></efac:LotTender>"
        "<efac:LotTender><cbc:ID>TEN-0002</cbc:ID></efac:LotTender></efac:SettledContract>"
    )
}


def test_the_value_is_the_sum_of_the_winning_tenders(proposed):
    value = proposed("award", SECOND)["contract:CON-0001.value"]

    assert value.value == Amount(amount=Decimal(2_510_000), currency=EUR)


def test_currencies_are_never_added_up(proposed):
    mixed = {**SECOND, 'currencyID="EUR">1310000': 'currencyID="GBP">1310000'}
    value = proposed("award", mixed)["contract:CON-0001.value"]

    assert (value.value, value.warnings) == (None, (cautions.MIXED_CURRENCIES,))


def test_one_unknown_value_leaves_the_sum_unknown(proposed):
    unknown = {**SECOND, 'currencyID="EUR">1310000': 'currencyID="EUR">'}
    value = proposed("award", unknown)["contract:CON-0001.value"]

    assert (value.value, value.warnings) == (None, (cautions.PART_UNKNOWN,))


def test_a_contract_on_a_closed_lot_is_warned_of(proposed):
    lots = proposed("award", {">selec-w<": ">clos-nw<"})["contract:CON-0001.lots"]

    assert (lots.value, lots.warnings) == (("LOT-0001",), (cautions.CLOSED_LOT,))


MAXIMUM = "<efbc:OverallMaximumFrameworkContractsAmount currencyID='EUR'>9</efbc:{}>".format(
    "OverallMaximumFrameworkContractsAmount"
)


def test_the_maximum_of_the_only_contract_may_be_that_of_the_notice(proposed):
    found = proposed("award", {"<efac:NoticeResult>": f"<efac:NoticeResult>{MAXIMUM}"})

    assert found["contract:CON-0001.framework_maximum"].value == Amount(
        amount=Decimal(9), currency=EUR
    )


def test_a_modification_is_proposed_with_its_reason(proposed):
    modification = (
        "<efext:EformsExtension><efac:ContractModification>"
        "<efbc:ChangedNoticeIdentifier>00999001-2026</efbc:ChangedNoticeIdentifier>"
        "<efac:ChangeReason><cbc:ReasonCode>add-wss</cbc:ReasonCode></efac:ChangeReason>"
        "<efac:Change><efbc:ChangeDescription>Meer uren</efbc:ChangeDescription></efac:Change>"
        "</efac:ContractModification>"
    )
    found = proposed("award", {"<efext:EformsExtension>": modification})

    assert {
        target: proposal.value
        for target, proposal in found.items()
        if proposal.about == "modification"
    } == {
        "modification.previous_notice": "00999001-2026",
        "modification.reasons": ("add-wss",),
        "modification.descriptions": ("Meer uren",),
    }


@pytest.mark.parametrize(
    ("identifiers", "country", "kvk"),
    [
        (("99990001",), "NLD", "99990001"),
        (("KvK-nummer: 9999 0001",), "NLD", "99990001"),
        (("K.v.K. 9999.0001",), "NLD", "99990001"),
        ((".", "99990001"), "NLD", "99990001"),
        (("99990001",), "DEU", ""),
        (("999900012",), "NLD", ""),
        (("1234567890123",), "NLD", ""),
        (("Ministerie van Voorbeeldzaken",), "NLD", ""),
        ((), "NLD", ""),
    ],
)
def test_only_eight_digits_in_the_netherlands_are_a_kvk_number(identifiers, country, kvk):
    party = Party(org_id="ORG-1", name="Proef", identifiers=identifiers, country=country)

    assert kvk_number(party) == kvk
