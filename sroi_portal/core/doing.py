"""What a button asks: do it, and say so or say why not."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

from sroi_portal.core.status import FORESEEN, texts_of


def done(request: HttpRequest, act: Callable[[], object], said: str | Promise) -> bool:
    """Do it, and say so; what is refused is said instead, each reason by itself."""
    try:
        act()
    except FORESEEN as reason:
        for text in texts_of(reason):
            messages.error(request, text)
        return False
    messages.success(request, str(said))
    return True
