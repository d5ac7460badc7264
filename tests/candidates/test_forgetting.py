"""People of a contract that is over go, with why they counted; amounts and caps stay (K02, N28)."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from candidates import actions, retention, worth
from candidates.models import (
    Candidate,
    CandidateCode,
    Contribution,
    DetailsGoneError,
    EntryFinding,
    Evidence,
    Placement,
    Removal,
    RemovalPart,
    Share,
    UsedMonth,
    Visit,
    WeeklyHours,
)
from contracts import fulfilment
from contracts.models import Contract, EntryRule, LedgerEntry, TableBonus
from reports import fixed_tables
from reports.fixed_tables import Period
from reports.models import TableKind
from sroi_portal.core.models import AuditEvent, Remark
from tests import factories
from tests.candidates import walking
from tests.conftest import NOON, TODAY
from tests.core.uploads.hostile_files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "media")]
DAY = dt.timedelta(days=1)
TERM = dt.datetime(2028, 1, 1, 12, tzinfo=NOON.tzinfo)  # the contract ended on 31 December 2026
GONE = (Placement, WeeklyHours, Evidence, Candidate, CandidateCode, EntryFinding)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMAV, settings.ALLOW_UNSCANNED = tmp_path, "", True


@pytest.fixture
def seen(placement, ww, ministry, sara, olga):
    """January is verified with a bonus, February rejected; somebody looked, a file shows the work."""
    bonus = TableBonus.objects.get(table=ww.table, code="permanent")
    bonus.terms |= {"prorata": False}
    bonus.save()
    Placement.objects.filter(pk=placement.pk).update(bonus_codes=["permanent"])
    placement.refresh_from_db()
    file = SimpleUploadedFile("uren.pdf", pdf())
    kind = ww.evidence_kinds.get()
    until = {"valid_until": TODAY + DAY}
    facts = actions.EvidenceFacts(kind=kind, result="seen", seen_on=TODAY, file=file, **until)
    actions.state_evidence(placement, facts, by=sara, at=NOON)
    later = actions.EvidenceFacts(kind=kind, result="seen", seen_on=TODAY)
    assert actions.state_evidence(placement, later, by=sara, at=NOON).renews
    share = walking.claimed(placement, sara, walking.JANUARY)
    actions.verify_share(share, by=olga, at=NOON)
    wrong = walking.claimed(placement, sara, walking.FEBRUARY)
    actions.reject_share(wrong, by=olga, at=NOON, reason="De uren kloppen niet.")
    Visit.objects.create(
        contract=placement.contract,
        authority=ministry,
        supplier=placement.supplier,
        placement=placement,
        visited_on=TODAY,
        persons="agrees",
        work="agrees",
        hours="agrees",
        conclusion="in_order",
        recorded_by=olga,
        recorded_at=NOON,
    )
    share.refresh_from_db()
    return share


@pytest.fixture
def second(ministry, noord, piet, cora, table):
    """A contract of the same supplier that goes on for years."""
    return factories.active_contract(
        authority=ministry,
        supplier=noord,
        officer=piet,
        manager=cora,
        value_table=table,
        ends_on=dt.date(2031, 12, 31),
    )


def night(at=TERM):
    actions.announce_removals(by=None, at=at - 28 * DAY)
    actions.remove_details(by=None, at=at)


def figures():
    """Say what counts, whoever it was."""
    return (
        list(Share.objects.order_by("pk").values("status", "value_eur", "hours", "pct")),
        list(Contribution.objects.order_by("pk").values("kind", "starts_on", "ends_on")),
        LedgerEntry.objects.aggregate(total=Sum("quantity")),
    )


def test_who_it_was_and_why_it_counted_go_and_amounts_stay(seen, contract):
    """R-426, N28: no row that is left links a group of people to a person."""
    quarter = Period(dt.date(2026, 1, 1), dt.date(2026, 3, 31), TableKind.QUARTER)
    fixed_tables.publish(quarter, at=TERM - 400 * DAY)
    before, words = figures(), Remark.objects.count()
    with transaction.atomic():
        night()
    assert {model.__name__: model.objects.count() for model in GONE} == {
        model.__name__: 0 for model in GONE
    }
    assert figures() == before
    assert set(Share.objects.values_list("block", "valuation")) == {(None, None)}
    assert set(Contribution.objects.values_list("placement", "removed_at")) == {(None, TERM)}
    assert Visit.objects.get().placement is None
    assert Remark.objects.count() < words
    assert fulfilment.different_from_ledger() == []
    assert list(fixed_tables.differences()) == []
    assert not AuditEvent.objects.filter(verb="forget_people", remark_uuid__isnull=False).exists()
    removal = Removal.objects.get(part=RemovalPart.PEOPLE)
    assert removal.counts == {
        "placements": 1,
        "weekly hours": 1,
        "evidence": 2,
        "parts without a person": 2,
        "references": 1,
    }
    assert not Removal.objects.announced().exists()


def test_the_file_goes_with_its_statement(seen, django_capture_on_commit_callbacks):
    file = Evidence.objects.exclude(file="").get().file.name
    assert default_storage.exists(file)
    with django_capture_on_commit_callbacks(execute=True):
        night()
    assert not default_storage.exists(file)


def test_no_column_of_a_person_names_a_group_afterwards(seen, ww):
    """N28: what is left of a person is a hash, and no row with it names a group or a row."""
    night()
    for model in apps.get_app_config("candidates").get_models():
        names = {field.attname for field in model._meta.concrete_fields}
        for row in model._default_manager.values(*names):
            is_of_person = bool(row.get("reference_hash") or row.get("candidate_id"))
            told = {row.get("block_id"), row.get("group_code") or None} - {None}
            assert not (is_of_person and told), (model, row)


def test_months_and_bonuses_that_were_given_still_count(seen, second, ww, noord, sara):
    """R-011, R-426: a cap runs over all contracts, also when the details of one are gone."""
    before = worth.used_by_reference(second, noord, "K-01", ww)
    assert before.full_time > 0
    assert before.bonuses == {"permanent"}
    night()
    assert worth.used_by_reference(second, noord, "K-01", ww) == before
    other = ww.table.blocks.get(code="p-wet")
    elsewhere = worth.used_by_reference(second, noord, "K-01", other)
    assert (elsewhere.parts, elsewhere.full_time) == (before.parts, 0)
    nobody = worth.used_by_reference(second, noord, "K-02", ww)
    assert (nobody.parts, nobody.bonuses) == ({}, frozenset())
    again = factories.placement(second, ww, sara, reference="K-01")
    draft = walking.claimed(again, sara, walking.JANUARY)
    assert draft.value_eur == 0  # January was full


def test_a_merged_supplier_finds_what_was_given(seen, second, ww, zuid, sara, adam):
    """Who goes on knows the reference of people that still work: their months come along."""
    factories.placement(second, ww, sara, reference="K-01", candidate=Candidate.objects.get())
    noord = seen.supplier
    before = worth.used_by_reference(second, noord, "K-01", ww)
    night()
    assert Candidate.objects.count() == 1
    actions.merge_supplier(noord, zuid, TODAY, by=adam, at=NOON, reason="Fusie.")
    second.refresh_from_db()
    assert worth.used_by_reference(second, zuid, "K-01", ww) == before


def test_who_counts_on_a_contract_that_goes_on_stays(seen, contract, second, sara):
    wide = walking.claimed(seen.contribution.placement, sara, (walking.FEBRUARY[1] + DAY,) * 2, 50)
    Share.objects.filter(pk=wide.pk).update(contract=second)
    assert not [due for due in retention.details_due(TERM.date()) if due.part == "people"]
    Contract.objects.filter(pk=second.pk).update(ends_on=dt.date(2026, 12, 31))
    assert [due for due in retention.details_due(TERM.date()) if due.contract == contract] == []
    actions.withdraw_share(wide, by=sara, at=NOON)
    [due] = retention.details_due(TERM.date())
    assert (due.contract, due.part) == (contract, RemovalPart.PEOPLE)


@pytest.mark.parametrize("status", ["submitted", "returned"])
def test_as_long_as_something_waits_nobody_goes(seen, status):
    Share.objects.filter(status="rejected").update(status=status)
    assert [*retention.details_due(TERM.date())] == []


def test_as_long_as_somebody_may_object_nobody_goes(seen):
    Share.objects.filter(status="rejected").update(object_until=TERM.date())
    assert [*retention.details_due(TERM.date())] == []
    assert len([*retention.details_due((TERM + DAY).date())]) == 1


def test_what_is_left_is_not_judged_anew(seen, olga):
    """R-426: nothing posts zero where an amount stands."""
    Share.objects.filter(pk=seen.pk).update(status="unchecked", verified_at=None, verified_by=None)
    night()
    seen.refresh_from_db()
    with pytest.raises(DetailsGoneError, match="were removed: it stays as it is"):
        actions.verify_share(seen, by=olga, at=TERM)
    with pytest.raises(DetailsGoneError):
        worth.wanted(seen)


def test_the_database_keeps_a_row_with_a_worth_and_a_group_with_a_share(seen, noord, ministry):
    with (
        pytest.raises(IntegrityError, match="share_without_row_tells_nothing"),
        transaction.atomic(),
    ):
        Share.objects.filter(pk=seen.pk).update(block=None)
    with pytest.raises(IntegrityError, match="has_the_facts_of_its_kind"), transaction.atomic():
        Contribution.objects.filter(pk=seen.contribution_id).update(placement=None)
    with (
        pytest.raises(IntegrityError, match="month_without_share_names_no_group"),
        transaction.atomic(),
    ):
        UsedMonth.objects.update(share=None)


@pytest.mark.usefixtures("noon")
def test_the_pages_say_that_the_details_are_gone(english, seen, contract, sara, olga, piet):
    EntryFinding.objects.create(
        share=seen,
        authority=contract.authority,
        supplier=contract.supplier,
        rule=EntryRule.objects.create(
            authority=contract.authority,
            condition="not_informed",
            effect="warn",
            set_by=piet,
            set_at=NOON,
            valid_from=dt.date(2025, 1, 1),
        ),
        found_at=NOON,
    )
    night()
    for person in (sara, olga):
        english.sign_in(person)
        shown = english.get(seen.get_absolute_url()).content.decode()
        assert "The details of the person were removed on" in shown
        assert "K-01" not in shown
        assert "1,666.67" in shown
        why = english.get(reverse("candidates:share-explanation", args=[seen.pk]))
        assert "The details of the person were removed on" in why.content.decode()
        assert english.get(reverse("candidates:share-list")).status_code == 200
        assert english.get(contract.get_absolute_url()).status_code == 200
