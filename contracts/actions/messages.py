"""Messages on a contract: written by one side, told to the other, marked as read (R-196)."""

import datetime as dt
import uuid

from django.db import transaction

from contracts.actions.telling import people_of
from contracts.models import Contract, Message, MessageMark
from sroi_portal.core import audit, mail
from sroi_portal.core.models import NoticeKind, User
from sroi_portal.core.status import lock, save


@transaction.atomic
def send_message(
    contract: Contract,
    text: str,
    *,
    by: User,
    at: dt.datetime,
    about: uuid.UUID | None = None,
    key: uuid.UUID | None = None,
) -> Message:
    """Write to the other side; the mail says only that there is something to read."""
    contract = lock(contract)
    message = Message(
        uuid=key or uuid.uuid4(),
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        about_uuid=about,
        is_of_supplier=contract.supplier_id in by.supplier_ids,
        written_by=by,
        written_at=at,
    )
    message.text = text
    save(message)
    audit.record(message, "send_message", by=by, at=at)
    mark_messages_read(contract, by=by, at=at)
    people = (
        [contract.manager or contract.officer] if message.is_of_supplier else people_of(contract)
    )
    mail.send(
        "contracts/mail/send_message.txt",
        to=people,
        at=at,
        context={"contract": contract},
        notice=NoticeKind.CONTRACT,
        about=message,
    )
    return message


@transaction.atomic
def mark_messages_read(contract: Contract, *, by: User, at: dt.datetime) -> MessageMark | None:
    """Remember that this person has read all that stands here now; twice changes nothing."""
    contract = lock(contract)
    last = Message.objects.filter(contract=contract).order_by("-pk").first()
    if last is None:
        return None
    mark = MessageMark.objects.filter(contract=contract, person=by).first()
    if mark is None:
        mark = MessageMark(
            contract=contract,
            authority=contract.authority,
            supplier=contract.supplier,
            person=by,
            last_read=last,
        )
    elif mark.last_read_id == last.pk:
        return mark
    mark.last_read = last
    save(mark)
    audit.record(mark, "mark_messages_read", by=by, at=at)
    return mark
