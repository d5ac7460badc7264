"""Follow-up of a contract: its steps, the next that is advised, and what comes of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from contracts import actions, rules
from contracts.forms.follow_ups import (
    AnswerForm,
    CloseForm,
    DecideForm,
    HandInForm,
    LetterForm,
    StepForm,
)
from contracts.models import Contract, FollowUp, Letter, Signal, StepKind, StepStatus
from contracts.views.asking import Ask, asked
from contracts.views.contract_figures import figures_of
from contracts.views.seen import visible_contract
from sroi_portal.core import history
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import User

VERBS: dict[str, tuple[Callable[..., bool], Callable[..., FollowUp]]] = {
    StepKind.TALK: (rules.may_hold_talk, actions.hold_talk),
    StepKind.RECOVERY: (rules.may_ask_recovery, actions.ask_recovery),
    StepKind.DEFERRAL: (rules.may_defer_contract, actions.defer_contract),
    StepKind.NOTICE: (rules.may_give_notice, actions.give_notice),
    StepKind.MALUS: (rules.may_calculate_malus, actions.calculate_malus),
}
WORDS: dict[str, tuple[Any, Any]] = {
    StepKind.TALK: (
        _("Write a talk down"),
        _("Both sides read what you write."),
    ),
    StepKind.RECOVERY: (
        _("Ask for a recovery plan"),
        _("The supplier gets a mail, and hands the plan in on the portal."),
    ),
    StepKind.DEFERRAL: (
        _("Give more time"),
        _("What is owed stays the same; the supplier has longer to do it."),
    ),
    StepKind.NOTICE: (
        _("Give notice of default"),
        _("The letter is written and sent at once, with a last day to cure it."),
    ),
    StepKind.MALUS: (
        _("Calculate a malus"),
        _("You calculate; a colleague decides. Nothing is posted before that."),
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A step with what was said about it and what this person may do."""

    step: FollowUp
    events: list[history.Happening]
    letters: list[Letter]
    may: dict[str, bool]


@require_safe
def follow_up(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_see_follow_up(request.user, contract))
    rows = _rows(request.user, contract)
    may = {
        kind: contract.status in actions.LOOKED_AFTER and allowed(request.user, contract)
        for kind, (allowed, _verb) in VERBS.items()
    }
    shown = figures_of(contract, request.user)
    context = {
        "contract": contract,
        "rows": rows,
        "takes": [StepKind(kind) for kind in VERBS if may[kind]],
        "advised": advised([row.step for row in rows], shown.get("fulfilment")),
        "today": timezone.localdate(),
        "is_supplier": contract.supplier_id in request.user.supplier_ids,
    }
    return render(request, "contracts/follow_up.html", context)


@require_http_methods(["GET", "POST"])
def step_take(request: UserRequest, contract_id: int, kind: str) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    if kind not in VERBS:
        raise Http404
    allowed, verb = VERBS[kind]
    require(allowed(request.user, contract))
    today = timezone.localdate()
    form = StepForm(request.POST or None, contract=contract, kind=kind, today=today)
    title, lead = WORDS[kind]
    ask = Ask(
        title=title,
        lead=lead,
        submit=_("Save"),
        done=_("The step is recorded."),
        back=_page(contract),
        template="contracts/step_take.html",
        shown=figures_of(contract, request.user) if kind == StepKind.TALK else {},
    )
    by = {"by": request.user, "at": timezone.now()}
    return asked(
        request,
        contract,
        form,
        ask,
        lambda: form.already_made() or verb(contract, form.said(), **by),
    )


