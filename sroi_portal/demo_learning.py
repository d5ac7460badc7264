"""Demo data of the learning formula: steps for each role, and what people wrote about them."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from contracts.models import Contract, ContractStatus
from network import actions, reflecting
from network.models import LearningStep, Pilot
from sroi_portal.core.models import User

DAY = dt.timedelta(days=1)
BEGUN = (ContractStatus.ACTIVE, ContractStatus.SETTLING, ContractStatus.SETTLED)
# key, role, title and text in Dutch, title and text in English
STEPS = (
    (
        "early", "officer",
        "Begin het gesprek voordat de aanbesteding er is",
        ("Nodig drie leveranciers en een sociale onderneming uit. Vraag wat zij al doen, en wat zij "
        "nodig hebben."),
        "Begin the talk before the tender is written",
        "Invite three suppliers and a social enterprise. Ask what they do already, and what they need.",
    ),
    (
        "reason", "officer",
        "Kies de vorm die past, en schrijf op waarom",
        ("Voorbehouden, een perceel, een clausule of samen doelen: de reden is later meer waard dan "
        "het percentage."),
        "Choose the form that fits, and write down why",
        ("Reserved, a lot, a clause or goals together: later the reason is worth more than the "
        "percentage."),
    ),
    (
        "over", "officer",
        "Draag het gesprek over, niet alleen het dossier",
        "Zit samen met de contractmanager en de leverancier aan tafel. Vertel wat u in de markt hoorde.",
        "Hand over the talk, not only the file",
        "Sit at the table with the contract manager and the supplier. Tell what you heard in the market.",
    ),
    (
        "paper", "manager",
        "Leg het papier weg en praat eerst",
        "Begin elk gesprek met de mensen die werken, en pas daarna met de cijfers.",
        "Put the paper aside and talk first",
        "Begin each talk with the people who work, and only then with the figures.",
    ),
    (
        "stuck", "manager",
        "Vraag elk kwartaal wat het werk in de weg zit",
        "Schrijf het op bij het contract. Ruim één ding op voor het volgende gesprek.",
        "Ask each quarter what stands in the way",
        "Write it down at the contract. Clear one thing away before the next talk.",
    ),
    (
        "together", "manager",
        "Breng leveranciers met elkaar in contact",
        "Een stage bij de een, een baan bij de ander: vraag wie er naast wie wil staan.",
        "Bring suppliers in touch with each other",
        "A placement at one, a job at the other: ask who wants to stand beside whom.",
    ),
    (
        "already", "supplier",
        "Laat zien wat u al doet",
        "Vertel vroeg welke mensen al bij u werken en welke begeleiding u hebt. Bouw daarop verder.",
        "Show what you do already",
        "Tell early who works with you already and how you guide them. Build on that.",
    ),
    (
        "guide", "supplier",
        "Zorg voor één vaste begeleider",
        "Iedereen die begint, weet bij wie hij terechtkan. Plan daar uren voor in.",
        "Give everybody one steady mentor",
        "Who begins knows whom to turn to. Plan hours for it.",
    ),
    (
        "lasting", "supplier",
        "Denk bij de start al aan de vaste plek",
        "Spreek op de eerste dag af wanneer u samen kijkt naar een vaste baan, bij u of bij een ander.",
        "Think of the lasting place from the first day",
        "Agree on the first day when you look together at a permanent job, with you or elsewhere.",
    ),
    (
        "why", "adviser",
        "Vraag door naar het werk achter de eis",
        "Vraag wie het werk doet, op welke uren en met wie. Adviseer pas daarna een vorm.",
        "Ask on about the work behind the requirement",
        "Ask who does the work, at which hours and with whom. Advise a form only then.",
    ),
    (
        "lesson", "adviser",
        "Maak van elke proef een les die een ander kan gebruiken",
        "Schrijf op wat u anders zou doen. Pas de tekst of tabel aan die ervan moet veranderen.",
        "Make of each pilot a lesson that another can use",
        "Write down what you would do differently. Change the text or table that needs it.",
    ),
    (
        "floor", "policy_maker",
        "Ga een dag mee naar de werkvloer",
        "Kijk één dag mee bij een plaatsing. Neem één vraag mee terug naar het beleid.",
        "Spend a day where the work is done",
        "Look along for a day at a placement. Take one question back to policy.",
    ),
    (
        "rule", "policy_maker",
        "Haal één regel weg die in de weg zit",
        "Kies een knelpunt dat meer leveranciers noemen. Zoek uit welke regel erachter zit.",
        "Take one rule away that stands in the way",
        "Choose an obstacle that several suppliers name. Find out which rule lies behind it.",
    ),
)  # fmt: skip


class Words(NamedTuple):
    who: str
    step: str
    place: str  # part of the title of a pilot, or the category of a contract
    did: str
    effect: str
    changed: str = ""
    next_time: str = ""
    is_shared: bool = True


WORDS = (
    Words(
        "Piet", "early", "Sanitair",
        "Wij spraken zes leveranciers en twee sociale ondernemingen, vier maanden voor de publicatie.",
        "changed",
        "De opdracht bleef één geheel, maar bijvullen en controleren ging in onderaanneming.",
        "De volgende keer vraag ik ook de mensen die nu het werk doen.",
    ),
    Words(
        "Piet", "early", "schoonmaak",
        "In de marktconsultatie vroeg ik eerst wat er al goed gaat, en pas daarna naar de eis.",
        "changed",
        "Drie leveranciers kwamen met een eigen voorstel. De eis is een doel geworden.",
        "Ik nodig de contractmanager vanaf het eerste gesprek uit.",
    ),
    Words(
        "Piet", "reason", "Groen onderhoud",
        "Ik legde vast waarom één terrein apart in de markt ging.",
        "unchanged", "",
        "De reden stond te laat in het dossier. Volgende keer schrijf ik haar op in de week zelf.",
    ),
    Words(
        "Piet", "over", "catering",
        "Bij de overdracht zaten wij met zijn drieën aan tafel, een uur zonder stukken.",
        "too_early", "",
        "Over een half jaar vraag ik wat er van de afspraken over is.",
    ),
    Words(
        "Cora", "paper", "schoonmaak",
        "Wij liepen eerst samen door het gebouw en spraken met de ploeg. De cijfers kwamen daarna.",
        "changed",
        "De begeleider staat nu elke ochtend op dezelfde verdieping. Er zijn minder uitvallers.",
        "Dit doen wij elk kwartaal.",
    ),
    Words(
        "Cora", "stuck", "beveiliging",
        "Ik vroeg wat er in de weg zit. Het antwoord was steeds: de screening duurt te lang.",
        "changed",
        "De screening begint nu voordat de plaatsing is afgesproken.",
        "Het tweede knelpunt is het vervoer in de vroege ochtend.",
    ),
    Words(
        "Cora", "together", "Samen koken",
        "Vier cateraars kwamen bij elkaar in één keuken en ruilden een middag van plek.",
        "changed",
        "Zij delen nu één opleider. Twee leerlingen wisselden van werkgever en bleven.",
    ),
    Words(
        "Olga", "paper", "Leerwerkplaats",
        "Ik controleerde de urenstaten pas na een gesprek over het rooster.",
        "changed",
        "Wij vragen nu één staat per kwartaal. Het gesprek gaat weer over het werk.",
    ),
    Words(
        "Olga", "stuck", "Rust op de gang",
        "Ik vroeg de maatjes wat zij missen. Dat was vooral tijd in de eerste week.",
        "too_early", "",
        "In de volgende ronde rekenen wij acht uur per maatje.",
    ),
    Words(
        "Cora", "together", "ict-diensten",
        "Een eerste gesprek tussen twee leveranciers liep stil op het rooster.",
        "unchanged", "",
        "Eerst zelf uitzoeken wie er wil, dan pas samen aan tafel.",
        is_shared=False,
    ),
    Words(
        "Sara", "guide", "schoonmaak",
        "Iedere nieuwe collega krijgt bij ons een vaste begeleider, vier uur per week.",
        "changed",
        "Wie een vaste begeleider heeft, belt zelf als het niet gaat. Daardoor blijven mensen.",
        "Wij leiden een tweede begeleider op voor de avondploeg.",
    ),
    Words(
        "Sara", "already", "Dagschoonmaak",
        "Wij vertelden in het eerste gesprek dat er al zes mensen via de praktijkschool werken.",
        "changed",
        "De school is nu partner van de proeftuin. De opdrachtgever vroeg niets dubbel.",
    ),
    Words(
        "Sara", "lasting", "schoonmaak",
        "Op de eerste dag prikten wij een gesprek over een vaste baan, na drie maanden.",
        "too_early", "",
        "Wij kijken ook of een andere leverancier een plek heeft.",
        is_shared=False,
    ),
    Words(
        "Bram", "guide", "catering",
        "Een ervaren collega werd begeleider, met een middag per week vrij van het gewone werk.",
        "changed",
        "De leerling durft nu te vragen. De begeleider wil het volgend jaar weer doen.",
    ),
    Words(
        "Ada", "why", "Sanitair",
        "Ik vroeg naar de uren en het gewicht van de dozen, voordat wij over een vorm spraken.",
        "changed",
        "Het advies werd partnerschap in plaats van voorbehouden.",
        "Deze vragen staan nu in de tekst voor de uitnodiging aan de markt.",
    ),
    Words(
        "Ada", "lesson", "Sanitair",
        "De les over de omvang ging naar de clausule over partnerschappen.",
        "changed",
        "De clausule noemt nu wat een sociale onderneming in de uitvoering doet.",
    ),
    Words(
        "Ilse", "why", "Precies werken",
        "Ik belde met de teamleider over rust op de werkplek, niet over het percentage.",
        "changed",
        "De eis voor begeleiding verviel; de werkplek werd aangepast.",
    ),
    Words(
        "Vera", "floor", "Dagschoonmaak",
        "Ik liep een ochtend mee. Om zeven uur was er nog geen bus.",
        "too_early", "",
        "Ik vraag of de openingstijd van het gebouw in het beleid past.",
    ),
    Words(
        "Vera", "rule", "Banenafspraak",
        "Wij zochten uit waarom leveranciers alles twee keer opschrijven.",
        "changed",
        "Beide tellingen staan nu naast elkaar uit één opgave.",
        "Nu de regel over de verklaring per maand.",
    ),
)  # fmt: skip
OLD = (
    "officer", "Vul het formulier social return in",
    "Deze stap hoorde bij de oude werkwijze.",
    "Fill in the social return form",
    "This step belonged to the former way of working.",
)  # fmt: skip


def load(users: Mapping[str, User], *, now: dt.datetime) -> None:
    """Let the advisers write the steps, and each role write about some of them."""
    begun = now - 400 * DAY
    steps = {
        key: _step(users["Ada"], position, *told, at=begun)
        for position, (key, *told) in _numbered()
    }
    old = _step(users["Ada"], 9, *OLD, at=begun)
    actions.retire_learning_step(old, by=users["Ilse"], at=now - 200 * DAY)
    for number, words in enumerate(WORDS):
        _write(users[words.who], steps[words.step], words, at=now - (12 + 17 * number) * DAY)


def _numbered() -> list[tuple[int, tuple[str, ...]]]:
    """Give each step its place in the order of its role."""
    counted: dict[str, int] = {}
    numbered: list[tuple[int, tuple[str, ...]]] = []
    for step in STEPS:
        counted[step[1]] = counted.get(step[1], 0) + 1
        numbered.append((counted[step[1]], step))
    return numbered


def _step(by: User, position: int, *told: str, at: dt.datetime) -> LearningStep:
    names = ("role", "title_nl", "text_nl", "title_en", "text_en")
    facts = dict(zip(names, told, strict=True))
    return actions.add_learning_step(facts | {"position": position}, by=by, at=at)


def _write(person: User, step: LearningStep, words: Words, *, at: dt.datetime) -> None:
    """Write it where this person works; a demo without such a place goes without the words."""
    place = _place(person, step, words.place)
    if place is None:
        return
    facts = {
        "step": step,
        "did": words.did,
        "effect": words.effect,
        "changed": words.changed,
        "next_time": words.next_time,
    }
    made = actions.write_reflection(place, facts, by=person, at=at)
    if words.is_shared:
        actions.share_reflection(made, by=person, at=at + DAY)


def _place(person: User, step: LearningStep, name: str) -> Pilot | Contract | None:
    pilots = Pilot.objects.visible_to(person).filter(title__startswith=name)
    contracts = Contract.objects.visible_to(person).filter(
        category__code=name, status__in=BEGUN, is_framework=False
    )
    found = [*pilots.order_by("pk"), *contracts.order_by("pk")]
    fitting = (each for each in found if step.role in reflecting.roles_at(person, each))
    return next(fitting, None)
