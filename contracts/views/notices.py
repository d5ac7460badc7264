"""From a published notice to a tender and concepts: upload, look, confirm."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from contracts import actions, notices, rules
from contracts.actions import taken_over
from contracts.forms import ConfirmForm, NoticeForm
from contracts.models import Code, CodeList, Notice, NoticeStatus
from contracts.notices import Proposal
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import IllegalMoveError
from suppliers.models import Supplier


@dataclass
class Row:
    """One proposed value, with its box and what we know of it."""

    proposal: Proposal
    is_taken: bool
    is_ticked: bool = False
    is_supplier: bool = False
    known: Supplier | None = None


@dataclass
class Group:
    """What is proposed for one object."""

    about: str
    title: str
    rows: list[Row] = field(default_factory=list)


@require_http_methods(["GET", "POST"])
def notice_upload(request: UserRequest) -> HttpResponse:
    require(rules.may_upload_notice(request.user))
    form = NoticeForm(request.POST or None, request.FILES or None, officer=request.user)
    if form.is_valid():
        facts = form.cleaned_data
        data, at = facts["file"].read(), timezone.now()
        try:
            notice = actions.upload_notice(data, facts["authority"], by=request.user, at=at)
        except notices.NotANoticeError as reason:
            form.add_error("file", str(reason))
        else:
            if notice.uploaded_at != at:
                messages.info(request, _("This notice was uploaded before. Nothing has changed."))
            return redirect(notice)
    return render(request, "contracts/notice_upload.html", {"form": form})


@require_http_methods(["GET", "POST"])
def notice_confirm(request: UserRequest, notice_id: int) -> HttpResponse:
    seen = Notice.objects.visible_to(request.user).select_related("authority", "tender")
    notice = get_object_or_404(seen, pk=notice_id)
    require(rules.may_confirm_notice(request.user, notice))
    read = notices.read(bytes(notice.raw))
    proposals = notices.proposals(read)
    form = ConfirmForm(request.POST or None, proposals=proposals)
    if request.method == "POST" and "discard" in request.POST:
        return _discard(request, notice)
    if request.method == "POST" and form.is_valid():
        try:
            imported = actions.confirm_notice(
                notice, form.cleaned_data["take"], by=request.user, at=timezone.now()
            )
        except IllegalMoveError as reason:
            messages.error(request, str(reason))
        except ValidationError as reason:
            messages.error(request, " ".join(reason.messages))
        else:
            _say(request, imported)
            return _after(imported)
    return _show(request, notice, read, proposals)


def _show(
    request: UserRequest, notice: Notice, read: notices.Notice, proposals: tuple[Proposal, ...]
) -> HttpResponse:
    tender = notice.tender or actions.tender_like(notice, read)
    is_modification = read.form_type == actions.MODIFYING and tender is not None
    is_open = notice.status == NoticeStatus.PROPOSED
    chosen = set(request.POST.getlist("take")) if request.method == "POST" else None
    groups = _groups(read, proposals, can_take=is_open and not is_modification, chosen=chosen)
    context = {
        "notice": notice,
        "read": read,
        "groups": groups,
        "names": _names(proposals),
        "sentences": notices.social_return_sentences(read),
        "tender": tender,
        "is_open": is_open,
        "is_modification": is_modification,
        "is_other_buyer": _is_other_buyer(notice, read),
    }
    return render(request, "contracts/notice_confirm.html", context)


def _discard(request: UserRequest, notice: Notice) -> HttpResponse:
    if notice.status == NoticeStatus.IMPORTED:
        return redirect(notice)
    if notice.status == NoticeStatus.PROPOSED:
        actions.discard_notice(notice, by=request.user, at=timezone.now())
    messages.info(request, _("The notice is put aside. Nothing was taken over."))
    return redirect("contracts:tender-list")


def _say(request: UserRequest, imported: actions.Imported) -> None:
    count = len(imported.contracts)
    if count:
        text = ngettext(
            "The tender and %(count)s concept of a contract are written down.",
            "The tender and %(count)s concepts of contracts are written down.",
            count,
        )
        messages.success(request, text % {"count": count})
    elif imported.known:
        messages.info(
            request, _("The contracts of this notice stood here already; they did not change.")
        )
    else:
        messages.success(request, _("The tender is written down."))


def _after(imported: actions.Imported) -> HttpResponse:
    """Go on with the one concept that is left to fill in, or with the tender."""
    if len(imported.contracts) == 1:
        return redirect("contracts:contract-edit", imported.contracts[0].pk)
    return redirect(imported.tender)


def _groups(
    read: notices.Notice,
    proposals: tuple[Proposal, ...],
    *,
    can_take: bool,
    chosen: set[str] | None,
) -> list[Group]:
    """Put the proposals of one object together, in the order of the notice."""
    titles = _titles(read)
    winners = {
        proposal.target: proposal.value
        for proposal in proposals
        if proposal.field.startswith("supplier:")
    }
    known = actions.suppliers_like(winners.values())
    groups: dict[str, Group] = {}
    for proposal in proposals:
        about = proposal.about
        row = Row(proposal, can_take and taken_over.is_taken(proposal) and not proposal.is_empty)
        row.is_ticked = row.is_taken and (chosen is None or proposal.target in chosen)
        row.is_supplier = proposal.target in winners
        if row.is_supplier:
            row.known = known.get(actions.mark(proposal.value))
        groups.setdefault(about, Group(about, titles.get(about, about))).rows.append(row)
    return list(groups.values())


def _names(proposals: tuple[Proposal, ...]) -> dict[str, str]:
    """Give the names of the codes that are proposed."""
    codes: list[str] = []
    for proposal in proposals:
        if proposal.field in ("cpv_main", "cpv_additional", "place"):
            value = proposal.value or ()
            codes += [value] if isinstance(value, str) else list(value)
    cpv = Code.objects.names(CodeList.CPV, [code[:8] for code in codes])
    return {**cpv, **Code.objects.names(CodeList.NUTS, codes)}


def _titles(read: notices.Notice) -> dict[str, str]:
    lots = {
        f"lot:{lot.id}": _("Lot %(number)s") % {"number": lot.id}
        if len(read.lots) > 1
        else _("What is bought")
        for lot in read.lots
    }
    contracts = {
        f"contract:{award_id}": _("Contract %(number)s") % {"number": award_id}
        for award_id in (*(c.id for c in read.contracts), *(r.id for r in read.results))
    }
    return {
        "tender": _("Tender"),
        "modification": _("Modification of a contract"),
        **lots,
        **contracts,
    }


def _is_other_buyer(notice: Notice, read: notices.Notice) -> bool:
    """Tell whether the notice names buyers and none of them is this authority."""
    numbers = {number for buyer in read.buyers for number in buyer.identifiers}
    own = notice.authority.kvk
    return bool(own and numbers and own not in numbers)
