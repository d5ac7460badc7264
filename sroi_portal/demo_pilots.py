"""Pilots of the demo, over the years: what was asked, tried and learned, and where it got stuck."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone

from contracts.models import OWING, Category, Clause, Contract, EntryRule
from network import actions, changing
from network.models import ChangedKind, Pilot, PilotStatus
from sroi_portal.core.models import Authority, User
from suppliers.models import Supplier

DAY = dt.timedelta(days=1)
ORDER = (PilotStatus.PREPARING, PilotStatus.RUNNING, PilotStatus.CLOSING, PilotStatus.FINISHED)


class Story(NamedTuple):
    status: PilotStatus
    category: str
    begun: int  # months ago
    months: int
    title: str
    question: str
    tried: str = ""
    outcome: str = ""
    lesson: tuple[str, str, str] = ("", "", "")
    partner: str = ""


DONE, STOPPED, RUNNING = PilotStatus.FINISHED, PilotStatus.STOPPED, PilotStatus.RUNNING
CLOSING, PREPARING, IDEA = PilotStatus.CLOSING, PilotStatus.PREPARING, PilotStatus.IDEA
HIRE, CLEAN, FOOD = "inhuur-professionals", "schoonmaak", "catering"
GUARD, GREEN, ICT = "beveiliging", "groenvoorziening", "ict-diensten"
STORIES = (
    Story(
        DONE, HIRE, 52, 14,
        "Nieuwkomers als tester",
        "Kunnen nieuwkomers met een technische achtergrond meteen meedraaien in een testteam?",
        "Vier teams namen ieder een trainee op. Een tolkencoach was twee dagen per week aanwezig.",
        "Drie van de vier teams hielden hun trainee. Taal was een kleiner probleem dan verwacht.",
        ("Taal op de werkvloer", "Vakwoorden leert men in het werk sneller dan in een cursus.",
         "Vraag een taalcoach op de werkvloer uit in plaats van een cursus vooraf."),
        "Praktijkschool De Proef",
    ),
    Story(
        DONE, CLEAN, 50, 12,
        "Leren schoonmaken in een echt gebouw",
        "Leren mensen het vak sneller in een gebouw dan in een leslokaal?",
        "Groepen van vijf werkten drie maanden met een vaste begeleider op één verdieping.",
        "Wie een vaste begeleider had, bleef vaker. De opleiding werd vier weken korter.",
        ("Een vaste begeleider", "Met een vaste begeleider blijven mensen langer aan het werk.",
         "Spreek voor de gunning af wie begeleidt en hoeveel uur daarvoor is."),
        "Werkplein Voorbeeldstad",
    ),
    Story(
        DONE, FOOD, 46, 12,
        "Van keukenhulp naar zelfstandig werkend kok",
        "Wat is nodig om een keukenhulp in een jaar te laten doorgroeien?",
        "Elke keuken kreeg een leerlijn met vier stappen, en een halve dag per week les.",
        "De meeste leerlingen haalden stap drie. De vierde stap vroeg een tweede jaar.",
        ("Stappen die je kunt zien", "Een leerlijn met kleine stappen houdt mensen gemotiveerd.",
         "Neem een leerlijn op in het plan van aanpak, met een certificaat per stap."),
    ),
    Story(
        DONE, GREEN, 44, 10,
        "Groen onderhoud met een sociale onderneming",
        "Kan een sociale onderneming het hele onderhoud van één terrein dragen?",
        "Eén terrein werd in onderaanneming gegeven, met een maandelijks gesprek.",
        "De kwaliteit bleef gelijk. In de winter was er te weinig werk voor iedereen.",
        ("Werk in de winter", "Buitenwerk heeft in de winter een tweede taak nodig.",
         "Combineer groen met licht binnenwerk in hetzelfde perceel."),
        "Sociale onderneming De Modelkas",
    ),
    Story(
        STOPPED, GUARD, 42, 12,
        "Een dienst zonder sleutels",
        "Welk werk in een gebouw kan zonder zware screening?",
        "Wij spraken met de screeningsdienst en zochten functies zonder sleutelbezit.",
        "De screening duurde langer dan het contract van de kandidaten.",
        ("Screening kost tijd", "Een screening van vier maanden maakt een korte plaatsing onmogelijk.",
         "Begin de screening voordat de plaatsing wordt afgesproken."),
    ),
    Story(
        DONE, ICT, 40, 12,
        "Precies werken aan software",
        "Past controlewerk bij mensen die graag precies en in rust werken?",
        "Een prikkelarme werkplek, vaste taken en één aanspreekpunt.",
        "De fouten werden sneller gevonden. De teams wilden de werkwijze houden.",
        ("De werkplek telt", "Een rustige werkplek is vaak genoeg; extra uren begeleiding niet altijd.",
         "Vraag eerst wat de werkplek kan doen, dan pas wat de begeleider moet doen."),
    ),
    Story(
        DONE, HIRE, 38, 14,
        "Topsporters na hun loopbaan",
        "Hoe komen topsporters aan een eerste baan bij de Rijksoverheid?",
        "Zes plaatsen voor 24 uur per week, met ruimte voor training en studie.",
        "Flexibele uren bleken belangrijker dan begeleiding.",
        ("Uren die meebewegen", "Wie zijn uren mag schuiven, houdt het werk beter vol.",
         "Laat in de opdracht ruimte voor wisselende uren per week."),
    ),
    Story(
        DONE, CLEAN, 34, 12,
        "Sanitair: de opdracht in stukken",
        "Wat kunnen sociale ondernemingen leveren als de opdracht kleiner wordt?",
        "De levering bleef bij de hoofdaannemer. Bijvullen en controleren ging in onderaanneming.",
        "Twee sociale ondernemingen leverden mee. De opdracht als geheel was te groot geweest.",
        ("Te groot voor één", "Een sociale onderneming is sterk in werken met mensen, niet in volume.",
         "Bevorder partnerschappen: laat ieder doen waar die goed in is."),
        "Sociale onderneming De Modelkas",
    ),
    Story(
        DONE, FOOD, 30, 12,
        "Gastvrouw of gastheer in opleiding",
        "Is een bedrijfsrestaurant een goede leerplek voor gastheerschap?",
        "Leerlingen werkten in tweetallen aan de balie van het restaurant.",
        "De gasten waren tevreden. Piekuren bleken zwaar in de eerste maand.",
        ("Rustig beginnen", "De eerste maand bepaalt of iemand blijft.",
         "Begin buiten de piekuren en bouw de drukte in weken op."),
    ),
    Story(
        STOPPED, ICT, 28, 10,
        "Helpdesk op afstand",
        "Kan een helpdesk volledig vanuit huis werken met nieuwe medewerkers?",
        "Drie medewerkers begonnen thuis, met elke ochtend een gesprek.",
        "Zonder collega's in de buurt leerde niemand het vak.",
        ("Leren doe je samen", "Nieuw werk leren lukt niet op afstand.",
         "Werk de eerste drie maanden samen op één plek."),
    ),
    Story(
        DONE, GUARD, 26, 12,
        "Receptie met een open deur",
        "Kan de receptie een instapfunctie zijn naar beveiliging?",
        "Een half jaar receptie, dan een diploma op kosten van de leverancier.",
        "De helft ging door naar het diploma.",
        ("Eerst instappen, dan leren", "Een diploma is een doel voor later, geen eis vooraf.",
         "Zet de diploma-eis in het tweede jaar van het contract."),
    ),
    Story(
        DONE, HIRE, 24, 12,
        "Banenafspraak en social return naast elkaar",
        "Sluiten social return en de banenafspraak op elkaar aan?",
        "Voor elke plaatsing hielden wij beide tellingen naast elkaar bij.",
        "Ze overlappen voor een deel. Optellen geeft een verkeerd beeld.",
        ("Twee tellingen", "Wie twee regelingen optelt, telt mensen dubbel.",
         "Toon de overlap, en tel nooit op."),
    ),
    Story(
        CLOSING, GREEN, 16, 14,
        "Leerwerkplaats in de tuin",
        "Werkt een leerwerkplaats van drie ministeries samen?",
        "Eén coördinator, drie terreinen en een gedeeld rooster.",
        "Het rooster werkte pas toe de leveranciers het zelf maakten.",
        ("Wie het rooster maakt", "Een rooster werkt als de mensen op de vloer het maken.",
         "Laat de leveranciers het rooster samen opstellen."),
        "Leerwerkbedrijf Het Voorbeeld",
    ),
    Story(
        CLOSING, FOOD, 15, 14,
        "Samen koken, samen eten",
        "Wat gebeurt er als vier cateraars samen mensen opleiden?",
        "Vier leveranciers deelden één opleider. Leerlingen wisselden elk kwartaal van keuken.",
        "Wie in meer keukens werkte, kreeg vaker een vaste baan.",
        ("Wisselen helpt", "Wie twee werkgevers leert kennen, vindt eerder een vaste plek.",
         "Sta toe dat een leerling op meer contracten meetelt."),
        "Vakopleiding Proeflepel",
    ),
    Story(
        RUNNING, HIRE, 11, 18,
        "Terug in het vak",
        "Hoe komen professionals na een lange pauze weer aan een opdracht?",
        "Opdrachten van zestien uur per week, met opbouw per maand.",
    ),
    Story(
        RUNNING, CLEAN, 10, 14,
        "Dagschoonmaak als kans",
        "Blijven mensen langer als zij overdag werken en de gebruikers kennen?",
        "Twee gebouwen gingen over op dagschoonmaak.",
    ),
    Story(
        RUNNING, ICT, 9, 12,
        "Digitale archieven openen",
        "Kan het scannen van archieven een eerste baan in de ICT zijn?",
        "Acht werkplekken en een opleiding in vier modules.",
    ),
    Story(
        RUNNING, GUARD, 8, 12,
        "Rust op de gang",
        "Helpt een maatje bij de eerste weken in de beveiliging?",
        "Elke nieuwe medewerker loopt zes weken mee met een maatje.",
    ),
    Story(
        RUNNING, GREEN, 7, 12,
        "Biodiversiteit met de buurt",
        "Kunnen mensen uit de buurt het werk in de binnentuin doen?",
        "Een werkgroep met de wijk koos de eerste tuin.",
    ),
    Story(
        RUNNING, HIRE, 6, 12,
        "Een baan na de inzet",
        "Hoe vaak leidt tijdelijke inhuur tot een vaste baan, en wat helpt?",
        "Na drie maanden is er een gesprek over een vaste plek.",
    ),
    Story(
        PREPARING, CLEAN, -1, 12,
        "Collega's leren collega's",
        "Kan een ervaren team zelf nieuwe collega's opleiden?",
    ),
    Story(
        PREPARING, FOOD, -2, 12,
        "Minder verspilling, meer werk",
        "Levert het verwerken van restpartijen nieuw werk op?",
    ),
    Story(
        IDEA, ICT, -3, 9,
        "Toegankelijkheid testen door ervaringsdeskundigen",
        "Kunnen ervaringsdeskundigen onze websites betaald testen?",
    ),
    Story(
        IDEA, GREEN, -4, 9,
        "Kwekerij bij een gevangenis",
        "Kan een kwekerij een brug zijn naar werk na detentie?",
    ),
)  # fmt: skip
CLAUSES = {  # a lesson by its subject, and the text that is different because of it
    "Te groot voor één": "partnerschap",
    "Een vaste begeleider": "gunning-plan",
    "Uren die meebewegen": "maatwerk-doelen",
    "Eerst instappen, dan leren": "doorstroom",
}
OBSTACLES = (
    ("candidates", "Er melden zich te weinig mensen uit de regio.", "solved",
     "Het werkplein stuurt nu elke maand een lijst met open plekken."),
    ("travel", "Het gebouw is voor zeven uur niet bereikbaar met het openbaar vervoer.", "accepted",
     "De openingstijd ligt vast. De leverancier regelt samen vervoer."),
    ("evidence", "Elke maand een getekende urenstaat kost veel tijd.", "solved",
     "Eén urenstaat per kwartaal is vanaf nu genoeg."),
    ("guidance", "De begeleider heeft vijf mensen tegelijk; dat is te veel.", "picked_up", ""),
    ("travel", "De screening duurt langer dan de eerste plaatsing.", "picked_up", ""),
    ("skills", "Voor het diploma is een taaltoets nodig die niemand betaalt.", "", ""),
    ("rules", "Een plek van twaalf uur telt bijna niet mee in de tabel.", "", ""),
    ("cooperation", "Hoofdaannemer en onderaannemer wachten op elkaar.", "", ""),
)  # fmt: skip


class Cast(NamedTuple):
    users: Mapping[str, User]
    authorities: Sequence[Authority]
    suppliers: Sequence[Supplier]


def load(cast: Cast, *, now: dt.datetime) -> None:
    """Let each pilot go as far as its story, on contracts of its category."""
    things = _changeable()
    for number, story in enumerate(STORIES):
        at = now - max(story.begun + 2, 0) * 30 * DAY - 2 * DAY
        pilot = _pilot(cast, number, story, at=at)
        _learn(cast, pilot, story, things[number % len(things)], now=now)
    _obstacles(cast, now=now)


def _pilot(cast: Cast, number: int, story: Story, *, at: dt.datetime) -> Pilot:
    adviser, officer = cast.users["Ada"], cast.users["Piet"]
    starts_on = (timezone.localdate(at) + 60 * DAY).replace(day=1)
    ends_on = starts_on + story.months * 30 * DAY
    facts = {
        "authority": cast.authorities[number % len(cast.authorities)],
        "category": Category.objects.get(code=story.category),
        "title": story.title,
        "question": story.question,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "tried": story.tried,
        "outcome": story.outcome,
    }
    pilot = actions.propose_pilot(facts, by=officer if number % 2 else adviser, at=at)
    found = Contract.objects.filter(
        category=pilot.category, status__in=OWING, is_framework=False, starts_on__lte=ends_on
    ).filter(ends_on__gte=starts_on)
    for contract in found.select_related("supplier").order_by("pk")[:5]:
        actions.add_place(pilot, contract, by=officer, at=at + DAY)
    lead = found.order_by("pk").first()
    supplier = lead.supplier if lead else cast.suppliers[number % len(cast.suppliers)]
    part = {"supplier": supplier, "part": "biedt plaatsen en begeleiding"}
    actions.add_partner(pilot, part, by=adviser, at=at + DAY)
    if story.partner:
        outside = {"organisation": story.partner, "part": "leidt op"}
        actions.add_partner(pilot, outside, by=adviser, at=at + DAY)
    _move(pilot, story, by=adviser, at=at)
    pilot.refresh_from_db()
    return pilot


def _move(pilot: Pilot, story: Story, *, by: User, at: dt.datetime) -> None:
    begun, ended = at + 60 * DAY, at + (story.months * 30 + 60) * DAY
    moments = (at + 2 * DAY, begun, ended, ended + 20 * DAY)
    goes_to = RUNNING if story.status == STOPPED else story.status
    last = ORDER.index(goes_to) + 1 if goes_to in ORDER else 0
    for phase, moment in zip(ORDER[:last], moments[:last], strict=True):
        actions.move_pilot(pilot, phase, by=by, at=min(moment, timezone.now()))
    if story.status == STOPPED:
        middle = begun + story.months * 15 * DAY
        actions.move_pilot(pilot, STOPPED, by=by, at=middle, remark=story.outcome)


def _changeable() -> list[changing.Changeable | None]:
    """Take the rules for entering, which lessons changed; most lessons changed nothing."""
    rules = EntryRule.objects.select_related("authority").order_by("-valid_from", "pk")[:2]
    return [None, *(changing.of(ChangedKind.ENTRY_RULE, rule) for rule in rules)]


def _learn(
    cast: Cast, pilot: Pilot, story: Story, thing: changing.Changeable | None, *, now: dt.datetime
) -> None:
    subject, learned, differently = story.lesson
    if not subject:
        return
    at = now - max(story.begun - story.months - 1, 1) * 30 * DAY
    facts = {"subject": subject, "learned": learned, "differently": differently, "pilot": pilot}
    lesson = actions.propose_lesson(facts, by=cast.users["Olga"], at=at)
    if story.status == CLOSING:
        return
    actions.review_lesson(lesson, by=cast.users["Ada"], at=at + 2 * DAY)
    actions.publish_lesson(lesson, by=cast.users["Ada"], at=at + 5 * DAY)
    clause = Clause.objects.published().filter(code=CLAUSES.get(subject, "")).first()
    for each in (thing, changing.of_clause(clause) if clause else None):
        since = each and changing.there_since(each.kind, each.object_uuid)
        if each and since and since > timezone.localdate(at + 5 * DAY):
            facts = {**each._asdict(), "changed_on": since}
            actions.name_change(lesson, facts, by=cast.users["Ada"], at=now)


def _obstacles(cast: Cast, *, now: dt.datetime) -> None:
    contracts = Contract.objects.filter(status="active", is_framework=False).order_by("pk")
    for number, contract in enumerate(contracts[: len(OBSTACLES)]):
        kind, text, end, answer = OBSTACLES[number]
        at = now - (20 + 17 * number) * DAY
        by = cast.users["Cora"]
        facts = {"kind": kind, "text": text}
        obstacle = actions.report_obstacle(contract, facts, by=by, at=at)
        if end == "picked_up":
            actions.pick_up_obstacle(obstacle, by=cast.users["Piet"], at=at + 4 * DAY)
        elif end:
            actions.answer_obstacle(obstacle, end, answer=answer, by=by, at=at + 9 * DAY)
