"""Words that people permit on their own page: an adviser chooses which become a quote (S19, N27)."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates import voices
from network import actions, rules
from network.forms.words import ChooseWordsForm, WordsFilterForm
from network.models import Quote
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.status import FORESEEN

SHOWN = 20


@require_safe
def words_list(request: UserRequest) -> HttpResponse:
    """Show words that are no quote yet; `?q=`, `?question=`, `?moment=` and `?sort=` narrow them."""
    require(rules.may_choose_words(request.user))
    form = WordsFilterForm(request.GET or None)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = [each for each in _unused(request.user) if _answers(each, wanted)]
    if wanted.get("sort") == "oldest":
        found.reverse()
    context = {
        "form": form,
        "page": Paginator(found, SHOWN).get_page(request.GET.get("page")),
        "is_narrowed": any(wanted.values()),
    }
    return render(request, "network/words_list.html", context)


@require_http_methods(["GET", "POST"])
def words_choose(request: UserRequest, key: uuid.UUID) -> HttpResponse:
    """Choose what words go with; sent twice it shows the quote that was made."""
    require(rules.may_choose_words(request.user))
    if made := Quote.objects.filter(permission_key=key).first():
        return redirect(made)
    words = next((each for each in _unused(request.user) if each.key == key), None)
    if words is None:
        raise Http404
    form = ChooseWordsForm(request.POST or None, person=request.user)
    if form.is_valid():
        try:
            quote = actions.choose_words(
                words, form.about(), form.wanted_uses(), by=request.user, at=timezone.now()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The words are a quote now. Another adviser publishes it."))
            return redirect(quote)
    return render(request, "network/words_choose.html", {"form": form, "words": words})


def _unused(person: User) -> list[voices.QuotableWords]:
    used = set(Quote.objects.exclude(permission_key=None).values_list("permission_key", flat=True))
    permitted = voices.quotable(person.authorities_with(RoleName.ADVISER))
    return [each for each in permitted if each.key not in used]


def _answers(words: voices.QuotableWords, wanted: dict[str, Any]) -> bool:
    return (
        wanted.get("q", "").casefold() in words.words.casefold()
        and wanted.get("question") in (None, "", words.question)
        and wanted.get("moment") in (None, "", words.moment)
    )
