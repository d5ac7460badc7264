"""The board: Leverancier Noord and Leverancier Oost offer, ask, talk and agree."""

import datetime as dt
import uuid

from candidates import actions as candidate_actions
from network import actions
from tests import factories
from tests.candidates import walking
from tests.network.boarding import told


def fill(world) -> None:
    world.mies = factories.UserFactory(
        name="Mies", email="mies@example.org", password=world.password
    )
    factories.MembershipFactory(user=world.mies, supplier=world.oost)
    world.offer_kind = ["candidate"]
    starts_on = world.today + dt.timedelta(days=10)

    def post(supplier, by, kind, title):
        react = {"apply_at": "werken@noord.example"} if kind == "place" else {}
        facts = told(kind, title=title, starts_on=starts_on, category=world.category, **react)
        return actions.post_offer(supplier, facts, by=by, at=world.now, key=uuid.uuid4())

    world.offer = post(world.noord, world.sara, "place", "Leerplek in de kas")
    world.offer_of_oost = post(world.oost, world.mies, "candidate", "Wil leren koken")
    world.match = actions.answer_offer(
        world.offer,
        world.oost,
        "Wij kennen iemand voor deze plek.",
        by=world.mies,
        at=world.now,
        key=uuid.uuid4(),
    )
    proposed = post(world.noord, world.sara, "path", "Eerst de keuken, dan de bediening")
    world.match_proposed = actions.answer_offer(
        proposed, world.oost, "Graag.", by=world.mies, at=world.now, key=uuid.uuid4()
    )
    actions.propose_deal(world.match_proposed, "Drie maanden bij ons.", by=world.mies, at=world.now)
    for made in (world.offer, world.match, world.match_proposed):
        made.refresh_from_db()
    _directory(world)
    _path(world, starts_on)


def _directory(world) -> None:
    """Oost holds no certificate; Noord does, and Bram keeps what stands there of Zuid."""
    facts = {
        "about": "Wij wassen en vouwen, en leren mensen het vak.",
        "mailbox": "info@noord.example",
        "province": "NL32",
        "is_shown": True,
    }
    world.entry = actions.keep_entry(world.noord, facts, by=world.sara, at=world.now)


def _path(world, starts_on) -> None:
    """Walked by a person of Noord; a newer plan of Oost waits for Noord."""
    path = candidate_actions.begin_path(
        (world.noord, world.oost),
        "Van stage naar baan",
        by=world.sara,
        at=world.now,
        key=uuid.uuid4(),
    )
    planned = [walking.step(world.noord, starts_on, None, 100)]
    walking.agreed(path, planned, world.sara, world.mies)
    at = {"at": world.now}
    candidate_actions.tie_person(path, world.fresh.candidate, by=world.sara, **at)
    world.path_plan = candidate_actions.propose_path_plan(path, planned, by=world.mies, **at)
    path.refresh_from_db()
    world.path = path
