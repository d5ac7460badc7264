"""From a person to the rows that the database lets this person see."""

from allauth.mfa.utils import is_mfa_enabled

from sroi_portal.core.acting import NOTHING, DatabaseRole, Sight, acting_as
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES


def of(person: User | None) -> Sight:
    if person is None:
        return NOTHING
    return Sight(
        user=person.pk,
        authorities=person.authorities_with(*CONTRACT_ROLES),
        checking=person.sees_contributions_of,
        suppliers=person.supplier_ids,
        parties=_parties(person),
        edits=person.has_role(RoleName.ADVISER),
    )


def _parties(person: User) -> tuple[int, ...]:
    """Read who works with whom as the worker: the person's own sight follows from it."""
    if not person.supplier_ids:
        return ()
    with acting_as(DatabaseRole.WORKER):
        return person.party_contract_ids


def has_second_factor(person: User) -> bool:
    return bool(is_mfa_enabled(person))
