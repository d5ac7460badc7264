"""What happens when somebody is away: a colleague with the same role stands in (R-250)."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from sroi_portal.core import audit, mail
from sroi_portal.core.models import Absence, RoleAssignment, User
from sroi_portal.core.status import RefusedError, lock, save


class NotADeputyError(RefusedError):
    """Who stands in holds the same role for the same authority."""


@transaction.atomic
def set_absence(
    held: RoleAssignment,
    deputy: User,
    period: tuple[dt.date, dt.date],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Absence:
    """Let the deputy do the work of this role from the first to the last day.

    :raises NotADeputyError: when the deputy does not hold this role there.
    :raises ValidationError: when somebody stands in already, or the days are in the wrong order.
    """
    same = RoleAssignment.objects.held().filter(authority=held.authority_id, role=held.role)
    if not deputy.is_active or not same.filter(user=deputy).exists():
        raise NotADeputyError(
            _("%(name)s does not hold the role of %(role)s there.")
            % {"name": deputy.name, "role": held.get_role_display()}
        )
    absence = Absence(
        uuid=key or uuid.uuid4(),
        user=held.user,
        deputy=deputy,
        authority=held.authority,
        role=held.role,
        starts_on=period[0],
        ends_on=period[1],
        set_by=by,
        set_at=at,
    )
    save(absence)
    audit.record(absence, "set_absence", by=by, at=at, moved=("", held.role))
    if deputy != by:
        mail.send("core/mail/set_absence.txt", to=[deputy], at=at, context={"absence": absence})
    return absence


@transaction.atomic
def withdraw_absence(absence: Absence, *, by: User, at: dt.datetime) -> None:
    """Take it back: whoever was away does the work again; what was done stays."""
    absence = lock(absence)
    if absence.withdrawn_at:
        return
    absence.withdrawn_by, absence.withdrawn_at = by, at
    save(absence)
    audit.record(absence, "withdraw_absence", by=by, at=at)
