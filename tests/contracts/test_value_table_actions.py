"""A value table from draft to published to withdrawn, by two people (E02)."""

import datetime as dt
import uuid
from dataclasses import fields, replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from contracts import actions, kept_tables, rules, toml_tables, valuation
from contracts.forms import BonusForm, LimitForm, RowForm, SettingsForm
from contracts.kept_tables import changing, words
from contracts.models import Block, ValueTable, ValueTableStatus
from contracts.toml_tables import Limit, RowKind, Status, TableError
from contracts.valuation import Unit
from sroi_portal.core.models import AuditEvent, Outgoing, Remark
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def read(table):
    """What the table of the tests says, as a second version."""
    found = kept_tables.of(table)
    terms = replace(found.terms, version="2", valid_from=dt.date(2027, 1, 1))
    rows = tuple(
        replace(row, block=replace(row.block, label_nl=row.block.code, label_en=row.block.code))
        for row in found.rows
    )
    return replace(found, terms=terms, rows=rows, source="https://example.org/t")


@pytest.fixture
def draft(read, ada):
    return actions.draft_value_table(read, by=ada, at=NOON)


@pytest.fixture
def proposed(draft, ada):
    actions.propose_value_table(draft, by=ada, at=NOON)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def ali(ministry):
    """Advises too."""
    user = factories.UserFactory(name="Ali", email="ali@example.org")
    factories.RoleAssignmentFactory(user=user, authority=ministry, role="adviser")
    return user


def events(table):
    found = AuditEvent.objects.filter(object_uuid=table.uuid).order_by("pk")
    return [(event.verb, event.from_status, event.to_status, event.changed) for event in found]


def test_a_draft_says_what_was_wanted(draft, read):
    assert draft.status == ValueTableStatus.DRAFT
    assert kept_tables.is_same(kept_tables.of(draft), replace(read, status=Status.DRAFT))
    assert events(draft) == [("draft_value_table", "", "draft", [])]


def test_what_a_file_says_comes_back_whole(ada):
    for shipped in toml_tables.shipped().tables:
        actions.load_evidence_kinds(toml_tables.shipped().evidence_kinds)
        actions.load_target_groups(toml_tables.shipped().target_groups)
        made = actions.draft_value_table(shipped, by=ada, at=NOON)
        assert kept_tables.counts_same(kept_tables.of(made), shipped)
        assert kept_tables.of(made).as_published == shipped.as_published


def test_the_same_version_twice_is_refused(draft, read, ada):
    with pytest.raises(ValidationError, match="exists already"):
        actions.draft_value_table(read, by=ada, at=NOON, key=uuid.uuid4())


def test_a_change_names_the_parts_that_differ(draft, read, ada):
    wanted = changing.put(kept_tables.of(draft), "limits", Limit("l", "L", "L", Decimal(50)))
    actions.change_value_table(draft, wanted, by=ada, at=NOON, revision=draft.revision)
    draft.refresh_from_db()
    assert kept_tables.of(draft) == wanted
    assert events(draft)[-1] == ("change_value_table", "", "", ["limits"])
    actions.change_value_table(draft, wanted, by=ada, at=NOON, revision=draft.revision)
    assert len(events(draft)) == 2


def test_an_old_page_changes_nothing(draft, read, ada):
    with pytest.raises(ChangedMeanwhileError):
        actions.change_value_table(draft, read, by=ada, at=NOON, revision=99)


def test_only_a_draft_changes(proposed, read, ada):
    for verb in (actions.discard_value_table, actions.propose_value_table):
        with pytest.raises(IllegalMoveError):
            verb(proposed, by=ada, at=NOON)
    with pytest.raises(IllegalMoveError):
        actions.change_value_table(proposed, read, by=ada, at=NOON)


