"""One supplier goes on as another: taken over or merged, with all that it does (R-255)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates import uses
from candidates.models import (
    Candidate,
    PathConsent,
    PathPerson,
    PathPlan,
    PathPlanStatus,
    PathStep,
    SharedPath,
    UsedMonth,
)
from contracts.models import ConsortiumMember, Contract, Subcontract, SubcontractStatus
from sroi_portal.core import audit, jobs, mail, personal
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Recorded, Remark, User
from sroi_portal.core.status import RefusedError, lock, move, save
from suppliers.models import Invitation, Membership, Supplier

# Rows that are moved one by one, because both suppliers may have the same.
BY_HAND = frozenset(
    {
        "suppliers.supplier",
        "suppliers.membership",
        "suppliers.invitation",
        "contracts.consortiummember",
        "candidates.candidate",
    }
)
# What stays: that somebody worked there once, or was invited.
STAYS = frozenset({"suppliers.supplier", "suppliers.membership", "suppliers.invitation"})
# One of two rows that are the same may go: who points at it points at the other from then on.
ALIKE = frozenset(
    {
        "suppliers.certificate",
        "suppliers.offering",
        "candidates.rememberedheading",
        "network.entry",
        "network.pilotpartner",
    }
)
# Rows of two suppliers that say nothing once these are one.
BETWEEN = frozenset({"network.match"})
RENAMING = "network.tasks.rename_places"  # what everybody reads bears the name as well


class CannotMergeError(RefusedError):
    """The two are one, or one of them went on as another before."""


@transaction.atomic
def merge_supplier(
    gone: Supplier, into: Supplier, merged_on: dt.date, *, by: User, at: dt.datetime, reason: str
) -> list[str]:
    """Let another supplier go on with everything; say in sentences what was kept apart.

    :raises CannotMergeError: when this cannot be.
    """
    with acting_as(DatabaseRole.WORKER):
        first, second = sorted((gone, into), key=lambda each: each.pk)
        locked = {each.pk: lock(each) for each in dict.fromkeys((first, second))}
        gone, into = locked[gone.pk], locked[into.pk]
        _require_two(gone, into, merged_on, today=timezone.localdate(at))
        contracts = list(gone.contracts.select_related("manager", "authority").order_by("pk"))
        kept = [
            *_move_candidates(gone, into),
            *_move_members(gone, into, by=by, at=at),
            *_move_consortia(gone, into),
            *_move_paths(gone, into, by=by, at=at),
        ]
        _end_doubles(gone, into, by=by, at=at)
        kept += [said for model, name in followers() for said in _move(model, name, gone, into)]
        gone.merged_into, gone.merged_on = into, merged_on
        for each in (gone, into):
            save(each)
            audit.record(each, "merge_supplier", by=by, at=at, remark=reason)
        for contract in contracts:
            contract.supplier = into
            audit.record(contract, "merge_supplier", by=by, at=at, changed=["supplier"])
    _tell_managers(contracts, gone, into, at=at)
    jobs.hint(RENAMING)
    return kept


def followers() -> Iterator[tuple[type[models.Model], str]]:
    """Name each field that says of which supplier a row is.

    Left out are those that are moved by hand, and what can never change.
    """
    for model in apps.get_models():
        if model._meta.label_lower in BY_HAND or getattr(model, "APPEND_ONLY", False):
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is Supplier:
                yield model, field.name


def _require_two(gone: Supplier, into: Supplier, merged_on: dt.date, *, today: dt.date) -> None:
    if gone == into:
        raise CannotMergeError(_("Choose another supplier."))
    if gone.merged_into_id or into.merged_into_id:
        raise CannotMergeError(_("One of these suppliers was taken over before."))
    if merged_on > today:
        raise CannotMergeError(_("The day of the take-over lies in the future."))


def _move_candidates(gone: Supplier, into: Supplier) -> Iterator[str]:
    """Hash references anew, under the key of who goes on; the same one twice stays two people."""
    theirs = set(into.candidates.values_list("reference_hash", flat=True))
    known = {bytes(each) for each in theirs}
    blinded: dict[bytes, bytes] = {}
    words = uses.every_word() if UsedMonth.objects.of_nobody(gone).exists() else []
    for person in Candidate.objects.filter(supplier=gone).order_by("pk"):
        before, reference = bytes(person.reference_hash), person.reference
        person.supplier = into
        person.reference = reference
        if bytes(person.reference_hash) in known:
            person.reference = f"{reference} ({gone.name})"
            yield _(
                "Both use “%(reference)s”: the person of %(supplier)s has the name behind it."
            ) % {
                "reference": reference,
                "supplier": gone.name,
            }
        known.add(bytes(person.reference_hash))
        save(person)
        UsedMonth.objects.filter(supplier=gone, reference_hash=before).update(
            reference_hash=person.reference_hash
        )
        blinded |= _blinded_anew(before, bytes(person.reference_hash), words)
    for row in UsedMonth.objects.filter(supplier=gone, reference_hash__in=blinded):
        row.reference_hash = blinded[bytes(row.reference_hash)]
        row.save(update_fields=["reference_hash"])


def _blinded_anew(before: bytes, after: bytes, words: Iterable[str]) -> dict[bytes, bytes]:
    """Say under which hash months of a person are found from now on, whose details went (R-426)."""
    return {personal.blinded(before, word): personal.blinded(after, word) for word in words}


def _move_members(gone: Supplier, into: Supplier, *, by: User, at: dt.datetime) -> Iterator[str]:
    """Let colleagues go along; who works for both keeps the one, and invitations end."""
    there = set(into.memberships.held().values_list("user_id", flat=True))
    for held in Membership.objects.filter(supplier=gone, ended_at__isnull=True).order_by("pk"):
        if held.user_id in there:
            held.ended_at, held.ended_by = at, by
        else:
            held.supplier = into
        save(held)
        audit.record(held, "merge_supplier", by=by, at=at, changed=["supplier"])
    open_ones = Invitation.objects.filter(supplier=gone).open_at(at)
    if open_ones.update(withdrawn_at=at):
        yield _("Invitations that were not accepted yet are withdrawn; send them again.")


def _move_consortia(gone: Supplier, into: Supplier) -> Iterator[str]:
    """Join the parts of both in one consortium; a member that becomes the lead is none any more."""
    for part in ConsortiumMember.objects.filter(supplier=gone).select_related("contract"):
        other = ConsortiumMember.objects.filter(contract=part.contract_id, supplier=into).first()
        if part.contract.supplier_id == into.pk:
            part.delete()
        elif other:
            part.delete()
            other.share_pct += part.share_pct
            save(other)
        else:
            part.supplier = into
            save(part)
            continue
        yield _("In the consortium of “%(contract)s” both parts are now one.") % {
            "contract": part.contract.title
        }
    ConsortiumMember.objects.filter(supplier=into, contract__supplier=gone).delete()


def _move_paths(gone: Supplier, into: Supplier, *, by: User, at: dt.datetime) -> Iterator[str]:
    """Write who walks a path now; one that both walked is a path of one firm from then on."""
    for path in SharedPath.objects.filter(supplier_ids__contains=[gone.pk]).order_by("pk"):
        both = into.pk in path.supplier_ids
        firms = sorted({into.pk if each == gone.pk else each for each in path.supplier_ids})
        if both:
            yield from _join_path(path, gone, into, by=by, at=at)
        firms = firms if len(firms) > 1 else firms * 2  # still two sides, of one firm
        SharedPath.objects.filter(pk=path.pk).update(supplier_ids=firms)
        PathPlan.objects.filter(path=path).update(supplier_ids=firms)
        for model in (PathStep, PathConsent):
            model._default_manager.filter(plan__path=path).update(supplier_ids=firms)


def _join_path(
    path: SharedPath, gone: Supplier, into: Supplier, *, by: User, at: dt.datetime
) -> Iterator[str]:
    """Let both people of a path stay tied to it: it is one person, with two references (R-387)."""
    for plan in path.plans.filter(status=PathPlanStatus.PROPOSED):
        move(lock(plan), PathPlanStatus.DROPPED, verb="merge_supplier", by=by, at=at)
        yield _("A plan of the path “%(path)s” was not agreed yet: propose it again.") % {
            "path": path.title
        }
    agreed = PathPlan.objects.filter(path=path, consents__supplier=into)
    PathConsent.objects.filter(plan__in=agreed, supplier=gone).delete()
    ties = PathPerson.objects.filter(path=path)
    if ties.filter(supplier=into).exists():
        ties.filter(supplier=gone).update(is_joined=True)


def _end_doubles(gone: Supplier, into: Supplier, *, by: User, at: dt.datetime) -> None:
    """End the work of a partner on a contract that is its own now, or that it has twice."""
    living = Subcontract.objects.filter(
        status__in=(SubcontractStatus.PROPOSED, SubcontractStatus.AGREED)
    )
    own = Q(supplier=gone, contract__supplier=into) | Q(supplier=into, contract__supplier=gone)
    twice = Q(supplier=gone, contract__in=living.filter(supplier=into).values("contract"))
    for part in living.filter(own | twice).order_by("pk"):
        move(lock(part), SubcontractStatus.ENDED, verb="merge_supplier", by=by, at=at)


def _move(model: type[models.Model], name: str, gone: Supplier, into: Supplier) -> Iterator[str]:
    """Write who goes on; of what both had the same one stays, where nothing is lost by that."""
    rows: Any = model._default_manager.filter(**{name: gone.pk})
    if _is_moved(rows, name, into):
        return
    left = [row for row in rows.order_by("pk") if not _is_moved(rows.filter(pk=row.pk), name, into)]
    label = model._meta.label_lower
    if label in BETWEEN:
        _remove(left)
        return
    if label in ALIKE:
        for row in left:
            _join(row, _twin(row, name, into))
        said = _("%(count)s of “%(what)s” was the same at both: one of them is left.")
    else:
        said = _("%(count)s of “%(what)s” stays with %(supplier)s: both had the same.")
    yield said % {
        "count": len(left),
        "what": model._meta.verbose_name,
        "supplier": gone.name,
    }


def _twin(row: models.Model, name: str, into: Supplier) -> models.Model:
    """Find the row of who goes on that leaves no room for this one."""
    found: Any = row._meta.default_manager
    field = row._meta.get_field(name)
    together = [
        each.fields
        for each in row._meta.constraints
        if isinstance(each, models.UniqueConstraint) and name in each.fields
    ]
    fields = next(iter(together), (field.name,))
    same = {each: getattr(row, each) for each in fields if each != name}
    twin: models.Model = found.get(**same, **{name: into})
    return twin


def _join(row: models.Model, twin: models.Model) -> None:
    """Let who points at a row point at its twin."""
    fields: Any = row._meta.get_fields(include_hidden=True)
    for relation in (each for each in fields if each.one_to_many):
        rows = relation.related_model._default_manager.filter(**{relation.field.name: row.pk})
        rows.update(**{relation.field.name: twin.pk})
    row.delete()


def _remove(rows: Iterable[Recorded]) -> None:
    """Remove rows with what was said about them."""
    for row in rows:
        Remark.objects.filter(object_uuid=row.uuid).delete()
        row.delete()


def _is_moved(rows: Any, name: str, into: Supplier) -> bool:
    try:
        with transaction.atomic():
            rows.update(**{name: into.pk})
    except IntegrityError:
        return False
    return True


def _tell_managers(
    contracts: list[Contract], gone: Supplier, into: Supplier, *, at: dt.datetime
) -> None:
    managers = dict.fromkeys(contract.manager for contract in contracts if contract.manager)
    context = {"gone": gone, "into": into}
    mail.send("candidates/mail/merge_supplier.txt", to=list(managers), at=at, context=context)
