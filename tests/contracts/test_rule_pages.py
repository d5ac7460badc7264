"""Obligation rules in the browser: read and tried by all, written by advisers."""

import re
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts import actions
from contracts.models import ObligationRule, RuleStatus
from contracts.obligation_rules import CertificateEffect, Choices, Line, Rule
from tests import factories
from tests.client import PortalClient
from tests.conftest import NOON
from tests.contracts.ruling import SAID, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def draft(ministry, ada):
    return actions.draft_rule(ministry, SAID, by=ada, at=NOON, key=uuid.uuid4())


@pytest.fixture
def rule(draft, ada):
    actions.publish_rule(draft, by=ada, at=NOON)
    draft.refresh_from_db()
    return draft


def where(name, rule=None):
    return reverse(f"contracts:{name}", args=[rule.pk] if rule else [])


@pytest.fixture
def adviser(client, ada):
    return client.sign_in(ada)


def typed(**more):
    """What an adviser types: 5 % of the wage sum, less for a certificate."""
    return {
        "form_key": str(uuid.uuid4()),
        "name": "Nieuwe regel",
        "version": "2026",
        "valid_from": "2026-02-01",
        "threshold_base": "contract_value",
        "threshold_operator": ">",
        "contact_days": "7",
        "plan_days": "42",
        "report_months": "3",
        "report_days": "14",
        "review_days": "30",
        "objection_days": "14",
        "lines-TOTAL_FORMS": "3",
        "lines-INITIAL_FORMS": "0",
        "lines-0-base_kind": "contract_value",
        "lines-0-percentage": "4",
        "lines-0-ORDER": "2",
        "lines-1-base_kind": "wage_sum",
        "lines-1-percentage": "5",
        "lines-1-threshold_eur": "250.000",
        "lines-1-natures": ["works"],
        "lines-1-ORDER": "1",
        "certificates-TOTAL_FORMS": "2",
        "certificates-INITIAL_FORMS": "0",
        "certificates-0-kind": "pso-1",
        "certificates-0-discount_pct": "12,5",
        "certificates-0-valid_on": "award",
        "certificates-1-valid_on": "whole_term",
    } | more


def test_an_adviser_writes_a_rule_down(adviser, ministry):
    page = adviser.get(where("rule-new"))
    assert f'value="{ministry.pk}"' in page.text
    said = typed(authority=ministry.pk)
    answers = [adviser.post(where("rule-new"), said) for _number in range(2)]
    kept = ObligationRule.objects.get()
    assert [answer.url for answer in answers] == [kept.get_absolute_url()] * 2
    told = actions.told_by(kept)
    assert (told.code, told.publisher) == ("nieuwe-regel", ministry.name)
    assert told.rule.lines == (
        Line("wage_sum", Decimal(5), frozenset({"works"}), Decimal(250_000)),
        Line("contract_value", Decimal(4)),
    )
    assert told.rule.certificates == (
        CertificateEffect("pso-1", Decimal("12.5"), whole_term=False),
    )


def test_one_more_line_keeps_what_was_typed(adviser, ministry):
    said = typed(authority=ministry.pk, name="", more="lines")
    page = adviser.post(where("rule-new"), said)
    assert "Line 4" in page.text
    assert 'value="250.000"' in page.text
    assert "This field is required" not in page.text
    page = adviser.post(where("rule-new"), said | {"more": "certificates"})
    assert "Certificate 3" in page.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"floor_eur": "-1"}, "An obligation cannot be below zero."),
        ({"floor_eur": "2", "cap_eur": "1"}, "The most that can be owed lies below the least."),
        ({"report_months": "25"}, "A report covers 1 to 24 months."),
        ({"lines-0-percentage": "101"}, "less than or equal to 100"),
        ({"lines-2-percentage": "5"}, "Make a choice"),
        (
            {"lines-0-labour_share_from_pct": "30", "lines-0-labour_share_below_pct": "20"},
            "The upper share of labour lies above the lower one.",
        ),
        (
            {"certificates-1-kind": "pso-1", "certificates-1-discount_pct": "5"},
            "This certificate has its effect already.",
        ),
        ({"lines-TOTAL_FORMS": ""}, "ManagementForm data is missing"),
        ({"note": "BSN 123456782"}, "This looks like a citizen service number"),
    ],
)
def test_a_mistake_is_said_where_it_stands(adviser, ministry, wrong, said):
    page = adviser.post(where("rule-new"), typed(authority=ministry.pk) | wrong)
    assert said in page.text
    assert not ObligationRule.objects.exists()


