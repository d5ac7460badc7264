"""The pages' own script saves what is typed, reads it back, or throws it away."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sroi_portal.core import drafts
from sroi_portal.core.http import UserRequest


@require_POST
def draft_save(request: UserRequest) -> HttpResponse:
    """Keep what was typed; what must not be kept is refused without a word in the log."""
    address = request.POST.get("address", "")
    try:
        drafts.save(request.user, address, request.POST, at=timezone.now())
    except (drafts.DraftRefusedError, ValidationError):
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_safe
@never_cache
def draft_read(request: UserRequest) -> HttpResponse:
    draft = drafts.of_form(request.user, request.GET.get("address", ""))
    if draft is None:
        raise Http404
    return JsonResponse({"fields": draft.fields})


@require_POST
def draft_discard(request: UserRequest) -> HttpResponse:
    drafts.remove(request.user, request.POST.get("address", ""))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
