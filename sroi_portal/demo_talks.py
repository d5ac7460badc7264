"""What is said about the tenders of the demo, and what follows from it."""

from dataclasses import dataclass

OUTLINE = tuple[str, str, str]  # kind, topic, what was said

# supplier by its place, certificate, kind of work, region, largest order a year, in words
MARKET = (
    (4, "pso-30", "90", "NL", 900_000, "Schoonmaak en sanitaire artikelen"),
    (1, "sheltered-workshop", "90", "NL", 600_000, "Schoonmaak met vaste begeleiding"),
    (2, "pso-30", "90", "NL36", 450_000, "Dagelijkse schoonmaak van kantoren"),
    (7, "pso-30", "77", "NL", 350_000, "Groenonderhoud door mensen uit de buurt"),
    (1, "sheltered-workshop", "77", "NL", 300_000, "Onderhoud van tuinen en parken"),
    (2, "pso-30", "77", "NL35", 260_000, "Snoeien, maaien en vegen"),
    (5, "pso-2", "55", "NL", 200_000, "Catering met leerlingen in de keuken"),
)


@dataclass(frozen=True)
class Outline:
    """A tender of the demo: what is bought, what was said, and what is chosen."""

    title: str
    cpv: str
    place: str
    value: int
    months: int
    labour: int
    talks: tuple[OUTLINE, ...]
    conclusions: tuple[tuple[str, str, str], ...] = ()  # sentence, choice, the choice in words
    deviation: str = ""
    chosen: str = ""
    texts: tuple[str, ...] = ()
    lots: tuple[tuple[str, int, bool], ...] = ()  # title, value, reserved


TENDERS = (
    Outline(
        "Sanitaire artikelen en bijvullen",
        "90900000",
        "NL36",
        900_000,
        36,
        60,
        (
            (
                "social",
                "Kan een sociale onderneming deze opdracht alleen uitvoeren?",
                (
                    "Drie ondernemingen vertelden hoe zij bijvullen en bestellen combineren. Zij kunnen "
                    "een jaar werk aan zonder van één klant af te hangen. Vast werk is hun doel."
                ),
            ),
        ),
        (
            (
                "Ten minste drie sociale ondernemingen kunnen de hele opdracht aan.",
                "reserved",
                "Voorbehouden volgens artikel 2.82, drie jaar vast.",
            ),
        ),
        texts=("voorbehouden-geheel", "doorstroom"),
    ),
    Outline(
        "Groenonderhoud van rijksterreinen",
        "77310000",
        "NL35",
        6_000_000,
        48,
        70,
        (
            (
                "consultation",
                "Hoe groot mag een perceel zijn?",
                (
                    "Bedrijven noemden machines en veiligheid als drempel. Onderhoud rond gebouwen kan "
                    "met kleine ploegen. Dat deel past bij sociale ondernemingen."
                ),
            ),
            (
                "team",
                "Welke begeleiding kan het Rijk zelf bieden?",
                (
                    "HR wil twee leerplekken op eigen terreinen openstellen. Het adviesteam adviseert "
                    "een apart perceel voor het onderhoud rond gebouwen."
                ),
            ),
        ),
        (
            ("Onderhoud rond gebouwen past bij sociale ondernemingen.", "lot", "Perceel 2"),
            ("Leerplekken op eigen terrein maken het perceel sterker.", "clause", "Blijvend werk"),
        ),
        texts=("voorbehouden-perceel",),
        lots=(("Bermen en bossen", 5_000_000, False), ("Rond gebouwen", 1_000_000, True)),
    ),
    Outline(
        "Beheer van werkplekken",
        "72000000",
        "NL36",
        4_500_000,
        48,
        55,
        (
            (
                "consultation",
                "Waar zit werk voor starters in dit vak?",
                (
                    "Leveranciers zien kansen bij de servicebalie en bij het klaarzetten van apparatuur. "
                    "Sociale ondernemingen in dit vak kennen zij niet."
                ),
            ),
        ),
        (
            (
                "Er zijn geen sociale ondernemingen, wel leerplekken aan de servicebalie.",
                "clause",
                "Vijf procent als uitvoeringsvoorwaarde.",
            ),
        ),
        texts=("uitvoering-percentage",),
    ),
    Outline(
        "Levering van vakliteratuur",
        "22000000",
        "",
        300_000,
        24,
        5,
        (
            (
                "team",
                "Is social return hier in verhouding?",
                (
                    "De opdracht bestaat bijna alleen uit levering. Het adviesteam ziet geen arbeid waar "
                    "mensen iets aan hebben."
                ),
            ),
        ),
        (("Er zit bijna geen arbeid in deze opdracht.", "none", ""),),
    ),
    Outline(
        "Bedrijfscatering in drie steden",
        "55510000",
        "NL32",
        7_500_000,
        48,
        65,
        (
            (
                "suppliers",
                "Wat vraagt u van ons om meer mensen op te leiden?",
                (
                    "Leveranciers vragen rust: een langere looptijd en één aanspreekpunt. Zij willen "
                    "liever doelen afspreken dan een percentage halen."
                ),
            ),
        ),
        (
            (
                "Doelen en een lange looptijd leveren meer op dan een percentage.",
                "goals",
                "Doelen samen afspreken binnen acht weken.",
            ),
        ),
        chosen="clause",
        deviation="De markt vroeg om doelen. Partners zoeken we daarna samen met de winnaar.",
        texts=("maatwerk-doelen",),
    ),
)
THREAD = Outline(
    "Schoonmaak van rijkskantoren",
    "90910000",
    "NL36",
    12_000_000,
    48,
    85,
    (
        (
            "consultation",
            "Past deze opdracht bij sociale ondernemingen?",
            (
                "Bijna iedereen vond de opdracht te groot voor sociale ondernemingen. Laat hen doen waar "
                "zij goed in zijn: werken met mensen. Bevorder daarom partnerschappen."
            ),
        ),
        (
            "social",
            "Welk deel van het werk wilt u doen?",
            (
                "Sociale ondernemingen willen vaste routes in een paar gebouwen. Begeleiding hoort in de "
                "prijs te zitten."
            ),
        ),
    ),
    (
        (
            "De opdracht is te groot voor sociale ondernemingen alleen: bevorder partnerschappen.",
            "partnership",
            "Onderaanneming door sociale ondernemingen uit de regio.",
        ),
        (
            "Vaste routes in een paar gebouwen passen bij sociale ondernemingen.",
            "criterion",
            "Punten voor het beste plan voor mensen.",
        ),
    ),
    texts=("partnerschap", "gunning-plan"),
)
PLANNED = {
    "kind": "consultation",
    "topic": "Post en pakketten: wie kan wat?",
    "place": "Vergadercentrum Voorbeeld, of online",
    "said": "",
}
