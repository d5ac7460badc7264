"""A coordinator decides: verified, returned with a question, rejected, revoked."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates import actions, rules
from candidates.forms.checking import (
    GrantForm,
    RejectForm,
    ReturnForm,
    RevokeForm,
    UpholdForm,
)
from candidates.models import Share, ShareStatus
from candidates.views.queueing import go_on, query_of
from candidates.views.shares import revision_of, told, visible_share
from sroi_portal.core.forms import ReasonForm
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_POST
def share_verify(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_verify_share(request.user, share))
    if _is_done(request, share, ShareStatus.VERIFIED):
        return redirect(share)
    try:
        actions.verify_share(
            share, by=request.user, at=timezone.now(), revision=revision_of(request)
        )
    except FORESEEN as reason:
        messages.error(request, told(reason))
        return redirect(f"{share.get_absolute_url()}{query_of(request)}")
    return go_on(request, share, _("Verified: it counts. The supplier gets a mail."))


@require_http_methods(["GET", "POST"])
def share_return(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_return_share(request.user, share))

    def verb(reason: str, revision: int | None) -> None:
        actions.return_share(
            share, by=request.user, at=timezone.now(), question=reason, revision=revision
        )

    done = _("Returned with your question. The supplier gets a mail.")
    return decide(request, share, ReturnForm, verb, (ShareStatus.RETURNED, done))


@require_http_methods(["GET", "POST"])
def share_reject(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_reject_share(request.user, share))

    def verb(reason: str, revision: int | None) -> None:
        actions.reject_share(
            share, by=request.user, at=timezone.now(), reason=reason, revision=revision
        )

    done = _("Rejected with your reason. The supplier gets a mail.")
    return decide(request, share, RejectForm, verb, (ShareStatus.REJECTED, done))


@require_http_methods(["GET", "POST"])
def share_revoke(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_revoke_share(request.user, share))

    def verb(reason: str, _revision: int | None) -> None:
        actions.revoke_share(share, by=request.user, at=timezone.now(), reason=reason)

    done = _("The verification is revoked. The supplier gets a mail.")
    return decide(request, share, RevokeForm, verb, (ShareStatus.REVOKED, done))


@require_http_methods(["GET", "POST"])
def objection_grant(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_grant_objection(request.user, share))

    def verb(reason: str, revision: int | None) -> None:
        actions.grant_objection(
            share, by=request.user, at=timezone.now(), reason=reason, revision=revision
        )

    done = _("The objection is granted: it counts. The supplier gets a mail.")
    return decide(request, share, GrantForm, verb, (ShareStatus.VERIFIED, done))


@require_http_methods(["GET", "POST"])
def objection_uphold(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_uphold_rejection(request.user, share))

    def verb(reason: str, revision: int | None) -> None:
        actions.uphold_rejection(
            share, by=request.user, at=timezone.now(), reason=reason, revision=revision
        )

    done = _("The rejection stays. The supplier gets a mail.")
    return decide(request, share, UpholdForm, verb, (ShareStatus.UPHELD, done))


def decide(
    request: UserRequest,
    share: Share,
    form_class: type[ReasonForm],
    verb: Callable[[str, int | None], None],
    outcome: tuple[ShareStatus, str],
) -> HttpResponse:
    """Ask why, decide once, and keep what was typed when it cannot be done."""
    status, done = outcome
    if _is_done(request, share, status):
        return redirect(share)
    form = form_class(request.POST or None, initial={"revision": share.revision})
    if form.is_valid():
        try:
            verb(form.cleaned_data["reason"], form.cleaned_data["revision"])
        except FORESEEN as reason:
            form.refuse(reason)
            share.refresh_from_db()
        else:
            return go_on(request, share, done)
    name = str(request.resolver_match.url_name).replace("-", "_")  # type: ignore[union-attr]
    context = {"form": form, "share": share, "query": query_of(request)}
    return render(request, f"candidates/{name}.html", context)


def _is_done(request: UserRequest, share: Share, status: ShareStatus) -> bool:
    """Tell a second click from a decision that somebody else made."""
    is_second_click = request.method == "POST" and share.decided_by_id == request.user.pk
    return is_second_click and share.status == status
