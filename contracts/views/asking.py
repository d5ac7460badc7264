"""A page that asks one thing and does it: the same steps for all of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from contracts.models import Contract
from sroi_portal.core.forms import Careful
from sroi_portal.core.http import UserRequest
from sroi_portal.core.status import FORESEEN

type Text = str | Promise


@dataclass(frozen=True, slots=True)
class Ask:
    """What the page says, and where it leads."""

    title: Text
    lead: Text
    submit: Text
    done: Text
    back: str
    danger: bool = False
    template: str = "contracts/asking.html"
    shown: dict[str, Any] = field(default_factory=dict)


def asked(
    request: UserRequest,
    contract: Contract,
    form: Careful,
    ask: Ask,
    act: Callable[[], object],
) -> HttpResponse:
    """Show the form; when it is valid do it, and say so or say why not."""
    if form.is_valid():
        try:
            act()
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, str(ask.done))
            return redirect(ask.back)
    context = {"form": form, "ask": ask, "contract": contract, **ask.shown}
    return render(request, ask.template, context)
