"""Texts of the demo's library: eight, in both languages."""

import datetime as dt

from contracts.actions import clauses
from contracts.models import Clause
from sroi_portal.core.models import User

DAY = dt.timedelta(days=1)

# code, kind, legal form, way of working, titles, texts, when to use it
TEXTS = (
    (
        "uitvoering-percentage",
        "clause",
        "condition",
        "classic",
        ("Social return als uitvoeringsvoorwaarde", "Social return as a performance condition"),
        (
            (
                "De opdrachtnemer zet ten minste het genoemde percentage van de opdrachtwaarde in voor "
                "mensen met een afstand tot de arbeidsmarkt. Binnen zes weken na de gunning ligt er een "
                "plan van aanpak. De opdrachtgever en de opdrachtnemer stellen het samen vast."
            ),
            (
                "The contractor spends at least the stated share of the contract value on people with a "
                "distance to the labour market. Within six weeks after the award there is an action "
                "plan. The client and the contractor agree on it together."
            ),
        ),
        "Voor diensten en werken met veel arbeid, boven de drempel van de organisatie.",
    ),
    (
        "voorbehouden-geheel",
        "clause",
        "reserved",
        "",
        ("Voorbehouden opdracht", "Reserved contract"),
        (
            (
                "Deze opdracht is voorbehouden volgens artikel 2.82 van de Aanbestedingswet. Inschrijven "
                "kan wie als hoofddoel heeft mensen met een beperking of een achterstand te laten "
                "werken. Ten minste 30 procent van de medewerkers hoort bij deze groep. U toont dit aan "
                "met een geldig certificaat of een verklaring van een accountant."
            ),
            (
                "This contract is reserved under article 2.82 of the Aanbestedingswet. Those may tender "
                "whose main aim is work for disabled or disadvantaged people. At least 30 per cent of "
                "the employees belong to this group. You show this with a valid certificate or a "
                "statement of an accountant."
            ),
        ),
        "Als genoeg sociale ondernemingen de hele opdracht aankunnen.",
    ),
    (
        "voorbehouden-perceel",
        "clause",
        "reserved",
        "",
        ("Voorbehouden perceel", "Reserved lot"),
        (
            (
                "Dit perceel is voorbehouden volgens artikel 2.82 van de Aanbestedingswet. Op de andere "
                "percelen kan iedereen inschrijven."
            ),
            (
                "This lot is reserved under article 2.82 of the Aanbestedingswet. Everybody may tender "
                "for the other lots."
            ),
        ),
        "Als de hele opdracht te groot is, maar een deel wel past.",
    ),
    (
        "partnerschap",
        "clause",
        "condition",
        "",
        ("Partnerschap met sociale ondernemingen", "Partnership with social enterprises"),
        (
            (
                "De opdrachtnemer werkt samen met ten minste één sociale onderneming uit de regio. Deze "
                "partner doet een afgesproken deel van het werk in onderaanneming. De opdrachtnemer "
                "betaalt binnen 30 dagen. De partner bevestigt wat is gedaan."
            ),
            (
                "The contractor works together with at least one social enterprise in the region. This "
                "partner does an agreed part of the work as a subcontractor. The contractor pays within "
                "30 days. The partner confirms what was done."
            ),
        ),
        "Als de markt zegt dat de opdracht te groot is voor sociale ondernemingen alleen.",
    ),
    (
        "gunning-plan",
        "clause",
        "criterion",
        "",
        ("Gunningscriterium: het beste plan voor mensen", "Award criterion: the best plan"),
        (
            (
                "De inschrijver beschrijft in hooguit drie pagina's voor wie er werk komt, hoe lang, met "
                "welke begeleiding en met welke partners. Hoe concreter en duurzamer, hoe meer punten. "
                "Het aanbod wordt deel van het contract."
            ),
            (
                "The tenderer describes in at most three pages for whom there will be work, how long, "
                "with which guidance and with which partners. The more concrete and lasting, the more "
                "points. The offer becomes part of the contract."
            ),
        ),
        "Als u van de markt wilt horen wat kan, in plaats van een percentage voor te schrijven.",
    ),
    (
        "maatwerk-doelen",
        "clause",
        "condition",
        "tailored",
        ("Samen doelen afspreken", "Agreeing on goals together"),
        (
            (
                "De opdrachtgever en de opdrachtnemer spreken binnen acht weken na de gunning doelen af. "
                "Elk doel heeft een aantal en een datum. Zij bekijken de doelen elk half jaar en passen "
                "ze samen aan als dat beter werkt voor mensen."
            ),
            (
                "The client and the contractor agree on goals within eight weeks after the award. Each "
                "goal has a number and a date. They look at the goals every half year, and change them "
                "together when that works better for people."
            ),
        ),
        "Voor een contract met maatwerk: doelen in plaats van een percentage.",
    ),
    (
        "doorstroom",
        "clause",
        "",
        "",
        ("Blijvend werk", "Lasting work"),
        (
            (
                "De opdrachtnemer spant zich in om mensen na hun plaatsing in dienst te houden, bij "
                "zichzelf of bij een partner. Na drie, zes en twaalf maanden meldt hij of iemand nog "
                "werkt."
            ),
            (
                "The contractor makes an effort to keep people employed after their placement, with "
                "itself or with a partner. After three, six and twelve months it reports whether "
                "somebody still works."
            ),
        ),
        "Past bij elke opdracht van een jaar of langer.",
    ),
    (
        "uitnodiging-markt",
        "template",
        "",
        "",
        ("Vragen voor een marktconsultatie", "Questions for a market consultation"),
        (
            (
                "Welk deel van het werk past bij sociale ondernemingen? Wat is een haalbare omvang? "
                "Welke looptijd geeft rust om mensen op te leiden? Welke eisen sluiten kleine "
                "organisaties uit? Met wie zou u willen samenwerken?"
            ),
            (
                "Which part of the work fits social enterprises? What size is feasible? Which term gives "
                "the peace to train people? Which demands exclude small organisations? With whom would "
                "you want to work together?"
            ),
        ),
        "Bij de uitnodiging voor een marktconsultatie.",
    ),
)


def load(ada: User, other: User, *, at: dt.datetime) -> dict[str, Clause]:
    """Let one adviser write the texts and another publish them; one has a second version."""
    made = {}
    for code, kind, legal_form, regime, titles, texts, note in TEXTS:
        facts = {
            "kind": kind,
            "legal_form": legal_form,
            "regime": regime,
            "title_nl": titles[0],
            "title_en": titles[1],
            "text_nl": texts[0],
            "text_en": texts[1],
            "note": note,
        }
        clause = clauses.draft_clause(code, facts, by=ada, at=at)
        made[code] = _published(clause, ada, other, at=at)
    return made


def renew(clause: Clause, ada: User, other: User, *, at: dt.datetime) -> None:
    """Publish a next version that says more about the day of payment."""
    following = clauses.copy_clause(clause, by=ada, at=at)
    text = {
        "text_nl": following.text_nl.replace("binnen 30 dagen", "binnen 14 dagen"),
        "text_en": following.text_en.replace("30 days", "14 days"),
    }
    clauses.change_clause(following, text, by=ada, at=at)
    _published(following, ada, other, at=at)


def _published(clause: Clause, ada: User, other: User, *, at: dt.datetime) -> Clause:
    clauses.propose_clause(clause, by=ada, at=at)
    clauses.approve_clause(clause, by=other, at=at + DAY)
    clause.refresh_from_db()
    return clause
