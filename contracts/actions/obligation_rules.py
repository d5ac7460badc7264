"""What happens to obligation rules: loaded, drafted, copied, published, withdrawn (R-111)."""

import datetime as dt
import uuid
from dataclasses import asdict, fields, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contracts.models import (
    CertificateDay,
    CertificateEffect,
    Obligation,
    ObligationConcept,
    ObligationRule,
    ObligationRuleLine,
    RuleStatus,
    ThresholdOperator,
)
from contracts.obligation_rules import Choices, Clocks, RuleFile
from sroi_portal.core import audit
from sroi_portal.core.models import Authority, User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save

SAID = ("code", "version", "publisher", "name", "source", "note", "valid_from")
BOUNDS = ("threshold_base", "minimum_months", "floor_eur", "cap_eur")


class RuleInUseError(RefusedError):
    """The file differs from a version by which contracts were awarded."""


class RuleIncompleteError(RefusedError):
    """Something that a published rule must say is still missing."""


def told_by(rule: ObligationRule) -> RuleFile:
    """Give all that a rule says, as a file would say it."""
    return RuleFile(
        **{name: getattr(rule, name) for name in SAID},
        rule=rule.as_terms(),
        clocks=Clocks(**{each.name: getattr(rule, each.name) for each in fields(Clocks)}),
        choices=Choices(**{each.name: getattr(rule, each.name) for each in fields(Choices)}),
    )


@transaction.atomic
def load_rule(read: RuleFile, *, by: User | None, at: dt.datetime) -> ObligationRule:
    """Copy a rule that comes with the portal and publish it; the same file twice changes nothing.

    :raises RuleInUseError: when the file differs and contracts use this version already.
    """
    same = {"authority": None, "code": read.code, "version": read.version}
    known: ObligationRule | None = ObligationRule.objects.filter(**same).first()
    rule = lock(known) if known else ObligationRule()
    if known and _orderless(told_by(rule)) == _orderless(read):
        return rule
    if known and is_used(rule):
        raise RuleInUseError(
            _(
                "Contracts were awarded by %(rule)s: it cannot change. "
                "Give the file another version number."
            )
            % {"rule": rule}
        )
    _write(rule, read)
    if rule.status == RuleStatus.DRAFT:
        move(rule, RuleStatus.PUBLISHED, verb="load_rule", by=by, at=at)
    else:
        audit.record(rule, "load_rule", by=by, at=at, changed=["lines"])
    return rule


@transaction.atomic
def draft_rule(
    authority: Authority, wanted: RuleFile, *, by: User, at: dt.datetime, key: uuid.UUID
) -> ObligationRule:
    """Write down what an authority asks, to be published later.

    :raises ValidationError: when this version exists already, or a line cannot be kept.
    """
    rule = ObligationRule(uuid=key, authority=authority)
    _write(rule, wanted)
    audit.record(rule, "draft_rule", by=by, at=at, moved=("", rule.status))
    return rule


@transaction.atomic
def copy_rule(
    rule: ObligationRule, authority: Authority, *, by: User, at: dt.datetime, key: uuid.UUID
) -> ObligationRule:
    """Begin a version of one's own with what another one says; its day is still to be chosen."""
    version = _next_version(authority, rule.code, at)
    told = replace(told_by(rule), version=version, publisher=authority.name[:120], valid_from=None)
    copied = ObligationRule(uuid=key, authority=authority)
    _write(copied, told)
    audit.record(copied, "copy_rule", by=by, at=at, moved=("", copied.status))
    return copied


