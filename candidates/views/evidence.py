"""Evidence is stated, and a file of it handed out to who may see it."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates import actions, evidence_needs, rules
from candidates.forms import EvidenceForm, EvidenceKindForm
from candidates.models import Contribution, Evidence, Placement, ScanStatus, Share
from candidates.views import looking
from sroi_portal.core import uploads
from sroi_portal.core.http import UserRequest, require


@require_http_methods(["GET", "POST"])
def evidence_new(request: UserRequest, placement_id: int) -> HttpResponse:
    placement = get_object_or_404(
        Placement.objects.visible_to(request.user).select_related("block", "contract", "supplier"),
        pk=placement_id,
    )
    require(rules.may_state_evidence(request.user, placement))
    needs = evidence_needs.of_placement(placement, timezone.localdate())
    return _ask_and_state(request, placement, needs, placement.get_absolute_url())


@require_http_methods(["GET", "POST"])
def contribution_evidence_new(request: UserRequest, contribution_id: int) -> HttpResponse:
    """State evidence of what is done without a placement, as a purchase."""
    shares = Share.objects.visible_to(request.user).with_facts().order_by("pk")
    share = shares.filter(
        contribution=contribution_id,
        contribution__placement=None,
        contribution__removed_at=None,
    ).first()
    if share is None:
        raise Http404
    require(rules.may_state_evidence(request.user, share))
    needs = evidence_needs.of_share(share, timezone.localdate())
    return _ask_and_state(request, share.contribution, needs, share.get_absolute_url())


@require_safe
def evidence_file(request: UserRequest, evidence_id: int) -> HttpResponseBase:
    """Hand out a file to be saved, never to be opened in the page; each time is written down."""
    evidence = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related(
            "placement", "contribution__for_placement"
        ),
        pk=evidence_id,
        scan__in=(ScanStatus.CLEAN, ScanStatus.UNSCANNED),
    )
    about = evidence.placement or evidence.contribution
    if about is not None and not rules.sees_reason(request.user, about):
        require(rules.may_see_reason(request.user, about))
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


def _ask_and_state(
    request: UserRequest,
    about: Placement | Contribution,
    needs: list[evidence_needs.Need],
    home: str,
) -> HttpResponse:
    if request.method == "GET":
        looking.look_at_reason(about, by=request.user, at=timezone.now())
    kinds = [need.kind for need in needs]
    wanted = request.GET.get("kind", "")
    kind = next((each for each in kinds if str(each.pk) == wanted), None)
    context: dict[str, Any] = {
        "home": home,
        "placement": about if isinstance(about, Placement) else None,
    }
    if kind is None:
        is_sent = "next" in request.GET
        choice = EvidenceKindForm(request.GET if is_sent else None, kinds=kinds)
        context |= {"choice": choice, "has_errors": bool(choice.errors)}
        return render(request, "candidates/evidence_new.html", context)
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        kind=kind,
        today=timezone.localdate(),
        is_asked=False,
    )
    if form.is_valid() and _state(request, about, form):
        return redirect(home)
    context |= {"form": form, "kind": kind}
    return render(request, "candidates/evidence_new.html", context)


def _state(request: UserRequest, about: Placement | Contribution, form: EvidenceForm) -> bool:
    if form.already_made():
        return True
    try:
        actions.state_evidence(about, form.evidence_facts(), by=request.user, at=timezone.now())
    except (uploads.UploadRefusedError, actions.EvidenceRefusedError) as reason:
        form.add_error("file", str(reason))
        return False
    messages.success(request, _("The evidence is stated."))
    return True
