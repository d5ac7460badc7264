"""Samples: drawn, worked through, and drawn again by who audits."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates import actions, risks, rules
from candidates.forms.sampling import OutcomeForm, SampleForm
from candidates.models import RiskReason, Sample, SampleShare, Share
from sroi_portal.core import history
from sroi_portal.core.doing import sent
from sroi_portal.core.http import UserRequest, paginate, require


@require_safe
def sample_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_samples(request.user))
    drawn = models.Count("shares", filter=models.Q(shares__place__isnull=False))
    done = models.Count("shares", filter=~models.Q(shares__outcome=""))
    rows = (
        Sample.objects.visible_to(request.user)
        .select_related("authority", "drawn_by")
        .annotate(drawn_count=drawn, done_count=done)
        .order_by("-drawn_at", "-pk")
    )
    context = {
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "may_draw": rules.may_draw_sample(request.user),
    }
    return render(request, "candidates/sample_list.html", context)


@require_http_methods(["GET", "POST"])
def sample_new(request: UserRequest) -> HttpResponse:
    require(rules.may_draw_sample(request.user))
    form = SampleForm(request.POST or None, coordinator=request.user, today=timezone.localdate())
    if form.is_valid():
        facts, made = form.facts(), form.already_made()
        try:
            sample = made or actions.draw_sample(
                facts.pop("authority"), facts, by=request.user, at=timezone.now(), key=form.key()
            )
        except (actions.NothingToDrawError, ValidationError) as reason:
            form.refuse(reason)
        else:
            return redirect(sample)
    context = {"form": form, "weights": weights_in_words()}
    return render(request, "candidates/sample_new.html", context)


@require_safe
def sample_detail(request: UserRequest, sample_id: int) -> HttpResponse:
    """Show the work list; who only audits sees the numbers, not the contributions."""
    sample = _sample(request, sample_id)
    drawn = list(sample.shares.filter(place__isnull=False).order_by("place"))
    seen = (
        Share.objects.visible_to(request.user)
        .select_related("supplier", "contract")
        .in_bulk([each.share_id for each in drawn])
    )
    rows = [
        {
            "drawn": each,
            "share": seen.get(each.share_id),
            "reasons": [RiskReason(reason).label for reason in each.reasons],
            "may_record": rules.may_record_outcome(request.user, each),
        }
        for each in drawn
    ]
    context = {
        "sample": sample,
        "rows": rows,
        "chances": sample.shares.count(),
        "done": sum(bool(each.outcome) for each in drawn),
        "events": history.of([sample]),
    }
    return render(request, "candidates/sample_detail.html", context)


@require_safe
def sample_again(request: UserRequest, sample_id: int) -> HttpResponse:
    """Draw once more from the seed and the chances, and compare (N08)."""
    sample = _sample(request, sample_id)
    kept = list(sample.shares.order_by("share_uuid"))
    places = {each.share_uuid: each.place for each in kept if each.place is not None}
    again = actions.drawn_again(sample)
    then = sorted(places, key=lambda name: places[name])
    wrong = [
        each
        for each in kept
        if each.weight != risks.weight_of(tuple(map(RiskReason, each.reasons)))
    ]
    rows = [
        {"place": place, "then": str(name)[:8] if name else "", "again": str(other)[:8]}
        for place, (name, other) in enumerate(
            zip([*then, *[None] * (len(again) - len(then))], again, strict=False), start=1
        )
    ]
    context = {
        "sample": sample,
        "rows": rows,
        "chances": len(kept),
        "is_same": again == then and not wrong,
        "weights": weights_in_words(),
    }
    return render(request, "candidates/sample_again.html", context)


@require_http_methods(["GET", "POST"])
def outcome_record(request: UserRequest, drawn_id: int) -> HttpResponse:
    seen = Sample.objects.visible_to(request.user)
    rows = SampleShare.objects.filter(sample__in=seen, place__isnull=False)
    drawn = get_object_or_404(rows.select_related("sample"), pk=drawn_id)
    require(rules.may_record_outcome(request.user, drawn))
    form = OutcomeForm(request.POST or None, initial={"outcome": drawn.outcome})
    if sent(request, form, partial(actions.record_outcome, drawn), _("The outcome is recorded.")):
        return redirect(drawn.sample)
    context = {"form": form, "drawn": drawn, "sample": drawn.sample}
    return render(request, "candidates/outcome_record.html", context)


def weights_in_words() -> list[dict[str, Any]]:
    """Say what each reason adds to the chance of a contribution."""
    return [{"label": reason.label, "added": added} for reason, added in risks.ADDED.items()]


def _sample(request: UserRequest, sample_id: int) -> Sample:
    rows = Sample.objects.visible_to(request.user).select_related("authority", "drawn_by")
    found: Sample = get_object_or_404(rows, pk=sample_id)
    return found