def test_a_draft_is_thrown_away_and_remembered(draft, ada):
    actions.discard_value_table(draft, by=ada, at=NOON)
    assert not ValueTable.objects.filter(uuid=draft.uuid).exists()
    assert events(draft)[-1] == ("discard_value_table", "draft", "", [])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source": "javascript:alert(1)"}, "must be an address"),
        ({"rows": "bsn"}, "row 1 (ww): this looks like a citizen service number"),
        ({"rows": "long"}, "row 1 (ww): label_nl"),
        ({"bonuses": "long"}, "extra 1 (permanent): label_nl"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_row_and_reason(read, ada, change, said):
    texts = {"bsn": "Voor 111222333", "long": "x" * 201}
    name, value = next(iter(change.items()))
    if name == "rows":
        block = replace(read.rows[0].block, label_nl=texts[value])
        value = (replace(read.rows[0], block=block),)
    elif name == "bonuses":
        bonus = replace(read.bonuses[0].bonus, label_nl=texts[value])
        value = (replace(read.bonuses[0], bonus=bonus),)
    with pytest.raises(TableError) as refused:
        actions.draft_value_table(replace(read, **{name: value}), by=ada, at=NOON)
    assert said in str(refused.value)


def test_what_is_missing_is_named_before_it_is_proposed(read, ada):
    terms = replace(read.terms, valid_from=None)
    block = replace(read.rows[0].block, value_eur=None)
    wanted = replace(read, terms=terms, rows=(replace(read.rows[0], block=block),))
    table = actions.draft_value_table(wanted, by=ada, at=NOON)
    with pytest.raises(TableError) as refused:
        actions.propose_value_table(table, by=ada, at=NOON)
    assert "(ww): full_time_year needs a value" in str(refused.value)
    assert "does not say from which day of award" in str(refused.value)


def test_a_colleague_publishes_and_the_proposer_hears_of_it(proposed, ali, ada):
    actions.approve_value_table(proposed, by=ali, at=NOON, revision=proposed.revision)
    proposed.refresh_from_db()
    assert (proposed.status, proposed.approved_by, proposed.published_at) == (
        ValueTableStatus.PUBLISHED,
        ali,
        NOON,
    )
    assert events(proposed)[-1] == ("approve_value_table", "proposed", "published", [])
    mail = Outgoing.objects.get()
    assert mail.to_address == ada.email
    assert proposed.get_absolute_url() in mail.body


def test_who_proposes_does_not_approve_either_way(proposed, ada):
    """table_four_eyes."""
    assert not rules.may_approve_value_table(ada, proposed)
    with pytest.raises(ValidationError, match="Somebody else"):
        actions.approve_value_table(proposed, by=ada, at=NOON)


def test_a_draft_is_not_approved(draft, ali):
    with pytest.raises(IllegalMoveError):
        actions.approve_value_table(draft, by=ali, at=NOON)


def test_an_administrator_approves_and_an_auditor_does_not(proposed, adam, anna, piet):
    assert rules.may_approve_value_table(adam, proposed)
    assert not rules.may_approve_value_table(anna, proposed)
    assert not rules.may_approve_value_table(piet, proposed)


def test_a_proposal_goes_back_with_a_remark(proposed, ali, ada):
    actions.return_value_table(proposed, by=ali, at=NOON, remark="De WW-rij klopt niet.")
    proposed.refresh_from_db()
    assert proposed.status == ValueTableStatus.DRAFT
    assert [remark.text for remark in Remark.objects.all()] == ["De WW-rij klopt niet."]
    assert Outgoing.objects.get().to_address == ada.email


def test_who_takes_a_proposal_back_gets_no_mail(proposed, ada):
    actions.return_value_table(proposed, by=ada, at=NOON, remark="Toch nog niet.")
    assert not Outgoing.objects.exists()


def test_a_withdrawn_table_is_offered_to_nobody(table, ali):
    assert table in ValueTable.objects.valid_on(NOON.date())
    actions.withdraw_value_table(table, by=ali, at=NOON, remark="Vervangen.")
    assert table not in ValueTable.objects.valid_on(NOON.date())
    assert events(table) == [("withdraw_value_table", "published", "withdrawn", [])]


def test_the_newest_version_that_holds_is_the_one(table):
    day = NOON.date()
    undated = factories.value_table(code=table.code, version="0", valid_from=None)
    newer = factories.value_table(code=table.code, version="2", valid_from=day)
    later = factories.value_table(code=table.code, version="3", valid_from=dt.date(2099, 1, 1))
    other = factories.value_table(valid_from=None)
    assert set(ValueTable.objects.valid_on(day)) == {newer, other}
    assert set(ValueTable.objects.valid_on(dt.date(2026, 3, 3))) == {table, other}
    assert set(ValueTable.objects.valid_on(dt.date(2019, 1, 1))) == {undated, other}
    assert set(ValueTable.objects.valid_on(dt.date(2100, 1, 1))) == {later, other}


def test_names_follow_what_they_name(read):
    limited = changing.put(read, "limits", Limit("l", "L", "L", Decimal(50)))
    row = replace(limited.rows[0], limit="l")
    bonus = replace(limited.bonuses[0], rows=("ww", "p-wet"))
    limited = changing.put(changing.put(limited, "rows", row, "ww"), "bonuses", bonus, "permanent")

    renamed = replace(row, block=replace(row.block, code="ww-new"))
    changed = changing.put(limited, "rows", renamed, "ww")
    assert changed.bonuses[0].rows == ("ww-new", "p-wet")
    changed = changing.put(changed, "limits", Limit("m", "M", "M", Decimal(25)), "l")
    assert (changed.rows[0].limit, changed.rows[0].block.limit_pct) == ("m", Decimal(25))
    assert changing.without(changed, "rows", "p-wet").bonuses[0].rows == ("ww-new",)
    with pytest.raises(kept_tables.StillNamedError, match="“ww-new” falls under"):
        changing.without(changed, "limits", "m")
    alone = changing.without(changed, "rows", "p-wet")
    with pytest.raises(kept_tables.StillNamedError, match="for this row alone"):
        changing.without(alone, "rows", "ww-new")
    assert changing.without(alone, "bonuses", "permanent").bonuses == ()


def test_parts_change_places_within_bounds(read):
    def codes(table):
        return [row.block.code for row in table.rows]

    assert codes(changing.moved(read, "rows", "ww", up=False)) == ["p-wet", "ww"]
    assert codes(changing.moved(read, "rows", "ww", up=True)) == ["ww", "p-wet"]
    assert codes(changing.moved(read, "rows", "p-wet", up=False)) == ["ww", "p-wet"]
    assert codes(changing.moved(read, "rows", "gone", up=True)) == ["ww", "p-wet"]


def test_the_highest_bonus_alone_may_count(read):
    highest = changing.let_highest_count(read, is_wanted=True)
    assert changing.highest_counts(highest)
    assert changing.let_highest_count(highest, is_wanted=False) == read
    grouped = replace(read.bonuses[0], bonus=replace(read.bonuses[0].bonus, highest_of="age"))
    kept = changing.put(read, "bonuses", grouped, "permanent")
    assert changing.let_highest_count(kept, is_wanted=False) == kept


def test_what_differs_is_told_per_row(read):
    row = replace(read.rows[0], block=replace(read.rows[0].block, value_eur=Decimal(30_000)))
    added = replace(read.rows[1], block=replace(read.rows[1].block, code="new"))
    other = replace(
        read,
        terms=replace(read.terms, norm_hours=Decimal(40), norm_assumed=False),
        rows=(row, added),
        bonuses=(),
    )
    found = kept_tables.compare(read, other, words.names())
    assert [(part.code, part.side) for part in found.rows] == [
        ("ww", "different"),
        ("p-wet", "left"),
        ("new", "right"),
    ]
    differing = [pair for pair in found.rows[0].pairs if pair.differs]
    assert [(pair.label, pair.left, pair.right) for pair in differing] == [
        ("Value", "€20,000.00", "€30,000.00")
    ]
    assert next(pair.label for pair in found.settings if pair.differs) == "Full-time week"
    assert found.counts == {"same": 0, "different": 1, "left": 2, "right": 1}
    same = kept_tables.compare(read, read, words.names())
    assert same.counts == {"same": 3, "different": 0, "left": 0, "right": 0}
    assert same.settings_differ == 0


def test_every_field_of_a_table_has_words():
    for kind in (valuation.Block, valuation.Bonus, toml_tables.Row, Limit):
        named = {each.name for each in fields(kind)} - {"block", "bonus"}
        assert named - set(words.LABELS) == set(), kind
    assert words.say("counts_max_months", 1) == "1 month"
    assert words.say("counts_always", True) == "yes"  # noqa: FBT003 - a fact, not a switch
    assert words.say("valid_from", None) == ""


def test_every_field_of_a_table_can_be_typed(read):
    """A new setting of the valuation is not forgotten in the browser."""
    limited = changing.put(read, "limits", Limit("l", "L", "L", Decimal(50)))
    limited = replace(limited, terms=replace(limited.terms, counts_max_months=24))
    typed = {
        name
        for what, unit in ((RowKind.PLACEMENT, Unit.MONTH), (RowKind.PURCHASE, Unit.INVOICE_SHARE))
        for name in RowForm(table=limited, what=what, unit=unit).fields
    }
    assert {each.name for each in fields(valuation.Block)} - {"unit", "limit_pct"} <= typed
    assert {each.name for each in fields(toml_tables.Row)} - {"block", "kind"} <= typed
    assert {each.name for each in fields(valuation.Bonus)} <= set(BonusForm(table=limited).fields)
    assert {each.name for each in fields(Limit)} <= set(LimitForm(table=limited).fields)
    settings = set(SettingsForm(table=limited).fields) | {"table", "norm_assumed"}
    assert {each.name for each in fields(valuation.Terms)} <= settings


def test_a_row_of_a_published_table_counts_as_it_is_typed(draft):
    block = Block.objects.get(table=draft, code="ww")
    assert block.as_terms() == kept_tables.of(draft).rows[0].block
