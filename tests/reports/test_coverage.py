"""What is missing is visible: contracts that owe nothing and why, and work that nobody reported."""

import csv
import datetime as dt
import html
import io
import re
from decimal import Decimal
from urllib.parse import urljoin

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from contracts import actions, fulfilment
from contracts.models import (
    Contract,
    Fulfilment,
    ObligationConcept,
    ObligationRule,
    ObligationRuleLine,
)
from reports import coverage, definitions, portfolio, printing
from reports.models import Definition
from tests import factories
from tests.conftest import NOON, TODAY
from tests.contracts import awarding

MISSING, FIGURES = "/figures/missing/", "/figures/"
ZERO = {"percentage": Decimal(0), "reason": "Er is geen ruimte voor."}


@pytest.fixture
def rule(ministry):
    """Asks five per cent of what is worth more than EUR 250,000."""
    made = ObligationRule.objects.create(
        authority=ministry,
        code="vijf",
        version="1",
        publisher="VB",
        name="Vijf procent",
        status="published",
    )
    ObligationRuleLine.objects.create(
        rule=made,
        position=1,
        base_kind="contract_value",
        percentage=Decimal("5.00"),
        threshold_eur=Decimal(250_000),
    )
    return made


@pytest.fixture
def exempt(contract, piet, rule):
    return awarding.award(
        contract, piet, title="Zonder", exempt_reason="security", deviation="Gesloten.", **ZERO
    )


def _answer(client, **asked):
    return client.get(MISSING, asked).context


def test_who_asks_nothing_above_the_threshold_says_why(contract, piet, rule):
    """R-313: the rule of the authority counts, also when the officer chose none."""
    with pytest.raises(actions.IncompleteContractError):
        awarding.award(contract, piet, **ZERO)


def test_below_the_threshold_nobody_asks_why(contract, piet, rule):
    made = awarding.award(contract, piet, value_eur=Decimal(250_000), **ZERO)
    assert made.rule_asks is False


def test_without_a_rule_nothing_is_judged_but_that(contract, piet):
    assert awarding.award(contract, piet, **ZERO).rule_asks is False


def test_a_contract_that_owes_is_asked_and_covered(contract, piet, rule):
    made = awarding.award(contract, piet)
    assert made.rule_asks is True
    total = portfolio.total_of(Contract.objects.filter(pk=made.pk))
    assert (total.asked, total.uncovered, total.coverage_pct) == (1, 0, Decimal("100.0"))


def test_a_rule_of_others_counts_once_it_was_used(contract, rule):
    rule.authority = None
    assert actions.own_rule([]) is None
    assert actions.own_rule([rule]) is None
    rule.was_used = True
    assert actions.own_rule([rule]) is rule


def test_the_rule_that_was_chosen_counts_also_before_the_award(contract, rule):
    contract.awarded_on = None
    concept = ObligationConcept(contract=contract, rule=rule)
    assert actions.rule_asks(contract, concept) is True
    assert actions.rule_asks(contract, None) is False


def test_a_framework_is_not_judged(contract, piet, rule):
    assert awarding.award(contract, piet, is_framework=True).rule_asks is None


def test_what_was_awarded_before_is_judged_by_the_worker(contract, rule):
    assert contract.rule_asks is None
    assert actions.judge_older() == 1
    contract.refresh_from_db()
    assert contract.rule_asks is True
    assert actions.judge_older() == 0


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"exempt_reason": "abroad"}, "abroad"),
        ({"exempt_reason": "", "deviation": "Zo besloten."}, coverage.WORDS),
        ({"exempt_reason": "", "deviation": ""}, coverage.UNKNOWN),
        (None, coverage.GOALS),
    ],
)
def test_the_reason_is_told(exempt, facts, why):
    if facts is None:
        exempt.obligations.all().delete()
        Contract.objects.filter(pk=exempt.pk).update(regime="tailored")
    else:
        exempt.obligations.update(**facts)
    contracts = Contract.objects.filter(pk=exempt.pk)
    assert [(row.code, row.contracts) for row in coverage.reasons(contracts)] == [(why, 1)]


def test_the_page_shows_share_reasons_and_contracts(client, exempt, contract, vera):
    Contract.objects.filter(pk=contract.pk).update(rule_asks=True)
    shown = _answer(client.sign_in(vera))
    assert shown["total"].coverage_pct == Decimal("50.0")
    assert [row.code for row, _url in shown["reasons"]] == ["security"]
    assert [each.pk for each in shown["page"]] == [exempt.pk]
    for row, url in shown["reasons"]:
        assert client.get(url).context["page"].paginator.count == row.contracts
    assert list(_answer(client, reason="abroad")["page"]) == []
    assert list(_answer(client, q="niets zo")["page"]) == []


