"""A contract with all that hangs on it goes to another authority, in one transaction (R-254)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates import locking
from candidates.models import CandidateCode, Contribution, Placement, Share
from contracts.actions.handing_over import NotAManagerError
from contracts.actions.transfers import require_movable
from contracts.models import Contract, ContractStatus, Transfer, TransferStatus
from sroi_portal.core import audit, mail
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Authority, RoleName, User
from sroi_portal.core.status import RefusedError, lock, move, save

# Frozen or about who gave it: these stay with the authority of that day.
STAY = frozenset({"reports.report", "contracts.transfer"})
SUBMITTED = """
    UPDATE candidates_contribution k
       SET authority_ids = coalesce((
           SELECT array_agg(DISTINCT s.authority_id ORDER BY s.authority_id)
             FROM candidates_share s
            WHERE s.contribution_id = k.id AND s.submitted_at IS NOT NULL), '{}')
     WHERE k.id IN (SELECT contribution_id FROM candidates_share WHERE contract_id = %s)
"""
WORKED = """
    UPDATE candidates_placement p
       SET authority_ids = coalesce((
           SELECT array_agg(DISTINCT each.id ORDER BY each.id)
             FROM (SELECT unnest(k.authority_ids)
                     FROM candidates_contribution k
                    WHERE p.id IN (k.placement_id, k.for_placement_id)
                    UNION
                   SELECT c.authority_id
                     FROM candidates_agreedjob j
                     JOIN contracts_contract c ON c.id = p.contract_id
                    WHERE j.placement_id = p.id) AS each (id)), '{}')
     WHERE p.id = ANY(%s)
"""
COPIED = """
    UPDATE {table} t
       SET authority_ids = o.authority_ids
      FROM candidates_{owner} o
     WHERE o.id = t.{owner}_id AND o.id = ANY(%s)
"""
FORGOTTEN = """
    DELETE FROM candidates_candidatecode c
     WHERE c.candidate_id IN (SELECT candidate_id FROM candidates_placement WHERE id = ANY(%s))
       AND NOT EXISTS (
           SELECT 1 FROM candidates_placement p
            WHERE p.candidate_id = c.candidate_id AND c.authority_id = ANY(p.authority_ids))
"""
DEPTH = 4  # how far a row may lie from its contract


class NotYetError(RefusedError):
    """The day of the move lies in the future."""


@transaction.atomic
def accept_transfer(transfer: Transfer, manager: User, *, by: User, at: dt.datetime) -> None:
    """Take the contract over, with a manager of the receiving authority.

    :raises NotYetError: before the day of the move.
    :raises NotAManagerError: when the manager is none of the receiving authority.
    :raises CannotMoveError: when the contract was settled or broken off since.
    """
    transfer = lock(transfer)
    if transfer.moves_on > timezone.localdate(at):
        raise NotYetError(_("The contract moves later. Accept it on the day of the move."))
    if not manager.has_role(RoleName.MANAGER, transfer.receiver_id):
        raise NotAManagerError(
            _("%(name)s is no contract manager of this authority.") % {"name": manager.name}
        )
    transfer.decided_by, transfer.decided_at = by, at
    move(transfer, TransferStatus.ACCEPTED, verb="accept_transfer", by=by, at=at)
    with acting_as(DatabaseRole.WORKER):
        locking.lock_work(Contract(pk=transfer.contract_id))
        contract = lock(Contract(pk=transfer.contract_id))
        require_movable(contract)
        _receive(contract, transfer.receiver, manager, by=by, at=at)
    context = {"transfer": transfer}
    mail.send("contracts/mail/accept_transfer.txt", to=[transfer.asked_by], at=at, context=context)


def followers() -> Iterator[tuple[type[models.Model], str]]:
    """Name each model whose rows say of which authority they are, with the way to a contract."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        way = _way_to_contract(model)
        if way and "authority" in names and model._meta.label_lower not in STAY:
            yield model, way


def shown() -> Iterator[tuple[type[models.Model], str]]:
    """Name each model whose rows are seen by who sees their placement or contribution."""
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        if "authority_ids" in fields and model is not Contribution:
            for owner in ("placement", "contribution"):
                if owner in fields:
                    yield model, owner


def _receive(
    contract: Contract, receiver: Authority, manager: User, *, by: User, at: dt.datetime
) -> None:
    """Write the receiver on the contract and on what follows it; what is past stays as it was."""
    contract.authority, contract.officer, contract.escalates_to = receiver, by, None
    if contract.manager_id:
        contract.manager = manager
    if contract.status == ContractStatus.ACTIVE:
        contract.handed_over_at, contract.accepted_at = at, None
        move(contract, ContractStatus.HANDED_OVER, verb="accept_transfer", by=by, at=at)
    else:
        save(contract)
        audit.record(contract, "accept_transfer", by=by, at=at, changed=["authority"])
    for model, way in followers():
        rows: Any = model._default_manager.filter(**{way: contract.pk})
        rows.update(authority_id=receiver.pk)
    _show_work(contract)


def _way_to_contract(model: type[models.Model]) -> str:
    """Find the shortest way along foreign keys; a contract itself is no follower."""
    ways: list[tuple[str, type[models.Model]]] = [("", model)]
    for _step in range(DEPTH):
        longer: list[tuple[str, type[models.Model]]] = []
        for way, at in ways:
            for field in _pointing(at):
                target: Any = field.related_model
                name = f"{way}__{field.name}" if way else field.name
                if target is Contract:
                    return name
                longer.append((name, target))
        ways = longer
    return ""


def _pointing(model: type[models.Model]) -> list[Any]:
    """Give the foreign keys to rows about contracts or work, the contract's own first."""
    if model is Contract:
        return []
    keys = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label in ("contracts", "candidates")
    ]
    return sorted(keys, key=lambda field: field.name != "contract")


def _show_work(contract: Contract) -> None:
    """Let see the work who now holds a share of it, under a code of its own for each person.

    Who holds nothing of a person any more loses the code of it too.
    """
    shares = Share.objects.filter(contract=contract)
    contributions = list(shares.values_list("contribution_id", flat=True).distinct())
    of_shares = Q(contributions__in=contributions) | Q(trainings__in=contributions)
    stated = Q(contract=contract, agreed_job__isnull=False)
    about = Placement.objects.filter(of_shares | stated)
    placements = list(about.values_list("pk", flat=True).distinct())
    touched = {"placement": placements, "contribution": contributions}
    with connection.cursor() as cursor:
        cursor.execute(SUBMITTED, [contract.pk])
        cursor.execute(WORKED, [placements])
        for model, owner in shown():
            table = model._meta.db_table
            cursor.execute(COPIED.format(table=table, owner=owner), [touched[owner]])
        cursor.execute(FORGOTTEN, [placements])
    seen = Placement.objects.filter(
        pk__in=placements, authority_ids__contains=[contract.authority_id]
    )
    for candidate_id, supplier_id in seen.values_list("candidate", "supplier").distinct():
        CandidateCode.objects.get_or_create(
            candidate_id=candidate_id,
            authority_id=contract.authority_id,
            defaults={"supplier_id": supplier_id},
        )
