"""How a person wants to hear of things."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from sroi_portal.core import audit
from sroi_portal.core.models import NoticeChoice, NoticeWay, User, WaitingNotice
from sroi_portal.core.status import lock


@transaction.atomic
def choose_notices(person: User, ways: Mapping[str, str], *, by: User, at: dt.datetime) -> None:
    """Keep the way for each kind; lines that wait go away when one wants no weekly mail of them."""
    person = lock(person)
    before = dict(person.notices.values_list("kind", "way"))
    changed = {
        kind: way for kind, way in ways.items() if before.get(kind, NoticeWay.AT_ONCE) != way
    }
    for kind, way in changed.items():
        NoticeChoice.objects.update_or_create(user=person, kind=kind, defaults={"way": way})
        if way != NoticeWay.WEEKLY:
            WaitingNotice.objects.filter(user=person, kind=kind).delete()
    if changed:
        audit.record(person, "choose_notices", by=by, at=at, changed=changed)
