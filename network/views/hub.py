"""The first page of the network: everything that is shared, in a few sections."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from network.places import sections_for
from sroi_portal.core.http import UserRequest


@require_safe
def hub(request: UserRequest) -> HttpResponse:
    return render(request, "network/hub.html", {"sections": sections_for(request.user)})
