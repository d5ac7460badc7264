"""The settlement of a contract: proposed, stated, reacted to, divided, decided on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts import actions, rules
from contracts.forms.follow_ups import DecideForm
from contracts.forms.settling import (
    DivisionForm,
    LessonForm,
    ReactionForm,
    ScoreForm,
    StatementForm,
)
from contracts.models import Letter, Reaction, ScoreSide, Settlement, SettlementStatus
from contracts.models.settlement import DECIDED, DIVIDED
from contracts.views.asking import Ask, asked
from contracts.views.seen import visible_contract
from sroi_portal.core import history
from sroi_portal.core.doing import done
from sroi_portal.core.forms import ReasonForm
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import User

SAVE = _("Save")


@require_POST
def settlement_start(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_start_settlement(request.user, contract))
    done(
        request,
        lambda: actions.start_settlement(contract, by=request.user, at=timezone.now()),
        _("The settlement has begun: nothing new can be entered."),
    )
    settlement = contract.settlements.living().first()
    return redirect(settlement or contract)


@require_safe
def settlement_detail(request: UserRequest, settlement_id: int) -> HttpResponse:
    settlement = _settlement(request, settlement_id)
    contract, status = settlement.contract, settlement.status
    scores = list(settlement.scores.select_related("given_by"))
    for score in scores:
        score.settlement = settlement
    letters = Letter.objects.visible_to(request.user).filter(settlement=settlement)
    context = {
        "contract": contract,
        "settlement": settlement,
        "is_divided": status in DIVIDED,
        "is_decided": status in DECIDED,
        "open_work": [] if status in DECIDED else actions.open_work(contract),
        "malus_before": actions.malus_on_the_way(contract),
        "takers": actions.takers(contract).count() if status == "stated" else 0,
        "scores": [(each, history.of([each])) for each in scores],
        "letters": list(letters),
        "events": history.of([settlement]),
        "may": _may(request.user, settlement, {each.side for each in scores}),
        "is_supplier": contract.supplier_id in request.user.supplier_ids,
        "today": timezone.localdate(),
        "others": contract.settlements.exclude(pk=settlement.pk),
    }
    return render(request, "contracts/settlement_detail.html", context)


@require_http_methods(["GET", "POST"])
def statement_send(request: UserRequest, settlement_id: int) -> HttpResponse:
    settlement = _settlement(request, settlement_id)
    require(rules.may_send_statement(request.user, settlement))
    form = StatementForm(request.POST or None)
    ask = _ask(
        settlement,
        _("Send the statement"),
        _("The figures of now go to the supplier in a letter, with a term to react."),
        submit=_("Send"),
    )
    return asked(
        request,
        settlement.contract,
        form,
        ask,
        lambda: actions.send_statement(
            settlement, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def settlement_react(request: UserRequest, settlement_id: int) -> HttpResponse:
    settlement = _settlement(request, settlement_id)
    require(rules.may_react_to_settlement(request.user, settlement))
    form = ReactionForm(request.POST or None)
    ask = _ask(
        settlement,
        _("React to the settlement"),
        _("The authority reads your reaction before it decides. You react once."),
        submit=_("Send"),
    )
    return asked(
        request,
        settlement.contract,
        form,
        ask,
        lambda: actions.react_to_settlement(
            settlement,
            Reaction(form.cleaned_data["reaction"]),
            remark=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def settlement_calculate(request: UserRequest, settlement_id: int) -> HttpResponse:
    settlement = _settlement(request, settlement_id)
    require(rules.may_calculate_settlement(request.user, settlement))
    form = DivisionForm(request.POST or None, settlement=settlement, today=timezone.localdate())
    ask = _ask(
        settlement,
        _("Divide the difference"),
        _("You calculate; a colleague decides. Nothing is posted before that."),
        template="contracts/settlement_calculate.html",
    )
    return asked(
        request,
        settlement.contract,
        form,
        ask,
        lambda: actions.calculate_settlement(
            settlement,
            form.division(),
            remark=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def settlement_decide(request: UserRequest, settlement_id: int) -> HttpResponse:
    settlement = _settlement(request, settlement_id)
    require(rules.may_decide_settlement(request.user, settlement))
    choices = [("decide", _("Settle the contract like this")), ("return", _("Send it back"))]
    form = DecideForm(request.POST or None, choices=choices)
    ask = _ask(
        settlement,
        _("Decide on the settlement"),
        _("Once you decide it is posted, and the contract accepts nothing more."),
        submit=_("Decide"),
        template="contracts/settlement_decide.html",
    )

    def decide() -> None:
        by: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        reason = form.cleaned_data["reason"]
        if form.cleaned_data["decision"] == "decide":
            actions.decide_settlement(settlement, conclusion=reason, **by)
        else:
            actions.return_settlement(settlement, reason=reason, **by)

    return asked(request, settlement.contract, form, ask, decide)


@require_http_methods(["GET", "POST"])
def settlement_reopen(request: UserRequest, settlement_id: int) -> HttpResponse:
    settlement = _settlement(request, settlement_id)
    require(rules.may_ask_reopening(request.user, settlement))
    form = ReasonForm(request.POST or None)
    ask = _ask(
        settlement,
        _("Ask to reopen"),
        _("A colleague confirms it. Nothing is posted by reopening."),
        submit=_("Ask"),
    )
    return asked(
        request,
        settlement.contract,
        form,
        ask,
        lambda: actions.ask_reopening(
            settlement, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def settlement_reopening(request: UserRequest, settlement_id: int) -> HttpResponse:
    settlement = _settlement(request, settlement_id)
    require(rules.may_confirm_reopening(request.user, settlement))
    choices = [("confirm", _("Reopen the settlement")), ("refuse", _("Leave it settled"))]
    form = DecideForm(request.POST or None, choices=choices)
    ask = _ask(
        settlement,
        _("Decide on reopening"),
        _("A colleague asked for it. A new settlement begins; what was posted stays."),
        submit=_("Decide"),
    )

    def decide() -> None:
        is_confirmed = form.cleaned_data["decision"] == "confirm"
        verb = actions.confirm_reopening if is_confirmed else actions.refuse_reopening
        reason = form.cleaned_data["reason"]
        verb(settlement, reason=reason, by=request.user, at=timezone.now())

    return asked(request, settlement.contract, form, ask, decide)


@require_http_methods(["GET", "POST"])
def settlement_score(request: UserRequest, settlement_id: int) -> HttpResponse:
    settlement = _settlement(request, settlement_id)
    require(rules.may_give_score(request.user, settlement))
    form = ScoreForm(request.POST or None)
    ask = _ask(settlement, _("Score the result"), _("Each side gives one score, once."))
    return asked(
        request,
        settlement.contract,
        form,
        ask,
        lambda: actions.give_score(
            settlement,
            side_of(request.user, settlement),
            form.cleaned_data["score"],
            sentence=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def lesson_record(request: UserRequest, settlement_id: int) -> HttpResponse:
    settlement = _settlement(request, settlement_id)
    require(rules.may_record_lesson(request.user, settlement))
    form = LessonForm(request.POST or None)
    ask = _ask(settlement, _("Write a lesson down"), _("What went well, what would you do else?"))
    return asked(
        request,
        settlement.contract,
        form,
        ask,
        lambda: actions.record_lesson(
            settlement, form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    )


def side_of(person: User, settlement: Settlement) -> ScoreSide:
    is_supplier = settlement.supplier_id in person.supplier_ids
    return ScoreSide.SUPPLIER if is_supplier else ScoreSide.BUYER


def _may(person: User, settlement: Settlement, scored: set[str]) -> dict[str, bool]:
    """Tell what the person may do and the settlement is ready for."""
    status = settlement.status
    is_stated = status == SettlementStatus.STATED
    is_over = bool(settlement.reaction) or (
        settlement.react_by_on is not None and settlement.react_by_on < timezone.localdate()
    )
    return {
        "state": status in (SettlementStatus.PROPOSED, SettlementStatus.STATED)
        and rules.may_send_statement(person, settlement),
        "react": is_stated and not is_over and rules.may_react_to_settlement(person, settlement),
        "calculate": is_stated and is_over and rules.may_calculate_settlement(person, settlement),
        "decide": status == SettlementStatus.CALCULATED
        and rules.may_decide_settlement(person, settlement),
        "reopen": status == SettlementStatus.SETTLED
        and rules.may_ask_reopening(person, settlement),
        "confirm": status == SettlementStatus.REOPENING
        and rules.may_confirm_reopening(person, settlement),
        "score": status in DECIDED
        and rules.may_give_score(person, settlement)
        and side_of(person, settlement) not in scored,
        "lesson": status in DECIDED and rules.may_record_lesson(person, settlement),
    }


def _settlement(request: UserRequest, settlement_id: int) -> Settlement:
    seen = Settlement.objects.visible_to(request.user).select_related(
        "contract__authority",
        "contract__supplier",
        "contract__manager",
        "carried_to",
        "calculated_by",
        "decided_by",
        "reopening_by",
    )
    settlement: Settlement = get_object_or_404(seen, pk=settlement_id)
    require(rules.may_see_follow_up(request.user, settlement.contract))
    return settlement


def _ask(
    settlement: Settlement,
    title: Any,
    lead: Any,
    *,
    submit: Any = SAVE,
    template: str = "contracts/asking.html",
) -> Ask:
    return Ask(
        title=title,
        lead=lead,
        submit=submit,
        done=_("It is recorded."),
        back=settlement.get_absolute_url(),
        template=template,
        shown={
            "settlement": settlement,
            "malus_before": actions.malus_on_the_way(settlement.contract),
        },
    )
