"""The handbook, for everybody to read and to print."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sroi_portal.core import handbook


@login_not_required
@require_safe
def handbook_list(request: HttpRequest) -> HttpResponse:
    own, others = handbook.books(request.user)
    return render(request, "core/handbook_list.html", {"own": own, "others": others})


@login_not_required
@require_safe
def handbook_detail(request: HttpRequest, role: str) -> HttpResponse:
    if role not in handbook.ROLES:
        raise Http404
    return render(request, "core/handbook_detail.html", {"book": handbook.book(role)})
