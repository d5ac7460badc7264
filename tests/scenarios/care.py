"""Details that will go after a contract, and words that a person lets be quoted."""

import datetime as dt

from candidates import voices
from candidates.models import Removal

WEEKS = dt.timedelta(weeks=4)


def fill(world) -> None:
    facts = {
        "contract": world.contract,
        "authority": world.contract.authority,
        "supplier": world.contract.supplier,
        "announced_at": world.now,
    }
    world.removal = Removal.objects.create(part="said", due_on=world.today + WEEKS, **facts)
    Removal.objects.create(
        part="lasting",
        status="done",
        due_on=world.today,
        done_at=world.now,
        counts={"answers": 4, "questions": 2},
        **facts,
    )
    world.words = [voices.quotable([world.ministry.pk])[0].key]
