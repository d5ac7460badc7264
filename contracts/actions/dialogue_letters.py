"""The invitation to a talk and the summary of it, by mail to who takes part (R-363)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import letters
from contracts.actions.dialogues import DialogueStandsError
from contracts.models import Dialogue, DialogueStatus, LetterKind
from sroi_portal.core import audit, mail
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, save


@transaction.atomic
def invite_to_dialogue(dialogue: Dialogue, *, by: User, at: dt.datetime) -> int:
    """Mail the invitation; gives to how many people it went.

    :raises DialogueStandsError: of a talk that is not planned.
    """
    dialogue = lock(dialogue)
    if dialogue.status != DialogueStatus.PLANNED:
        raise DialogueStandsError(_("This talk is no longer planned."))
    dialogue.invited_at, dialogue.invited_by = at, by
    save(dialogue)
    audit.record(dialogue, "invite_to_dialogue", by=by, at=at, changed=["invited_at"])
    return _mail(dialogue, LetterKind.INVITATION, at)


@transaction.atomic
def sum_up_dialogue(dialogue: Dialogue, *, by: User, at: dt.datetime) -> int:
    """Mail the summary with the conclusions; gives to how many people it went.

    :raises DialogueStandsError: of a talk that was not held, or without a conclusion.
    """
    dialogue = lock(dialogue)
    if dialogue.status != DialogueStatus.HELD or not dialogue.conclusions.standing().exists():
        raise DialogueStandsError(_("A summary has what was said and at least one conclusion."))
    dialogue.summed_up_at, dialogue.summed_up_by = at, by
    save(dialogue)
    audit.record(dialogue, "sum_up_dialogue", by=by, at=at, changed=["summed_up_at"])
    return _mail(dialogue, LetterKind.SUMMARY, at)


def reached(dialogue: Dialogue) -> list[User]:
    """Find who signs in for the organisations of the register that take part."""
    people = User.objects.filter(
        is_active=True,
        memberships__ended_at__isnull=True,
        memberships__supplier__talks__dialogue=dialogue,
    )
    return list(people.distinct().order_by("pk"))


def _mail(dialogue: Dialogue, kind: LetterKind, at: dt.datetime) -> int:
    people, today = reached(dialogue), timezone.localdate(at)
    for person in people:
        told = letters.about_talk(dialogue, kind, person.language, today=today)
        signed = told.text.replace(f"{dialogue.tender.officer.name}\n", "")
        mail.write(
            "contracts/mail/dialogue_letter.txt",
            person.email,
            language=person.language,
            at=at,
            context={"subject": told.subject, "text": signed},
        )
    return len(people)