@require_http_methods(["GET", "POST"])
def step_close(request: UserRequest, step_id: int) -> HttpResponse:
    step = _step(request, step_id)
    require(rules.may_close_step(request.user, step))
    form = CloseForm(request.POST or None)
    ask = _ask(step, _("What came of it"), _("It stays in the history of the contract."))
    return asked(
        request,
        step.contract,
        form,
        ask,
        lambda: actions.close_step(
            step,
            form.cleaned_data["outcome"],
            account=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def recovery_hand_in(request: UserRequest, step_id: int) -> HttpResponse:
    step = _step(request, step_id)
    require(rules.may_hand_in_recovery(request.user, step))
    form = HandInForm(request.POST or None)
    ask = _ask(step, _("Hand a recovery plan in"), _("The contract manager reads it and answers."))
    return asked(
        request,
        step.contract,
        form,
        ask,
        lambda: actions.hand_in_recovery(
            step, form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def recovery_answer(request: UserRequest, step_id: int) -> HttpResponse:
    step = _step(request, step_id)
    require(rules.may_agree_recovery(request.user, step))
    form = AnswerForm(request.POST or None, today=timezone.localdate())
    ask = _ask(step, _("Answer a recovery plan"), _("The supplier gets a mail."))

    def answer() -> None:
        typed = form.cleaned_data
        agrees = typed["answer"] == "agree"
        verb = actions.agree_recovery if agrees else actions.return_recovery
        verb(step, typed["by_on"], by=request.user, at=timezone.now(), account=typed["reason"])

    return asked(request, step.contract, form, ask, answer)


@require_http_methods(["GET", "POST"])
def malus_decide(request: UserRequest, step_id: int) -> HttpResponse:
    step = _step(request, step_id)
    require(rules.may_decide_malus(request.user, step))
    choices = [("decide", _("Decide on this malus")), ("refuse", _("Decide against a malus"))]
    form = DecideForm(request.POST or None, choices=choices)
    ask = Ask(
        title=_("Decide on a malus"),
        lead=_("A colleague calculated it. Once you decide it is posted and the letter is sent."),
        submit=_("Decide"),
        done=_("Your decision is recorded."),
        back=step.get_absolute_url(),
        template="contracts/malus_decide.html",
        shown={"step": step},
    )

    def decide() -> None:
        typed = form.cleaned_data
        for_it = typed["decision"] == "decide"
        verb = actions.decide_malus if for_it else actions.refuse_malus
        verb(step, by=request.user, at=timezone.now(), reason=typed["reason"])

    return asked(request, step.contract, form, ask, decide)


@require_http_methods(["GET", "POST"])
def step_letter(request: UserRequest, step_id: int) -> HttpResponse:
    step = _step(request, step_id)
    require(rules.may_close_step(request.user, step))
    form = LetterForm(request.POST or None)
    ask = _ask(step, _("Write a letter"), _("It gets a number. Read it before you send it."))
    return asked(
        request,
        step.contract,
        form,
        ask,
        lambda: actions.write_step_letter(
            step, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )


def advised(steps: list[FollowUp], fulfilment: Any) -> StepKind | None:
    """Propose the next gentle step; the first signal proposes a talk (N07, R-220)."""
    if fulfilment is None or fulfilment.signal not in (Signal.TALK, Signal.ACT):
        return None
    if any(step.is_living for step in steps):
        return None
    taken = {step.kind for step in steps}
    if StepKind.TALK not in taken or fulfilment.signal == Signal.TALK:
        return StepKind.TALK
    order = (StepKind.RECOVERY, StepKind.NOTICE, StepKind.MALUS)
    return next((kind for kind in order if kind not in taken), None)


def _rows(person: User, contract: Contract) -> list[Row]:
    steps = list(contract.follow_ups.select_related("taken_by", "decided_by").order_by("-pk"))
    for step in steps:
        step.contract = contract
    is_supplier = contract.supplier_id in person.supplier_ids
    letters = Letter.objects.visible_to(person).filter(contract=contract, step__isnull=False)
    by_step: dict[int | None, list[Letter]] = {}
    for letter in letters:
        by_step.setdefault(letter.step_id, []).append(letter)
    told = history.by_object(steps, without=("skip_steps",) if is_supplier else ())
    return [
        Row(step, told.get(step.uuid, []), by_step.get(step.pk, []), _may(person, step))
        for step in steps
    ]


def _may(person: User, step: FollowUp) -> dict[str, bool]:
    """Tell what the person may do and the step is ready for."""
    looked_after = step.contract.status in actions.LOOKED_AFTER
    is_open, is_recovery = step.is_living and looked_after, step.kind == StepKind.RECOVERY
    return {
        "close": is_open and step.kind != StepKind.MALUS and rules.may_close_step(person, step),
        "hand_in": is_recovery
        and looked_after
        and step.status == StepStatus.OPEN
        and rules.may_hand_in_recovery(person, step),
        "answer": is_recovery
        and looked_after
        and step.status == StepStatus.HANDED_IN
        and rules.may_agree_recovery(person, step),
        "decide": is_open
        and step.status == StepStatus.CALCULATED
        and rules.may_decide_malus(person, step),
        "letter": step.kind not in (StepKind.NOTICE, StepKind.MALUS)
        and rules.may_close_step(person, step),
    }


def _step(request: UserRequest, step_id: int) -> FollowUp:
    seen = FollowUp.objects.visible_to(request.user).select_related(
        "contract__authority", "contract__supplier", "contract__manager"
    )
    step: FollowUp = get_object_or_404(seen, pk=step_id)
    return step


def _page(contract: Contract) -> str:
    return reverse("contracts:follow-up", args=[contract.pk])


def _ask(step: FollowUp, title: Any, lead: Any) -> Ask:
    done = _("The step is recorded.")
    return Ask(title=title, lead=lead, submit=_("Save"), done=done, back=step.get_absolute_url())
