"""The adviser for the choice: exact, and the text names the counts (N02)."""

import dataclasses
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from contracts import actions as contract_actions
from contracts import advice
from contracts.actions import advice as actions
from contracts.advice import Advised, Because, Counted, Offer, Part, Reason, Terms
from contracts.facts import market
from contracts.models import AdviceTerms, TenderAdvice
from contracts.rules import talking as roles
from contracts.templatetags.advice_words import because_words
from suppliers import actions as supplier_actions
from tests import factories
from tests.conftest import NOON, TODAY
from tests.contracts import talking

CLEANING = Part("", "90", "NL33", Decimal("3000000.00"), 36)  # a million a year
LOTS = (
    Part("Noord", "90", "NL33", Decimal("900000.00"), 36),
    Part("Zuid", "90", "NL41", Decimal("300000.00"), 36),
)


def offers(*largest, region="NL33", division="90", is_fit=True, first=1):
    return [
        Offer(number, division, region, Decimal(most) if most else None, is_fit)
        for number, most in enumerate(largest, first)
    ]


def advise(found, whole=CLEANING, lots=(), labour=Decimal(80), **terms):
    return advice.advise(whole, lots, labour_pct=labour, offers=found, terms=Terms(**terms))


MARKETS = {
    Advised.WHOLE: (offers(1_000_000, 2_000_000, 1_500_000), Counted(3, 3, 3, 3)),
    Advised.LOT: (offers(300_000, 300_000, 400_000, 50_000), Counted(4, 4, 4, 0)),
    Advised.PARTNERSHIPS: (offers(50_000, None), Counted(2, 2, 2, 0)),
    Advised.CLAUSE: (offers(900_000, region="NL42"), Counted(1, 0, 0, 0)),
}


@pytest.mark.parametrize("advised", MARKETS)
@pytest.mark.usefixtures("in_english")
def test_four_markets_give_four_advices_and_the_text_names_the_counts(advised):
    found, counted = MARKETS[advised]
    told = advise(found, lots=LOTS)
    assert (told.advised, told.counted) == (advised, counted)
    assert told.lot == ("Noord" if advised == Advised.LOT else "")
    text = render_to_string("contracts/parts/advice.html", {"advice": told})
    for number in (counted.known, counted.near, told.reasons[-1].count):
        assert str(number) in text


@pytest.mark.parametrize(
    ("facts", "because"),
    [
        ({"value_eur": Decimal("249999.99")}, Because.SMALL),
        ({"months": 5}, Because.SHORT),
    ],
)
def test_out_of_proportion_nothing_is_asked(facts, because):
    whole = dataclasses.replace(CLEANING, **facts)
    told = advise([], whole)
    assert (told.advised, told.reasons[-1].because) == (Advised.NOTHING, because)


def test_with_little_labour_nothing_is_asked_but_reserved_it_may_be():
    assert advise([], labour=Decimal("29.99")).advised == Advised.NOTHING
    assert advise([], labour=Decimal(30)).advised == Advised.CLAUSE
    assert advise(MARKETS[Advised.WHOLE][0], labour=Decimal(0)).advised == Advised.WHOLE


def test_of_a_tender_without_lots_a_part_may_be_one():
    told = advise(offers(200_000, 200_000, 199_999))
    assert (told.advised, told.reasons[-1]) == (
        Advised.PARTNERSHIPS,
        advice.Reason(Because.PARTNERS_NEAR, count=3),
    )
    told = advise(offers(200_000, 200_000, 200_000))
    assert (told.advised, told.reasons[-1].because) == (Advised.LOT, Because.ENOUGH_FOR_PART)


def test_who_offers_twice_is_counted_once_and_who_is_not_fit_is_not_able():
    twice = offers(2_000_000) + offers(2_000_000, region="NL")
    other = offers(2_000_000, is_fit=False, first=9) + offers(2_000_000, division="77", first=8)
    assert advice.count(CLEANING, twice + other) == Counted(2, 2, 1, 1)


@pytest.mark.parametrize(
    ("offered", "wanted", "near"),
    [("NL", "NL332", True), ("NL332", "NL33", True), ("NL33", "NL41", False), ("NL33", "", True)],
)
def test_near_is_within_the_region(offered, wanted, near):
    assert advice.is_near(offered, wanted) is near


def test_a_year_of_a_short_contract_is_all_of_it():
    assert dataclasses.replace(CLEANING, months=6).yearly_eur == Decimal("3000000.00")
    assert CLEANING.yearly_eur == Decimal(1_000_000)


@pytest.mark.parametrize(
    ("share", "is_above", "enough"),
    [
        ("30.00", False, True),
        ("29.99", False, False),
        ("30.00", True, False),
        ("30.01", True, True),
    ],
)
def test_thirty_per_cent_is_read_as_the_authority_does(share, is_above, enough):
    terms = Terms(share_is_above=is_above)
    assert advice.is_enough(Decimal(share), terms) is enough


# The verbs

QUESTION = actions.Question("90", "NL33", Decimal("3000000.00"), 36, Decimal(80))


