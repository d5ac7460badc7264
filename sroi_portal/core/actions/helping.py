"""Help by people: a desk of each authority, and questions to it."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from sroi_portal.core import audit, mail
from sroi_portal.core.models import Authority, HelpDesk, HelpQuestion, User
from sroi_portal.core.status import lock, save


@transaction.atomic
def keep_help_desk(
    authority: Authority, facts: Mapping[str, Any], *, by: User, at: dt.datetime
) -> HelpDesk:
    """Write down how the authority is reached; there is one desk for each."""
    authority = lock(authority)
    desk = HelpDesk.objects.filter(authority=authority).first() or HelpDesk(authority=authority)
    changed = [name for name, value in facts.items() if getattr(desk, name) != value]
    for name in changed:
        setattr(desk, name, facts[name])
    if changed:
        save(desk)
        audit.record(desk, "keep_help_desk", by=by, at=at, changed=changed)
    return desk


@transaction.atomic
def ask_help(
    desk: HelpDesk, question: str, *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> HelpQuestion:
    """Keep the question sealed, and tell the desk by mail that it is there (R-249)."""
    asked = HelpQuestion(
        uuid=key or uuid.uuid4(), authority=desk.authority, asked_by=by, asked_at=at
    )
    save(asked)
    audit.record(asked, "ask_help", by=by, at=at, remark=question)
    mail.write(
        "core/mail/ask_help.txt",
        desk.email,
        language=settings.LANGUAGE_CODE,
        at=at,
        context={"desk": desk, "question": asked},
    )
    return asked


@transaction.atomic
def answer_help(question: HelpQuestion, *, by: User, at: dt.datetime, answer: str) -> None:
    """Say what was answered, and mail who asked that there is an answer; the first one stays."""
    question = lock(question)
    if question.answered_at:
        return
    question.answered_by, question.answered_at = by, at
    save(question)
    audit.record(question, "answer_help", by=by, at=at, remark=answer)
    mail.send(
        "core/mail/answer_help.txt", to=[question.asked_by], at=at, context={"question": question}
    )
