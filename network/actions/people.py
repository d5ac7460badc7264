"""People who choose to be found, and what others ask them (R-410 to R-412)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from network.models import ASKED_KEPT, PersonQuestion, PersonQuestionStatus, Professional
from sroi_portal.core import audit, mail
from sroi_portal.core.models import NoticeKind, Remark, User
from sroi_portal.core.status import RefusedError, lock, move, save


class NotReachableError(RefusedError):
    """Somebody takes no questions here."""


@transaction.atomic
def keep_page(
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
    revision: int | None = None,
) -> Professional:
    """Write the own page anew or put it right (R-410)."""
    known = Professional.objects.filter(user=by).first()
    page = lock(known, revision=revision) if known else Professional(uuid=key or uuid.uuid4())
    page.user, page.kept_at = by, at
    for name, value in facts.items():
        if name != "categories":
            setattr(page, name, value)
    save(page)
    page.categories.set(facts.get("categories", ()))
    audit.record(page, "keep_page", by=by, at=at)
    return page


@transaction.atomic
def remove_page(page: Professional, *, by: User | None, at: dt.datetime) -> None:
    """Take the page away for good; the history keeps only that there was one (R-410)."""
    page = lock(page)
    audit.record(page, "remove_page", by=by, at=at)
    page.categories.clear()
    page.delete()


def remove_ended_pages(*, at: dt.datetime) -> int:
    """Take away the pages of whose account ended or who left the organisation (R-411)."""
    shown = Professional.objects.shown().values("pk")
    ended = list(Professional.objects.exclude(pk__in=shown).order_by("pk"))
    for page in ended:
        remove_page(page, by=None, at=at)
    return len(ended)


@transaction.atomic
def ask_person(
    page: Professional,
    text: str,
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> PersonQuestion:
    """Ask somebody something; the mail says only that there is a question (R-412).

    :raises NotReachableError: when this person takes no questions.
    :raises ValidationError: when an earlier question to this person waits still.
    """
    if not page.takes_questions:
        raise NotReachableError(_("This person takes no questions here."))
    question = PersonQuestion(
        uuid=key or uuid.uuid4(), asked_by=by, asked_of=page.user, asked_at=at
    )
    save(question)
    moved = ("", question.status)
    audit.record(question, "ask_person", by=by, at=at, moved=moved, remark=text)
    _tell(question, question.asked_of, "ask_person", at=at)
    return question


@transaction.atomic
def answer_person(
    question: PersonQuestion, text: str, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    question = lock(question, revision=revision)
    question.answered_at = at
    status = PersonQuestionStatus.ANSWERED
    move(question, status, verb="answer_person", by=by, at=at, remark=text)
    _tell(question, question.asked_by, "answer_person", at=at)


@transaction.atomic
def erase_person_question(question: PersonQuestion, *, at: dt.datetime) -> None:
    """Destroy a question with what was said (R-412)."""
    question = lock(question)
    audit.record(question, "erase_person_question", by=None, at=at)
    Remark.objects.filter(object_uuid=question.uuid).delete()
    question.delete()


def erase_person_questions(*, at: dt.datetime) -> int:
    old = list(PersonQuestion.objects.filter(asked_at__lt=at - ASKED_KEPT).order_by("pk"))
    for question in old:
        erase_person_question(question, at=at)
    return len(old)


def _tell(question: PersonQuestion, person: User, verb: str, *, at: dt.datetime) -> None:
    mail.send(
        f"network/mail/{verb}.txt",
        to=[person],
        at=at,
        context={"question": question},
        notice=NoticeKind.WORK,
        about=question,
    )
