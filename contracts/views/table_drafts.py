"""A value table is written: typed, copied or read from a file, and changed while it is a draft."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts import actions, kept_tables, rules
from contracts.forms import (
    AnyPartForm,
    BonusForm,
    ImportForm,
    LimitForm,
    RowForm,
    SettingsForm,
    UnitForm,
    VersionForm,
)
from contracts.kept_tables import changing, words
from contracts.models import ValueTable, ValueTableStatus
from contracts.toml_tables import Problem, RowKind, Table, TableError, from_workbook
from contracts.valuation import Unit
from sroi_portal.core.doing import done
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN
from sroi_portal.core.uploads import UploadRefusedError, tables

SIMPLE: dict[str, type[BonusForm | LimitForm]] = {"bonuses": BonusForm, "limits": LimitForm}
TITLES = {
    "rows": (gettext_lazy("Add a row"), gettext_lazy("Change a row")),
    "bonuses": (gettext_lazy("Add an extra"), gettext_lazy("Change an extra")),
    "limits": (gettext_lazy("Add a limit"), gettext_lazy("Change a limit")),
}


@require_http_methods(["GET", "POST"])
def value_table_new(request: UserRequest) -> HttpResponse:
    require(rules.may_draft_value_table(request.user))
    form = SettingsForm(request.POST or None)
    if form.is_valid() and (made := _drafted(request, form, form.wanted())):
        return redirect("contracts:value-table-edit", made.pk)
    return render(request, "contracts/value_table_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def value_table_copy(request: UserRequest, table_id: int) -> HttpResponse:
    table = get_object_or_404(ValueTable.objects.visible_to(request.user), pk=table_id)
    require(rules.may_draft_value_table(request.user))
    form = VersionForm(request.POST or None, table=kept_tables.of(table))
    if form.is_valid() and (made := _drafted(request, form, form.wanted())):
        messages.success(request, _("The copy is a draft: change in it what is new."))
        return redirect("contracts:value-table-edit", made.pk)
    return render(request, "contracts/value_table_copy.html", {"form": form, "table": table})


@require_http_methods(["GET", "POST"])
def value_table_import(request: UserRequest) -> HttpResponse:
    require(rules.may_draft_value_table(request.user))
    form = ImportForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        try:
            wanted = _read(form.cleaned_data["file"], form.cleaned_data["version"])
        except UploadRefusedError as reason:
            form.add_error("file", str(reason))
        except TableError as mistake:
            problems = mistake.problems
            form.add_error(
                "file", _("The table in this file is not sound. Look at the list below.")
            )
        else:
            if made := _drafted(request, form, wanted):
                messages.success(request, _("The table is read. It is a draft now."))
                return redirect("contracts:value-table-edit", made.pk)
    context = {"form": form, "problems": problems}
    return render(request, "contracts/value_table_import.html", context)


@require_safe
def value_table_edit(request: UserRequest, table_id: int) -> HttpResponse:
    table = _draft(request, table_id)
    if table.status != ValueTableStatus.DRAFT:
        return _frozen(request, table)
    read = kept_tables.of(table)
    context = {
        "table": table,
        "settings": list(words.of_settings(read).items()),
        "sections": [
            {"kind": kind, "parts": _told(read, kind), "add": TITLES[kind][0]}
            for kind in ("rows", "bonuses", "limits")
        ],
        "problems": actions.missing_to_publish(table),
    }
    return render(request, "contracts/value_table_edit.html", context)


@require_http_methods(["GET", "POST"])
def value_table_settings(request: UserRequest, table_id: int) -> HttpResponse:
    table = _draft(request, table_id)
    if table.status != ValueTableStatus.DRAFT:
        return _frozen(request, table)
    form = SettingsForm(request.POST or None, table=kept_tables.of(table), revision=table.revision)
    if form.is_valid() and _changed(request, table, form, form.wanted()):
        return redirect("contracts:value-table-edit", table.pk)
    return render(request, "contracts/value_table_settings.html", {"form": form, "table": table})


@require_http_methods(["GET", "POST"])
def value_table_part_new(request: UserRequest, table_id: int, kind: str) -> HttpResponse:
    table = _draft(request, table_id)
    if table.status != ValueTableStatus.DRAFT:
        return _frozen(request, table)
    return _part(request, table, kind)


@require_http_methods(["GET", "POST"])
def value_table_part_edit(
    request: UserRequest, table_id: int, kind: str, code: str
) -> HttpResponse:
    table = _draft(request, table_id)
    if table.status != ValueTableStatus.DRAFT:
        return _frozen(request, table)
    return _part(request, table, kind, code)


@require_POST
def value_table_part_move(
    request: UserRequest, table_id: int, kind: str, code: str
) -> HttpResponse:
    table = _draft(request, table_id)
    read = _with(kind, code, kept_tables.of(table))
    wanted = changing.moved(read, kind, code, up="up" in request.POST)
    _change(request, table, wanted)
    return _back(table, kind, code)


@require_POST
def value_table_part_remove(
    request: UserRequest, table_id: int, kind: str, code: str
) -> HttpResponse:
    table = _draft(request, table_id)
    read = _with(kind, code, kept_tables.of(table))
    try:
        wanted = changing.without(read, kind, code)
    except kept_tables.StillNamedError as reason:
        messages.error(request, str(reason))
    else:
        _change(request, table, wanted)
    return redirect("contracts:value-table-edit", table.pk)


def _part(request: UserRequest, table: ValueTable, kind: str, code: str = "") -> HttpResponse:
    """Ask for a row, a bonus or a limit; for a new row first what it counts for."""
    read = _with(kind, code, kept_tables.of(table))
    part = changing.parts_of(read, kind).get(code)
    given: dict[str, Any] = {"table": read, "part": part, "revision": table.revision}
    context = {"table": table, "kind": kind, "code": code, "title": TITLES[kind][bool(code)]}
    if kind == "rows":
        asked = _asked(request, part)
        if not asked.is_valid():
            context["form"] = asked if asked.is_bound else UnitForm()
            return render(request, "contracts/value_table_unit.html", context)
        what, unit = RowKind(asked.cleaned_data["kind"]), Unit(asked.cleaned_data["unit"])
        form: AnyPartForm = RowForm(request.POST or None, what=what, unit=unit, **given)
        context |= {
            "labels": {"what": words.CHOICES[RowKind][what], "unit": words.CHOICES[Unit][unit]},
            "question": {"kind": what, "unit": unit},
            "kinds": words.choices(RowKind),
            "units": words.choices(Unit),
        }
    else:
        form = SIMPLE[kind](request.POST or None, **given)
    if form.is_valid() and _is_sound(form) and _changed(request, table, form, form.wanted()):
        return _back(table, kind, form.cleaned_data["code"])
    return render(request, "contracts/value_table_part.html", context | {"form": form})


def _asked(request: UserRequest, row: Any) -> UnitForm:
    """Ask what is done and what it counts for: the address says it, else the row as it stands."""
    if "unit" in request.GET or row is None:
        return UnitForm(request.GET or None)
    return UnitForm({"kind": row.kind, "unit": row.block.unit})


def _back(table: ValueTable, kind: str, code: str) -> HttpResponse:
    """Lead back to the part on the page of the draft."""
    return redirect(f"{resolve_url('contracts:value-table-edit', table.pk)}#{kind}-{code}")


def _is_sound(form: AnyPartForm) -> bool:
    """Let the reader of files look at the table; what it says of this part is shown."""
    mark = f"({form.cleaned_data['code']})"
    for row, reason in kept_tables.problems(form.wanted()):
        if mark in row:
            form.add_error(None, reason)
    return not form.errors


def _drafted(request: UserRequest, form: Any, wanted: Table) -> ValueTable | None:
    """Write a draft, once; None when it is refused."""
    try:
        made: ValueTable = form.already_made() or actions.draft_value_table(
            wanted, by=request.user, at=timezone.now(), key=form.key()
        )
    except FORESEEN as reason:
        form.refuse(reason)
        return None
    return made


def _changed(request: UserRequest, table: ValueTable, form: Any, wanted: Table) -> bool:
    try:
        actions.change_value_table(
            table,
            wanted,
            by=request.user,
            at=timezone.now(),
            revision=form.cleaned_data["revision"],
        )
    except FORESEEN as reason:
        form.refuse(reason)
        return False
    messages.success(request, _("The draft is changed."))
    return True


def _change(request: UserRequest, table: ValueTable, wanted: Table) -> None:
    """Change a draft by a button: what is refused is told on the next page."""
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isascii() and typed.isdigit() else -1
    now = timezone.now()
    verb = partial(actions.change_value_table, table, wanted, by=request.user, at=now)
    done(request, partial(verb, revision=revision))


def _draft(request: UserRequest, table_id: int) -> ValueTable:
    table: ValueTable = get_object_or_404(ValueTable.objects.visible_to(request.user), pk=table_id)
    require(rules.may_change_value_table(request.user))
    return table


def _frozen(request: UserRequest, table: ValueTable) -> HttpResponse:
    messages.info(
        request, _("Only a draft can be changed. Copy the table as a new version instead.")
    )
    return redirect(table)


def _with(kind: str, code: str, table: Table) -> Table:
    """Let an address lead to a part that is there.

    :raises Http404: when there is no such part.
    """
    if kind not in TITLES or (code and code not in changing.parts_of(table, kind)):
        raise Http404
    return table


def _told(read: Table, kind: str) -> list[dict[str, Any]]:
    """Tell the parts of a table, with what is shown of each."""
    return [
        {
            "code": code,
            "label": getattr(_inner(part), words.label_name()),
            "value": getattr(_inner(part), "value_eur", None),
            "unit": getattr(_inner(part), "unit", ""),
            "pct": getattr(part, "pct", None),
        }
        for code, part in changing.parts_of(read, kind).items()
    ]


def _inner(part: Any) -> Any:
    return getattr(part, "block", None) or getattr(part, "bonus", None) or part


def _read(file: Any, version: str) -> Table:
    """Read a table from a file of either kind.

    :raises TableError: with each row that is wrong and why.
    :raises UploadRefusedError: when it is no such file.
    """
    sent = tables.read(file)
    reader = kept_tables.reader()
    table = from_workbook(sent.workbook, reader) if sent.workbook else reader.read(sent.text)
    return replace(table, terms=replace(table.terms, version=version)) if version else table
