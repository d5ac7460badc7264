"""What the person says of the work, and permits of it; removed with the details (N27, R-373)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from candidates import retention
from candidates.models import JudgedFact, PersonalCode, PersonalLink, Voice
from contracts.models import Contract
from sroi_portal.core import audit, jobs
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, save

WITHDRAWING = "network.tasks.withdraw_unpermitted"  # quotes of which the permission is gone


@dataclass(frozen=True)
class Said:
    """An answer to one question, with what the person permits of it."""

    question: str
    answer: str
    words: str = ""
    is_for_employer: bool = False
    may_quote: bool = False


@transaction.atomic
def say_voice(
    link: PersonalLink, moment: str, said: Iterable[Said], *, at: dt.datetime
) -> list[Voice]:
    """Keep the answers of one moment; sent again they take the place of the earlier ones."""
    link = lock(link)
    before = {
        each.question: each
        for each in Voice.objects.select_for_update().filter(
            link=link, placement=link.placement_id, moment=moment
        )
    }
    voices = [_said(link, moment, each, before.get(each.question), at=at) for each in said]
    for voice in voices:
        save(voice)
        audit.record(voice, "say_voice", by=None, at=at)
    jobs.hint(WITHDRAWING)
    return voices


def _said(
    link: PersonalLink, moment: str, said: Said, before: Voice | None, *, at: dt.datetime
) -> Voice:
    placement = link.placement
    voice = before or Voice(
        link=link,
        placement=placement,
        supplier_id=placement.supplier_id,
        authority_id=placement.contract.authority_id,
        moment=moment,
        question=said.question,
    )
    if said.words != voice.words:  # other words need a permission of their own
        voice.quotable_at = voice.withdrawn_at = None
    voice.answer, voice.words, voice.said_at = said.answer, said.words, at
    _permit(voice, is_for_employer=said.is_for_employer, may_quote=said.may_quote, at=at)
    return voice


@transaction.atomic
def change_permission(
    voice: Voice, *, is_for_employer: bool, may_quote: bool, at: dt.datetime
) -> None:
    """Let the person decide anew who may read an answer and whether it may be quoted."""
    voice = lock(voice)
    _permit(voice, is_for_employer=is_for_employer, may_quote=may_quote, at=at)
    save(voice)
    audit.record(voice, "change_permission", by=None, at=at)
    jobs.hint(WITHDRAWING)


@transaction.atomic
def withdraw_permissions(link: PersonalLink, *, at: dt.datetime) -> int:
    """Take back all that was permitted with earlier letters, whose answers nobody sees again."""
    earlier = Voice.objects.filter(link__candidate=link.candidate_id).exclude(link=link)
    permitted = [each for each in earlier.select_for_update() if _is_permitted(each)]
    for voice in permitted:
        _permit(voice, is_for_employer=False, may_quote=False, at=at)
        save(voice)
        audit.record(voice, "withdraw_permissions", by=None, at=at)
    jobs.hint(WITHDRAWING)
    return len(permitted)


@transaction.atomic
def purge_personal_links(*, by: User | None, at: dt.datetime, of: Contract | None = None) -> int:
    """Remove letters, codes and answers that are due; words that may be quoted stay of nobody.

    Of one contract all of them go.
    """
    due = PersonalLink.objects.filter(placement__contract=of) if of else retention.links_due(at)
    links = list(due.select_for_update(of=("self",)))
    voices = Voice.objects.filter(link__in=links)
    for voice in voices.quotable():
        voice.link = voice.placement = None
        voice.is_for_employer = False
        save(voice)
        audit.record(voice, "purge_personal_links", by=by, at=at)
    Voice.objects.filter(link__in=links).delete()
    JudgedFact.objects.filter(link__in=links).delete()
    PersonalCode.objects.filter(link__in=links).delete()
    audit.record_many(links, "purge_personal_links", by=by, at=at)
    PersonalLink.objects.filter(pk__in=[link.pk for link in links]).delete()
    return len(links)


def _permit(voice: Voice, *, is_for_employer: bool, may_quote: bool, at: dt.datetime) -> None:
    voice.is_for_employer = is_for_employer
    if may_quote and voice.words_sealed:
        if not voice.is_quotable:
            voice.quotable_at, voice.withdrawn_at = at, None
    elif voice.words_sealed:
        voice.withdrawn_at = at if voice.is_quotable else voice.withdrawn_at
    else:
        voice.quotable_at = voice.withdrawn_at = None


def _is_permitted(voice: Voice) -> bool:
    return voice.is_for_employer or voice.is_quotable
