"""One supplier goes on as another: taken over or merged, with all that it does (R-255)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import Candidate, UsedMonth
from contracts.models import ConsortiumMember, Contract
from sroi_portal.core import audit, mail
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, save
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
        ]
        kept += [said for model, name in followers() for said in _move(model, name, gone, into)]
        gone.merged_into, gone.merged_on = into, merged_on
        for each in (gone, into):
            save(each)
            audit.record(each, "merge_supplier", by=by, at=at, remark=reason)
        for contract in contracts:
            contract.supplier = into
            audit.record(contract, "merge_supplier", by=by, at=at, changed=["supplier"])
    _tell_managers(contracts, gone, into, at=at)
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


def _move(model: type[models.Model], name: str, gone: Supplier, into: Supplier) -> Iterator[str]:
    """Write who goes on; what the database refuses, as the same thing twice, stays apart."""
    rows: Any = model._default_manager.filter(**{name: gone.pk})
    if _is_moved(rows, name, into):
        return
    kept = [
        key
        for key in list(rows.values_list("pk", flat=True))
        if not _is_moved(rows.filter(pk=key), name, into)
    ]
    yield _("%(count)s of “%(what)s” stays with %(supplier)s: both had the same.") % {
        "count": len(kept),
        "what": model._meta.verbose_name,
        "supplier": gone.name,
    }


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