@pytest.fixture
def tender(ministry, piet):
    return talking.tender_of(ministry, piet)


@pytest.fixture
def social(noord, bram, zuid, sara):
    """Two with a certificate, one of them fit; a third that has none."""
    for supplier, kind in ((noord, "pso-30"), (zuid, "pso-1")):
        seen = {"kind": kind, "valid_from": TODAY, "valid_until": TODAY, "checked_on": TODAY}
        certificate = {"by": bram, "at": NOON, "key": uuid.uuid4()}
        supplier_actions.record_certificate(supplier, seen, **certificate)
    for supplier in (noord, zuid, factories.SupplierFactory()):
        offered = {"cpv_division": "90", "region": "NL33", "text": "Schoonmaak"}
        offered |= {"largest_eur": Decimal(2_000_000)}
        key = uuid.uuid4()
        supplier_actions.record_offering(supplier, offered, by=bram, at=NOON, key=key)


@pytest.mark.django_db
@pytest.mark.usefixtures("social")
def test_the_register_of_the_day_is_counted(noord, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = market.offers(TODAY)
    assert sorted((offer.is_fit, offer.region) for offer in found) == [
        (False, "NL33"),
        (True, "NL33"),
    ]
    supplier_actions.record_insolvency(noord, TODAY, by=None, at=NOON, reason="Failliet.")
    assert len(market.offers(TODAY)) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("social")
def test_an_officer_follows_the_advice_or_says_why_not(tender, piet):
    with pytest.raises(ValidationError, match=r"[Ww]"):
        actions.record_choice(tender, QUESTION, {"chosen": "clause"}, by=piet, at=NOON)
    facts = {"chosen": "clause", "deviation": "De markt is nog jong."}
    chosen = actions.record_choice(tender, QUESTION, facts, by=piet, at=NOON)
    assert (chosen.advised, chosen.able, chosen.near) == ("partnerships", 1, 2)
    assert chosen.reasons[-1] == {"because": "partners_near", "part": "", "count": 2}
    follow = actions.record_choice(tender, QUESTION, {"chosen": "partnerships"}, by=piet, at=NOON)
    assert (follow.terms_version, str(follow)) == (
        0,
        f"Schoonmaak: {follow.get_chosen_display()}",
    )
    contract_actions.change_tender(tender, {"status": "awarded"}, by=piet, at=NOON)
    with pytest.raises(actions.ChoiceStandsError):
        actions.record_choice(tender, QUESTION, facts, by=piet, at=NOON)
    assert TenderAdvice.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("social")
def test_other_thresholds_are_another_version_and_lots_count_with_their_own_facts(
    tender, ministry, piet, ada
):
    facts = {"fewest_for_whole": 9, "fewest_for_lot": 1}
    for number in (1, 2):
        terms = actions.publish_advice_terms(ministry, facts, by=ada, at=NOON)
        assert (terms.version, str(terms)) == (number, f"{ministry} {number}")
    assert AdviceTerms.objects.current(ministry).as_terms() == Terms(
        fewest_for_whole=9, fewest_for_lot=1
    )
    lot = {"identifier": "LOT-0001", "title": "Noord", "estimated_value": Decimal(900_000)}
    contract_actions.log_lot(tender, lot, by=piet, at=NOON)
    told = actions.advise(tender, QUESTION, today=TODAY)
    assert (told.advised, told.lot) == (Advised.LOT, "LOT-0001 Noord")


@pytest.mark.django_db
def test_two_advisers_at_once_do_not_overwrite_each_other(client, ministry, ada):
    client.sign_in(ada)
    at = reverse("contracts:advice-terms-edit", args=[ministry.pk])
    opened = client.get(at).context["form"]
    typed = {name: str(opened[name].value()) for name in (*opened.Meta.fields, "revision")}
    typed |= {"fewest_for_whole": "7", "share_is_above": ""}
    actions.publish_advice_terms(ministry, {"fewest_for_whole": 9}, by=ada, at=NOON)
    refused = client.post(at, typed)
    assert [refused.status_code, AdviceTerms.objects.current(ministry).fewest_for_whole] == [200, 9]
    form = refused.context["form"]
    assert (form["fewest_for_whole"].value(), form["revision"].value()) == ("7", "1")
    assert client.post(at, typed | {"revision": "1"}).status_code == 302
    assert AdviceTerms.objects.current(ministry).fewest_for_whole == 7


def test_an_adviser_publishes_the_thresholds_of_the_own_authority(
    ada, piet, ministry, other_ministry
):
    """R-364."""
    asked = ((ada, ministry), (ada, other_ministry), (piet, ministry))
    told = [roles.may_publish_advice_terms(*each) for each in asked]
    assert told == [True, False, False]


@pytest.mark.parametrize(
    "because", [Because.TOO_FEW_FOR_WHOLE, Because.TOO_FEW_FOR_LOT, Because.NOBODY_NEAR]
)
@pytest.mark.usefixtures("in_english")
def test_nobody_is_said_in_words(because):
    assert because_words(Reason(because, "", 0)).startswith("No social enterprise ")
    assert "1 social enterprise " in because_words(Reason(because, "", 1))
