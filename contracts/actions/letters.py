"""Letters: their texts, kept per authority, and what is written and sent of them."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone, translation

from contracts import letters
from contracts.actions.telling import tell_supplier
from contracts.models import Contract, FollowUp, Letter, LetterTemplate, Settlement
from sroi_portal.core import audit, personal
from sroi_portal.core.models import Authority, User
from sroi_portal.core.status import lock, save
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True)
class Writing:
    """What a letter is about, and what fills its places besides the facts of the contract."""

    kind: str
    facts: Mapping[str, str] = field(default_factory=dict)
    step: FollowUp | None = None
    settlement: Settlement | None = None


@transaction.atomic
def publish_letter_template(  # noqa: PLR0913 - the text, and for whom it is
    authority: Authority,
    kind: str,
    language: str,
    draft: letters.Draft,
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> LetterTemplate:
    """Let this text be the one of the authority from now on; older versions stay (R-226).

    :raises ValidationError: when a place is unknown, or one is missing that must be there.
    """
    letters.check(kind, f"{draft.subject}\n{draft.text}")
    newest = LetterTemplate.objects.current(authority, kind, language)
    template = LetterTemplate(
        uuid=key or uuid.uuid4(),
        authority=authority,
        kind=kind,
        language=language,
        version=newest.version + 1 if newest else 1,
        subject=draft.subject,
        text=draft.text,
        published_by=by,
        published_at=at,
    )
    save(template)
    audit.record(template, "publish_letter_template", by=by, at=at)
    return template


@transaction.atomic
def write_letter(
    contract: Contract, writing: Writing, *, by: User, at: dt.datetime, language: str = "nl"
) -> Letter:
    """Fill the newest text in, and freeze it under a number of its own (R-226)."""
    today = timezone.localdate(at)
    with translation.override(language):
        facts = {**facts_of(contract, today), **writing.facts}
    draft = letters.draft(contract.authority, writing.kind, language)
    letter = Letter(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        step=writing.step,
        settlement=writing.settlement,
        kind=writing.kind,
        number=_next_number(contract.authority, today),
        language=language,
        template_version=draft.version,
        subject=letters.fill(draft.subject, facts)[:400],
        written_on=today,
        written_by=by,
    )
    text = letters.fill(draft.text, facts)
    personal.refuse_bsn(text)
    letter.text = text
    save(letter)
    audit.record(letter, "write_letter", by=by, at=at)
    return letter


@transaction.atomic
def send_letter(letter: Letter, *, by: User, at: dt.datetime, on: dt.date | None = None) -> Letter:
    """Record the day on which it went out; from then on the supplier sees it (R-226)."""
    letter = lock(letter)
    if letter.sent_on is None:
        letter.sent_on, letter.sent_by = on or timezone.localdate(at), by
        save(letter)
        audit.record(letter, "send_letter", by=by, at=at, changed=["sent_on"])
        tell_supplier("send_letter", letter.contract, by=by, at=at, facts={"letter": letter})
    return letter


def facts_of(contract: Contract, today: dt.date) -> dict[str, str]:
    """Give what every letter may say of a contract."""
    return {
        "supplier": contract.supplier.name,
        "authority": contract.authority.name,
        "contract": contract.title,
        "reference": contract.reference or "–",
        "manager": contract.manager.name if contract.manager else "",
        "day": formats.day(today),
    }


def _next_number(authority: Authority, today: dt.date) -> str:
    """Count the letters of an authority in a year, one at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"letters {authority.pk}"]
        )
    begin = f"{authority.code}-{today.year}-"
    count = Letter.objects.filter(authority=authority, number__startswith=begin).count()
    return f"{begin}{count + 1:04d}"