def test_a_version_that_exists_is_refused_with_a_sentence(adviser, draft, ministry):
    page = adviser.post(where("rule-new"), typed(authority=ministry.pk, name="Onze regel"))
    assert "This version of the rule exists already." in page.text


def test_a_draft_is_changed_on_its_page(adviser, draft):
    page = adviser.get(where("rule-edit", draft))
    assert 'value="Onze regel"' in page.text
    revision = re.search(r'name="revision" value="(\d+)"', page.text)[1]
    said = typed(revision=revision) | {"lines-0-DELETE": "on"}
    assert adviser.post(where("rule-edit", draft), said | {"more": "lines"}).status_code == 200
    assert adviser.post(where("rule-edit", draft), said).url == draft.get_absolute_url()
    draft.refresh_from_db()
    assert (draft.name, draft.code, draft.lines.count()) == ("Nieuwe regel", "onze-regel", 1)
    old = adviser.post(where("rule-edit", draft), typed(revision=revision, name="Later"))
    assert "Somebody changed this since you opened the page" in old.text
    assert 'value="Later"' in old.text


def test_a_rule_goes_from_copy_to_withdrawal(adviser, ministry):
    load()
    shipped = ObligationRule.objects.get(code="rijk")
    assert "A draft of your authority" in adviser.get(where("rule-copy", shipped)).text
    said = {"authority": ministry.pk, "form_key": str(uuid.uuid4())}
    answers = [adviser.post(where("rule-copy", shipped), said).url for _number in range(2)]
    copy = ObligationRule.objects.get(authority=ministry)
    assert answers == [where("rule-edit", copy)] * 2
    assert "From which day of award it holds" in adviser.get(where("rule-publish", copy)).text
    adviser.post(where("rule-publish", copy), {})
    copy.refresh_from_db()
    assert copy.status == RuleStatus.DRAFT
    adviser.post(where("rule-edit", copy), typed(revision=copy.revision))
    copy.refresh_from_db()
    assert (
        "It is proposed for contracts awarded from" in adviser.get(where("rule-publish", copy)).text
    )
    adviser.post(where("rule-publish", copy), {"revision": copy.revision})
    copy.refresh_from_db()
    assert copy.status == RuleStatus.PUBLISHED
    assert adviser.get(where("rule-edit", copy)).url == copy.get_absolute_url()
    assert (
        "This field is required" in adviser.post(where("rule-withdraw", copy), {"reason": ""}).text
    )
    for _number in range(2):
        adviser.post(where("rule-withdraw", copy), {"reason": "Nieuw beleid."})
    copy.refresh_from_db()
    assert copy.status == RuleStatus.WITHDRAWN
    assert adviser.post(where("rule-discard", copy)).url == copy.get_absolute_url()
    assert "Nieuw beleid." in adviser.get(copy.get_absolute_url()).text


def test_a_draft_is_thrown_away_on_its_page(adviser, draft):
    assert "Throw the draft away" in adviser.get(draft.get_absolute_url()).text
    assert adviser.post(where("rule-discard", draft), {"revision": "1"}).url == where("rule-list")
    assert not ObligationRule.objects.exists()


def test_an_adviser_of_two_authorities_chooses(client, ada, ministry, other_ministry):
    factories.RoleAssignmentFactory(user=ada, authority=other_ministry, role="adviser")
    page = client.sign_in(ada).get(where("rule-new"))
    assert "For which authority?" in page.text
    assert other_ministry.name in page.text


