"""Lasting work: asked when its day has come, reminded once, answered and corrected."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from candidates import actions, tasks
from candidates.models import (
    Additionality,
    FollowUp,
    FollowUpAnswer,
    FollowUpStatus,
    Placement,
)
from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import AuditEvent, Outgoing, User
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from suppliers.models import Membership
from tests.candidates.test_worth import starts, submits
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.usefixtures("noon", "in_english")
DAY = dt.timedelta(days=1)
ASKED = "Een vraag over duurzaam werk"
SOON = "Uw antwoord over duurzaam werk staat nog open"
ENDED = dt.date(2026, 3, 31)
DUE = NOON + 130 * DAY  # 12 July 2026: past three months after ENDED
WITH_US = actions.Answer("with_us", Decimal(24), "temporary")


@pytest.fixture
def ended(contract, ww, sara):
    placement = starts(contract, ww, sara)
    submits(placement, sara)
    actions.end_placement(placement, by=sara, at=NOON, ends_on=ENDED)
    return placement


@pytest.fixture
def question(ended):
    actions.ask_follow_ups(by=None, at=DUE)
    return FollowUp.objects.get()


def ask(at):
    return actions.ask_follow_ups(by=None, at=at)


def test_a_question_is_asked_when_its_day_has_come(ended, sara):
    assert ask(NOON + 117 * DAY) == 0  # 29 June 2026
    assert ask(NOON + 118 * DAY) == 1
    assert ask(NOON + 118 * DAY) == 0
    (question,) = FollowUp.objects.all()
    assert (question.months, question.falls_on) == (3, dt.date(2026, 6, 30))
    assert question.due_on == dt.date(2026, 7, 28)
    assert Outgoing.objects.filter(to_address=sara.email, subject=ASKED).count() == 1
    assert ask(NOON + 211 * DAY) == 1
    assert [each.months for each in FollowUp.objects.order_by("months")] == [3, 6]
    assert ask(NOON + 1200 * DAY) == 0  # nobody remembers


def test_without_a_last_day_the_end_of_the_contract_counts(contract, ww, sara):
    """While the placement and the contract run, nobody is asked."""
    submits(starts(contract, ww, sara), sara)
    starts(contract, ww, sara, reference="K-02")  # of which nothing was claimed
    assert ask(DUE) == 0
    after = dt.datetime.combine(contract.ends_on, dt.time(12), NOON.tzinfo) + 100 * DAY
    assert ask(after) == 1
    assert FollowUp.objects.get().counts_from == contract.ends_on


def test_another_last_day_asks_anew(ended, question):
    Placement.objects.update(ends_on=ENDED + 20 * DAY)
    assert ask(DUE) == 0
    question.refresh_from_db()
    assert question.status == FollowUpStatus.WITHDRAWN
    with pytest.raises(IllegalMoveError):
        actions.answer_follow_up(question, WITH_US, by=None, at=DUE)
    assert ask(DUE + 20 * DAY) == 1
    question.refresh_from_db()
    assert (question.status, question.counts_from) == ("open", ENDED + 20 * DAY)


def test_a_firm_is_reminded_once_and_then_it_lapses(question, sara):
    assert actions.remind_follow_ups(by=None, at=DUE) == 0
    soon = DUE + 23 * DAY
    assert actions.remind_follow_ups(by=None, at=soon) == 1
    assert actions.remind_follow_ups(by=None, at=soon) == 0
    mail = Outgoing.objects.order_by("-pk")[0]
    assert mail.subject == SOON
    assert "K-01" not in mail.body
    ask(DUE + 125 * DAY)
    question.refresh_from_db()
    assert question.status == FollowUpStatus.LAPSED
    actions.answer_follow_up(question, WITH_US, by=sara, at=DUE + 126 * DAY)
    question.refresh_from_db()
    assert question.status == FollowUpStatus.ANSWERED


def test_the_night_asks_and_reminds(ended, monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: DUE)
    tasks.ask_follow_ups()
    assert FollowUp.objects.get().asked_at == DUE


def test_an_answer_is_corrected_and_the_former_is_kept(question, sara):
    first = actions.answer_follow_up(question, WITH_US, by=sara, at=DUE)
    assert actions.answer_follow_up(question, WITH_US, by=sara, at=DUE) == first
    step = actions.Answer("with_us", Decimal(28), "permanent", TODAY, "supplier")
    with pytest.raises(ChangedMeanwhileError):
        actions.answer_follow_up(question, step, by=sara, at=DUE, revision=0)
    actions.answer_follow_up(question, step, by=sara, at=DUE, revision=1)
    said = FollowUpAnswer.objects.order_by("pk").values_list("hours_per_week", "is_current")
    assert list(said) == [(Decimal(24), False), (Decimal(28), True)]
    events = AuditEvent.objects.filter(verb="answer_follow_up").order_by("pk")
    assert [each.changed for each in events] == [
        [],
        ["contract_form", "hours_per_week", "permanent_on", "permanent_with"],
    ]


def test_what_the_person_says_is_seen_by_no_firm(question, sara, olga):
    actions.answer_follow_up(question, WITH_US, by=sara, at=DUE)
    question.refresh_from_db()
    revision = question.revision
    actions.answer_follow_up(question, actions.Answer("no_work"), by=None, at=DUE)
    question.refresh_from_db()
    assert (question.status, question.revision) == ("answered", revision)
    for reader in (sara, olga):
        with acting_as(DatabaseRole.WEB, sight.of(reader)):
            assert [each.outcome for each in FollowUpAnswer.objects.all()] == ["with_us"]
    with acting_as(DatabaseRole.WORKER):
        assert FollowUpAnswer.objects.count() == 2


def test_the_authority_sees_what_was_asked_before_it_saw_the_work(contract, ww, sara):
    placement = starts(contract, ww, sara)
    share = actions.draft_contribution(
        placement, by=sara, at=NOON, period=(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    )
    actions.end_placement(placement, by=sara, at=NOON, ends_on=ENDED)
    ask(DUE)
    question = FollowUp.objects.get()
    actions.answer_follow_up(question, WITH_US, by=sara, at=DUE)
    told = {"hired_anyway": "yes", "takes_a_place": "no"}
    actions.state_additionality(placement, told, by=sara, at=DUE)
    assert question.authority_ids == []
    actions.submit_share(share, by=sara, at=DUE)
    wanted = [contract.authority_id]
    for row in (FollowUp, FollowUpAnswer, Additionality):
        assert row.objects.get().authority_ids == wanted


# Pages


def typed(question, **said):
    return {f"f{question.pk}-{name}": value for name, value in said.items()}


def test_one_list_answers_what_is_filled_in(english, sara, contract, ww, ended, question):
    other = starts(contract, ww, sara, reference="K-02")
    submits(other, sara)
    actions.end_placement(other, by=sara, at=NOON, ends_on=ENDED)
    ask(DUE)
    left = FollowUp.objects.get(placement=other)
    url = reverse("candidates:follow-up-list")
    english.sign_in(sara)
    page = english.post(
        url,
        typed(question, outcome="with_us", hours_per_week="28", permanent_on="2026-04-01")
        | typed(left, outcome="no_work", hours_per_week="10"),
    )
    assert b"1 answer is kept." in page.content
    assert [form.follow_up for form in page.context["forms"]] == [left]
    assert b"are only of who works" in page.content
    answer = FollowUpAnswer.objects.get()
    assert (answer.permanent_with, answer.answered_by) == ("supplier", sara)
    shown = english.get(url).context["forms"]
    assert [form.follow_up for form in shown] == [left]
    chosen = {"show": "all", "months": 3, "contract": contract.pk, "sort": "-due_on"}
    assert len(english.get(url, chosen).context["forms"]) == 2
    again = english.post(url, {}, follow=True)
    assert b"nothing is kept" in again.content


def test_two_colleagues_at_the_list_do_not_answer_past_each_other(english, sara, question):
    english.sign_in(sara)
    url = reverse("candidates:follow-up-list")
    english.post(url, typed(question, outcome="with_us", revision=0))
    page = english.post(url, typed(question, outcome="no_work", revision=0))
    assert b"Somebody changed this" in page.content
    (form,) = page.context["forms"]
    assert (form["outcome"].value(), form["revision"].value()) == ("no_work", "1")
    assert FollowUpAnswer.objects.get().outcome == "with_us"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"outcome": "elsewhere", "permanent_on": "2026-04-01"}, "Say with whom"),
        ({"outcome": "elsewhere", "permanent_with": "state"}, "Fill in from which day"),
        (
            {"outcome": "with_us", "permanent_on": "2020-04-01"},
            "before the first working day",
        ),
    ],
)
def test_a_step_to_a_permanent_contract_is_whole(english, sara, question, said, words):
    page = english.sign_in(sara).post(question.get_absolute_url(), typed(question, **said))
    assert words in page.content.decode()
    assert not FollowUpAnswer.objects.exists()


def test_an_answer_is_given_and_corrected_on_its_page(english, sara, olga, question):
    url = question.get_absolute_url()
    english.sign_in(sara)
    english.post(url, typed(question, outcome="unknown", revision=0))
    page = english.post(url, typed(question, outcome="learning", revision=0))
    assert b"Somebody changed this" in page.content
    english.post(url, typed(question, outcome="learning", revision=1))
    assert [each.outcome for each in english.get(url).context["answers"]] == ["learning", "unknown"]
    page = english.sign_in(olga).get(url)
    assert page.context["form"] is None
    assert english.post(url, typed(question, outcome="unknown")).status_code == 403


def test_a_firm_says_whether_it_would_have_happened_anyway(english, sara, ended):
    url = reverse("candidates:additionality-state", args=[ended.pk])
    english.sign_in(sara)
    told = {"hired_anyway": "no", "takes_a_place": "unknown"}
    english.post(url, told)
    english.post(url, told)
    stated = Additionality.objects.get()
    assert (stated.hired_anyway, stated.stated_by, stated.revision) == ("no", sara, 1)
    page = english.post(url, {"hired_anyway": "yes", "takes_a_place": "no", "revision": 0})
    assert b"Somebody changed this" in page.content
    english.post(url, {"hired_anyway": "yes", "takes_a_place": "no", "revision": 1})
    assert AuditEvent.objects.filter(verb="state_additionality").count() == 2
    assert b"Would this have" in english.get(ended.get_absolute_url()).content


def test_who_only_looks_reads_the_questions_and_finds_no_way_to_enter(english, sara, question):
    Membership.objects.filter(user=sara).update(may_enter=False, may_sign=False)
    english.sign_in(User.objects.get(pk=sara.pk))
    listed = english.get(reverse("candidates:follow-up-list"))
    assert listed.status_code == 200
    assert "No answer yet" in listed.content.decode()
    assert "<select" not in listed.content.decode().split("<tbody>")[1]
    shown = english.get(question.placement.get_absolute_url()).context
    assert not any(shown[name] for name in ("may_add", "may_end", "may_withdraw", "may_inform"))
    assert not english.get(question.placement.contract.get_absolute_url()).context["may_enter"]


def test_the_work_list_names_a_contract_once(english, sara, question, contract):
    from reports.home.to_do import own_contracts, to_do

    tasks = to_do(sara, own_contracts(sara), DUE.date())
    found = [task for task in tasks if "lasting" in task.item.url]
    assert [(task.on, task.item.sub) for task in found] == [(question.due_on, "1 person")]
