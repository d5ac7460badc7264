"""A supplier objects to a rejection."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candidates import actions, rules
from candidates.forms.checking import ObjectForm
from candidates.models import ShareStatus
from candidates.views.shares import visible_share
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
def share_object(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_object_share(request.user, share))
    if share.status != ShareStatus.REJECTED:
        if share.status != ShareStatus.OBJECTED:
            messages.info(request, _("There is no rejection to object to."))
        return redirect(share)
    form = ObjectForm(request.POST or None, initial={"revision": share.revision})
    if form.is_valid():
        facts: Any = {"reason": form.cleaned_data["reason"], "by": request.user}
        try:
            actions.object_share(share, at=timezone.now(), **facts)
        except (*FORESEEN, actions.TooLateError, actions.EnteredAnewError) as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Your objection is sent. You get a mail of the decision."))
            return redirect(share)
    return render(request, "candidates/share_object.html", {"form": form, "share": share})
