"""A contract is typed with a rule beside it: what is proposed, taken over, or differs."""

import datetime as dt
import io
import re
import uuid
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from contracts import actions
from contracts.models import Contract, ContractStatus, Obligation, ObligationConcept, ObligationRule
from contracts.obligation_rules import CertificateEffect, Line, Rule, RuleFile
from suppliers.models import Certificate
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PREVIEW = "/contracts/obligation/"


@pytest.fixture
def rule(ministry, ada):
    """5 % of the wage sum, or 4 % of the value, at most EUR 30,000; 10 % less with PSO step 1."""
    told = RuleFile(
        code="onze-regel",
        version="2026",
        publisher="Ministerie van Voorbeelden",
        name="Onze regel",
        source="",
        note="",
        valid_from=dt.date(2026, 1, 1),
        rule=Rule(
            lines=(
                Line("wage_sum", Decimal(5), threshold_eur=Decimal(250_000)),
                Line("contract_value", Decimal(4), threshold_eur=Decimal(250_000)),
            ),
            cap_eur=Decimal(30_000),
            certificates=(CertificateEffect("pso-1", Decimal(10)),),
        ),
    )
    made = actions.draft_rule(ministry, told, by=ada, at=NOON, key=uuid.uuid4())
    actions.publish_rule(made, by=ada, at=NOON)
    made.refresh_from_db()
    return made


@pytest.fixture
def concept(ministry, noord, piet):
    facts = {"authority": ministry, "supplier": noord, "title": "Schoonmaak"}
    return actions.log_contract(facts, by=piet, at=NOON)


@pytest.fixture
def typed(concept, table, rule):
    return {
        "title": "Schoonmaak",
        "value_eur": "800.000,00",
        "wage_sum_eur": "400.000,00",
        "awarded_on": "2026-03-02",
        "starts_on": "2026-04-01",
        "ends_on": "2028-03-31",
        "regime": "classic",
        "legal_form": "condition",
        "rule": rule.pk,
        "value_table": table.pk,
        "reason": "Veel arbeid.",
        "revision": concept.revision,
    }


@pytest.fixture
def officer(client, piet):
    return client.sign_in(piet)


@pytest.fixture
def certificate(noord, piet):
    return Certificate.objects.create(
        supplier=noord,
        kind="pso-1",
        valid_from=dt.date(2026, 1, 1),
        valid_until=dt.date(2028, 12, 31),
        checked_on=TODAY,
        recorded_by=piet,
    )


def where(name, contract):
    return reverse(f"contracts:{name}", args=[contract.pk])


def keep(officer, contract, typed, **more):
    contract.refresh_from_db()
    said = typed | {"revision": contract.revision} | more
    return officer.post(where("contract-edit", contract), said)


def seen(officer, contract, typed, **more):
    said = {name: value for name, value in typed.items() if name != "revision"} | more
    return " ".join(officer.get(PREVIEW, said | {"contract": contract.pk}).text.split())


def concept_of(contract):
    return ObligationConcept.objects.get(contract=contract)


def chosen(page):
    field = re.search(r'<select name="rule".*?</select>', page.text, re.DOTALL)[0]
    return re.findall(r'value="(\d+)" selected', field)


def test_the_rule_of_the_authority_is_proposed(officer, concept, rule):
    page = officer.get(where("contract-edit", concept))
    assert chosen(page) == [str(rule.pk)]
    assert "The rule “Onze regel (2026)” proposes nothing." in page.text
    assert "Something is not filled in yet" in page.text


def test_a_rule_of_another_publisher_is_proposed_once_it_was_used(officer, concept, piet):
    call_command("load_obligation_rules", verbosity=0, stdout=io.StringIO())
    assert chosen(officer.get(where("contract-edit", concept))) == []
    used = ObligationRule.objects.get(code="tilburg")
    least = {"authority": concept.authority, "supplier": concept.supplier, "title": "Ander"}
    actions.log_contract(least | {"rule": used}, by=piet, at=NOON)
    assert chosen(officer.get(where("contract-edit", concept))) == [str(used.pk)]


def test_no_rule_is_a_choice_that_stays(officer, concept, typed):
    keep(officer, concept, typed, rule="", base_kind="contract_value", percentage="5")
    assert chosen(officer.get(where("contract-edit", concept))) == []


def test_the_proposal_appears_as_one_types(officer, concept, typed, certificate):
    said = seen(officer, concept, typed)
    assert "5% of the wage sum" in said
    assert "= €18,000.00" in said  # 5 % of 400,000, a tenth less
    assert "4% of the contract value" in said
    assert "= €28,800.00" in said
    assert "At most €30,000.00." in said
    assert "A certificate of the supplier takes 10% off." in said
    assert said.count('name="take"') == 2
    assert "Choose the base" in said
    small = seen(officer, concept, typed, value_eur="250.000")
    assert "proposes nothing. The amount stays below the threshold of the rule." in small


