"""Thresholds of the adviser for the choice, and what is chosen for a tender (R-365)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import advice
from contracts.facts import market
from contracts.models import AdviceTerms, Lot, Tender, TenderAdvice, TenderStatus
from sroi_portal.core import audit
from sroi_portal.core.models import Authority, User
from sroi_portal.core.status import RefusedError, lock, refuse_old, save


class ChoiceStandsError(RefusedError):
    """The choice cannot be recorded, or not in this way."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the adviser asks of a tender."""

    division: str
    region: str
    value_eur: Decimal
    months: int
    labour_pct: Decimal


@transaction.atomic
def publish_advice_terms(
    authority: Authority,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
    seen: int | None = None,
) -> AdviceTerms:
    """Let these thresholds advise from now on; older versions stay.

    :raises ChangedMeanwhileError: when a version came after the one that was `seen`.
    """
    lock(authority)
    newest = AdviceTerms.objects.current(authority).version
    refuse_old(seen, newest)
    terms = AdviceTerms(
        uuid=key or uuid.uuid4(),
        authority=authority,
        version=newest + 1,
        published_by=by,
        published_at=at,
        **facts,
    )
    save(terms)
    audit.record(terms, "publish_advice_terms", by=by, at=at)
    return terms


def advise(tender: Tender, question: Question, *, today: dt.date) -> advice.Advice:
    """Hold a tender against the register of today by the thresholds of its authority."""
    whole = advice.Part("", *_terms_of(question))
    lots = [_part(lot, question) for lot in tender.lots.all() if lot.estimated_value]
    return advice.advise(
        whole,
        lots,
        labour_pct=question.labour_pct,
        offers=market.offers(today),
        terms=AdviceTerms.objects.current(tender.authority).as_terms(),
    )


@transaction.atomic
def record_choice(
    tender: Tender,
    question: Question,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> TenderAdvice:
    """Follow the advice of this moment, or choose something else and say why.

    :raises ChoiceStandsError: once the tender is awarded or withdrawn.
    :raises ValidationError: of another choice without a reason.
    """
    tender = lock(tender)
    if tender.status in (TenderStatus.AWARDED, TenderStatus.WITHDRAWN):
        raise ChoiceStandsError(_("The choice belongs before the award."))
    told = advise(tender, question, today=timezone.localdate(at))
    chosen = TenderAdvice(
        uuid=key or uuid.uuid4(),
        tender=tender,
        authority=tender.authority,
        terms_version=AdviceTerms.objects.current(tender.authority).version,
        advised=told.advised.value,
        advised_lot=told.lot,
        reasons=[asdict(reason) for reason in told.reasons],
        decided_by=by,
        decided_at=at,
        **asdict(question),
        **asdict(told.counted),
        **facts,
    )
    save(chosen)
    audit.record(chosen, "record_choice", by=by, at=at)
    return chosen


def _terms_of(question: Question) -> tuple[str, str, Decimal, int]:
    return question.division, question.region, question.value_eur, question.months


def _part(lot: Lot, question: Question) -> advice.Part:
    """Take what the lot says itself, and the rest of the tender."""
    return advice.Part(
        str(lot),
        lot.cpv_main[:2] or question.division,
        lot.place or question.region,
        lot.estimated_value or Decimal(0),
        question.months,
    )
