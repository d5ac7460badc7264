"""A supplier makes the letter that gives a person a page of one's own; it is kept nowhere."""

from functools import partial

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates import actions, letters, retention, rules, voices
from candidates.forms.letters import LetterForm
from candidates.letters import Texts
from candidates.models import PersonalLink, Placement
from candidates.views import looking
from sroi_portal.core import pdf
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, require

STYLESHEET = "css/own_letter.css"


@require_http_methods(["GET", "POST"])
def letter_new(request: UserRequest, placement_id: int) -> HttpResponse:
    """Print the letter in the request: its address is known to this print alone."""
    rows = Placement.objects.visible_to(request.user)
    placement = get_object_or_404(
        rows.select_related("contract__authority", "supplier", "candidate"), pk=placement_id
    )
    require(rules.may_make_personal_link(request.user, placement))
    form = LetterForm(request.POST or None)
    if form.is_valid():
        try:
            link, token = actions.make_personal_link(
                placement, by=request.user, at=timezone.now(), key=form.key()
            )
        except actions.LetterNotPossibleError as reason:
            form.refuse(reason)
        else:
            return _printed(placement, link, token, form.cleaned_data["language"])
    looking.look_as_supplier([placement], "make-letter", by=request.user, at=timezone.now())
    links = PersonalLink.objects.visible_to(request.user).filter(candidate=placement.candidate_id)
    context = {"form": form, "placement": placement, "links": links.select_related("made_by")}
    return render(request, "candidates/letter_new.html", context)


@require_POST
def letter_revoke(request: UserRequest, link_id: int) -> HttpResponse:
    rows = PersonalLink.objects.visible_to(request.user).select_related("placement")
    link = get_object_or_404(rows, pk=link_id)
    require(rules.may_revoke_personal_link(request.user, link))
    verb = partial(actions.revoke_personal_link, link)
    return pressed(
        request,
        verb,
        _("The letter no longer works. Make a new one when needed."),
        back=reverse("candidates:letter-new", args=[link.placement_id]),
    )


def _printed(placement: Placement, link: PersonalLink, token: str, language: str) -> HttpResponse:
    page = as_html(placement, link, token, language)
    return HttpResponse(
        pdf.render(page, stylesheet=STYLESHEET),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="brief-{placement}.pdf"',
            "Cache-Control": "no-store",
        },
    )


def as_html(placement: Placement, link: PersonalLink, token: str, language: str) -> str:
    chosen = letters.texts(language)
    dutch = letters.texts(letters.DUTCH)
    told = [dutch] if chosen is dutch else [dutch, chosen]
    path = reverse("candidates:own-page-open", args=[chosen.code, token])
    address = f"{settings.SITE_URL}{path}"
    parts = [_part(placement, link, texts) for texts in told]
    context = {
        "parts": parts,
        "address": address,
        **_drawn(address),
        "placement": placement,
        "made_at": link.made_at,
        "dutch": dutch,
    }
    return render_to_string("candidates/letter_print.html", context)


def _part(placement: Placement, link: PersonalLink, texts: Texts) -> dict[str, object]:
    """Say everything of a letter in one language."""
    contract = placement.contract
    told = {
        "supplier": placement.supplier.name,
        "authority": contract.authority.name,
        "contract": contract.title,
    }
    removed_on = retention.removed_on(contract.ends_on)
    today = timezone.localdate(link.made_at)
    days = voices.to_come(placement, today)
    back = [(texts.day(day), texts[f"moment_{moment}"]) for moment, day in days.items()]
    if now := voices.asked_on(placement, today):
        back.insert(0, (texts["letter_back_now"], texts[f"moment_{now}"]))
    return {
        "t": texts,
        "number": texts.say("letter_number", number=placement),
        "made": texts.say("letter_made", day=today),
        "intro": texts.say("letter_intro", **told),
        "what": [texts[f"letter_what_{number}"] for number in range(1, 6)],
        "who": texts.say("letter_who_text", **told),
        "long": texts.say("letter_long_text", day=removed_on) if removed_on else "",
        "rights": [texts[f"letter_rights_{number}"] for number in range(1, 6)],
        "lost": texts.say("letter_lost", **told),
        "until": texts.say("letter_until", day=link.last_day),
        "back": back,
    }


def _drawn(address: str) -> dict[str, object]:
    """Give the dark squares of the QR code as one path, and how wide it is."""
    rows = list(segno.make(address, error="m").matrix_iter(border=2))
    squares = (
        f"M{across} {down}h1v1h-1z"
        for down, row in enumerate(rows)
        for across, is_dark in enumerate(row)
        if is_dark
    )
    return {"squares": "".join(squares), "width": len(rows)}
