"""What happens to a lesson, from the proposal to what is changed because of it (R-324, R-325)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from network import changing
from network.actions import telling
from network.models import Lesson, LessonChange, LessonStatus
from sroi_portal.core import audit
from sroi_portal.core.models import NoticeKind, User
from sroi_portal.core.status import RefusedError, lock, move, save
from sroi_portal.core.templatetags import formats


class LessonStandsError(RefusedError):
    """A lesson that is published stays as it is; a new lesson says it better."""


class ChangeTooOldError(RefusedError):
    """What was so before is not because of a lesson."""


@transaction.atomic
def propose_lesson(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Lesson:
    """Write a lesson down; it takes its category from what it is about."""
    lesson = Lesson(uuid=key or uuid.uuid4(), proposed_by=by, **facts)
    about = lesson.pilot or lesson.contract
    if lesson.category is None and about:
        lesson.category = about.category
    save(lesson)
    audit.record(lesson, "propose_lesson", by=by, at=at, moved=("", lesson.status))
    _tell_advisers(lesson, by=by, at=at)
    return lesson


@transaction.atomic
def change_lesson(
    lesson: Lesson,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Lesson:
    """Say it better; what came back, or was reviewed in other words, goes to the advisers again.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises LessonStandsError: when it is published.
    """
    lesson = lock(lesson, revision=revision)
    if lesson.status == LessonStatus.PUBLISHED:
        raise LessonStandsError(_("A published lesson stays as it is. Write a new one."))
    changed = [name for name, value in facts.items() if getattr(lesson, name) != value]
    for name in changed:
        setattr(lesson, name, facts[name])
    if changed:
        save(lesson)
        audit.record(lesson, "change_lesson", by=by, at=at, changed=changed)
    is_reviewed = lesson.status == LessonStatus.REVIEWED and lesson.proposed_by == by
    if lesson.status == LessonStatus.RETURNED or (changed and is_reviewed):
        lesson.reviewed_by = lesson.reviewed_at = None
        move(lesson, LessonStatus.PROPOSED, verb="change_lesson", by=by, at=at)
        _tell_advisers(lesson, by=by, at=at)
    return lesson


@transaction.atomic
def review_lesson(
    lesson: Lesson, *, by: User, at: dt.datetime, remark: str = "", revision: int | None = None
) -> Lesson:
    """Find it clear and useful; it is not published yet.

    :raises ValidationError: of one's own lesson.
    """
    lesson = lock(lesson, revision=revision)
    lesson.reviewed_by, lesson.reviewed_at = by, at
    move(lesson, LessonStatus.REVIEWED, verb="review_lesson", by=by, at=at, remark=remark)
    return lesson


@transaction.atomic
def return_lesson(
    lesson: Lesson, *, by: User, at: dt.datetime, remark: str, revision: int | None = None
) -> Lesson:
    """Give it back to who wrote it, with a question."""
    lesson = lock(lesson, revision=revision)
    lesson.reviewed_by = lesson.reviewed_at = None
    move(lesson, LessonStatus.RETURNED, verb="return_lesson", by=by, at=at, remark=remark)
    telling.inform("lesson_returned", lesson, [lesson.proposed_by], by=by, at=at)
    return lesson


@transaction.atomic
def publish_lesson(
    lesson: Lesson, *, by: User, at: dt.datetime, remark: str = "", revision: int | None = None
) -> Lesson:
    """Let everybody who signs in read it.

    :raises ValidationError: of one's own lesson.
    """
    lesson = lock(lesson, revision=revision)
    lesson.published_by, lesson.published_at = by, at
    move(lesson, LessonStatus.PUBLISHED, verb="publish_lesson", by=by, at=at, remark=remark)
    telling.inform("lesson_published", lesson, [lesson.proposed_by], by=by, at=at)
    return lesson


@transaction.atomic
def name_change(
    lesson: Lesson, facts: Mapping[str, Any], *, by: User, at: dt.datetime
) -> LessonChange:
    """Say which text, table or rule was changed because of it; twice is once.

    :raises ChangeTooOldError: when it changed before that began on which the lesson was learned.
    """
    lesson = lock(lesson)
    begun = changing.begun_on(lesson)
    days = (facts["changed_on"], changing.there_since(facts["kind"], facts["object_uuid"]))
    if begun and any(day and day < begun for day in days):
        raise ChangeTooOldError(
            _("This version is older than what the lesson is about: it began on %(day)s.")
            % {"day": formats.day(begun)}
        )
    change = lesson.changes.filter(object_uuid=facts["object_uuid"]).first()
    if change is None:
        change = LessonChange(lesson=lesson, **facts)
        save(change)
        audit.record(lesson, "name_change", by=by, at=at)
    return change


def _tell_advisers(lesson: Lesson, *, by: User, at: dt.datetime) -> None:
    to = telling.advisers_for(by)
    telling.inform("lesson_proposed", lesson, to, by=by, at=at, notice=NoticeKind.WORK)