def test_a_proposal_is_taken_over_by_a_button(officer, concept, typed, certificate):
    answer = keep(officer, concept, typed, take="1")
    assert answer.url == where("contract-edit", concept)
    kept = concept_of(concept)
    assert (kept.base_kind, kept.percentage, kept.cap_eur) == (
        "contract_value",
        Decimal("4.00"),
        Decimal("30000.00"),
    )
    assert (kept.discount_pct, kept.quantity) == (Decimal("10.00"), Decimal("28800.00"))
    assert not actions.deviates(kept)
    page = officer.get(answer.url).text
    assert "· 10% less for a certificate" in " ".join(page.split())


@pytest.mark.parametrize("take", ["7", "-1", "nonsense", "framework"])
def test_taking_over_what_is_not_there_changes_nothing(officer, concept, typed, take):
    keep(officer, concept, typed, take=take)
    assert concept_of(concept).base_kind == ""


def test_what_was_typed_wrong_stays_when_taking_over(officer, concept, typed):
    page = keep(officer, concept, typed, take="0", ends_on="2020-01-01")
    assert "The last day of the contract lies before the first." in page.text
    assert 'value="5.00"' in page.text


def test_a_deviation_needs_a_reason_to_be_logged(officer, concept, typed):
    differs = {"base_kind": "contract_value", "percentage": "3", "cap_eur": "30.000"}
    assert "This differs from what the rule proposes." in seen(officer, concept, typed, **differs)
    keep(officer, concept, typed, **differs)
    page = officer.get(where("contract-award", concept)).text
    assert "Why it differs from the rule" in page
    officer.post(where("contract-award", concept), {})
    concept.refresh_from_db()
    assert concept.status == ContractStatus.DRAFT
    keep(officer, concept, typed, **differs, deviation="Klein aandeel arbeid.")
    page = officer.get(where("contract-award", concept)).text
    assert "Klein aandeel arbeid." in page
    assert "Onze regel" in page
    officer.post(where("contract-award", concept), {})
    stands = Obligation.objects.get(contract=concept)
    assert (stands.quantity, stands.deviation) == (Decimal("24000.00"), "Klein aandeel arbeid.")


def test_the_certificate_counts_that_is_valid_at_the_award(officer, concept, typed, certificate):
    keep(officer, concept, typed, take="0")
    certificate.delete()
    officer.post(where("contract-award", concept), {})
    stands = Obligation.objects.get(contract=concept)
    assert (stands.discount_pct, stands.quantity) == (Decimal(0), Decimal("20000.00"))


def test_without_the_rule_no_certificate_counts(officer, concept, typed, certificate):
    keep(officer, concept, typed, take="0")
    keep(officer, concept, typed, rule="", base_kind="wage_sum", percentage="5")
    assert concept_of(concept).discount_pct == 0


def test_a_rule_that_does_not_hold_yet_is_refused_in_words(officer, concept, typed):
    page = keep(officer, concept, typed, awarded_on="2025-12-31")
    assert "This rule does not hold for a contract awarded on that day." in page.text


def test_a_withdrawn_rule_stays_with_the_concept_that_has_it(officer, concept, typed, rule, ada):
    keep(officer, concept, typed, take="0")
    actions.withdraw_rule(rule, by=ada, at=NOON, reason="Nieuw beleid.")
    assert chosen(officer.get(where("contract-edit", concept))) == [str(rule.pk)]
    assert keep(officer, concept, typed, take="0").status_code == 302


@pytest.mark.parametrize(
    ("said", "owed", "shown"),
    [
        (
            {"base_kind": "turnover", "percentage": "5"},
            "0.00 eur",
            "grows with each turnover report",
        ),
        ({"base_kind": "hours", "percentage": "2", "hours": "1.500"}, "30.00 hour", "2% of 1,500"),
        ({"base_kind": "fixed", "fixed_eur": "1.000"}, "1000.00 eur", "a fixed amount"),
        ({"base_kind": "fixed_hours", "fixed_quantity": "400"}, "400.00 hour", "400 hours"),
        ({"base_kind": "persons", "fixed_quantity": "3"}, "3.00 person", "3 persons"),
        ({"base_kind": "fte_years", "fixed_quantity": "1,5"}, "1.50 fte_year", "1.5 full-time"),
    ],
)
def test_each_base_asks_what_it_needs(officer, concept, typed, said, owed, shown):
    """A02, A03."""
    without = typed | {"rule": ""} | said
    assert shown in seen(officer, concept, without)
    keep(officer, concept, without, floor_eur="", cap_eur="")
    page = officer.get(where("contract-award", concept)).text
    assert "Log the contract" in page
    officer.post(where("contract-award", concept), {})
    stands = Obligation.objects.get(contract=concept)
    assert f"{stands.quantity:f} {stands.unit}" == owed


@pytest.mark.parametrize(
    ("base_kind", "said"),
    [
        ("fixed_hours", "Fill in the fixed number"),
        ("persons", "Fill in the fixed number"),
        ("hours", "Fill in the base and the percentage"),
    ],
)
def test_what_a_base_still_needs_is_said(officer, concept, typed, base_kind, said):
    assert said in seen(officer, concept, typed, rule="", base_kind=base_kind)
    keep(officer, concept, typed, rule="", base_kind=base_kind)
    assert "Still to fill in" in officer.get(where("contract-award", concept)).text


