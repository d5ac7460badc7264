"""The method is public: value tables are read, compared and taken along without an account (E09)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contracts import kept_tables, rules
from contracts.forms import CompareForm, TableFilterForm
from contracts.kept_tables import Comparison, Side, words
from contracts.models import ValueTable, ValueTableStatus
from contracts.toml_tables import Table, as_toml, as_workbook
from sroi_portal.core import history
from sroi_portal.core.http import paginate
from sroi_portal.core.models import User

KINDS: dict[str, tuple[str, Callable[[Table], bytes]]] = {
    "toml": ("application/toml", lambda table: as_toml(table).encode()),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_workbook,
    ),
}


@login_not_required
@require_safe
def value_table_list(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    is_inside = bool(person and rules.may_see_unpublished_tables(person))
    form = TableFilterForm(request.GET, with_drafts=is_inside)
    wanted = form.cleaned_data if form.is_valid() else {}
    tables = seen_by(person)
    if wanted.get("q"):
        words_said = wanted["q"].strip()
        tables = tables.filter(
            Q(name__icontains=words_said)
            | Q(publisher__icontains=words_said)
            | Q(code__icontains=words_said)
        )
    if wanted.get("status"):
        tables = tables.filter(status=wanted["status"])
    rows = tables.annotate(row_count=Count("blocks")).order_by("publisher", "-valid_from", "-pk")
    context = {
        "form": form,
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "is_narrowed": any(wanted.values()),
        "is_inside": is_inside,
        "may_draft": bool(person and rules.may_draft_value_table(person)),
    }
    return render(request, "contracts/value_table_list.html", context)


@login_not_required
@require_safe
def value_table_detail(request: HttpRequest, table_id: int) -> HttpResponse:
    person = signed_in(request)
    table = get_object_or_404(seen_by(person), pk=table_id)
    blocks = table.blocks.select_related("group").prefetch_related("evidence_kinds")
    named = {block.code: block for block in blocks}
    bonuses = [
        (bonus, bonus.as_terms(), [named[code] for code in bonus.applies_to if code in named])
        for bonus in table.bonuses.all()
    ]
    context = {
        "table": table,
        "terms": table.as_terms(),
        "limits": table.terms.get("limits", []),
        "rows": [(block, block.as_terms()) for block in named.values()],
        "bonuses": bonuses,
        "source_url": table.source if table.source.startswith(("https://", "http://")) else "",
        **(_inside(person, table) if person else {}),
    }
    return render(request, "contracts/value_table_detail.html", context)


@login_not_required
@require_safe
def value_table_compare(request: HttpRequest) -> HttpResponse:
    tables = seen_by(signed_in(request)).order_by("publisher", "code", "-valid_from", "-pk")
    is_asked = "left" in request.GET and "right" in request.GET
    initial = {name: request.GET.get(name) for name in ("left", "right")}
    form = CompareForm(request.GET if is_asked else None, initial=initial, tables=tables)
    context: dict[str, Any] = {"form": form, "comparison": None, "is_empty": not tables.exists()}
    if is_asked and form.is_valid():
        left, right = form.cleaned_data["left"], form.cleaned_data["right"]
        comparison = kept_tables.compare(kept_tables.of(left), kept_tables.of(right), words.names())
        context |= {"left": left, "right": right, "comparison": comparison}
        context |= {"sections": sections(comparison), "shows_all": form.cleaned_data["all"]}
    return render(request, "contracts/value_table_compare.html", context)


@login_not_required
@require_safe
def value_table_export(request: HttpRequest, table_id: int, kind: str) -> HttpResponse:
    table = get_object_or_404(seen_by(signed_in(request)), pk=table_id)
    if kind not in KINDS:
        raise Http404
    media_type, write = KINDS[kind]
    return HttpResponse(
        write(kept_tables.of(table)),
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{table.code}-{table.pk}.{kind}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def signed_in(request: HttpRequest) -> User | None:
    """Give the person, where somebody signed in."""
    return request.user if isinstance(request.user, User) else None


def seen_by(person: User | None) -> Any:
    tables = ValueTable.objects
    return tables.visible_to(person) if person else tables.public()


def sections(comparison: Comparison) -> list[dict[str, Any]]:
    """Put what is compared under its headings."""
    kinds = ("rows", "bonuses", "limits")
    return [
        {"kind": kind, "parts": parts, "is_same": all(part.side is Side.SAME for part in parts)}
        for kind in kinds
        if (parts := getattr(comparison, kind))
    ]


def _inside(person: User, table: ValueTable) -> dict[str, Any]:
    """Tell what this person may do now, and what happened; the public sees neither."""
    if not rules.may_see_unpublished_tables(person):
        return {}
    is_draft = table.status == ValueTableStatus.DRAFT
    is_proposed = table.status == ValueTableStatus.PROPOSED
    is_published = table.status == ValueTableStatus.PUBLISHED
    return {
        "is_inside": True,
        "events": history.of([table]),
        "may_draft": rules.may_draft_value_table(person),
        "may_change": is_draft and rules.may_change_value_table(person),
        "may_return": is_proposed and rules.may_return_value_table(person),
        "may_approve": is_proposed and rules.may_approve_value_table(person, table),
        "may_withdraw": is_published and rules.may_withdraw_value_table(person),
    }
