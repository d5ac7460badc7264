"""The board: Leverancier Noord and Leverancier Oost offer, ask, talk and agree."""

import datetime as dt
import uuid

from network import actions
from tests import factories
from tests.network.boarding import told


def fill(world) -> None:
    world.mies = factories.UserFactory(
        name="Mies", email="mies@example.org", password=world.password
    )
    factories.MembershipFactory(user=world.mies, supplier=world.oost)
    world.offer_kind = ["candidate"]
    starts_on = world.today + dt.timedelta(days=10)

    def post(supplier, by, kind, title):
        facts = told(kind, title=title, starts_on=starts_on, category=world.category)
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
