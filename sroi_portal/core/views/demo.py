"""What exists only in a demonstration."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sroi_portal.core.http import paginate
from sroi_portal.core.models import Outgoing


@login_not_required
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show every mail to everybody: the people are made up, and their links are to be tried."""
    page = paginate(request, Outgoing.objects.order_by("-pk"), size=20)
    return render(request, "core/mailbox.html", {"page": page})
