"""Examples: one in the library, one that waits, and a quote that waits for an adviser."""

from network import actions, magazine
from network.models import GivenHow, Permission, QuoteUse
from sroi_portal.core.models import Job
from tests import factories


def fill(world):
    by_sara, by_ada = ({"by": who, "at": world.now} for who in (world.sara, world.ada))
    told = {
        "title": "Schoonmaak begint met een gesprek",
        "summary": "Voor de gunning spraken inkoper en leverancier over vaste plekken.",
        "question": "Hoe vinden wij vaste plekken in de schoonmaakploeg?",
        "done": "Eerst drie gesprekken, daarna een proefweek van twee dagen.",
        "outcome": "Vijf mensen hebben een vaste baan. Twee vielen af in de proefweek.",
        "took_time": "vier gesprekken in twee maanden",
        "took_people": "een begeleider voor een halve dag per week",
        "helped": "mensen die lang thuis zaten",
        "kind": "placement",
        "category": world.category,
        "year": world.today.year - 1,
        "contract": world.contract,
        "ask_person": world.sara,
    }
    world.example = actions.propose_example(told, **by_sara)
    actions.publish_example(world.example, **by_ada)
    another = told | {"title": "Een proefweek voor de kantine", "kind": "experience"}
    world.proposed_example = actions.propose_example(another, **by_sara)
    for example in (world.example, world.proposed_example):
        example.refresh_from_db()
    words = {"role": "candidate", "text": "Ik hoor er weer bij.", "example": world.example}
    permission = Permission(world.today, GivenHow.PAPER, tuple(QuoteUse))
    world.quote = actions.record_quote(words, permission, **by_sara)
    _editions(world)


def _editions(world):
    """One that everybody reads, and one that is being made."""
    by_ada = {"by": world.ada, "at": world.now}
    world.abel = factories.UserFactory(name="Abel")
    factories.RoleAssignmentFactory(user=world.abel, authority=world.ministry, role="adviser")
    told = {"number": 1, "title": "Eerst het gesprek", "foreword": "Beste lezer, veel plezier."}
    figures = [{"value": "214", "label": "mensen aan het werk", "source": "rapport 2026-0001"}]
    made = told | {"examples": [world.example], "figures": figures}
    world.edition = actions.draft_edition(made, **by_ada)
    actions.compose_edition(world.edition, **by_ada)
    world.edition.refresh_from_db()
    job = Job.objects.get(uuid=world.edition.job_uuid)
    magazine.print_edition(str(world.edition.uuid), job, now=lambda: world.now)
    actions.publish_edition(world.edition, by=world.abel, at=world.now)
    empty = {"number": 2, "title": "Nog leeg", "foreword": "Volgt."}
    world.draft_edition = actions.draft_edition(empty, **by_ada)
