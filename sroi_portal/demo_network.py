"""Demo data of Maatwerk voor Mensen: what was tried, told, asked, said, and whether it lasted."""

import datetime as dt
from collections.abc import Callable, Sequence

from contracts.models import Contract
from sroi_portal import (
    demo_advice,
    demo_care,
    demo_examples,
    demo_lasting,
    demo_learning,
    demo_meeting,
    demo_pilots,
    demo_voice,
)
from sroi_portal.core.models import Authority, User
from suppliers.models import Supplier


def load(
    users: dict[str, User],
    authorities: Sequence[Authority],
    suppliers: Sequence[Supplier],
    submitter: Callable[[Contract], User],
    *,
    now: dt.datetime,
) -> None:
    demo_pilots.load(demo_pilots.Cast(users, authorities, suppliers), now=now)
    demo_examples.load(users, now=now)
    demo_advice.load(users, now=now)
    demo_learning.load(users, now=now)
    demo_meeting.load(users, now=now)
    demo_voice.load(now=now)
    demo_lasting.load(submitter, (users["Ada"], users["Vera"]), now=now)
    demo_care.load(users["Ada"], users["Ilse"], now=now)