def test_a_least_and_a_most_are_of_euros(officer, concept, typed):
    """A04."""
    bounds = {"floor_eur": "45.000", "cap_eur": "300.000"}
    said = typed | {"rule": "", "base_kind": "contract_value", "percentage": "5"}
    assert "€45,000.00" in seen(officer, concept, said, **bounds)
    keep(officer, concept, said, **bounds)
    assert concept_of(concept).quantity == Decimal("45000.00")
    page = officer.get(where("contract-award", concept)).text
    assert "€45,000.00" in page
    assert "At most" in page
    keep(officer, concept, said, **bounds, base_kind="hours", hours="10")
    assert (concept_of(concept).floor_eur, concept_of(concept).cap_eur) == (None, None)
    page = keep(officer, concept, said, floor_eur="2", cap_eur="1")
    assert "The most that can be owed lies below the least." in page.text


def test_another_currency_becomes_euros_by_hand(officer, concept, typed):
    foreign = {
        "foreign_value": "1.000.000",
        "foreign_currency": "usd",
        "exchange_rate": "0,923456",
        "rate_on": "2026-03-01",
        "value_eur": "",
    }
    said = seen(officer, concept, typed, **foreign)
    assert "× 0.923456 = <strong>€923,456.00</strong>" in said
    keep(officer, concept, typed, **foreign, take="0")
    concept.refresh_from_db()
    assert (concept.value_eur, concept.foreign_currency) == (Decimal("923456.00"), "USD")
    assert "USD 1,000,000 at 0.923456" in officer.get(where("contract-award", concept)).text


@pytest.mark.parametrize(
    ("foreign", "said"),
    [
        ({"foreign_value": "5"}, "Fill in the amount, the currency, the rate and its day."),
        (
            {
                "foreign_value": "5",
                "foreign_currency": "EUR",
                "exchange_rate": "1",
                "rate_on": "2026-03-01",
            },
            "An amount in euros is the contract value.",
        ),
        ({"exchange_rate": "1,1234567"}, "no more than 6 decimal places"),
    ],
)
def test_half_a_conversion_is_refused(officer, concept, typed, foreign, said):
    assert said in keep(officer, concept, typed, **foreign).text


@pytest.fixture
def framework(ministry, noord, piet, table, rule):
    facts = {
        "authority": ministry,
        "supplier": noord,
        "title": "Raamovereenkomst inhuur",
        "is_framework": True,
        "value_eur": Decimal(9_000_000),
        "awarded_on": dt.date(2026, 2, 1),
        "starts_on": dt.date(2026, 3, 1),
        "ends_on": dt.date(2030, 2, 28),
        "value_table": table,
        "rule": rule,
        "base_kind": "contract_value",
        "percentage": Decimal(3),
        "deviation": "Onderhandeld.",
        "reason": "Raamwerk.",
    }
    made = actions.log_contract(facts, by=piet, at=NOON)
    return actions.award_contract(made, by=piet, at=NOON)


def test_a_call_off_takes_over_what_its_framework_asks(officer, concept, typed, framework):
    """A06."""
    said = seen(officer, concept, typed, framework=framework.pk)
    assert "The framework agreement “Raamovereenkomst inhuur” asks:" in said
    assert "3% of the contract value" in said
    bare = typed | {"rule": "", "value_table": "", "reason": ""}
    keep(officer, concept, bare, framework=framework.pk, take="framework")
    concept.refresh_from_db()
    kept = concept_of(concept)
    assert (concept.framework, concept.value_table) == (framework, framework.value_table)
    assert (kept.percentage, kept.rule, kept.reason) == (
        Decimal("3.00"),
        framework.obligation_concept.rule,
        "Raamwerk.",
    )
    keep(officer, concept, typed, framework=framework.pk, take="framework", deviation="Als raam.")
    assert "Call-off of" in officer.get(where("contract-award", concept)).text


def test_a_framework_owes_nothing_itself(officer, concept, typed, framework):
    said = seen(officer, concept, typed, is_framework="on")
    assert "A framework agreement owes nothing itself" in said
    keep(officer, concept, typed, is_framework="on")
    page = officer.get(where("contract-award", concept)).text
    assert "each call-off does" in page
    both = keep(officer, concept, typed, is_framework="on", framework=framework.pk)
    assert "A framework agreement is no call-off of another one." in both.text


def test_a_framework_of_another_authority_is_not_offered(officer, concept, other_ministry, piet):
    factories.ContractFactory(
        authority=other_ministry,
        supplier=concept.supplier,
        officer=piet,
        is_framework=True,
        status="draft",
        title="Elders",
    )
    assert "Elders" not in officer.get(where("contract-edit", concept)).text


def test_the_preview_of_somebody_elses_contract_is_not_there(officer, zuid, other_ministry, otto):
    theirs = factories.ContractFactory(authority=other_ministry, supplier=zuid, officer=otto)
    assert officer.get(PREVIEW, {"contract": theirs.pk}).status_code == 404
    assert officer.get(PREVIEW, {"contract": "x"}).status_code == 200
    assert Contract.objects.count() == 1