def test_the_report_of_the_quality_names_them_with_the_reason(
    client, exempt, contract, issue, vera
):
    Contract.objects.filter(pk=contract.pk).update(rule_asks=True)
    report = issue(definition=Definition.QUALITY, language="en")
    found = definitions.read(report)
    assert found.coverage_pct == _answer(client.sign_in(vera))["total"].coverage_pct
    assert (found.asked_count, found.covered_count) == (2, 1)
    [named] = found.uncovered
    assert (named.title, named.in_words) == ("Zonder", "Gesloten.")
    said = printing.as_twin(report)
    assert named.why.capitalize() in said
    assert "50.0%" in said
    assert "<td>50.0%</td>" in printing.as_html(report)


def test_who_reported_nothing_is_listed(client, contract, busy, quiet, vera):
    fulfilment.recompute(today=TODAY, at=NOON)
    shown = _answer(client.sign_in(vera), show=coverage.SILENT)
    assert {each.pk for each in shown["page"]} == {quiet.pk}


def test_each_count_leads_to_its_list(client, exempt, busy, quiet, vera):
    """R-312: through the filters that were chosen, from both pages."""
    fulfilment.recompute(today=TODAY, at=NOON)
    for asked in ({}, {"year": 2025}):
        answer = client.sign_in(vera).get(MISSING, asked)
        total, page = answer.context["total"], answer.content.decode()
        addresses = dict(re.findall(r'class="figure__value" href="(.*?)">\s*(\d+)', page))
        assert list(addresses.values()) == [str(total.uncovered), str(total.unreported)]
        addresses[client.get(FIGURES, asked).context["silent_url"]] = str(total.unreported)
        for address, number in addresses.items():
            found = client.get(urljoin(MISSING, html.unescape(address))).context["page"]
            assert str(found.paginator.count) == number


def test_what_is_overdue_shows_what_is_owed_in_its_unit(client, contract, vera):
    long_ago = contract.starts_on - dt.timedelta(days=400)
    Contract.objects.filter(pk=contract.pk).update(starts_on=long_ago)
    Fulfilment.objects.update_or_create(
        contract=contract,
        defaults={
            "authority": contract.authority,
            "supplier": contract.supplier,
            "owed_eur": 0,
            "own_unit": "person",
            "own_owed": 3,
        },
    )
    page = client.sign_in(vera).get(MISSING, {"show": coverage.LATE}).content.decode()
    assert "3 personen" in page or "3 persons" in page
    address = reverse("reports:missing-export", args=["csv"])
    text = b"".join(client.get(address, {"show": coverage.LATE})).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row[gettext("Owed in this unit")] == "3,00"


def test_back_to_all_figures_keeps_the_question(client, exempt, vera):
    page = client.sign_in(vera).get(MISSING, {"year": 2025, "show": "late", "q": "x"})
    assert f'href="{FIGURES}?year=2025"' in page.content.decode()


def test_an_overdue_statement_is_listed(contract):
    long_after = TODAY + dt.timedelta(days=100)
    of_all = Contract.objects.all()
    assert list(coverage.missing(of_all, coverage.LATE, TODAY)) == []
    assert [each.pk for each in coverage.missing(of_all, coverage.LATE, long_after)] == [
        contract.pk
    ]


@pytest.mark.parametrize("show", [coverage.EXEMPT, coverage.SILENT, coverage.LATE])
def test_each_list_is_a_file(client, exempt, vera, show):
    address = reverse("reports:missing-export", args=["csv"])
    text = b"".join(client.sign_in(vera).get(address, {"show": show})).decode()
    assert ("Zonder" in text) is (show == coverage.EXEMPT)


def test_an_odd_filter_of_coverage_is_said(client, exempt, vera):
    shown = _answer(client.sign_in(vera), show="all", reason="x", year="1")
    assert len(shown["form"].errors) == 3
    assert shown["page"].paginator.count == 1


def test_more_gaps_cost_no_more_queries(
    client, exempt, contract, piet, vera, django_assert_max_num_queries
):
    client.sign_in(vera)
    client.get(MISSING)
    with django_assert_max_num_queries(100) as asked:
        client.get(MISSING)
    for _number in range(2):
        awarding.award(
            contract,
            piet,
            supplier=factories.SupplierFactory(),
            exempt_reason="labour",
            deviation="Klein.",
            **ZERO,
        )
    with django_assert_max_num_queries(len(asked)):
        client.get(MISSING)
