"""A supplier's own spreadsheet, step by step: sent, columns, checked, entered, undone."""

import io
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates import actions, rules
from candidates.forms.imports import ColumnsForm, SheetUploadForm
from candidates.models import (
    ImportBatch,
    ImportFile,
    ImportPart,
    ImportStatus,
    Placement,
    SheetField,
)
from candidates.recorded import REASON
from candidates.sheets import offering, reading
from candidates.sheets.cells import short
from candidates.sheets.complaints import Complaint
from candidates.sheets.headings import LOOKED_AT, Found, found_in, samples
from candidates.sheets.reading import UnreadableSheetError
from candidates.views import looking
from candidates.views.entering import open_contracts
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import Job
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from sroi_portal.core.uploads import UploadRefusedError, spreadsheets
from suppliers.models import Supplier

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 20  # wrong rows on the page


@dataclass(frozen=True)
class ColumnLine:
    """A column as the page shows it: what it says, and what it seems to be about."""

    field: Any
    samples: str


@require_safe
def import_list(request: UserRequest) -> HttpResponse:
    require(bool(request.user.supplier_ids))
    rows = ImportBatch.objects.visible_to(request.user).select_related("sent_by", "supplier")
    page = paginate(request, rows.order_by("-pk").fetch_mode(models.FETCH_RAISE))
    return render(request, "candidates/import_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def import_new(request: UserRequest) -> HttpResponse:
    require(bool(request.user.enters_for))
    firms = Supplier.objects.filter(pk__in=request.user.enters_for).order_by("name", "pk")
    form = SheetUploadForm(
        request.POST or None,
        request.FILES or None,
        suppliers=firms,
        initial={"form_key": uuid.uuid4()},
    )
    if form.is_valid():
        try:
            batch = _sent(request, form.cleaned_data)
        except (UploadRefusedError, UnreadableSheetError) as reason:
            form.add_error("file", str(reason))
        else:
            return redirect(batch)
    return render(request, "candidates/import_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def import_columns(request: UserRequest, import_id: int) -> HttpResponse:
    batch = _own(request, import_id)
    require(rules.may_match_import(request.user, batch))
    if batch.status not in {ImportStatus.SENT, ImportStatus.CHECKED, ImportStatus.FAILED}:
        return redirect(batch)
    book = reading.opened(batch.kind, _file(batch, ImportPart.SENT).content)
    known = actions.remembered(batch.supplier)
    found = found_in(book, known, sheet=request.GET.get("sheet"))
    contracts = open_contracts(request.user).filter(supplier=batch.supplier)
    form = ColumnsForm(request.POST or None, batch=batch, found=found, contracts=contracts)
    if form.is_valid() and _matched(request, batch, form):
        return redirect(batch)
    top = book.top(found.sheet, LOOKED_AT)
    context = {
        "batch": batch,
        "form": form,
        "found": found,
        "sheets": book.names if len(book.names) > 1 else (),
        "lines": _lines(form, found, top),
    }
    return render(request, "candidates/import_columns.html", context)


@require_safe
def import_detail(request: UserRequest, import_id: int) -> HttpResponse:
    """Show how far it is; what is to be done next; and the way back."""
    batch = _own(request, import_id)
    if batch.status == ImportStatus.SENT and batch.has_content:
        return redirect("candidates:import-columns", batch.pk)
    return render(request, "candidates/import_detail.html", _context(request, batch))


@require_safe
def import_progress(request: UserRequest, import_id: int) -> HttpResponse:
    """Tell how far the work is; the page loads anew when it ended."""
    batch = _own(request, import_id)
    if not request.htmx:
        return redirect(batch)
    response = render(request, "candidates/import_detail.html#progress", _context(request, batch))
    if not batch.is_busy:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def import_confirm(request: UserRequest, import_id: int) -> HttpResponse:
    batch = _own(request, import_id)
    require(rules.may_confirm_import(request.user, batch))
    try:
        actions.confirm_import(batch, by=request.user, at=timezone.now())
    except IllegalMoveError as reason:
        messages.error(request, str(reason))
    return redirect(batch)


@require_POST
def import_undo(request: UserRequest, import_id: int) -> HttpResponse:
    batch = _own(request, import_id)
    require(rules.may_undo_import(request.user, batch))
    try:
        actions.undo_import(batch, by=request.user, at=timezone.now())
    except (IllegalMoveError, actions.NotUndoableError) as reason:
        messages.error(request, str(reason))
    return redirect(batch)


@require_POST
def import_retry(request: UserRequest, import_id: int) -> HttpResponse:
    batch = _own(request, import_id)
    require(rules.may_retry_import(request.user, batch))
    try:
        actions.retry_import(batch, by=request.user, at=timezone.now())
    except IllegalMoveError as reason:
        messages.error(request, str(reason))
    return redirect(batch)


@require_POST
def import_discard(request: UserRequest, import_id: int) -> HttpResponse:
    batch = _own(request, import_id)
    require(rules.may_discard_import(request.user, batch))
    try:
        actions.discard_import(batch, by=request.user, at=timezone.now())
    except IllegalMoveError as reason:
        messages.error(request, str(reason))
        return redirect(batch)
    messages.success(request, _("The file is thrown away. Nothing of it was entered."))
    return redirect("candidates:import-list")


@require_safe
def import_answer(request: UserRequest, import_id: int) -> FileResponse:
    """Give the wrong rows back, in the firm's own columns."""
    batch = _own(request, import_id)
    require(rules.may_see_import_rows(request.user, batch))
    content = _file(batch, ImportPart.ANSWER).content
    stem = batch.title.rpartition(".")[0] or batch.title
    said = _("what is wrong")
    return _download(content, f"{stem}-{said}.xlsx")


@require_safe
def import_template(request: UserRequest) -> FileResponse:
    """Give a spreadsheet to fill in, with the firm's contracts and running placements in it."""
    require(bool(request.user.supplier_ids))
    contracts = list(open_contracts(request.user))
    running = offering.running(request.user, on=timezone.localdate())
    told = _told(request, running)
    name = _("placements")
    return _download(offering.written(contracts, running, told=told), f"{name}.xlsx")


def _told(request: UserRequest, running: list[Placement]) -> set[int]:
    """Write down who looked, and say of which placements the row may be told (R-427)."""
    user, now = request.user, timezone.now()
    seen = [each for each in running if rules.sees_reason(user, each)]
    others = [each for each in running if not rules.sees_reason(user, each)]
    asked = [each for each in others if rules.may_see_reason(user, each)]
    kept = [each for each in others if not rules.may_see_reason(user, each)]
    looking.look_as_supplier([*seen, *kept], "export-placements", by=user, at=now)
    looking.look_as_supplier(asked, REASON, by=user, at=now)
    return {each.pk for each in (*seen, *asked)}


def _own(request: UserRequest, import_id: int) -> ImportBatch:
    rows = ImportBatch.objects.visible_to(request.user)
    found: ImportBatch = get_object_or_404(
        rows.select_related("supplier", "contract", "sent_by"), pk=import_id
    )
    return found


def _file(batch: ImportBatch, part: str) -> ImportFile:
    """Find a file that is still kept.

    :raises Http404: when it was removed.
    """
    file = ImportFile.objects.filter(batch=batch, part=part).first()
    if file is None:
        raise Http404
    return file


def _sent(request: UserRequest, told: dict[str, Any]) -> ImportBatch:
    """Keep a file once, however often it is sent; known headings need no second look."""
    key = told["form_key"] or uuid.uuid4()
    if made := ImportBatch.objects.visible_to(request.user).filter(uuid=key).first():
        return made
    sent = spreadsheets.accept(told["file"])
    book = reading.opened(sent.kind, sent.content)
    reading.look_through(book)
    sheet = actions.SentSheet(title=sent.name, kind=sent.kind, content=sent.content, key=key)
    now = timezone.now()
    batch = actions.send_import(told["supplier"], sheet, by=request.user, at=now)
    found = found_in(book, actions.remembered(batch.supplier))
    if found.is_sure and _says_all(found):
        matched = actions.Matched(
            sheet=found.sheet,
            heading_row=found.heading_row,
            headings=found.headings,
            columns=found.columns,
        )
        actions.match_import(batch, matched, by=request.user, at=now)
    return batch


def _says_all(found: Found) -> bool:
    """Whether nothing is left to choose: no contract, no form, no way to claim periods."""
    asked = set(SheetField) - {
        SheetField.ENDS_ON,
        SheetField.INFORMED_ON,
        SheetField.PERIOD_FROM,
        SheetField.PERIOD_UNTIL,
        SheetField.BONUSES,
        SheetField.PLAN_LINE,
    }
    return asked <= found.columns.keys() and SheetField.PERIOD_FROM not in found.columns


def _matched(request: UserRequest, batch: ImportBatch, form: ColumnsForm) -> bool:
    revision = form.cleaned_data["revision"]
    try:
        actions.match_import(
            batch, form.matched(), by=request.user, at=timezone.now(), revision=revision
        )
    except (ChangedMeanwhileError, IllegalMoveError) as reason:
        form.refuse(reason)
        return False
    return True


def _lines(form: ColumnsForm, found: Found, top: list[reading.Row]) -> list[ColumnLine]:
    lines = []
    for column, field in enumerate(form.column_fields()):
        said = [short(cell) for cell in samples(top, found.heading_row, column)]
        if said or found.headings[column] or field.errors:
            lines.append(ColumnLine(field, " · ".join(said)))
    return lines


def _context(request: UserRequest, batch: ImportBatch) -> dict[str, Any]:
    may_see = rules.may_see_import_rows(request.user, batch)
    complaints = [Complaint.from_json(told) for told in batch.complaints] if may_see else []
    answer = batch.files.filter(part=ImportPart.ANSWER)
    refusal = ""
    if batch.status == ImportStatus.WRITTEN:
        try:
            actions.require_undoable(batch)
        except actions.NotUndoableError as reason:
            refusal = str(reason)
    return {
        "batch": batch,
        "job": Job.objects.filter(uuid=batch.job_uuid).first() if batch.job_uuid else None,
        "complaints": complaints[:SHOWN],
        "more": max(batch.wrong_count - SHOWN, 0),
        "has_answer": answer.exists(),
        "not_undoable": refusal,
    }


def _download(content: bytes, name: str) -> FileResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=XLSX)
