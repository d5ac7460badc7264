"""Value tables in the browser: typed, copied, changed, proposed and published."""

import re
from decimal import Decimal

import pytest

from contracts import actions, kept_tables
from contracts.models import ValueTable, ValueTableStatus
from sroi_portal.core.models import AuditEvent, Outgoing
from tests.conftest import NOON
from tests.contracts.table_drafts import SETTINGS, address, revision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ROW = {
    "label_nl": "WW korter dan een jaar",
    "label_en": "Unemployment benefit, less than a year",
    "target_group": "ww",
    "value_eur": "15.000",
    "staff": "new",
    "prorata_hours": "on",
    "counts_max_months": "12",
    "minimum_hours_per_week": "12",
    "evidence_kinds": ["hour-statement"],
}
BONUS = {
    "label_nl": "50 of ouder",
    "label_en": "50 or over",
    "value_eur": "5000",
    "prorata": "no",
    "age": "50",
    "age_operator": ">=",
    "conditions": "seen, checked",
    "rows": ["ww"],
}


def test_a_table_is_typed_from_nothing(adviser):
    answer = adviser.post(address("new"), SETTINGS)
    table = ValueTable.objects.get()
    assert answer.url == address("edit", table.pk)
    terms = table.as_terms()
    assert (terms.norm, terms.part_months, terms.look_back_always) == (
        (Decimal("37.5"), False),
        "year_days",
        True,
    )
    assert kept_tables.of(table).as_published == {"part_months"}
    page = adviser.get(answer.url).text
    assert "Nothing counts yet. Add the first row." in page
    assert "the table has no rows" in page


def test_a_double_click_makes_one_table(adviser):
    key = re.search(r'name="form_key" value="([^"]*)"', adviser.get(address("new")).text)[1]
    answers = [adviser.post(address("new"), SETTINGS | {"form_key": key}) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert ValueTable.objects.count() == 1


def test_without_a_norm_36_hours_are_assumed(adviser):
    adviser.post(address("new"), SETTINGS | {"norm_hours": ""})
    assert ValueTable.objects.get().as_terms().norm == (Decimal(36), True)


def test_a_version_that_exists_is_refused_and_nothing_typed_is_lost(adviser, table):
    typed = SETTINGS | {"code": table.code, "version": table.version, "name": "Mijn naam"}
    page = adviser.post(address("new"), typed).text
    assert "This version of the table exists already." in page
    assert 'value="Mijn naam"' in page
    page = adviser.post(address("copy", table.pk), {"code": table.code, "version": "1"}).text
    assert "This version of the table exists already." in page


def test_a_copy_has_all_rows_and_leaves_the_old_one(draft, table):
    assert [block.code for block in draft.blocks.all()] == ["ww", "p-wet"]
    assert draft.status == ValueTableStatus.DRAFT
    table.refresh_from_db()
    assert (table.version, table.status) == ("1", ValueTableStatus.PUBLISHED)


def test_settings_change_and_an_old_page_is_told(adviser, draft):
    typed = SETTINGS | {"bonuses_count": "highest", "revision": draft.revision}
    answer = adviser.post(address("settings", draft.pk), typed)
    assert answer.url == address("edit", draft.pk)
    assert draft.bonuses.get().as_terms().highest_of == "all"
    page = adviser.post(address("settings", draft.pk), typed | {"name": "Later"})
    assert "Somebody changed this" in page.text
    assert 'value="Later"' in page.text
    newest = re.search(r'name="revision" value="(\d+)"', page.text)[1]
    adviser.post(address("settings", draft.pk), typed | {"name": "Later", "revision": newest})
    draft.refresh_from_db()
    assert draft.name == "Later"


def test_a_row_asks_what_its_unit_needs(adviser, draft):
    where = address("part-new", draft.pk, "rows")
    assert "What does it count for?" in adviser.get(where).text
    person = adviser.get(where, {"kind": "placement", "unit": "full_time_year"}).text
    bought = adviser.get(where, {"kind": "purchase", "unit": "invoice_share"}).text
    assert 'name="minimum_hours_per_week"' in person
    assert 'name="recognition_pct"' not in person
    assert 'name="recognition_pct"' in bought
    for name in ("value_eur", "minimum_hours_per_week", "target_group", "staff"):
        assert f'name="{name}"' not in bought
    assert "What does it count for?" in adviser.get(where, {"unit": "nothing"}).text


def test_a_row_is_added_changed_and_removed(adviser, draft):
    where = address("part-new", draft.pk, "rows") + "?kind=placement&unit=full_time_year"
    answer = adviser.post(where, ROW | revision(draft))
    code = "ww-korter-dan-een-jaar"
    assert answer.url == f"{address('edit', draft.pk)}#rows-{code}"
    block = draft.blocks.get(code=code)
    terms = block.as_terms()
    assert (block.position, block.value_eur, terms.counts_max_months) == (3, Decimal(15_000), 12)
    assert (terms.minimum_hours_per_week, terms.prorata_hours) == (Decimal(12), True)
    assert (block.privacy_class, block.terms["staff"]) == ("delicate", "new")
    assert [kind.code for kind in block.evidence_kinds.all()] == ["hour-statement"]

    edit = address("part-edit", draft.pk, "rows", code)
    assert 'value="15000,00"' not in adviser.get(edit).text  # in English
    typed = ROW | revision(draft) | {"code": code, "value_eur": "16.000", "counts_max_months": ""}
    adviser.post(edit, typed)
    assert draft.blocks.get(code=code).value_eur == Decimal(16_000)

    adviser.post(address("part-move", draft.pk, "rows", code), revision(draft) | {"up": "1"})
    assert [block.code for block in draft.blocks.all()] == ["ww", code, "p-wet"]
    adviser.post(address("part-remove", draft.pk, "rows", code), revision(draft))
    assert [block.code for block in draft.blocks.all()] == ["ww", "p-wet"]
    changes = AuditEvent.objects.filter(verb="change_value_table")
    assert set(map(tuple, changes.values_list("changed", flat=True))) == {("rows",)}


def test_another_unit_takes_away_what_it_does_not_need(adviser, draft):
    edit = address("part-edit", draft.pk, "rows", "ww") + "?kind=purchase&unit=invoice_share"
    typed = {"label_nl": "Inkoop", "label_en": "Purchase", "code": "ww", "recognition_pct": "50"}
    adviser.post(edit, typed | revision(draft))
    block = draft.blocks.get(code="ww")
    assert (block.kind, block.group, block.value_eur) == ("purchase", None, None)
    assert block.as_terms().recognition_pct == Decimal(50)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value_eur": ""}, "This field is required."),
        ({"code": "p-wet"}, "This code is in use in this table."),
        ({"counts_always": "on"}, "not both"),
        ({"privacy": "ordinary"}, "milder than that of the target group"),
        ({"benefit_from_months": "24", "benefit_until_months": "12"}, "ends before it begins"),
        ({"label_nl": "Voor 111222333"}, "BSN"),
    ],
)
def test_a_row_with_a_mistake_is_refused_in_words(adviser, draft, typed, said):
    where = address("part-new", draft.pk, "rows") + "?kind=placement&unit=month"
    page = adviser.post(where, ROW | revision(draft) | typed).text
    assert said in page
    assert "Unemployment benefit, less than a year" in page
    assert draft.blocks.count() == 2


