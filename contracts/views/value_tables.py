"""The method is public: value tables are read without an account (E09)."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contracts.models import ValueTable


@login_not_required
@require_safe
def value_table_list(request: HttpRequest) -> HttpResponse:
    tables = ValueTable.objects.public().annotate(row_count=Count("blocks"))
    return render(request, "contracts/value_table_list.html", {"tables": tables})


@login_not_required
@require_safe
def value_table_detail(request: HttpRequest, table_id: int) -> HttpResponse:
    table = get_object_or_404(ValueTable.objects.public(), pk=table_id)
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
    }
    return render(request, "contracts/value_table_detail.html", context)
