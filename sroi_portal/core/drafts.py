"""What somebody is typing: kept sealed while the form is not sent, offered back afterwards."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpResponse, QueryDict

from sroi_portal.core import personal
from sroi_portal.core.http import UserRequest
from sroi_portal.core.models import FormDraft, User

KEPT = dt.timedelta(days=30)
LONGEST = 20_000  # characters of one form
NOT_KEPT = ("csrfmiddlewaretoken", "form_key", "revision", "do", "address")


class DraftRefusedError(Exception):
    """A draft is too long, or holds a citizen service number."""


def save(person: User, address: str, typed: QueryDict, *, at: dt.datetime) -> None:
    """Keep what is typed now; nothing typed keeps nothing (R-246).

    :raises DraftRefusedError: when it must not be kept.
    :raises ValidationError: when a text holds a citizen service number.
    """
    fields = {
        name: [str(value) for value in values]
        for name, values in typed.lists()
        if name not in NOT_KEPT and "password" not in name
    }
    texts = [value for values in fields.values() for value in values]
    if len(address) > (FormDraft._meta.get_field("address").max_length or 0):
        raise DraftRefusedError
    if sum(map(len, texts)) > LONGEST:
        raise DraftRefusedError
    for text in texts:
        personal.refuse_bsn(text)
    if any(text.strip() for text in texts):
        _write(person, address, fields, at=at)


def of_form(person: User, address: str) -> FormDraft | None:
    return FormDraft.objects.filter(user=person, address=address).first()


def remove(person: User, address: str) -> None:
    """Throw it away; a form sent to a bare path was typed at that path with any question."""
    mine = Q(address=address)
    if "?" not in address:
        mine |= Q(address__startswith=f"{address}?")
    FormDraft.objects.filter(mine, user=person).delete()


def kept[**P](
    view: Callable[Concatenate[UserRequest, P], HttpResponse],
) -> Callable[Concatenate[UserRequest, P], HttpResponse]:
    """Let a form be saved while one types; once it is sent and accepted the draft goes."""

    @wraps(view)
    def answered(request: UserRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            remove(request.user, request.get_full_path())
        return response

    return answered


def _write(person: User, address: str, fields: dict[str, list[str]], *, at: dt.datetime) -> None:
    """Write over the draft of before; two at once keep one of them."""
    draft = of_form(person, address) or FormDraft(user=person, address=address)
    draft.fields, draft.saved_at = fields, at
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        return
