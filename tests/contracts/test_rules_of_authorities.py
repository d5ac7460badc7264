"""Obligation rules in the database and in the browser: loaded, drafted, published, withdrawn."""

import datetime as dt
import io
import re
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts import actions, obligation_rules, rules
from contracts.models import ObligationConcept, ObligationRule, RuleStatus
from contracts.obligation_rules import CertificateEffect, Choices, Clocks, Line, Rule, RuleFile
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.client import PortalClient
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SAID = RuleFile(
    code="onze-regel",
    version="2026",
    publisher="Ministerie van Voorbeelden",
    name="Onze regel",
    source="https://example.org",
    note="Vijf procent.",
    valid_from=dt.date(2026, 1, 1),
    rule=Rule(
        lines=(
            Line("wage_sum", Decimal("5.00"), frozenset({"works", "services"}), Decimal(250_000)),
            Line("contract_value", None, labour_share_from_pct=Decimal(30)),
        ),
        is_from=True,
        minimum_months=6,
        floor_eur=Decimal(1000),
        cap_eur=Decimal(300_000),
        certificates=(CertificateEffect("pso-1", Decimal(10), whole_term=False),),
    ),
    clocks=Clocks(contact_days=3),
    choices=Choices(accepts_unlinked=True),
)


@pytest.fixture
def draft(ministry, ada):
    return actions.draft_rule(ministry, SAID, by=ada, at=NOON, key=uuid.uuid4())


@pytest.fixture
def rule(draft, ada):
    actions.publish_rule(draft, by=ada, at=NOON)
    draft.refresh_from_db()
    return draft


def load(**options):
    said = io.StringIO()
    call_command("load_obligation_rules", stdout=said, **options)
    return said.getvalue()


def verbs(rule):
    events = AuditEvent.objects.filter(object_uuid=rule.uuid).order_by("pk")
    return list(events.values_list("verb", "from_status", "to_status"))


def test_what_is_kept_is_what_was_said(draft, ministry):
    assert actions.told_by(draft) == SAID
    assert (draft.authority, draft.status) == (ministry, RuleStatus.DRAFT)
    assert verbs(draft) == [("draft_rule", "", "draft")]


def test_shipped_rules_are_loaded_once():
    first = load()
    known = set(ObligationRule.objects.values_list("uuid", "revision"))
    assert load() == first
    assert set(ObligationRule.objects.values_list("uuid", "revision")) == known
    assert ObligationRule.objects.published().filter(authority=None).count() == 7
    for read in obligation_rules.shipped_rules():
        kept = ObligationRule.objects.get(code=read.code)
        assert actions.told_by(kept) == read
        assert verbs(kept) == [("load_rule", "draft", "published")]


def test_the_order_of_certificates_makes_no_difference():
    effects = tuple(CertificateEffect(kind, Decimal(10)) for kind in ("pso-2", "pso-1"))
    said = replace(SAID, rule=replace(SAID.rule, certificates=effects))
    kept = actions.load_rule(said, by=None, at=NOON)
    assert actions.load_rule(said, by=None, at=NOON).revision == kept.revision


def test_a_file_that_differs_changes_a_rule_that_nothing_uses():
    actions.load_rule(SAID, by=None, at=NOON)
    kept = actions.load_rule(replace(SAID, note="Anders."), by=None, at=NOON)
    assert (kept.note, kept.lines.count(), kept.status) == ("Anders.", 2, RuleStatus.PUBLISHED)
    assert verbs(kept)[-1] == ("load_rule", "", "")


def test_a_rule_that_a_contract_uses_never_changes(contract):
    kept = actions.load_rule(SAID, by=None, at=NOON)
    ObligationConcept.objects.create(contract=contract, authority=contract.authority, rule=kept)
    assert actions.load_rule(SAID, by=None, at=NOON) == kept
    with pytest.raises(actions.RuleInUseError, match="Contracts were awarded by Onze regel"):
        actions.load_rule(replace(SAID, note="Anders."), by=None, at=NOON)


def test_the_command_says_what_is_wrong(tmp_path, contract):
    (tmp_path / "a.toml").write_text("[rule]\n")
    with pytest.raises(CommandError, match="rule: code is missing"):
        load(folder=tmp_path)
    wrong = """[rule]\ncode = "a"\nversion = "1"\npublisher = "A"\nname = "A"\nsource = "s"
[[lines]]\nbase = "wage_sum"\n[[certificates]]\nkind = "none"\n"""
    (tmp_path / "a.toml").write_text(wrong)
    with pytest.raises(CommandError, match=r"A \(1\): none: Value 'none' is not a valid choice"):
        load(folder=tmp_path)
    assert not ObligationRule.objects.exists()
    right = wrong.split("[[certificates]]", maxsplit=1)[0]
    (tmp_path / "a.toml").write_text(right)
    load(folder=tmp_path)
    kept = ObligationRule.objects.get()
    ObligationConcept.objects.create(contract=contract, authority=contract.authority, rule=kept)
    (tmp_path / "a.toml").write_text(right.replace('"s"', '"t"'))
    with pytest.raises(CommandError, match="Give the file another version number"):
        load(folder=tmp_path)


