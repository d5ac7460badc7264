"""What an authority holds against work: warned or stopped before it is submitted."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from candidates import actions, entry_rules
from candidates.models import EntryFinding, ShareStatus
from contracts import actions as contract_actions
from contracts.models import EntryRule, EvidenceDemand
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)
LONG_AGO = dt.date(2025, 1, 1)


def rule(condition, limit=None, effect="warn", **facts):
    limit = None if limit is None else Decimal(limit)
    return EntryRule(condition=condition, limit=limit, effect=effect, **facts)


@pytest.mark.parametrize(
    ("condition", "limit", "facts", "measured"),
    [
        ("hours_over", "40", {"most_hours": Decimal(41)}, "41"),
        ("hours_over", "40", {"most_hours": Decimal(40)}, None),
        ("hours_under", "12", {"least_hours": Decimal(8)}, "8"),
        ("hours_under", "12", {"least_hours": Decimal(12)}, None),
        ("months_over", "6", {"months": Decimal("6.03")}, "6.03"),
        ("months_over", "6", {"months": Decimal(6)}, None),
        ("entered_late", "30", {"days_after_end": Decimal(31)}, "31"),
        ("purchase_over", "10000", {"purchase_eur": Decimal("10000.01")}, "10,000.01"),
        ("purchase_over", "10000", {}, None),
        ("starts_early", "0", {"days_before_contract": Decimal(1)}, "1"),
        ("not_informed", None, {"is_informed": False}, "letter"),
        ("not_informed", None, {"is_informed": None}, None),
        ("evidence_missing", None, {"missing_evidence": 1}, "missing"),
        ("works_elsewhere", None, {"other_placements": 1}, "another placement"),
        ("works_elsewhere", None, {}, None),
    ],
)
def test_a_rule_says_what_was_measured(condition, limit, facts, measured):
    found = entry_rules.judge([rule(condition, limit)], entry_rules.Facts(**facts))
    assert [measured in each.sentence for each in found] == ([True] if measured else [])


def test_what_stops_it_comes_first_and_is_said_once():
    rules = [
        rule("hours_over", 36),
        rule("hours_over", 40, "block"),
        rule("not_informed", is_on=False),
        rule("evidence_missing"),
    ]
    facts = entry_rules.Facts(most_hours=Decimal(44), is_informed=False, missing_evidence=2)
    told = [(each.rule.condition, each.is_blocking) for each in entry_rules.judge(rules, facts)]
    assert told == [("hours_over", True), ("evidence_missing", False)]


def kept(authority, by, condition, limit=None, **facts):
    facts.setdefault("valid_from", LONG_AGO)
    made = rule(condition, limit, authority=authority, set_by=by, set_at=NOON, **facts)
    made.save()
    return made


def test_the_version_of_the_day_holds(ministry, other_ministry, ada):
    kept(ministry, ada, "hours_over", 36)
    kept(ministry, ada, "hours_over", 40, valid_from=TODAY)
    kept(ministry, ada, "hours_under", 12)
    kept(ministry, ada, "hours_under", 12, valid_from=TODAY, is_on=False)
    kept(other_ministry, ada, "not_informed")
    assert [each.limit for each in entry_rules.holding(ministry.pk, TODAY - DAY)] == [36, 12]
    assert [each.limit for each in entry_rules.holding(ministry.pk, TODAY)] == [40]


def test_the_facts_of_a_period_are_gathered(placement, ww, sara):
    actions.change_hours(
        placement, by=sara, at=NOON, holds_from=dt.date(2026, 2, 1), hours_per_week=Decimal(20)
    )
    factories.placement(placement.contract, ww, sara, reference="K-02")
    elsewhere = factories.active_contract(
        authority=placement.contract.authority,
        supplier=placement.supplier,
        manager=placement.contract.manager,
        value_table=ww.table,
    )
    facts = actions.PlacementFacts(
        reference="K-01",
        block=ww,
        hours_per_week=Decimal(8),
        starts_on=dt.date(2026, 2, 20),
        contract_form="temporary",
    )
    actions.enter_placement(elsewhere, facts, by=sara, at=NOON)
    period = (dt.date(2026, 1, 1), dt.date(2026, 2, 28))
    found = entry_rules.facts_of_work(placement, period, dt.date(2026, 3, 4))
    assert found == entry_rules.Facts(
        most_hours=Decimal(36),
        least_hours=Decimal(20),
        months=Decimal(2),
        days_after_end=Decimal(4),
        days_before_contract=Decimal(0),
        is_informed=False,
        missing_evidence=1,
        other_placements=1,
    )
    placement.starts_on, placement.ends_on = dt.date(2025, 12, 20), dt.date(2026, 1, 9)
    january = (dt.date(2026, 1, 1), dt.date(2026, 1, 9))
    found = entry_rules.facts_of_work(placement, january, dt.date(2026, 1, 5))
    assert (found.months, found.days_before_contract) == (Decimal("0.68"), Decimal(12))
    assert (found.days_after_end, found.other_placements) == (Decimal(0), 0)
    assert found.most_hours == found.least_hours == Decimal(36)


def test_a_rule_that_blocks_stops_the_submission(draft, ministry, ada, sara):
    kept(ministry, ada, "hours_over", 32, effect="block")
    kept(ministry, ada, "not_informed", effect="block")
    with pytest.raises(actions.EntryRefusedError, match="36 hours a week is more than 32") as told:
        actions.submit_share(draft, by=sara, at=NOON)
    assert "letter" in str(told.value)
    draft.refresh_from_db()
    assert draft.status == ShareStatus.DRAFT


def test_blocking_evidence_is_stated_first(draft, ww, ministry, ada, sara):
    kind = ww.evidence_kinds.get()
    EvidenceDemand.objects.create(
        authority=ministry,
        evidence_kind=kind,
        level="blocking",
        valid_from=LONG_AGO,
        set_by=ada,
        set_at=NOON,
    )
    assert [need.kind for need in actions.blocking_evidence(draft)] == [kind]
    with pytest.raises(actions.EntryRefusedError, match="State this evidence first: Statement"):
        actions.submit_share(draft, by=sara, at=NOON)
    facts = actions.EvidenceFacts(kind=kind, result="seen", seen_on=TODAY)
    actions.state_evidence(draft.contribution.placement, facts, by=sara, at=NOON)
    actions.submit_share(draft, by=sara, at=NOON)
    draft.refresh_from_db()
    assert draft.status == ShareStatus.SUBMITTED


@pytest.mark.usefixtures("noon")
def test_a_warning_goes_along_to_who_checks(draft, ministry, ada, sara, olga, english):
    late = kept(ministry, ada, "entered_late", 2)
    english.sign_in(sara)
    warning = "entered 4 days after the period"
    assert warning in english.get(draft.get_absolute_url()).content.decode()
    actions.submit_share(draft, by=sara, at=NOON)
    (finding,) = EntryFinding.objects.all()
    assert (finding.rule, finding.measured, finding.share) == (late, 4, draft)
    kept(ministry, ada, "entered_late", 2, valid_from=TODAY, is_on=False)
    english.sign_in(olga)
    assert warning in english.get(draft.get_absolute_url()).content.decode()
    actions.return_share(draft, by=olga, at=NOON, question="Klopt dit?")
    draft.refresh_from_db()
    actions.submit_share(draft, by=sara, at=NOON, answer="Ja.")
    assert not EntryFinding.objects.exists()


def test_the_rules_are_said_of_a_period_that_is_only_typed(
    placement, ministry, ada, sara, english, noon
):
    address = reverse("candidates:contribution-new", args=[placement.pk])
    english.sign_in(sara)
    assert "entry rules" not in english.get(address).content.decode()
    kept(ministry, ada, "hours_over", 32, effect="block")
    assert "more than 32" in english.get(address).content.decode()
    typed = {"starts_on": "2026-01-01", "ends_on": "2026-01-31", "pct": "100", "do": "submit"}
    shown = english.post(address, typed).content.decode()
    assert "This cannot be submitted." in shown
    assert "more than 32" not in english.post(address, {**typed, "pct": ""}).content.decode()


# An adviser


def test_a_rule_is_set_from_a_day_on(ministry, ada):
    facts = {"condition": "hours_over", "limit": Decimal(40), "valid_from": TODAY}
    made = contract_actions.set_entry_rule(ministry, facts, by=ada, at=NOON)
    assert entry_rules.holding(ministry.pk, TODAY) == [made]
    with pytest.raises(contract_actions.HoldsAlreadyError, match="later day"):
        contract_actions.discard_entry_rule(made, by=ada, at=NOON)
    past = {**facts, "valid_from": TODAY - DAY}
    with pytest.raises(contract_actions.HoldsAlreadyError, match="what is past"):
        contract_actions.set_entry_rule(ministry, past, by=ada, at=NOON)
    later = {**facts, "valid_from": TODAY + DAY}
    to_come = contract_actions.set_entry_rule(ministry, later, by=ada, at=NOON)
    contract_actions.discard_entry_rule(to_come, by=ada, at=NOON)
    assert EntryRule.objects.get() == made


def test_a_demand_is_set_from_a_day_on(ministry, ada, table):
    kind = table.blocks.get(code="ww").evidence_kinds.get()
    facts = {"evidence_kind": kind, "level": "blocking", "valid_from": TODAY}
    made = contract_actions.set_demand(ministry, facts, by=ada, at=NOON)
    with pytest.raises(contract_actions.HoldsAlreadyError):
        contract_actions.discard_demand(made, by=ada, at=NOON)
    later = {**facts, "valid_from": TODAY + DAY}
    to_come = contract_actions.set_demand(ministry, later, by=ada, at=NOON)
    contract_actions.discard_demand(to_come, by=ada, at=NOON)
    assert EvidenceDemand.objects.get() == made


RULE = {"condition": "hours_over", "limit": "40", "effect": "block", "is_on": "on"}


def test_an_adviser_sets_rules_in_the_browser(english, ada, ministry, noon):
    english.sign_in(ada)
    lists, new = reverse("contracts:entry-rule-list"), reverse("contracts:entry-rule-new")
    assert "No entry rules yet" in english.get(lists).content.decode()
    sent = RULE | {"authority": ministry.pk, "valid_from": "2026-03-04"}
    assert "Say from which limit on" in english.post(new, sent | {"limit": ""}).content.decode()
    key = str(english.get(new).context["form"].fields["form_key"].initial)
    for _click in range(2):
        assert english.post(new, sent | {"form_key": key}).status_code == 302
    first = EntryRule.objects.get()
    same_day = english.post(new, sent).content.decode()
    assert "Choose a later day" in same_day
    past = english.post(new, sent | {"valid_from": "2026-03-03"}).content.decode()
    assert "what is past does not change" in past
    copied = english.get(new, {"rule": first.pk}).context["form"].initial
    assert (copied["condition"], copied["limit"]) == ("hours_over", 40)
    flag = sent | {"condition": "not_informed", "valid_from": "2026-03-05"}
    english.post(new, flag)
    to_come = EntryRule.objects.get(condition="not_informed")
    assert to_come.limit is None
    shown = english.get(lists).content.decode()
    assert "hours a week above 40" in shown
    assert ("holds now" in shown, "holds later" in shown) == (True, True)
    for one in (first, to_come):
        english.post(reverse("contracts:entry-rule-discard", args=[one.pk]))
    assert EntryRule.objects.get() == first


def test_an_adviser_says_how_evidence_is_asked_for(english, ada, ministry, contract, ww, noon):
    english.sign_in(ada)
    lists, new = reverse("contracts:entry-rule-list"), reverse("contracts:demand-new")
    sent = {
        "authority": ministry.pk,
        "evidence_kind": ww.evidence_kinds.get().pk,
        "block": ww.pk,
        "row_kind": "",
        "level": "blocking",
        "within_days": "14",
        "valid_from": "2026-03-04",
    }
    assert "not both" in english.post(new, sent | {"row_kind": "purchase"}).content.decode()
    key = str(english.get(new).context["form"].fields["form_key"].initial)
    for _click in range(2):
        assert english.post(new, sent | {"form_key": key}).status_code == 302
    first = EvidenceDemand.objects.get()
    assert english.get(new, {"demand": first.pk}).context["form"].initial["within_days"] == 14
    english.post(new, sent | {"block": "", "valid_from": "2026-03-05", "within_days": "0"})
    way = {"block": "", "row_kind": "purchase", "valid_from": "2026-03-05", "within_days": "1"}
    english.post(new, sent | way)
    shown = english.get(lists).content.decode()
    for words in ("14 days after", "1 day after", "on the first day", "every row", "bought"):
        assert words in shown
    for one in EvidenceDemand.objects.all():
        english.post(reverse("contracts:demand-discard", args=[one.pk]))
    assert EvidenceDemand.objects.get() == first


@pytest.mark.parametrize("person", ["olga", "piet", "sara"])
def test_only_an_adviser_sets_them(english, person, request, ministry, ada):
    made = kept(ministry, ada, "not_informed", valid_from=dt.date(2100, 1, 1))
    english.sign_in(request.getfixturevalue(person))
    assert english.get(reverse("contracts:entry-rule-new")).status_code == 403
    answer = english.post(reverse("contracts:entry-rule-discard", args=[made.pk]))
    assert answer.status_code == (404 if person == "sara" else 403)
