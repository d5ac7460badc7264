"""Evidence is stated, and a file of it handed out to who may see it."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates import actions, rules
from candidates.forms import EvidenceForm, EvidenceKindForm
from candidates.models import Evidence, Placement, ScanStatus
from candidates.views import looking
from contracts.models import EvidenceKind
from sroi_portal.core import uploads
from sroi_portal.core.http import UserRequest, require


@require_http_methods(["GET", "POST"])
def evidence_new(request: UserRequest, placement_id: int) -> HttpResponse:
    placement = get_object_or_404(
        Placement.objects.visible_to(request.user).select_related("block", "contract", "supplier"),
        pk=placement_id,
    )
    require(rules.may_state_evidence(request.user, placement))
    kind = _kind(request, placement)
    if kind is None:
        return _ask_kind(request, placement)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        kind=kind,
        today=timezone.localdate(),
        is_asked=False,
    )
    if form.is_valid() and _state(request, placement, form):
        return redirect(placement)
    context = {"form": form, "kind": kind, "placement": placement}
    return render(request, "candidates/evidence_new.html", context)


@require_safe
def evidence_file(request: UserRequest, evidence_id: int) -> HttpResponseBase:
    """Hand out a file to be saved, never to be opened in the page; each time is written down."""
    evidence = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("placement"),
        pk=evidence_id,
        scan__in=(ScanStatus.CLEAN, ScanStatus.UNSCANNED),
    )
    if evidence.placement is not None:
        looking.look_at_placement(
            evidence.placement, "open-evidence", by=request.user, at=timezone.now()
        )
    response = FileResponse(
        evidence.file.open("rb"),
        as_attachment=True,
        filename=evidence.file_name,
        content_type=evidence.file_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _kind(request: UserRequest, placement: Placement) -> EvidenceKind | None:
    wanted = request.GET.get("kind", "")
    kinds = placement.block.evidence_kinds.all()
    return next((kind for kind in kinds if str(kind.pk) == wanted), None)


def _ask_kind(request: UserRequest, placement: Placement) -> HttpResponse:
    is_sent = "next" in request.GET
    form = EvidenceKindForm(request.GET if is_sent else None, block=placement.block)
    context = {"choice": form, "placement": placement, "has_errors": bool(form.errors)}
    return render(request, "candidates/evidence_new.html", context)


def _state(request: UserRequest, placement: Placement, form: EvidenceForm) -> bool:
    if form.already_made():
        return True
    try:
        actions.state_evidence(placement, form.evidence_facts(), by=request.user, at=timezone.now())
    except (uploads.UploadRefusedError, actions.EvidenceRefusedError) as reason:
        form.add_error("file", str(reason))
        return False
    messages.success(request, _("The evidence is stated."))
    return True
