"""What an authority asks is public: rules are read and tried without an account (R-111)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts import actions, rules
from contracts.forms import RuleFilterForm, TryForm
from contracts.forms.obligation_rules import (
    AuthorityForm,
    CertificateRows,
    LineRows,
    RuleForm,
    effect_initial,
    line_initial,
)
from contracts.models import ObligationRule, RuleStatus
from sroi_portal.core.forms import ReasonForm
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import User
from sroi_portal.core.status import FORESEEN, texts_of


@login_not_required
@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = RuleFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = ObligationRule.objects.visible_to(person)
    if wanted.get("q"):
        found = found.matching(wanted["q"].strip())
    if wanted.get("status"):
        found = found.filter(status=wanted["status"])
    rows = found.select_related("authority").order_by("publisher", "name", "-valid_from", "-pk")
    context = {
        "form": form,
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "is_narrowed": any(wanted.values()),
        "may_draft": bool(person and rules.may_draft_rule(person)),
    }
    return render(request, "contracts/rule_list.html", context)


@login_not_required
@require_safe
def rule_detail(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Say in words what it asks, and hold a contract against it that somebody makes up."""
    person = _person(request)
    rule = visible_rule(request, rule_id)
    is_tried = "value_eur" in request.GET
    form = TryForm(request.GET if is_tried else None, rule=rule)
    context: dict[str, Any] = {
        "rule": rule,
        "lines": rule.lines.all(),
        "effects": rule.certificate_effects.all(),
        "form": form,
        "offered": actions.offer(rule, form.contract(), form.asked()) if is_tried else None,
        "is_inside": bool(person and person.roles),
        "may_change": bool(person and rules.may_change_rule(person, rule)),
        "may_copy": bool(person and rules.may_copy_rule(person)),
    }
    return render(request, "contracts/rule_detail.html", context)


@require_http_methods(["GET", "POST"])
def rule_new(request: UserRequest) -> HttpResponse:
    require(rules.may_draft_rule(request.user))
    rule = ObligationRule(version=str(timezone.localdate().year))
    form = RuleForm(request.POST or None, instance=rule)
    whose = AuthorityForm(request.POST or None, adviser=request.user)
    lines, effects = _rows(request, rule)
    valid = [each.is_valid() for each in (form, whose, lines, effects)]
    if _is_to_keep(request) and all(valid):
        authority = whose.cleaned_data["authority"]
        made = form.already_made()
        try:
            told = form.told("", authority.name, *_typed(lines, effects))
            made = made or actions.draft_rule(
                authority, told, by=request.user, at=timezone.now(), key=form.key()
            )
        except ValidationError as reason:
            form.refuse(reason)
        else:
            return redirect(made)
    context = {"form": form, "whose": whose, "lines": lines, "effects": effects}
    return render(request, "contracts/rule_new.html", context)


@require_http_methods(["GET", "POST"])
def rule_edit(request: UserRequest, rule_id: int) -> HttpResponse:
    rule = visible_rule(request, rule_id)
    require(rules.may_change_rule(request.user, rule))
    if rule.status != RuleStatus.DRAFT:
        messages.info(request, _("Only a draft changes. Make a new version of this rule."))
        return redirect(rule)
    form = RuleForm(request.POST or None, instance=rule)
    lines, effects = _rows(request, rule)
    code, publisher = rule.code, rule.publisher
    valid = [each.is_valid() for each in (form, lines, effects)]
    if _is_to_keep(request) and all(valid):
        told = form.told(code, publisher, *_typed(lines, effects))
        revision = form.cleaned_data["revision"]
        try:
            actions.change_rule(rule, told, by=request.user, at=timezone.now(), revision=revision)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The draft is kept."))
            return redirect(rule)
    context = {"form": form, "lines": lines, "effects": effects, "rule": rule}
    return render(request, "contracts/rule_edit.html", context)