def test_everybody_reads_what_is_published_and_nobody_else_a_draft(client, draft, ada, otto, sara):
    shown = client.get(where("rule-list"))
    assert "No rules yet" in shown.text
    for person in (None, otto, sara):
        visitor = client if person is None else client.sign_in(person)
        assert visitor.get(draft.get_absolute_url()).status_code == 404
    actions.publish_rule(draft, by=ada, at=NOON)
    client = PortalClient()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(draft.get_absolute_url()).text
    assert "5% of the wage sum" in page
    assert "a percentage of the contract value" in page
    assert "10% less owed" in page
    assert "History" not in page
    assert "Onze regel" in client.get(where("rule-list")).text


def test_the_settings_say_which_are_our_defaults(client):
    load()
    rijk = ObligationRule.objects.get(code="rijk")
    page = client.get(rijk.get_absolute_url()).text
    assert page.count("default of this portal") == 6  # A1 twice, A12, A13, A14, A15
    assert "nothing is accepted by silence" in page
    other = actions.load_rule(
        replace(
            SAID,
            choices=Choices(counts_unchecked=True, accepts_unlinked=True, carries_over=True),
            rule=replace(SAID.rule, threshold_base="wage_sum"),
        ),
        by=None,
        at=NOON,
    )
    assert client.get(other.get_absolute_url()).text.count("default of this portal") == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"nature": "services", "value_eur": "1.200.000", "wage_sum_eur": "700.000"},
            ("5% of the wage sum", "€35,000.00", "€60,000.00"),  # D37
        ),
        ({"nature": "services", "value_eur": "250.000"}, ("stays below the threshold",)),
        ({"nature": "supplies", "value_eur": "300.000"}, ("contracts of this nature",)),
        ({"value_eur": ""}, ("Something is not filled in yet",)),
        ({"value_eur": "veel", "nature": "?"}, ("Something is not filled in yet",)),
    ],
)
def test_anybody_tries_a_rule(client, asked, said):
    load()
    rijk = ObligationRule.objects.get(code="rijk")
    term = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    page = client.get(rijk.get_absolute_url(), term | asked).text
    assert [text for text in said if text not in page] == []


def test_a_certificate_and_bounds_are_tried_too(client, rule):
    asked = {"nature": "works", "value_eur": "900.000.000", "wage_sum_eur": "300.000.000"}
    asked |= {"starts_on": "2026-01-01", "ends_on": "2026-12-31", "certificate": "pso-1"}
    page = client.get(rule.get_absolute_url(), asked).text
    assert "A certificate of the supplier takes 10% off." in page
    assert "€300,000.00" in page


def test_hours_and_turnover_are_said_in_their_own_words(client):
    lines = (Line("turnover", Decimal(5)), Line("hours", Decimal(2)))
    kept = actions.load_rule(replace(SAID, rule=Rule(lines)), by=None, at=NOON)
    page = client.get(kept.get_absolute_url(), {"value_eur": "1"}).text
    assert "grows with each turnover report" in page
    assert "2% of the hours of work under the contract" in page


def test_the_list_is_narrowed(client, rule):
    load()
    page = client.get(where("rule-list"), {"q": "onze", "status": "published"}).text
    assert page.count('class="table__main"') == 1
    assert "Nothing found" in client.get(where("rule-list"), {"q": "zoiets niet"}).text
    assert "Nothing found" not in client.get(where("rule-list"), {"status": "nonsense"}).text


def test_the_list_costs_the_same_for_one_row_and_eight(client, rule):
    with CaptureQueriesContext(connection) as one:
        client.get(where("rule-list"))
    load()
    with CaptureQueriesContext(connection) as eight:
        assert client.get(where("rule-list")).text.count('class="table__main"') == 8
    assert len(one) == len(eight)
