"""Obligation rules in the database and in the browser: loaded, drafted, published, withdrawn."""

import datetime as dt
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError

from contracts import actions, obligation_rules, rules
from contracts.models import ObligationConcept, ObligationRule, RuleStatus
from contracts.obligation_rules import CertificateEffect, Line, Rule
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON, TODAY
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
