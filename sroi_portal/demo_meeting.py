"""People, meetings and milestones of the demo, and an edition for everybody."""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone

from contracts.models import Category
from network import actions, public_magazine
from network.models import Edition, EditionStatus, Lesson, Meeting
from sroi_portal.core import jobs, terms
from sroi_portal.core.models import Job, JobStatus, User

DAY = dt.timedelta(days=1)


class Person(NamedTuple):
    name: str
    kind: str
    job: str
    about: str
    subjects: tuple[str, ...]
    category: str = ""
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("nl",)


PEOPLE = (
    Person(
        "Piet", "procurement", "Inkoper facilitaire diensten",
        "Ik heb drie keer een perceel voorbehouden aan sociale ondernemingen. Vraag mij hoe u de "
        "markt vooraf spreekt, en wat u beter niet in de eis zet.",
        ("market", "reserved", "clauses"), "schoonmaak", ("NL32", "NL36"),
    ),
    Person(
        "Cora", "manager", "Contractmanager schoonmaak en catering",
        "Mijn leveranciers en ik kijken elk kwartaal samen naar wat lukt. Vraag mij hoe u van een "
        "percentage naar een afspraak over mensen komt.",
        ("plans", "guiding", "partners"), "catering", ("NL32", "NL35"), ("nl", "en"),
    ),
    Person(
        "Olga", "manager", "Coördinator social return",
        "Ik kijk wekelijks bewijs na. Vraag mij welk bewijs genoeg is, en wat u niet moet bewaren.",
        ("proof", "counting"),
    ),
    Person(
        "Vera", "policy", "Beleidsmedewerker arbeidsmarkt",
        "Ik volg wat er van mensen wordt na een plaatsing. Vraag mij hoe u cijfers leest, en wat "
        "zij niet zeggen.",
        ("figures", "jobs"), "", (), ("nl", "en", "de"),
    ),
    Person(
        "Ada", "advice", "Adviseur Maatwerk voor Mensen",
        "Ik denk mee vanaf het eerste gesprek. Bel mij liever te vroeg dan te laat.",
        ("market", "pilots", "reserved"),
    ),
    Person(
        "Sara", "supplier", "Projectleider inclusief werk",
        "Bij ons leren jaarlijks dertig mensen het vak. Vraag mij wat een begeleider nodig heeft, "
        "en hoe u een leerplek met een andere leverancier deelt.",
        ("guiding", "partners"), "schoonmaak", ("NL35", "NL32"), ("nl", "ti", "ar"),
    ),
    Person(
        "Bram", "supplier", "Bedrijfsleider",
        "Wij begonnen met twee leerplekken en hebben er nu elf. Vraag mij wat dat kost en wat het "
        "oplevert.",
        ("guiding", "plans"), "groenvoorziening", ("NL42",),
    ),
)  # fmt: skip


class Plan(NamedTuple):
    days: int  # from today; before it is over
    title: str
    purpose: str
    for_whom: str
    place: str
    link: str = ""
    seats: int | None = None
    comers: tuple[str, ...] = ()
    report: str = ""


PLANS = (
    Plan(
        -62, "Een perceel voorbehouden: hoe begint u?",
        "Drie inkopers vertellen wat zij deden, van het eerste gesprek tot de gunning. Daarna maakt "
        "u een opzet voor uw eigen aanbesteding.",
        "inkopers en contractmanagers", "Zaal De Werkplaats, Zwolle", "", 20,
        ("Piet", "Cora", "Vera"),
        "Wij spraken over het moment van het eerste gesprek. Iedereen begon te laat.\n\n"
        "Afgesproken: wie een aanbesteding voorbereidt, vraagt het adviesteam mee te denken voordat "
        "de eisen er staan. Het adviesteam maakt een korte vragenlijst voor de markt.",
    ),
    Plan(
        -20, "Leveranciers vertellen: begeleiding die werkt",
        "Twee leveranciers laten zien hoe zij mensen begeleiden, en wat dat kost.",
        "leveranciers en contractmanagers", "", "https://example.org/begeleiding", None,
        ("Cora", "Sara", "Bram", "Olga"),
        "Een vaste begeleider is belangrijker dan een cursus vooraf. Beide leveranciers rekenen op "
        "vier uur begeleiding per week in de eerste drie maanden.",
    ),
    Plan(
        9, "Spreekuur: uw tabel en wat meetelt",
        "Neem een contract mee. Wij rekenen samen na wat een plaatsing, een leerplek en een aankoop "
        "waard zijn.",
        "iedereen met een contract", "", "https://example.org/spreekuur", 4,
        ("Piet", "Olga", "Sara", "Bram", "Cora"),
    ),
    Plan(
        34, "Netwerkdag Maatwerk voor Mensen",
        "Een dag met goede voorbeelden, een markt van leveranciers en sociale ondernemingen, en "
        "gesprekken met mensen die zelf begonnen zijn.",
        "inkopers, HR, beleid en leveranciers", "Congrescentrum De Proef, Amersfoort", "", 120,
        ("Vera", "Piet", "Sara", "Anna"),
    ),
)  # fmt: skip
PROPOSAL = Plan(
    48, "Leerplekken delen tussen leveranciers",
    "Wij willen met vier leveranciers afspreken hoe iemand bij de een leert en bij de ander werkt.",
    "leveranciers in het groen en in de schoonmaak", "Bedrijfsverzamelgebouw Model, Eindhoven",
)  # fmt: skip
MILESTONES = (
    (
        2100, "De eerste proeftuinen",
        (
        "In de categorie Inhuur Professionals beginnen de eerste proeftuinen. Zij laten zien dat "
        "inkopen met sociale impact kan."
        ),
    ),
    (
        1650, "Maatwerk voor Mensen krijgt een naam",
        (
        "Social return en de banenafspraak komen samen in één aanpak: minder denken in "
        "verplichtingen, meer in mogelijkheden."
        ),
    ),
    (
        900, "Een adviesteam voor het hele Rijk",
        (
        "Inkopers en leveranciers kunnen met elke vraag bij één team terecht. Wat eenmaal is "
        "beantwoord, vindt de volgende terug."
        ),
    ),
    (
        210, "Eén portaal voor opdrachtgever en leverancier",
        (
        "Beide kanten zien dezelfde cijfers, van het eerste gesprek tot de laatste euro."
        ),
    ),
)  # fmt: skip


