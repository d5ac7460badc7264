"""Letters: read, print, record as sent; and the texts that an adviser keeps."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts import actions, letters, rules
from contracts.forms.settling import TemplateForm, TermsForm
from contracts.models import Letter, LetterKind, LetterTemplate
from sroi_portal.core.doing import done
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import Authority, RoleName
from sroi_portal.core.status import FORESEEN


@require_safe
def letter_detail(request: UserRequest, letter_id: int) -> HttpResponse:
    letter = _letter(request, letter_id)
    may_send = letter.sent_on is None and rules.may_send_letter(request.user, letter)
    context = letters.context(letter) | {"contract": letter.contract, "may_send": may_send}
    return render(request, "contracts/letter_detail.html", context)


@require_safe
def letter_pdf(request: UserRequest, letter_id: int) -> HttpResponse:
    letter = _letter(request, letter_id)
    name = f'inline; filename="{letter.number}.pdf"'
    return HttpResponse(
        letters.as_pdf(letter),
        content_type="application/pdf",
        headers={"Content-Disposition": name},
    )


@require_POST
def letter_send(request: UserRequest, letter_id: int) -> HttpResponse:
    letter = _letter(request, letter_id)
    require(rules.may_send_letter(request.user, letter))
    done(
        request,
        lambda: actions.send_letter(letter, by=request.user, at=timezone.now()),
        gettext_lazy("The letter is recorded as sent; the supplier sees it."),
    )
    return redirect(letter)


@require_safe
def letter_template_list(request: UserRequest) -> HttpResponse:
    authorities = _advised(request)
    require(bool(authorities))
    own = LetterTemplate.objects.filter(authority__in=authorities).order_by("version")
    newest = {(each.authority_id, each.kind, each.language): each for each in own}
    context = {
        "authorities": [
            {
                "authority": authority,
                "terms": actions.settling_terms(authority),
                "rows": [
                    (kind, language, newest.get((authority.pk, kind, language)))
                    for kind in LetterKind
                    for language, _name in settings.LANGUAGES
                ],
            }
            for authority in authorities
        ]
    }
    return render(request, "contracts/letter_template_list.html", context)


@require_http_methods(["GET", "POST"])
def letter_template_edit(
    request: UserRequest, authority_id: int, kind: str, language: str
) -> HttpResponse:
    """Change the text, look at it, and publish it as a new version."""
    authority = get_object_or_404(Authority, pk=authority_id)
    require(rules.may_publish_letter_template(request.user, authority))
    if kind not in LetterKind.values or language not in dict(settings.LANGUAGES):
        raise Http404
    now = letters.draft(authority, kind, language)
    initial = {"subject": now.subject, "text": now.text}
    form = TemplateForm(request.POST or None, kind=kind, initial=initial)
    if form.is_valid() and "publish" in request.POST:
        draft = letters.Draft(form.cleaned_data["subject"], form.cleaned_data["text"])
        done(
            request,
            lambda: actions.publish_letter_template(
                authority, kind, language, draft, by=request.user, at=timezone.now()
            ),
            gettext_lazy("The text is published: new letters use it."),
        )
        return redirect("contracts:letter-template-list")
    context = {
        "form": form,
        "authority": authority,
        "kind": LetterKind(kind),
        "language": language,
        "version": now.version,
        "places": letters.places_of(kind).items(),
        "preview": _preview(form, kind, language),
    }
    return render(request, "contracts/letter_template_edit.html", context)


@require_http_methods(["GET", "POST"])
def settling_terms_set(request: UserRequest, authority_id: int) -> HttpResponse:
    authority = get_object_or_404(Authority, pk=authority_id)
    require(rules.may_set_settling_terms(request.user, authority))
    form = TermsForm(request.POST or None, instance=actions.settling_terms(authority))
    if form.is_valid():
        try:
            actions.set_settling_terms(authority, form.facts(), by=request.user, at=timezone.now())
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            return redirect("contracts:letter-template-list")
    context = {
        "form": form,
        "authority": authority,
        "back": reverse("contracts:letter-template-list"),
    }
    return render(request, "contracts/settling_terms_set.html", context)


def _preview(form: TemplateForm, kind: str, language: str) -> dict[str, Any] | None:
    if not form.is_valid():
        return None
    with translation.override(language):
        facts = letters.example(kind)
    return {
        "subject": letters.fill(form.cleaned_data["subject"], facts),
        "parts": list(letters.parts(letters.fill(form.cleaned_data["text"], facts))),
        "title": _("This is how it reads"),
    }


def _advised(request: UserRequest) -> list[Authority]:
    pks = request.user.authorities_with(RoleName.ADVISER)
    return list(Authority.objects.filter(pk__in=pks).order_by("name", "pk"))


def _letter(request: UserRequest, letter_id: int) -> Letter:
    seen = Letter.objects.visible_to(request.user).select_related(
        "contract__authority", "contract__supplier", "authority", "supplier", "written_by"
    )
    letter: Letter = get_object_or_404(seen, pk=letter_id)
    require(rules.may_see_follow_up(request.user, letter.contract))
    return letter
