"""A supplier asks a partner to confirm; the partner answers by a link, without an account."""

import hashlib
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candidates import actions, rules
from candidates.forms.confirmations import AskForm, PartnerAnswerForm
from candidates.models import Confirmation
from candidates.views.shares import visible_share
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as
from sroi_portal.core.http import UserRequest, require


@require_http_methods(["GET", "POST"])
def confirmation_ask(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_ask_confirmation(request.user, share))
    form = AskForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            actions.ask_confirmation(
                share.contribution, email=email, by=request.user, at=timezone.now()
            )
        except actions.NothingToConfirmError as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The partner was asked by mail."))
            return redirect(share)
    return render(request, "candidates/confirmation_ask.html", {"form": form, "share": share})


@login_not_required
@require_http_methods(["GET", "POST"])
def confirmation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Open by a button, answer by another; nothing happens when a mail program follows the link."""
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    with acting_as(DatabaseRole.LINK, Sight(link=token_hash)):
        asked = Confirmation.objects.with_token(token).open_at(timezone.now()).first()
    if asked is None:
        return render(request, "candidates/confirmation_closed.html", status=HTTPStatus.GONE)
    if request.method == "GET":
        return render(request, "candidates/confirmation_open.html")
    form = PartnerAnswerForm(request.POST if request.POST.get("do") == "answer" else None)
    if form.is_valid():
        return _answered(request, asked, form)
    context = {"form": form, "asked": asked}
    return render(request, "candidates/confirmation_answer.html", context)


def _answered(request: HttpRequest, asked: Confirmation, form: PartnerAnswerForm) -> HttpResponse:
    """Keep the answer with the rights of the worker: the link may only read."""
    at, is_right = timezone.now(), form.is_right
    remark = "" if is_right else form.cleaned_data["remark"]
    try:
        with acting_as(DatabaseRole.WORKER):
            actions.answer_confirmation(asked, is_right=is_right, at=at, remark=remark)
    except actions.LinkClosedError:
        return render(request, "candidates/confirmation_closed.html", status=HTTPStatus.GONE)
    return render(request, "candidates/confirmation_thanks.html", {"is_right": is_right})
