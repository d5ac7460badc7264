"""Details of people go after a contract, announced first; figures stay (K02, N28, R-420)."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.apps import apps
from django.db.models import Sum

from candidates import actions, retention, tasks
from candidates.models import (
    Additionality,
    AgreedJob,
    FollowUp,
    FollowUpAnswer,
    JobEntry,
    JudgedFact,
    PaidHours,
    PathConsent,
    PathPerson,
    PathPlan,
    PathStep,
    PersonalCode,
    PersonalLink,
    Placement,
    Removal,
    Share,
    SharedPath,
    Voice,
)
from contracts.models import Contract, LedgerEntry, Settlement
from reports import jobs_tables, lasting_tables
from reports.fixed_tables import Period
from reports.models import PublishedCell, TableKind
from sroi_portal.core.models import AuditEvent, Outgoing, Remark
from tests import factories
from tests.candidates import walking
from tests.conftest import NOON
from tests.reports.lasting import ENDED, asks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)
TERM = dt.datetime(2028, 1, 1, 12, tzinfo=NOON.tzinfo)  # the contract ended on 31 December 2026
FIGURES = dt.datetime(2028, 4, 30, 12, tzinfo=NOON.tzinfo)  # of the year of the last question
GONE = (
    *(PersonalLink, PersonalCode, JudgedFact, AgreedJob, PaidHours),
    *(PathPerson, PathPlan, PathStep, PathConsent),
    *(FollowUp, FollowUpAnswer, Additionality),
)
OF_THE_WORK = {  # emptied, or kept of nobody: test_forgetting
    *("candidate", "candidatecode", "placement", "weeklyhours", "contribution", "share"),
    *("confirmation", "visit", "evidence", "entryfinding", "sampleshare", "usedmonth"),
    *("importbatch", "importfile"),  # after 30 days, R-233
}
STAYS = {
    "jobentry",  # the source is no row any more, and only the worker reads it
    "voice",  # words that may be quoted, of nobody
}


@pytest.fixture
def other(other_ministry, zuid, piet, table, bram):
    """The same person at Leverancier Zuid."""
    contract = factories.active_contract(
        authority=other_ministry, supplier=zuid, officer=piet, manager=piet, value_table=table
    )
    block = table.blocks.get(code="ww")
    return factories.placement(contract, block, bram, reference="Z-9")


@pytest.fixture
def link(placement, sara):
    return actions.make_personal_link(placement, by=sara, at=NOON, key=uuid.uuid4())[0]


@pytest.fixture
def job(placement, sara, olga):
    facts = actions.JobFacts("service", dt.date(2025, 12, 15), Decimal("25.5"))
    job = actions.register_job(placement, facts, by=sara, at=NOON)
    actions.decline_job(job, by=olga, at=NOON, reason="Zij staat niet in het register.")
    job.refresh_from_db()
    actions.state_paid_hours(
        job, per="week", starts_on=dt.date(2026, 1, 1), hours=Decimal(20), by=sara, at=NOON
    )
    job.refresh_from_db()
    actions.confirm_job(job, by=olga, at=NOON)
    return job


@pytest.fixture
def walked(path, placement, other, sara, bram):
    firms = (placement.supplier, other.supplier)
    walking.agreed(path, walking.steps(*firms), sara, bram)
    walking.tied(path, placement.candidate, other.candidate, sara, bram)
    return path


@pytest.fixture
def told(placement, job, link, walked, sara, olga):
    """Everything that the newer tables can say of a person."""
    actions.choose_code(link, "zonnebloem", at=NOON)
    actions.judge_fact(link, placement, "hours", at=NOON, words="Ik werk 20 uur.")
    said = [
        actions.Said("going", "yes", "Ik hoor er weer bij.", may_quote=True),
        actions.Said("staying", "no", "Het is te ver."),
    ]
    actions.say_voice(link, "week_6", said, at=NOON)
    share = walking.claimed(placement, sara, walking.JANUARY)
    actions.verify_share(share, by=olga, at=NOON)
    asks(placement, 3, "with_us", "no_work", by=sara)
    actions.state_additionality(
        placement, {"hired_anyway": "no", "takes_a_place": "no"}, by=sara, at=NOON
    )
    actions.end_placement(placement, by=sara, at=NOON, ends_on=ENDED, reason="Zij verhuist.")
    Placement.objects.filter(pk=placement.pk).update(ends_on=ENDED)
    return walked


def night(at):
    actions.announce_removals(by=None, at=at)
    actions.remove_details(by=None, at=at)
    actions.purge_personal_links(by=None, at=at)


def figures():
    """Say what is published, and what the accounts stand for."""
    return (
        list(PublishedCell.objects.order_by("pk").values_list("row", "column", "people", "more")),
        JobEntry.objects.aggregate(total=Sum("hours")),
        LedgerEntry.objects.aggregate(total=Sum("quantity")),
        Share.objects.aggregate(total=Sum("value_eur")),
    )


def published():
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31), TableKind.AFTER_3)
    lasting_tables.publish(year, at=TERM - 60 * DAY)
    jobs_tables.publish(2026, at=TERM - 60 * DAY)


def test_after_the_term_no_detail_is_left_and_figures_stay(told, contract, other):
    """R-420, N28: a dump of these rows says nothing of a person."""
    published()
    before = figures()
    wrong = AuditEvent.objects.filter(verb="decline_job").get().remark_uuid
    assert Remark.objects.filter(uuid=wrong).exists()
    night(TERM - 28 * DAY)
    night(TERM)
    assert not PersonalLink.objects.exists()
    assert FollowUp.objects.exists()  # the figures of the last question are not made yet
    night(FIGURES - 28 * DAY)
    night(FIGURES)
    left = {model.__name__: model.objects.count() for model in GONE}
    assert not any(left.values()), left
    dump = [str(row) for model in (SharedPath, Removal) for row in model.objects.values()]
    assert "Van stage naar baan" not in " ".join(dump)
    assert not Remark.objects.filter(uuid=wrong).exists()
    [voice] = Voice.objects.all()
    assert (voice.link, voice.placement, voice.words) == (None, None, "Ik hoor er weer bij.")
    assert figures() == before
    assert [*lasting_tables.differences(), *jobs_tables.differences()] == []
    counts = [each.counts for each in Removal.objects.filter(contract=contract).order_by("due_on")]
    assert {name: n for each in counts for name, n in each.items()} == {
        "letters": 1,
        "jobs": 1,
        "paid hours": 1,
        "questions": 1,
        "answers": 2,
        "statements": 1,
        "placements": 1,
        "weekly hours": 1,
        "evidence": 0,
        "parts without a person": 1,
        "references": 1,
    }


def test_it_is_announced_four_weeks_before_without_a_person(told, contract, sara):
    Outgoing.objects.all().delete()
    assert actions.announce_removals(by=None, at=TERM - 29 * DAY) == 0
    assert actions.announce_removals(by=None, at=TERM - 28 * DAY) == 3
    assert actions.announce_removals(by=None, at=TERM - 27 * DAY) == 0
    mails = Outgoing.objects.filter(to_address__in=(contract.manager.email, sara.email))
    assert len(mails) == 2
    assert all("K-01" not in mail.body and contract.title in mail.body for mail in mails)
    assert actions.remove_details(by=None, at=TERM - DAY) == 0
    assert actions.remove_details(by=None, at=TERM) == 3
    assert actions.remove_details(by=None, at=TERM + DAY) == 0


def test_what_is_announced_late_still_waits_four_weeks(told):
    late = TERM + 40 * DAY
    assert actions.announce_removals(by=None, at=late) == 3
    assert set(Removal.objects.values_list("due_on", flat=True)) == {(late + 28 * DAY).date()}
    assert actions.remove_details(by=None, at=late) == 0


def test_an_objection_holds_it(told, placement, sara, olga):
    actions.announce_removals(by=None, at=TERM - 28 * DAY)
    share = walking.claimed(placement, sara, walking.FEBRUARY, 60)
    actions.reject_share(share, by=olga, at=NOON, reason="Geen bewijs.")
    actions.object_share(share, by=sara, at=NOON, reason="Wij hebben bewijs.")
    assert actions.remove_details(by=None, at=TERM) == 1  # somebody else's
    assert Removal.objects.announced().filter(contract=placement.contract).count() == 2
    Share.objects.filter(pk=share.pk).update(status="withdrawn")
    assert actions.remove_details(by=None, at=TERM) == 2


def test_paid_hours_of_who_still_works_stay(told, placement):
    Placement.objects.update(ends_on=None, status="running")
    actions.announce_removals(by=None, at=TERM)
    mine = Removal.objects.filter(contract=placement.contract)
    assert set(mine.values_list("part", flat=True)) == {"said"}


def test_a_settled_contract_waits_thirteen_weeks(told, contract, piet, cora):
    Contract.objects.filter(pk=contract.pk).update(status="settled")
    Settlement.objects.create(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        status="settled",
        proposed_at=NOON,
        proposed_by=piet,
        react_by_on=NOON.date(),
        decided_at=NOON,
        decided_by=cora,
        calculated_at=NOON,
        calculated_by=piet,
    )
    term = (NOON + dt.timedelta(weeks=13)).date() + DAY
    assert [each.part for each in retention.details_due(term)] == ["said"]
    assert list(retention.details_due(term - DAY)) == []


def test_a_path_goes_when_the_work_is_over_at_every_supplier(told, other):
    Contract.objects.filter(pk=other.contract_id).update(ends_on=dt.date(2029, 1, 1))
    assert list(retention.paths_due(TERM)) == []
    Contract.objects.filter(pk=other.contract_id).update(ends_on=dt.date(2026, 1, 31))
    assert list(retention.paths_due(TERM)) == [told]


def test_a_plan_that_nobody_walks_goes_after_a_year(noord, zuid, sara, bram):
    path = walking.begun(noord, zuid, sara)
    steps = [walking.step(noord, *walking.JANUARY, 100)]
    walking.agreed(path, steps, sara, bram)
    assert list(retention.paths_due(NOON + 364 * DAY)) == []
    assert list(retention.paths_due(NOON + 367 * DAY)) == [path]
    actions.forget_path(path, by=None, at=NOON)
    path.refresh_from_db()
    assert (path.title, path.plans.count()) == ("Shared path", 0)


def test_every_table_about_people_has_its_term():
    """A new one is emptied here, or it is said why it stays."""
    known = {model._meta.model_name for model in GONE} | OF_THE_WORK | STAYS
    personal = {
        model._meta.model_name
        for model in apps.get_models()
        if model._meta.app_label == "candidates" and model.PERSONAL
    }
    assert personal - known == set()


def test_it_happens_at_night(told, monkeypatch):
    monkeypatch.setattr(tasks.timezone, "now", lambda: TERM - 28 * DAY)
    tasks.remove_details()
    assert Removal.objects.count() == 3


def test_the_pages_tell_what_goes_and_what_went(client, told, contract, sara, adam):
    actions.announce_removals(by=None, at=TERM - 28 * DAY)
    actions.remove_details(by=None, at=TERM)
    client.sign_in(sara)
    page = client.get("/removals/", {"status": "done", "q": contract.title, "sort": "due"})
    assert len(page.context["page"]) == 2
    assert len(client.get("/removals/", {"part": "lasting"}).context["page"]) == 0
    removal = Removal.objects.get(part="work")
    shown = client.get(removal.get_absolute_url()).content.decode()
    assert contract.title in shown
    assert removal.total == 2
    on_contract = client.get(contract.get_absolute_url()).content.decode()
    assert removal.get_absolute_url() in on_contract
    client.sign_in(adam)
    assert client.get("/removals/").status_code == 403
