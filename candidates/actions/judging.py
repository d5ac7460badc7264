"""The person says whether a recorded fact is right; the firm or the checker answers (C12, R-372)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import JudgedFact, JudgementStatus, PersonalLink, Placement
from sroi_portal.core import audit, mail, terms
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save

ANSWER_DAYS = 14


class AlreadyAnsweredError(RefusedError):
    """Somebody else answered, or the person said it anew."""


@transaction.atomic
def judge_fact(
    link: PersonalLink, placement: Placement, fact: str, *, at: dt.datetime, words: str = ""
) -> JudgedFact:
    """Keep what the person says: right, or with words not right; what was said before is replaced."""
    link, placement = lock(link), lock(placement)
    before = JudgedFact.objects.standing().filter(link=link, placement=placement, fact=fact)
    for standing in before:
        move(lock(standing), JudgementStatus.REPLACED, verb="judge_fact", by=None, at=at)
    judged = JudgedFact(
        link=link,
        placement=placement,
        supplier_id=placement.supplier_id,
        authority_ids=placement.authority_ids,
        fact=fact,
        status=JudgementStatus.WRONG if words else JudgementStatus.RIGHT,
        judged_at=at,
        due_on=terms.due_on(timezone.localdate(at), ANSWER_DAYS) if words else None,
    )
    judged.words = words
    save(judged)
    audit.record(judged, "judge_fact", by=None, at=at)
    if words:
        _ask_for_answer(judged, at=at)
    return judged


@transaction.atomic
def answer_fact(judged: JudgedFact, *, by: User, at: dt.datetime, reply: str) -> None:
    """Answer what was said not to be right; the person reads it on the page.

    :raises AlreadyAnsweredError: when it waits for no answer any more.
    """
    judged = lock(judged)
    if judged.status != JudgementStatus.WRONG:
        raise AlreadyAnsweredError(_("This was answered already, or the person said it anew."))
    judged.reply = reply
    judged.answered_by, judged.answered_at = by, at
    move(judged, JudgementStatus.ANSWERED, verb="answer_fact", by=by, at=at)


def _ask_for_answer(judged: JudgedFact, *, at: dt.datetime) -> None:
    """Tell who entered the work, and the manager once the authority sees it; no word of it goes."""
    placement = judged.placement
    asked = [placement.entered_by]
    contract = placement.contract
    if contract.manager is not None and contract.authority_id in judged.authority_ids:
        asked.append(contract.manager)
    mail.send(
        "candidates/mail/judge_fact.txt",
        to=asked,
        at=at,
        context={"judged": judged},
        about=judged,
    )