def test_a_bonus_is_added_and_changed(adviser, draft):
    adviser.post(address("part-new", draft.pk, "bonuses"), BONUS | revision(draft))
    bonus = draft.bonuses.get(code="50-of-ouder")
    terms = bonus.as_terms()
    assert (terms.age, terms.prorata, terms.conditions) == (50, False, ("seen", "checked"))
    assert bonus.applies_to == ["ww"]
    edit = address("part-edit", draft.pk, "bonuses", bonus.code)
    assert 'value="seen checked"' in adviser.get(edit).text
    adviser.post(edit, BONUS | revision(draft) | {"code": bonus.code, "rows": [], "prorata": "yes"})
    changed = draft.bonuses.get(code=bonus.code)
    assert (changed.applies_to, changed.as_terms().prorata) == ([], True)
    wrong = BONUS | revision(draft) | {"conditions": "n%t"}
    assert "letters, digits and dashes only" in adviser.post(edit, wrong).text


def test_a_limit_binds_the_rows_under_it(adviser, draft):
    typed = {"label_nl": "Leren", "label_en": "Learning", "code": "learn", "pct": "50"}
    adviser.post(address("part-new", draft.pk, "limits"), typed | revision(draft))
    row = address("part-edit", draft.pk, "rows", "ww")
    adviser.post(row, ROW | {"code": "ww", "limit": "learn"} | revision(draft))
    assert draft.blocks.get(code="ww").as_terms().limit_pct == Decimal(50)
    adviser.post(
        address("part-edit", draft.pk, "limits", "learn"), typed | {"pct": "25"} | revision(draft)
    )
    assert draft.blocks.get(code="ww").as_terms().limit_pct == Decimal(25)
    gone = address("part-remove", draft.pk, "limits", "learn")
    page = adviser.post(gone, revision(draft), follow=True).text
    assert "The row “ww” falls under this limit." in page


