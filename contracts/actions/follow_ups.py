"""Follow-up that escalates gently: a talk, a plan, time, a notice, and a malus last (F08, S18)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contracts import ledger
from contracts.actions.letters import Writing, send_letter, write_letter
from contracts.actions.settling_terms import settling_terms
from contracts.actions.telling import tell_supplier
from contracts.facts import figures, options, standing
from contracts.models import (
    Account,
    Contract,
    ContractStatus,
    FollowUp,
    Fulfilment,
    LedgerUnit,
    Letter,
    LetterKind,
    StepKind,
    StepOutcome,
    StepStatus,
)
from contracts.models.follow_up import LIVING
from contracts.templatetags.unit_words import in_unit
from sroi_portal.core import audit, jobs, money, terms
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save, write
from sroi_portal.core.templatetags import formats

LOOKED_AFTER = (ContractStatus.ACTIVE, ContractStatus.SETTLING)
BEFORE: Mapping[str, tuple[str, ...]] = {
    StepKind.TALK: (),
    StepKind.RECOVERY: (StepKind.TALK,),
    StepKind.DEFERRAL: (StepKind.TALK,),
    StepKind.NOTICE: (StepKind.TALK, StepKind.RECOVERY),
    StepKind.MALUS: (StepKind.TALK, StepKind.RECOVERY, StepKind.NOTICE),
}


class StepError(RefusedError):
    """The step cannot be taken, or not in this way."""


class SkippedStepError(StepError):
    """A gentler step was not taken, and nobody said why."""


@dataclass(frozen=True)
class Step:
    """What is said of a step when it is taken."""

    account: str
    taken_on: dt.date
    next_on: dt.date | None = None
    until_on: dt.date | None = None
    option: str = ""
    outcome: str = ""
    shortfall_eur: Decimal | None = None
    skipping: str = ""  # why a gentler step was left out
    key: uuid.UUID | None = None


def skipped(contract: Contract, kind: str) -> list[StepKind]:
    """Name the gentler steps that were not taken; a deferral stands for a recovery plan."""
    taken = set(contract.follow_ups.values_list("kind", flat=True))
    if StepKind.DEFERRAL in taken:
        taken.add(StepKind.RECOVERY)
    return [StepKind(each) for each in BEFORE[kind] if each not in taken]


def usual_cure(contract: Contract, taken_on: dt.date) -> dt.date:
    """Give the last day of the usual cure period of the authority, a working day (R-224)."""
    return terms.due_on(taken_on, settling_terms(contract.authority).cure_days)


@transaction.atomic
def hold_talk(contract: Contract, said: Step, *, by: User, at: dt.datetime) -> FollowUp:
    """Write a talk down with the options that were offered and what was chosen (R-220, R-222)."""
    contract = _followed(contract)
    step = _taken(contract, StepKind.TALK, said, by=by, at=at)
    step.option, step.offered = said.option, _offered(contract, at)
    if said.outcome:
        step.status, step.outcome = StepStatus.DONE, said.outcome
    _keep(step, "hold_talk", said, by=by, at=at)
    return step


@transaction.atomic
def ask_recovery(contract: Contract, said: Step, *, by: User, at: dt.datetime) -> FollowUp:
    """Ask for a recovery plan before a day."""
    contract = _followed(contract)
    step = _taken(contract, StepKind.RECOVERY, said, by=by, at=at)
    _keep(step, "ask_recovery", said, by=by, at=at)
    return step


@transaction.atomic
def hand_in_recovery(step: FollowUp, plan: str, *, by: User, at: dt.datetime) -> None:
    """Answer with a plan; what it says is sealed."""
    _followed(step.contract)
    step = lock(step)
    move(step, StepStatus.HANDED_IN, verb="hand_in_recovery", by=by, at=at, remark=plan)


@transaction.atomic
def agree_recovery(
    step: FollowUp, until_on: dt.date, *, by: User, at: dt.datetime, account: str
) -> None:
    """Agree with the plan, which is to be carried out by a day."""
    _followed(step.contract)
    step = lock(step)
    step.until_on = step.next_on = until_on
    move(step, StepStatus.AGREED, verb="agree_recovery", by=by, at=at, remark=account)
    _tell(step, by=by, at=at)


@transaction.atomic
def return_recovery(
    step: FollowUp, next_on: dt.date, *, by: User, at: dt.datetime, account: str
) -> None:
    """Ask for a better plan before a day."""
    _followed(step.contract)
    step = lock(step)
    step.next_on = next_on
    move(step, StepStatus.OPEN, verb="return_recovery", by=by, at=at, remark=account)
    _tell(step, by=by, at=at)


@transaction.atomic
def defer_contract(contract: Contract, said: Step, *, by: User, at: dt.datetime) -> FollowUp:
    """Give more time, for a reason such as a crisis: figures and terms follow (R-223)."""
    contract = _followed(contract)
    closes_on = contract.closes_on
    if said.until_on is None or (closes_on and said.until_on <= closes_on):
        raise StepError(_("Choose a new last day after %(day)s.") % {"day": formats.day(closes_on)})
    if contract.status != ContractStatus.ACTIVE:
        raise StepError(_("Only a running contract is deferred."))
    step = _taken(contract, StepKind.DEFERRAL, said, by=by, at=at)
    step.status, step.outcome = StepStatus.DONE, StepOutcome.GRANTED
    step.decided_by, step.decided_at = by, at
    _keep(step, "defer_contract", said, by=by, at=at)
    contract.fulfil_by_on = said.until_on
    save(contract)
    audit.record(contract, "defer_contract", by=by, at=at, changed=["fulfil_by_on"])
    Fulfilment.objects.filter(contract=contract).update(stale_since=at)
    jobs.hint("contracts.tasks.recompute_stale")
    return step


@transaction.atomic
def give_notice(contract: Contract, said: Step, *, by: User, at: dt.datetime) -> FollowUp:
    """Give notice of default in a letter, with a last day to cure it (R-224)."""
    contract = _followed(contract)
    if said.until_on and not terms.is_working_day(said.until_on):
        raise StepError(_("The cure period ends on a working day."))
    step = _taken(contract, StepKind.NOTICE, said, by=by, at=at)
    step.until_on = step.next_on = said.until_on or usual_cure(contract, said.taken_on)
    _keep(step, "give_notice", said, by=by, at=at)
    letter = write_step_letter(step, by=by, at=at, reason=said.account)
    send_letter(letter, by=by, at=at)
    return step


@transaction.atomic
def calculate_malus(contract: Contract, said: Step, *, by: User, at: dt.datetime) -> FollowUp:
    """Compute a malus on the way: the shortfall times the multiple; another decides (R-225)."""
    contract = _followed(contract)
    if contract.status != ContractStatus.ACTIVE:
        raise StepError(_("The settlement has begun: a malus is decided there."))
    notice = contract.follow_ups.filter(kind=StepKind.NOTICE).order_by("-pk").first()
    if notice and notice.until_on and notice.until_on >= timezone.localdate(at):
        raise StepError(
            _("The cure period runs until %(day)s. A malus comes after it.")
            % {"day": formats.day(notice.until_on)}
        )
    step = _taken(contract, StepKind.MALUS, said, by=by, at=at)
    step.status, step.factor = StepStatus.CALCULATED, contract.malus_factor
    step.shortfall_eur = said.shortfall_eur or Decimal(0)  # the database refuses a malus of nothing
    step.amount_eur = money.rounded(step.shortfall_eur * contract.malus_factor)
    _keep(step, "calculate_malus", said, by=by, at=at)
    return step


@transaction.atomic
def decide_malus(step: FollowUp, *, by: User, at: dt.datetime, reason: str) -> None:
    """Decide on a malus that somebody else calculated; it stands in the ledger (R-225)."""
    contract = _followed(step.contract)
    step = lock(step)
    step.decided_by, step.decided_at = by, at
    step.outcome, step.next_on = StepOutcome.GRANTED, None
    move(step, StepStatus.DONE, verb="decide_malus", by=by, at=at, remark=reason)
    month = ledger.month_of(timezone.localdate(at))
    wanted = ledger.Wanted(contract.pk, Account.MALUS, month, step.amount_eur or Decimal(0))
    ledger.post(ledger.Source.of(step), [wanted], by=by, at=at)
    send_letter(write_step_letter(step, by=by, at=at, reason=reason), by=by, at=at)


@transaction.atomic
def refuse_malus(step: FollowUp, *, by: User, at: dt.datetime, reason: str) -> None:
    """Decide against a malus that somebody else calculated; nothing is posted."""
    _followed(step.contract)
    step = lock(step)
    step.decided_by, step.decided_at = by, at
    step.outcome, step.next_on = StepOutcome.REFUSED, None
    move(step, StepStatus.DROPPED, verb="refuse_malus", by=by, at=at, remark=reason)


@transaction.atomic
def close_step(step: FollowUp, outcome: str, *, by: User, at: dt.datetime, account: str) -> None:
    """Say what came of a step."""
    _followed(step.contract)
    step = lock(step)
    if step.kind == StepKind.MALUS:
        raise IllegalMoveError(_("A malus is decided on by somebody else."))
    step.outcome, step.next_on = outcome, None
    is_done = StepStatus.DONE in step.MOVES.get(step.status, ())
    to = StepStatus.DONE if is_done else StepStatus.DROPPED
    move(step, to, verb="close_step", by=by, at=at, remark=account)


@transaction.atomic
def skip_steps(step: FollowUp, *, by: User, at: dt.datetime, reason: str) -> None:
    """Say why gentler steps were left out; officials read it (R-221)."""
    audit.record(step, "skip_steps", by=by, at=at, remark=reason)


def write_step_letter(
    step: FollowUp, *, by: User, at: dt.datetime, reason: str, language: str = "nl"
) -> Letter:
    """Write the letter that belongs to a step."""
    contract = step.contract
    kept = Fulfilment.objects.filter(contract=contract).first()
    stands = standing(kept, Decimal(1)) if kept else None
    unit = stands.unit if stands else LedgerUnit.EURO
    owed, done = (stands.owed, stands.done) if stands else (Decimal(0), Decimal(0))
    missing = max(owed - done, Decimal(0)) if step.shortfall_eur is None else step.shortfall_eur
    with translation.override(language):
        facts = {
            "owed": in_unit(owed, unit),
            "done": in_unit(done, unit),
            "shortfall": in_unit(missing, unit),
            "until": formats.day(step.until_on or step.next_on),
            "factor": formats.number(step.factor),
            "malus": formats.euro(step.amount_eur),
            "reason": reason,
        }
    writing = Writing(LetterKind(step.kind), facts, step=step)
    return write_letter(contract, writing, by=by, at=at, language=language)


def _followed(contract: Contract) -> Contract:
    """Lock a contract that a manager looks after."""
    contract = lock(contract)
    if contract.status not in LOOKED_AFTER or contract.is_framework:
        raise StepError(_("Follow-up belongs to a contract that a manager looks after."))
    return contract


def _taken(
    contract: Contract, kind: StepKind, said: Step, *, by: User, at: dt.datetime
) -> FollowUp:
    """Begin a step, unless a gentler one is missing without a reason (R-221)."""
    if said.taken_on > timezone.localdate(at):
        raise StepError(_("This day lies in the future."))
    missing = skipped(contract, kind)
    if missing and not said.skipping:
        raise SkippedStepError(
            _("Not taken yet: %(steps)s. Say why you leave it out.")
            % {"steps": ", ".join(str(each.label) for each in missing)}
        )
    if contract.follow_ups.filter(kind=kind, status__in=LIVING).exists():
        raise StepError(_("Such a step is under way already. Conclude it first."))
    return FollowUp(
        uuid=said.key or uuid.uuid4(),
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        kind=kind,
        taken_on=said.taken_on,
        taken_by=by,
        next_on=None if said.outcome else said.next_on,
        until_on=said.until_on,
    )


def _keep(step: FollowUp, verb: str, said: Step, *, by: User, at: dt.datetime) -> None:
    write(step)
    moved = ("", step.status)
    audit.record(step, verb, by=by, at=at, moved=moved, remark=said.account)
    if said.skipping:
        skip_steps(step, by=by, at=at, reason=said.skipping)
    _tell(step, by=by, at=at)


def _tell(step: FollowUp, *, by: User, at: dt.datetime) -> None:
    tell_supplier("follow_up", step.contract, by=by, at=at, facts={"step": step})


def _offered(contract: Contract, at: dt.datetime) -> dict[str, Any]:
    """Keep the options as they were offered (N07)."""
    kept = Fulfilment.objects.filter(contract=contract).first()
    found = figures(contract, kept, today=timezone.localdate(at)) if kept else None
    offer = options(found) if found else None
    if offer is None:
        return {}
    return {
        "unit": offer.unit,
        "gap": str(offer.gap),
        "people": offer.people,
        "months": offer.months,
        "weeks": offer.weeks,
        "week_hours": str(offer.week_hours),
        "at_once": offer.at_once,
        "person": {"label": offer.person.label} if offer.person else None,
        "purchase": {"label": offer.purchase.label} if offer.purchase else None,
        "purchase_eur": str(offer.purchase_eur),
    }
