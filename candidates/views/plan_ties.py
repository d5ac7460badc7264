"""The line of the plan that a share fulfils."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from candidates import actions, rules
from candidates.forms.plan_ties import PlanTieForm
from candidates.views.shares import visible_share
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, require


@require_POST
def share_tie(request: UserRequest, share_id: int) -> HttpResponse:
    share = visible_share(request, share_id)
    require(rules.may_tie_share(request.user, share))
    form = PlanTieForm(request.POST, lines=actions.lines_for(share))
    if not form.is_valid():
        messages.error(request, _("Choose a line of the agreed plan of this contract."))
        return redirect(share)
    verb = partial(actions.tie_share, share, form.cleaned_data["line"])
    return pressed(request, verb, _("The line of the plan is kept."), back=share)
