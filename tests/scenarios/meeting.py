"""People who can be found, meetings to come and held, the timeline, an edition for everybody."""

import datetime as dt

from network import actions
from network.models import Edition, PublicEdition
from sroi_portal.core.models import User

DAY = dt.timedelta(days=1)


def fill(world):
    by_ada, by_cora, by_sara = (
        {"by": who, "at": world.now} for who in (world.ada, world.cora, world.sara)
    )
    about = {
        "kind": "manager",
        "job": "Contractmanager schoonmaak",
        "authority": world.ministry,
        "about": "Vraag mij hoe een eerste gesprek met een leverancier loopt.",
        "subjects": ["plans", "partners"],
        "regions": ["NL32"],
        "languages": ["nl", "en"],
        "categories": [world.category],
    }
    world.page_of_cora = actions.keep_page(about, **by_cora)
    world.person_question = actions.ask_person(
        world.page_of_cora, "Hoe begint u zo’n gesprek?", **by_sara
    )
    _meetings(world, by_ada, by_sara)
    milestone = {"on": world.today, "title": "Begonnen", "words": "De aanpak begint."}
    world.milestone = actions.write_milestone(milestone, **by_cora)
    world.published_milestone = actions.write_milestone(milestone, **by_cora)
    actions.publish_milestone(world.published_milestone, **by_ada)
    world.abel = User.objects.get(name="Abel")  # advises too
    _for_everybody(world)
    for each in (world.milestone, world.published_milestone):
        each.refresh_from_db()


def _meetings(world, by_ada, by_sara):
    starts_at = world.now + 20 * DAY
    plan = {
        "title": "Een perceel voorbehouden: hoe begint u?",
        "purpose": "Drie inkopers vertellen wat zij deden.",
        "for_whom": "inkopers en contractmanagers",
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=2),
        "place": "Vergaderzaal 3, Den Bosch",
        "link": "https://example.org/meedoen",
        "seats": 1,
        "sign_up_until": world.today + 15 * DAY,
        "is_public": True,
    }
    world.proposed_meeting = actions.propose_meeting(plan, **by_sara)
    world.meeting = actions.propose_meeting(plan, **by_ada)
    actions.plan_meeting(world.meeting, **by_ada)
    actions.sign_up(world.meeting, **by_sara)
    actions.sign_up(world.meeting, by=world.cora, at=world.now)
    past = {"starts_at": world.now - 3 * DAY, "ends_at": world.now - 2 * DAY}
    world.held_meeting = actions.propose_meeting(plan | past, **by_ada)
    actions.plan_meeting(world.held_meeting, **by_ada)
    actions.report_meeting(world.held_meeting, "Wij spraken af klein te beginnen.", **by_ada)
    for each in (world.proposed_meeting, world.meeting, world.held_meeting):
        each.refresh_from_db()


def _for_everybody(world):
    """Let everybody download an edition, printed as the other one is."""
    edition = Edition.objects.get(pk=world.edition.pk)
    edition.pk, edition.uuid, edition.number = None, world.milestone.uuid, 3
    edition.released_by, edition.released_at = world.ada, world.now
    edition.save(force_insert=True)
    PublicEdition.objects.create(
        edition=edition,
        number=3,
        title=edition.title,
        released_on=world.today,
        pdf=edition.pdf.name,
        size=edition.pdf.size,
        quotes=[],
    )
    world.released_edition, world.public_edition = edition, [3]
