"""A list as a file: at once when it is short, by a worker when it is long (R-318).

A worker asks the address of the list again as the person who asked, so that the file has the rows
which that person sees at that moment, and nothing when the list is closed to them by then.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from functools import partial, wraps
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sroi_portal.core import actions, jobs, sight, table_files
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as
from sroi_portal.core.forms import PortalModelForm
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import FileKind, Job, ListFile
from sroi_portal.core.status import lock, save
from sroi_portal.core.table_files import Sheet

AT_ONCE = {FileKind.XLSX: 5_000, FileKind.CSV: 50_000}  # rows
KEPT = dt.timedelta(days=7)

type Now = Callable[[], dt.datetime]


class ListFileForm(PortalModelForm[ListFile]):
    """Asks for the file; sent twice it makes one."""

    class Meta:
        model = ListFile
        fields = ()


def export(list_of: Callable[..., Sheet]) -> Callable[..., HttpResponseBase]:
    """Make a view of a function that finds the rows: it sends them, or lets a worker write them."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(list_of)
    def view(
        request: UserRequest, *args: Any, kind: str = FileKind.CSV, **kwargs: Any
    ) -> HttpResponseBase:
        if kind not in FileKind:
            raise Http404
        sheet: Sheet = list_of(request, *args, **kwargs)
        count = sheet.found.count()
        if request.method != "POST" and count <= AT_ONCE[FileKind(kind)]:
            return table_files.answer(sheet, kind, sight.of(request.user))
        return _ask(request, sheet, FileKind(kind), count)

    vars(view)["list_of"] = list_of
    return view


def make(file_uuid: str, job: Job, *, now: Now) -> None:
    """Write what was asked; done again after a killed worker it writes the same file over."""
    with acting_as(DatabaseRole.WORKER):
        wanted = ListFile.objects.select_related("user").get(uuid=UUID(file_uuid))
        sees = sight.of(wanted.user)
    if wanted.made_at:
        return
    with translation.override(wanted.language):
        written, count = _written(wanted, job, sees)
        with written, acting_as(DatabaseRole.WORKER):
            _store(wanted, written, sees, count=count, at=now())


def is_as_seen(wanted: ListFile, sees: Sight) -> bool:
    """Tell whether the person still sees what the file was made from."""
    return bytes(wanted.seen_sha256 or b"") == _fingerprint(sees)


def remove_old(*, at: dt.datetime) -> int:
    """Delete what was asked more than a week ago, and its files once that is certain."""
    old = list(ListFile.objects.filter(asked_at__lt=at - KEPT))
    for each in old:
        if each.file.name:
            transaction.on_commit(partial(default_storage.delete, each.file.name))
        each.delete()
    return len(old)


def _ask(request: UserRequest, sheet: Sheet, kind: FileKind, count: int) -> HttpResponse:
    """Say that it takes a while, and queue it when that is what the person wants."""
    form = ListFileForm(request.POST if request.method == "POST" else None)
    is_too_long = kind == FileKind.XLSX and count > table_files.MOST_ROWS
    if not is_too_long and form.is_valid():
        wanted = ListFile(
            uuid=form.key(),
            address=_address(request),
            name=sheet.name,
            kind=kind,
            language=(translation.get_language() or "nl")[:2],
            row_count=count,
        )
        try:
            made = form.already_made() or actions.ask_list_file(
                wanted, by=request.user, at=timezone.now()
            )
            return redirect(made)
        except actions.TooManyFilesError as refusal:
            form.refuse(refusal)
    shown = {
        "form": form,
        "name": sheet.name,
        "kind": kind,
        "count": count,
        "is_too_long": is_too_long,
        "csv_url": _csv_url(request) if is_too_long else "",
    }
    return render(request, "core/list_file_new.html", shown)


def _address(request: UserRequest) -> str:
    query = request.GET.urlencode()
    return f"{request.path_info}?{query}" if query else request.path_info


def _csv_url(request: UserRequest) -> str:
    found = resolve(request.path_info)
    address = reverse(found.view_name, args=found.args, kwargs=found.kwargs | {"kind": "csv"})
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def _written(wanted: ListFile, job: Job, sees: Sight) -> tuple[IO[bytes], int]:
    """Read and write the rows with the rights of who asked.

    :raises FailedForGoodError: when the person does not get this list any more.
    """
    with acting_as(DatabaseRole.WEB, sees):
        sheet = _list_again(wanted)
        count = sheet.found.count()
        rows = sheet.rows(lambda number: jobs.count(job, number, count))
        if wanted.kind == FileKind.CSV:
            return table_files.csv_file(sheet, rows), count
        if count > table_files.MOST_ROWS:
            raise jobs.FailedForGoodError(
                _("The list grew beyond what a spreadsheet holds. Ask for the CSV file.")
            )
        return table_files.xlsx_file(sheet, rows), count


def _list_again(wanted: ListFile) -> Sheet:
    path, _mark, query = wanted.address.partition("?")
    found = resolve(path)
    request = UserRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.user, request.GET, request.resolver_match = wanted.user, QueryDict(query), found
    kwargs = {name: value for name, value in found.kwargs.items() if name != "kind"}
    try:
        require(wanted.user.is_active)
        sheet: Sheet = vars(found.func)["list_of"](request, *found.args, **kwargs)
    except (Http404, PermissionDenied) as reason:
        raise jobs.FailedForGoodError(_("This list is closed to you by now.")) from reason
    return sheet


def _store(
    wanted: ListFile, written: IO[bytes], sees: Sight, *, count: int, at: dt.datetime
) -> None:
    """Keep the file under a name of its own: what a killed worker left is written over."""
    wanted = lock(wanted)
    name = f"lists/{wanted.uuid}.{wanted.kind}"
    default_storage.delete(name)
    wanted.file.name = default_storage.save(name, File(written))
    wanted.row_count, wanted.made_at, wanted.seen_sha256 = count, at, _fingerprint(sees)
    save(wanted)


def _fingerprint(sees: Sight) -> bytes:
    ids = (sees.authorities, sees.checking, sees.suppliers, sees.parties)
    return hashlib.sha256(repr([sorted(each) for each in ids]).encode()).digest()
