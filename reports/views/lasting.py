"""Lasting work and its estimated worth; the tables of values behind the estimate (N20, E15, E16)."""

from copy import copy
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts.valuation import RULES_VERSION
from reports import actions, facts, rules
from reports.actions import proxies
from reports.definitions import lasting
from reports.forms.proxies import ProxyTableForm, ProxyValueForm, YearForm
from reports.models import FixedTable, ProxyStatus, ProxyTable, TableKind
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision
from sroi_portal.core.status import FORESEEN

KINDS = (TableKind.ENDED, *lasting.AFTER)


@require_safe
def lasting_work(request: UserRequest) -> HttpResponse:
    """Show a year of the published tables, and what it is worth by the table of values."""
    require(rules.may_see_proxies(request.user))
    years = FixedTable.objects.filter(kind__in=KINDS).dates("starts_on", "year", order="DESC")
    form = YearForm(request.GET, years=[day.year for day in years])
    issue = facts.Issue(
        number="",
        language="en" if get_language() == "en" else "nl",
        authority="",
        cut_off_at=timezone.now(),
        position=0,
        rules_version=RULES_VERSION,
    )
    wanted = lasting.Wanted(is_every=True, has_social=True)
    shown = lasting.of_year(form.wanted(), issue, wanted)
    return render(request, "reports/lasting_work.html", {"form": form, "lasting": shown})


@require_safe
def proxy_table_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_proxies(request.user))
    rows = ProxyTable.objects.order_by("-valid_from", "-pk")
    context = {
        "page": paginate(request, rows),
        "may_draft": rules.may_draft_proxies(request.user),
    }
    return render(request, "reports/proxy_table_list.html", context)


@require_http_methods(["GET", "POST"])
def proxy_table_new(request: UserRequest) -> HttpResponse:
    """Begin a version; `?like=` begins with the values of another one."""
    require(rules.may_draft_proxies(request.user))
    asked = request.GET.get("like", "")
    like = ProxyTable.objects.filter(pk=asked).first() if asked.isdecimal() else None
    initial = {"name": like.name, "is_example": like.is_example} if like else {}
    form = ProxyTableForm(request.POST or None, initial=initial)
    if form.is_valid():
        table = form.already_made() or actions.draft_proxies(
            form.facts(), by=request.user, at=timezone.now(), key=form.key(), like=like
        )
        messages.success(request, _("The concept is there. Fill in what outcomes are worth."))
        return redirect(table)
    return render(request, "reports/proxy_table_new.html", {"form": form, "like": like})


@require_http_methods(["GET", "POST"])
def proxy_table_detail(request: UserRequest, table_id: int) -> HttpResponse:
    require(rules.may_see_proxies(request.user))
    table = _table(table_id)
    form = _value_form(request, table)
    if request.method == "POST":
        require(rules.may_set_proxy(request.user))
        if form.is_valid() and _set(request, table, form):
            messages.success(request, _("The value is kept."))
            return redirect(table)
    is_draft = table.status == ProxyStatus.DRAFT
    context = {
        "table": table,
        "values": table.values.order_by("outcome"),
        "form": form if is_draft and rules.may_set_proxy(request.user) else None,
        "may_publish": is_draft and rules.may_publish_proxies(request.user, table),
        "may_withdraw": table.status != ProxyStatus.WITHDRAWN
        and rules.may_withdraw_proxies(request.user),
        "may_draft": rules.may_draft_proxies(request.user),
    }
    return render(request, "reports/proxy_table_detail.html", context)


@require_POST
def proxy_remove(request: UserRequest, table_id: int, outcome: str) -> HttpResponse:
    table = _table(table_id)
    require(rules.may_remove_proxy(request.user))
    verb = partial(actions.remove_proxy, table, outcome)
    return pressed(request, verb, _("The value is taken out."), back=table)


@require_POST
def proxy_table_publish(request: UserRequest, table_id: int) -> HttpResponse:
    table = _table(table_id)
    require(rules.may_publish_proxies(request.user, table))
    verb = partial(actions.publish_proxies, table, revision=seen_revision(request))
    return pressed(
        request, verb, _("The table is published. Estimates use it from now on."), back=table
    )


@require_POST
def proxy_table_withdraw(request: UserRequest, table_id: int) -> HttpResponse:
    table = _table(table_id)
    require(rules.may_withdraw_proxies(request.user))
    verb = partial(actions.withdraw_proxies, table)
    return pressed(
        request, verb, _("The table is withdrawn. Estimates no longer use it."), back=table
    )


def _table(table_id: int) -> ProxyTable:
    found = ProxyTable.objects.select_related("drafted_by", "published_by")
    table: ProxyTable = get_object_or_404(found, pk=table_id)
    return table


def _value_form(request: UserRequest, table: ProxyTable) -> ProxyValueForm:
    """Offer an empty line, or one that is there already to fill in anew."""
    wanted = request.GET.get("outcome")
    asked = next((each for each in table.values.all() if each.outcome == wanted), None)
    names = ("outcome", *proxies.FILLED)
    initial: dict[str, Any] = {name: getattr(asked, name) for name in names} if asked else {}
    initial["revision"] = table.revision
    return ProxyValueForm(request.POST or None, initial=initial)


def _set(request: UserRequest, table: ProxyTable, form: ProxyValueForm) -> bool:
    revision, at = form.cleaned_data.get("revision"), timezone.now()
    try:
        actions.set_proxy(table, form.told(), by=request.user, at=at, revision=revision)
    except FORESEEN as reason:
        form.refuse(reason)
        typed: Any = copy(form.data)
        typed["revision"] = str(ProxyTable.objects.get(pk=table.pk).revision)
        form.data = typed
        return False
    return True
