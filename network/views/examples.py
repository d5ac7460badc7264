"""The library of good examples: looked for, read, proposed, reviewed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import actions, rules, searching
from network.forms.examples import (
    ExampleFilterForm,
    ExampleForm,
    RemarkForm,
    ReturnForm,
    WithdrawForm,
)
from network.models import ExampleStatus, GoodExample, QuoteUse
from sroi_portal.core import history
from sroi_portal.core.doing import pressed, sent
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision
from sroi_portal.core.models import User
from sroi_portal.core.status import FORESEEN

PAGE = 20
SORTS = {"title": ("title", "pk"), "year": ("-year", "-pk"), "new": ("-published_at", "-pk")}
OPEN = (ExampleStatus.PROPOSED, ExampleStatus.RETURNED)


@require_safe
def example_list(request: UserRequest) -> HttpResponse:
    form = ExampleFilterForm(request.GET, person=request.user)
    wanted, sort = form.wanted(), request.GET.get("sort", "")
    rows = _narrowed(_shown(request.user, wanted.get("show", "")), wanted)
    best_first = ("-rank", "-pk") if "q" in wanted else SORTS["new"]
    rows = rows.select_related("category").order_by(*SORTS.get(sort, best_first))
    to_review = GoodExample.objects.to_review_by(request.user) if _reviews(request.user) else None
    context = {
        "form": form,
        "page": paginate(request, rows.defer("search"), PAGE),
        "sort": sort if sort in SORTS else "",
        "is_narrowed": bool(wanted),
        "waiting": to_review.count() if to_review is not None else 0,
        "may_propose": rules.may_propose_example(request.user),
    }
    return render(request, "network/example_list.html", context)


@require_safe
def example_detail(request: UserRequest, example_id: int) -> HttpResponse:
    example, person = _example(request, example_id), request.user
    is_own = rules.may_propose_example_again(person, example)
    quotes = example.quotes.visible_to(person)
    shown = quotes if is_own else quotes.allowed(QuoteUse.PORTAL)
    context = {
        "example": example,
        "groups": list(example.groups.all()),
        "quotes": list(shown),
        "sees_contract": _sees(person, example.contract),
        "sees_tender": _sees(person, example.tender),
        "sees_pilot": _sees(person, example.pilot),
        "events": history.of([example]) if is_own else None,
        "may": _buttons(person, example),
    }
    return render(request, "network/example_detail.html", context)


@require_http_methods(["GET", "POST"])
def example_new(request: UserRequest) -> HttpResponse:
    require(rules.may_propose_example(request.user))
    about = {name: request.GET.get(name) for name in ("contract", "tender", "pilot")}
    initial = {"year": timezone.localdate().year, **about}
    form = ExampleForm(request.POST or None, person=request.user, initial=initial)
    if form.is_valid():
        try:
            made = form.already_made() or actions.propose_example(
                form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Thank you. An adviser reads it before it is published."))
            return redirect(made)
    return render(request, "network/example_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def example_edit(request: UserRequest, example_id: int) -> HttpResponse:
    example = _example(request, example_id)
    require(rules.may_change_example(request.user, example))
    form = ExampleForm(request.POST or None, instance=example, person=request.user)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_example(
                example, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The example is changed."))
            return redirect(example)
    return render(request, "network/example_edit.html", {"form": form, "example": example})


@require_http_methods(["GET", "POST"])
def example_again(request: UserRequest, example_id: int) -> HttpResponse:
    example = _example(request, example_id)
    require(rules.may_propose_example_again(request.user, example))
    form = RemarkForm(request.POST or None)
    verb = partial(actions.propose_example_again, example)
    if sent(request, form, verb, _("The example is with the advisers again.")):
        return redirect(example)
    return render(request, "network/example_again.html", {"form": form, "example": example})


@require_http_methods(["GET", "POST"])
def example_return(request: UserRequest, example_id: int) -> HttpResponse:
    example = _example(request, example_id)
    require(rules.may_return_example(request.user, example))
    form = ReturnForm(request.POST or None, initial={"revision": example.revision})
    verb = partial(actions.return_example, example)
    if sent(request, form, verb, _("The example is back with who proposed it.")):
        return redirect(example)
    return render(request, "network/example_return.html", {"form": form, "example": example})


@require_POST
def example_publish(request: UserRequest, example_id: int) -> HttpResponse:
    example = _example(request, example_id)
    require(rules.may_publish_example(request.user, example))
    verb = partial(actions.publish_example, example, revision=seen_revision(request))
    return pressed(request, verb, _("The example stands in the library."), back=example)


@require_http_methods(["GET", "POST"])
def example_withdraw(request: UserRequest, example_id: int) -> HttpResponse:
    example = _example(request, example_id)
    require(rules.may_withdraw_example(request.user, example))
    form = WithdrawForm(request.POST or None, initial={"revision": example.revision})
    verb = partial(actions.withdraw_example, example)
    if sent(request, form, verb, _("The example is no longer in the library.")):
        return redirect(example)
    return render(request, "network/example_withdraw.html", {"form": form, "example": example})


def _example(request: UserRequest, example_id: int) -> GoodExample:
    seen = GoodExample.objects.visible_to(request.user).defer("search")
    wide = seen.select_related(
        "category", "contract", "tender", "pilot", "ask_person", "proposed_by", "published_by"
    )
    example: GoodExample = get_object_or_404(wide, pk=example_id)
    return example


def _shown(person: User, show: str) -> Any:
    seen = GoodExample.objects.visible_to(person)
    if show == "own":
        return seen.filter(proposed_by=person)
    return seen.filter(status=show or ExampleStatus.PUBLISHED)


def _narrowed(rows: QuerySet[GoodExample], wanted: dict[str, Any]) -> QuerySet[GoodExample]:
    for name, lookup in (("category", "category"), ("group", "groups"), ("kind", "kind")):
        if name in wanted:
            rows = rows.filter(**{lookup: wanted[name]})
    if "year" in wanted:
        rows = rows.filter(year=wanted["year"])
    return searching.matching(rows, wanted["q"], shown="summary") if "q" in wanted else rows


def _sees(person: User, about: Any) -> bool:
    return bool(about) and type(about).objects.visible_to(person).filter(pk=about.pk).exists()


def _reviews(person: User) -> bool:
    return rules.advises(person)


def _buttons(person: User, example: GoodExample) -> dict[str, bool]:
    """Tell what the person may do and the example is ready for."""
    status, is_open = example.status, example.status in OPEN
    may_judge = rules.may_publish_example(person, example)
    return {
        "change": (is_open or example.is_published) and rules.may_change_example(person, example),
        "again": status in (ExampleStatus.RETURNED, ExampleStatus.WITHDRAWN)
        and rules.may_propose_example_again(person, example),
        "judge": status == ExampleStatus.PROPOSED and may_judge,
        "withdraw": status != ExampleStatus.WITHDRAWN
        and rules.may_withdraw_example(person, example),
        "quote": status != ExampleStatus.WITHDRAWN and rules.may_record_quote(person),
    }
