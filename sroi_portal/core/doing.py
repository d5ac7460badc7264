"""What a button or a form asks: do it, and say so or say why not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.forms import Careful
from sroi_portal.core.http import UserRequest
from sroi_portal.core.status import FORESEEN, OldPageError, texts_of

type Said = str | Promise
OLD_PAGE = _(
    "Somebody changed this since you opened the page. Here you see how it stands now: "
    "read it, and press once more if you still want it."
)


def done(request: HttpRequest, act: Callable[[], object], said: Said = "") -> bool:
    """Do it, and say so if the page itself does not; what is refused is said instead."""
    try:
        act()
    except OldPageError:
        messages.error(request, str(OLD_PAGE))
        return False
    except FORESEEN as reason:
        tell(request, reason)
        return False
    if said:
        messages.success(request, str(said))
    return True


def tell(request: HttpRequest, refusal: Exception) -> None:
    """Say on the next page why something was refused, each reason by itself."""
    for text in texts_of(refusal):
        messages.error(request, text)


def pressed(
    request: UserRequest, verb: Callable[..., object], said: Said, *, back: Any
) -> HttpResponse:
    """Do what a button asks now, in the name of who pressed it, and lead back."""
    done(request, lambda: verb(by=request.user, at=timezone.now()), said)
    return redirect(back)


def sent(request: UserRequest, form: Careful, verb: Callable[..., object], said: Said) -> bool:
    """Do what a form asks, with what it says; a refusal stands on it, with what was typed."""
    if not form.is_valid():
        return False
    try:
        verb(**form.cleaned_data, by=request.user, at=timezone.now())
    except FORESEEN as reason:
        form.refuse(reason)
        return False
    messages.success(request, str(said))
    return True
