"""Questions to the advice team: asked, taken up, answered once, found by the next (R-390 to R-392)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import (
    ANSWERED_WITHIN,
    AdviceAnswer,
    AdviceQuestion,
    AdviceStatus,
    AnswerStatus,
)
from sroi_portal.core import audit, mail, terms
from sroi_portal.core.models import RoleAssignment, RoleName, User
from sroi_portal.core.status import RefusedError, lock, move, save


class AnswerMissingError(RefusedError):
    """A question is answered in words, by an answer that stands already, or both."""


@transaction.atomic
def ask_advice(
    facts: Mapping[str, Any],
    text: str,
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> AdviceQuestion:
    """Ask the team; the clock starts now (R-390). The words are kept sealed."""
    question = AdviceQuestion(uuid=key or uuid.uuid4(), asked_by=by, **facts)
    _start_clock(question, at)
    about = question.contract or question.tender
    question.category = question.category or getattr(about, "category", None)
    save(question)
    moved = ("", question.status)
    audit.record(question, "ask_advice", by=by, at=at, moved=moved, remark=text)
    _tell_team(question, "asked", at=at)
    return question


@transaction.atomic
def take_advice(
    question: AdviceQuestion, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Say that one works on it, also instead of the colleague who did."""
    question = lock(question, revision=revision)
    if question.assigned_to_id == by.pk and question.status == AdviceStatus.TAKEN:
        return
    question.assigned_to = by
    if question.status == AdviceStatus.TAKEN:
        save(question)
        audit.record(question, "take_advice", by=by, at=at, changed=["assigned_to"])
    else:
        move(question, AdviceStatus.TAKEN, verb="take_advice", by=by, at=at)


@transaction.atomic
def give_back_advice(
    question: AdviceQuestion, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Leave it to the team again; the clock runs on."""
    question = lock(question, revision=revision)
    question.assigned_to = None
    move(question, AdviceStatus.ASKED, verb="give_back_advice", by=by, at=at)
    _tell_team(question, "asked", at=at, but=by)


@transaction.atomic
def answer_advice(
    question: AdviceQuestion,
    text: str,
    *,
    by: User,
    at: dt.datetime,
    known: AdviceAnswer | None = None,
    revision: int | None = None,
) -> None:
    """Answer in words, with an answer that stands already, or both (R-391).

    :raises AnswerMissingError: neither is given.
    """
    question = lock(question, revision=revision)
    if not text and known is None:
        raise AnswerMissingError(_("Write an answer, or choose one that stands already."))
    question.known_answer = known
    question.answered_by, question.answered_at = by, at
    question.assigned_to = question.assigned_to or by
    move(question, AdviceStatus.ANSWERED, verb="answer_advice", by=by, at=at, remark=text)
    _tell(question, [question.asked_by], "answered", at=at)


@transaction.atomic
def ask_on(question: AdviceQuestion, text: str, *, by: User, at: dt.datetime) -> None:
    """Ask more about the same; a new clock starts, and the same adviser hears it."""
    question = lock(question)
    adviser = question.assigned_to
    question.answered_by = question.answered_at = None
    _start_clock(question, at)
    move(question, AdviceStatus.ASKED, verb="ask_on", by=by, at=at, remark=text)
    if adviser:
        _tell(question, [adviser], "asked", at=at)


@transaction.atomic
def withdraw_advice(
    question: AdviceQuestion, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Say that no answer is needed any more."""
    question = lock(question, revision=revision)
    move(question, AdviceStatus.WITHDRAWN, verb="withdraw_advice", by=by, at=at)


@transaction.atomic
def ask_again(
    question: AdviceQuestion,
    *,
    by: User,
    at: dt.datetime,
    text: str = "",
    revision: int | None = None,
) -> None:
    """Ask after all what was no longer asked; a new clock starts (R-390)."""
    question = lock(question, revision=revision)
    question.assigned_to = None
    _start_clock(question, at)
    move(question, AdviceStatus.ASKED, verb="ask_again", by=by, at=at, remark=text)
    _tell_team(question, "asked", at=at)


@transaction.atomic
def remind_advice(question: AdviceQuestion, *, at: dt.datetime) -> None:
    """Tell who works on it, or the team, that the date has passed; once for each clock."""
    question = lock(question)
    question.reminded_on = timezone.localdate(at)
    save(question)
    audit.record(question, "remind_advice", by=None, at=at)
    if question.assigned_to:
        _tell(question, [question.assigned_to], "overdue", at=at)
    else:
        _tell_team(question, "overdue", at=at)


def remind_late_advice(*, at: dt.datetime) -> None:
    """Find every question whose date has passed unanswered and unreminded."""
    late = AdviceQuestion.objects.overdue(timezone.localdate(at)).filter(reminded_on__isnull=True)
    for question in late:
        remind_advice(question, at=at)


@transaction.atomic
def write_answer(
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
    question: AdviceQuestion | None = None,
) -> AdviceAnswer:
    """Put an answer into general words; the question it came from leads to it (R-391)."""
    answer = AdviceAnswer(uuid=key or uuid.uuid4(), written_by=by, written_at=at, **facts)
    save(answer)
    audit.record(answer, "write_answer", by=by, at=at, moved=("", answer.status))
    if question:
        question = lock(question)
        question.known_answer = answer
        save(question)
        audit.record(question, "write_answer", by=by, at=at, changed=["known_answer"])
    return answer


@transaction.atomic
def change_answer(
    answer: AdviceAnswer,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> AdviceAnswer:
    """Change the words; another adviser reads them again before everybody does (R-391)."""
    answer = lock(answer, revision=revision)
    changed = [name for name, value in facts.items() if getattr(answer, name) != value]
    if not changed:
        return answer
    for name in changed:
        setattr(answer, name, facts[name])
    answer.written_by, answer.written_at = by, at
    answer.published_by = answer.published_at = None
    if answer.status == AnswerStatus.PROPOSED:
        save(answer)
        audit.record(answer, "change_answer", by=by, at=at, changed=changed)
    else:
        move(answer, AnswerStatus.PROPOSED, verb="change_answer", by=by, at=at)
    return answer


@transaction.atomic
def publish_answer(
    answer: AdviceAnswer, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Let everybody find it.

    :raises ValidationError: of one's own words.
    """
    answer = lock(answer, revision=revision)
    answer.published_by, answer.published_at = by, at
    move(answer, AnswerStatus.PUBLISHED, verb="publish_answer", by=by, at=at)


@transaction.atomic
def withdraw_answer(
    answer: AdviceAnswer, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Take it away from who looks for it; what was answered with it keeps its words."""
    answer = lock(answer, revision=revision)
    answer.published_by = answer.published_at = None
    move(answer, AnswerStatus.WITHDRAWN, verb="withdraw_answer", by=by, at=at, remark=reason)


def _start_clock(question: AdviceQuestion, at: dt.datetime) -> None:
    question.asked_at = at
    question.due_on = terms.working_days_after(timezone.localdate(at), ANSWERED_WITHIN)
    question.reminded_on = None


def _tell(question: AdviceQuestion, to: list[User], what: str, *, at: dt.datetime) -> None:
    mail.send(f"network/mail/advice_{what}.txt", to=to, at=at, context={"question": question})


def _tell_team(
    question: AdviceQuestion, what: str, *, at: dt.datetime, but: User | None = None
) -> None:
    held = RoleAssignment.objects.held().filter(role=RoleName.ADVISER, user__is_active=True)
    people = {each.user_id: each.user for each in held.select_related("user")}
    told = sorted(people.keys() - {question.asked_by_id, but.pk if but else None})
    _tell(question, [people[key] for key in told], what, at=at)