def test_a_button_of_an_old_page_changes_nothing(adviser, draft):
    where = address("part-move", draft.pk, "rows", "ww")
    page = adviser.post(where, {"down": "1", "revision": "99"}, follow=True).text
    assert "Somebody changed this" in page
    assert [block.code for block in draft.blocks.all()] == ["ww", "p-wet"]


@pytest.mark.parametrize(("kind", "code"), [("wheels", "ww"), ("rows", "gone")])
def test_what_is_not_there_is_not_found(adviser, draft, kind, code):
    assert adviser.get(address("part-edit", draft.pk, kind, code)).status_code == 404


def test_what_is_published_is_copied_instead(adviser, table):
    for name in ("edit", "settings"):
        page = adviser.get(address(name, table.pk), follow=True).text
        assert "Only a draft can be changed." in page
    assert adviser.get(address("part-new", table.pk, "rows")).url == table.get_absolute_url()
    edit = address("part-edit", table.pk, "rows", "ww")
    assert adviser.get(edit).url == table.get_absolute_url()
    adviser.post(address("part-remove", table.pk, "rows", "ww"), {"revision": table.revision})
    assert table.blocks.count() == 2


def test_two_people_publish_a_table(client, sound, ada, adam):
    where = address("propose", sound.pk)
    assert "Propose it" in client.get(where).text
    client.post(where, revision(sound))
    page = client.get(sound.get_absolute_url())
    assert "waiting for approval" in page.text
    assert client.get(address("approve", sound.pk)).status_code == 403

    client.sign_in(adam)
    back = client.post(address("return", sound.pk), {"reason": "Kijk nog eens."} | revision(sound))
    assert back.url == sound.get_absolute_url()
    assert "Kijk nog eens." in client.get(back.url).text
    client.sign_in(ada)
    client.post(where, revision(sound))
    client.sign_in(adam)
    assert "Publish it" in client.get(address("approve", sound.pk)).text
    client.post(address("approve", sound.pk), revision(sound))
    sound.refresh_from_db()
    assert (sound.status, sound.approved_by) == (ValueTableStatus.PUBLISHED, adam)
    assert Outgoing.objects.filter(to_address=ada.email).count() == 2
    client.logout()
    assert client.get(sound.get_absolute_url()).status_code == 200


def test_a_second_click_on_propose_does_nothing(adviser, sound):
    typed = revision(sound)
    answers = [adviser.post(address("propose", sound.pk), typed) for _ in range(2)]
    assert {answer.url for answer in answers} == {sound.get_absolute_url()}
    assert AuditEvent.objects.filter(verb="propose_value_table").count() == 1
    page = adviser.get(address("propose", sound.pk), follow=True).text
    assert "it now has the status “waiting for approval”" in page


def test_what_changed_meanwhile_is_not_approved(client, sound, ada, adam):
    actions.propose_value_table(sound, by=ada, at=NOON)
    client.sign_in(adam)
    page = client.post(address("approve", sound.pk), {"revision": "0"})
    assert "Somebody changed this" in page.text
    typed = {"reason": "Kijk.", "revision": "0"}
    page = client.post(address("return", sound.pk), typed).text
    assert "Somebody changed this" in page
    assert "Kijk." in page


def test_a_draft_with_gaps_is_not_proposed(adviser, draft):
    page = adviser.get(address("propose", draft.pk)).text
    assert "does not say from which day of award" in page
    page = adviser.post(address("propose", draft.pk), revision(draft)).text
    assert "does not say from which day of award" in page
    draft.refresh_from_db()
    assert draft.status == ValueTableStatus.DRAFT


def test_a_draft_is_thrown_away_after_a_question(adviser, draft):
    assert "cannot be undone" in adviser.get(address("discard", draft.pk)).text
    answer = adviser.post(address("discard", draft.pk), revision(draft))
    assert answer.url == address("list")
    assert not ValueTable.objects.filter(pk=draft.pk).exists()


def test_a_table_is_withdrawn_with_a_reason(adviser, table, piet):
    typed = {"reason": "", "revision": table.revision}
    page = adviser.post(address("withdraw", table.pk), typed).text
    assert "This field is required." in page
    typed["reason"] = "Vervangen."
    adviser.post(address("withdraw", table.pk), typed)
    page = adviser.get(table.get_absolute_url()).text
    assert "Vervangen." in page
    adviser.sign_in(piet)
    assert "withdrawn: no longer for new contracts" in adviser.get(table.get_absolute_url()).text