def load(users: dict[str, User], *, now: dt.datetime) -> None:
    """Let people be found, meet and ask, and tell how it began."""
    _people(users, now)
    for plan in PLANS:
        _meeting(plan, users, now)
    facts = _facts(PROPOSAL, users["Sara"], now)
    actions.propose_meeting(facts, by=users["Sara"], at=now - 3 * DAY)
    for days, title, words in MILESTONES:
        at = now - days * DAY
        told = {"on": timezone.localdate(at), "title": title, "words": words}
        made = actions.write_milestone(told, by=users["Ada"], at=now - 40 * DAY)
        actions.publish_milestone(made, by=users["Ilse"], at=now - 39 * DAY)
    waiting: dict[str, object] = {
        "on": timezone.localdate(now),
        "title": "Honderd leerplekken gedeeld",
    }
    waiting["words"] = "Leveranciers delen nu samen meer dan honderd leerplekken."
    actions.write_milestone(waiting, by=users["Ilse"], at=now - 2 * DAY)
    _edition(users, now)


def _people(users: dict[str, User], now: dt.datetime) -> None:
    categories = {each.code: each for each in Category.objects.all()}
    for number, each in enumerate(PEOPLE):
        user = users[each.name]
        held = user.memberships.held().first()
        actions.keep_page(
            {
                "kind": each.kind,
                "job": each.job,
                "about": each.about,
                "authority": None if held else user.roles[0].authority,
                "supplier": held.supplier if held else None,
                "subjects": list(each.subjects),
                "regions": list(each.regions),
                "languages": list(each.languages),
                "categories": [categories[each.category]] if each.category in categories else [],
            },
            by=user,
            at=now - (60 - 5 * number) * DAY,
        )
    to_cora, to_sara = (users[name].professional for name in ("Cora", "Sara"))
    text = "Wij willen een leerplek delen met een leverancier in de catering. Kent u er een?"
    actions.ask_person(to_cora, text, by=users["Sara"], at=now - 2 * DAY)
    text = "Hoeveel uur begeleiding rekent u in de eerste maand?"
    asked = actions.ask_person(to_sara, text, by=users["Piet"], at=now - 12 * DAY)
    answer = "Zes uur per week, daarna vier. Wij spreken dat af voordat iemand begint."
    actions.answer_person(asked, answer, by=users["Sara"], at=now - 11 * DAY)


def _facts(plan: Plan, holder: User, now: dt.datetime) -> dict[str, object]:
    day = terms.on_working_day(timezone.localdate(now) + plan.days * DAY)
    begins = timezone.make_aware(dt.datetime.combine(day, dt.time(13, 30)))
    return {
        "title": plan.title,
        "purpose": plan.purpose,
        "for_whom": plan.for_whom,
        "starts_at": begins,
        "ends_at": begins + dt.timedelta(hours=2),
        "place": plan.place,
        "link": plan.link,
        "seats": plan.seats,
        "sign_up_until": day - 2 * DAY,
        "holder": holder,
    }


def _meeting(plan: Plan, users: dict[str, User], now: dt.datetime) -> None:
    ada = users["Ada"]
    announced = min(now, now + plan.days * DAY) - 30 * DAY
    facts = _facts(plan, ada, now) | {"is_public": True}
    meeting: Meeting = actions.propose_meeting(facts, by=ada, at=announced)
    actions.plan_meeting(meeting, by=ada, at=announced)
    for number, name in enumerate(plan.comers, start=1):
        actions.sign_up(meeting, by=users[name], at=announced + number * DAY)
    if plan.report:
        lessons = Lesson.objects.published().order_by("pk")[:2]
        actions.report_meeting(
            meeting, plan.report, by=ada, at=now + (plan.days + 6) * DAY, lessons=lessons
        )


def _edition(users: dict[str, User], now: dt.datetime) -> None:
    """Let everybody read the first edition, printed at once as the worker would."""
    published = Edition.objects.filter(status=EditionStatus.PUBLISHED)
    edition = published.order_by("number").first()
    if edition is None:
        return
    actions.release_edition(edition, by=users["Ada"], at=now - DAY)
    waiting = Job.objects.filter(task=public_magazine.PRINTING, status=JobStatus.QUEUED)
    for job in waiting.order_by("pk"):
        public_magazine.print_copy(job.args[0], job, now=lambda: now)
        jobs.finish(job, at=now)