@require_http_methods(["GET", "POST"])
def rule_copy(request: UserRequest, rule_id: int) -> HttpResponse:
    """Begin a version of one's own with what this rule says."""
    rule = visible_rule(request, rule_id)
    require(rules.may_copy_rule(request.user))
    form = AuthorityForm(request.POST or None, adviser=request.user)
    if form.is_valid():
        authority = form.cleaned_data["authority"]
        copied = form.already_made() or actions.copy_rule(
            rule, authority, by=request.user, at=timezone.now(), key=form.key()
        )
        return redirect("contracts:rule-edit", copied.pk)
    return render(request, "contracts/rule_copy.html", {"form": form, "rule": rule})


@require_http_methods(["GET", "POST"])
def rule_publish(request: UserRequest, rule_id: int) -> HttpResponse:
    """Show what will propose, then publish it."""
    rule = visible_rule(request, rule_id)
    require(rules.may_publish_rule(request.user, rule))
    if request.method == "POST":
        try:
            actions.publish_rule(
                rule, by=request.user, at=timezone.now(), revision=_revision(request)
            )
        except FORESEEN as reason:
            messages.error(request, _said(reason))
        else:
            messages.success(request, _("The rule is published. Officers see what it proposes."))
        return redirect(rule)
    context = {"rule": rule, "missing": actions.missing_to_publish_rule(rule)}
    return render(request, "contracts/rule_publish.html", context)


@require_http_methods(["GET", "POST"])
def rule_withdraw(request: UserRequest, rule_id: int) -> HttpResponse:
    rule = visible_rule(request, rule_id)
    require(rules.may_withdraw_rule(request.user, rule))
    form = ReasonForm(request.POST or None, initial={"revision": rule.revision})
    if form.is_valid():
        try:
            actions.withdraw_rule(rule, **form.cleaned_data, by=request.user, at=timezone.now())
        except FORESEEN as reason:
            messages.error(request, _said(reason))
        return redirect(rule)
    return render(request, "contracts/rule_withdraw.html", {"rule": rule, "form": form})


@require_POST
def rule_discard(request: UserRequest, rule_id: int) -> HttpResponse:
    rule = visible_rule(request, rule_id)
    require(rules.may_discard_rule(request.user, rule))
    try:
        actions.discard_rule(rule, by=request.user, at=timezone.now(), revision=_revision(request))
    except FORESEEN as reason:
        messages.error(request, _said(reason))
        return redirect(rule)
    messages.success(request, _("The draft is thrown away."))
    return redirect("contracts:rule-list")


def visible_rule(request: HttpRequest, rule_id: int) -> ObligationRule:
    seen = ObligationRule.objects.visible_to(_person(request)).select_related("authority")
    rule: ObligationRule = get_object_or_404(
        seen.prefetch_related("lines", "certificate_effects"), pk=rule_id
    )
    return rule


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _is_to_keep(request: HttpRequest) -> bool:
    """Whether it is sent to be kept, and not for one more row."""
    return request.method == "POST" and "more" not in request.POST


def _rows(request: HttpRequest, rule: ObligationRule) -> tuple[Any, Any]:
    """Give the lines and the certificates, with one empty row more when that is asked."""
    if request.method != "POST":
        is_new = rule.pk is None
        lines = LineRows(prefix="lines", initial=[] if is_new else line_initial(rule))
        effects = CertificateRows(
            prefix="certificates", initial=[] if is_new else effect_initial(rule)
        )
        return lines, effects
    typed = request.POST.copy()
    wanted = f"{typed.get('more', '')}-TOTAL_FORMS"
    count = str(typed.get(wanted, ""))
    if count.isdecimal():
        typed[wanted] = str(int(count) + 1)
    return LineRows(typed, prefix="lines"), CertificateRows(typed, prefix="certificates")


def _typed(lines: Any, effects: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    return (
        tuple(row.line() for row in lines.kept()),
        tuple(row.effect() for row in effects.kept()),
    )


def _revision(request: HttpRequest) -> int | None:
    number = request.POST.get("revision", "")
    return int(number) if number.isdecimal() else None


def _said(reason: Exception) -> str:
    return " ".join(texts_of(reason))