def test_a_draft_changes_and_names_what_changed(draft, ada):
    actions.change_rule(draft, SAID, by=ada, at=NOON)
    assert len(verbs(draft)) == 1
    wanted = replace(SAID, name="Anders", rule=Rule((Line("hours", Decimal(2)),)))
    changed = actions.change_rule(draft, wanted, by=ada, at=NOON, revision=1)
    assert actions.told_by(changed) == wanted
    assert AuditEvent.objects.get(verb="change_rule").changed == ["name", "rule"]
    with pytest.raises(ChangedMeanwhileError):
        actions.change_rule(draft, SAID, by=ada, at=NOON, revision=1)


def test_a_published_rule_changes_no_more(rule, ada):
    for verb in (actions.discard_rule, actions.publish_rule):
        with pytest.raises(IllegalMoveError, match="it now has the status “published”"):
            verb(rule, by=ada, at=NOON)
    with pytest.raises(IllegalMoveError):
        actions.change_rule(rule, SAID, by=ada, at=NOON)


def test_a_copy_is_a_draft_of_ones_own_without_a_day(rule, other_ministry, ada):
    copies = [
        actions.copy_rule(rule, other_ministry, by=ada, at=NOON, key=uuid.uuid4())
        for _number in range(3)
    ]
    assert [copy.version for copy in copies] == ["2026", "2026-2", "2026-3"]
    told = actions.told_by(copies[0])
    assert told == replace(SAID, publisher=other_ministry.name, valid_from=None)
    assert (copies[0].authority, copies[0].status) == (other_ministry, RuleStatus.DRAFT)
    with pytest.raises(actions.RuleIncompleteError, match="from which day of award it holds"):
        actions.publish_rule(copies[0], by=ada, at=NOON)


def test_a_rule_without_lines_is_not_published(ministry, ada):
    empty = replace(SAID, rule=Rule())
    draft = actions.draft_rule(ministry, empty, by=ada, at=NOON, key=uuid.uuid4())
    with pytest.raises(actions.RuleIncompleteError, match="at least one line"):
        actions.publish_rule(draft, by=ada, at=NOON)


def test_a_version_exists_once(draft, ministry, ada):
    with pytest.raises(ValidationError, match="This version of the rule exists already"):
        actions.draft_rule(ministry, SAID, by=ada, at=NOON, key=uuid.uuid4())


def test_a_draft_is_thrown_away(draft, ada):
    actions.discard_rule(draft, by=ada, at=NOON)
    assert not ObligationRule.objects.exists()
    assert verbs(draft)[-1] == ("discard_rule", "draft", "")


def test_a_withdrawn_rule_proposes_no_more(rule, ada, contract):
    assert actions.rules_for(contract, dt.date(2025, 12, 31)) == []
    assert actions.rules_for(contract, TODAY) == [rule]
    actions.withdraw_rule(rule, by=ada, at=NOON, reason="Nieuw beleid.")
    assert actions.rules_for(contract, TODAY) == []


def test_the_newest_version_of_own_rules_comes_first_then_used_ones(rule, ada, contract, zuid):
    load()
    newer = replace(SAID, version="2026-2", valid_from=dt.date(2026, 2, 1))
    newest = actions.draft_rule(contract.authority, newer, by=ada, at=NOON, key=uuid.uuid4())
    actions.publish_rule(newest, by=ada, at=NOON)
    later = replace(SAID, version="2027", valid_from=dt.date(2027, 1, 1))
    future = actions.draft_rule(contract.authority, later, by=ada, at=NOON, key=uuid.uuid4())
    actions.publish_rule(future, by=ada, at=NOON)
    used = ObligationRule.objects.get(code="tilburg")
    another = factories.ContractFactory(
        authority=contract.authority, supplier=zuid, officer=contract.officer
    )
    ObligationConcept.objects.create(contract=another, authority=contract.authority, rule=used)
    found = actions.rules_for(contract, TODAY)
    assert found[:2] == [newest, used]
    assert len(found) == 8


def test_a_rule_that_comes_with_the_portal_is_nobodys_to_change(rule, ada, otto):
    shipped = actions.load_rule(SAID, by=None, at=NOON)
    assert not rules.may_change_rule(ada, shipped)
    assert rules.may_change_rule(ada, rule)
    assert not rules.may_change_rule(otto, rule)


# Pages


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
        ({"lines-2-percentage": "5"}, "This field is required"),
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