@transaction.atomic
def change_rule(
    rule: ObligationRule,
    wanted: RuleFile,
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> ObligationRule:
    """Let a draft say what is wanted; the same once more changes nothing.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises IllegalMoveError: when it is no draft.
    :raises ValidationError: when a line cannot be kept.
    """
    rule = _draft(rule, revision)
    before = told_by(rule)
    changed = [
        each.name
        for each in fields(RuleFile)
        if getattr(before, each.name) != getattr(wanted, each.name)
    ]
    if changed:
        _write(rule, wanted)
        audit.record(rule, "change_rule", by=by, at=at, changed=changed)
    return rule


@transaction.atomic
def discard_rule(
    rule: ObligationRule, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Throw a draft away; that it was there stays in the audit trail.

    :raises IllegalMoveError: when it is no draft.
    """
    rule = _draft(rule, revision)
    audit.record(rule, "discard_rule", by=by, at=at, moved=(rule.status, ""))
    _forget_rows(rule)
    rule.delete()


@transaction.atomic
def publish_rule(
    rule: ObligationRule, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Let a rule propose, for contracts awarded from its first day on.

    :raises IllegalMoveError: when it is no draft.
    :raises RuleIncompleteError: when it has no first day or asks nothing.
    """
    rule = _draft(rule, revision)
    missing = missing_to_publish_rule(rule)
    if missing:
        raise RuleIncompleteError(
            _("This is still missing: %(facts)s.") % {"facts": ", ".join(missing)}
        )
    move(rule, RuleStatus.PUBLISHED, verb="publish_rule", by=by, at=at)


@transaction.atomic
def withdraw_rule(
    rule: ObligationRule, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Let it propose no more; contracts that were awarded by it keep it.

    :raises IllegalMoveError: when it is not published.
    """
    rule = lock(rule, revision=revision)
    move(rule, RuleStatus.WITHDRAWN, verb="withdraw_rule", by=by, at=at, remark=reason)


def missing_to_publish_rule(rule: ObligationRule) -> list[str]:
    """Name what a rule of an authority must still say."""
    missing = [] if rule.valid_from else [_("from which day of award it holds")]
    return missing if rule.lines.exists() else [*missing, _("what it asks: at least one line")]


def is_used(rule: ObligationRule) -> bool:
    """Whether something that is owed, or is to be owed, points to it."""
    uses = (Obligation, ObligationConcept)
    return any(model._default_manager.filter(rule=rule).exists() for model in uses)


def _draft(rule: ObligationRule, revision: int | None) -> ObligationRule:
    rule = lock(rule, revision=revision)
    if rule.status != RuleStatus.DRAFT:
        raise IllegalMoveError(
            _("This can no longer be done: it now has the status “%(status)s”.")
            % {"status": rule.get_status_display()}
        )
    return rule


def _next_version(authority: Authority, code: str, at: dt.datetime) -> str:
    """Call versions by their year: 2026, 2026-2, 2026-3."""
    own = ObligationRule.objects.filter(authority=authority, code=code)
    taken = set(own.filter(Q(version__startswith=str(at.year))).values_list("version", flat=True))
    names = (str(at.year), *(f"{at.year}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _orderless(told: RuleFile) -> RuleFile:
    """Put certificates in one order: the database gives them by their kind."""
    by_kind = tuple(sorted(told.rule.certificates, key=lambda effect: effect.kind))
    return replace(told, rule=replace(told.rule, certificates=by_kind))


def _write(rule: ObligationRule, told: RuleFile) -> None:
    for name in SAID:
        setattr(rule, name, getattr(told, name))
    for name in BOUNDS:
        setattr(rule, name, getattr(told.rule, name))
    is_from = told.rule.is_from
    rule.threshold_operator = ThresholdOperator.FROM if is_from else ThresholdOperator.ABOVE
    for name, value in (asdict(told.clocks) | asdict(told.choices)).items():
        setattr(rule, name, value)
    save(rule)
    _forget_rows(rule)
    for position, line in enumerate(told.rule.lines, start=1):
        row = ObligationRuleLine(rule=rule, position=position, **asdict(line))
        row.natures = sorted(line.natures)
        _keep(row)
    for effect in told.rule.certificates:
        day = CertificateDay.WHOLE_TERM if effect.whole_term else CertificateDay.AWARD
        facts = {"kind": effect.kind, "discount_pct": effect.discount_pct, "valid_on": day}
        _keep(CertificateEffect(rule=rule, **facts))


def _keep(row: ObligationRuleLine | CertificateEffect) -> None:
    """Write a row that keeps to its constraints.

    :raises ValidationError: when it does not; the message names the row.
    """
    try:
        row.full_clean()
    except ValidationError as refused:
        raise ValidationError([f"{row}: {text}" for text in refused.messages]) from refused
    row.save()


def _forget_rows(rule: ObligationRule) -> None:
    rule.lines.all().delete()
    rule.certificate_effects.all().delete()
