"""Demo data of the advice team: answers that serve again, and questions that wait."""

import datetime as dt

from contracts.models import Contract
from network import actions
from sroi_portal.core.models import User

DAY = dt.timedelta(days=1)
ANSWERED_AFTER = 5  # days
ANSWERS = (
    (
        "Telt een stagiair mee die al bij de leverancier werkte?",
        (
            "Meestal wel, vanaf de dag dat het contract begint. Kijk in de waardetabel van het contract "
            "bij de regel voor stages. Daar staat ook hoelang iemand kan meetellen."
        ),
    ),
    (
        "Mag het percentage lager als er weinig arbeid in de opdracht zit?",
        (
            "Ja. Bereken eerst welk deel van de prijs uit loon bestaat. Kies dan de loonsom als grondslag, "
            "of een lager percentage. Schrijf de reden op; die staat later in de toelichting."
        ),
    ),
    (
        "Hoe weet ik of een onderneming aan artikel 2.82 voldoet?",
        (
            "Vraag om bewijs dat ten minste 30 procent van de medewerkers tot de doelgroep hoort. "
            "Een geldig certificaat in het register is genoeg. Leg vast wat u zag en wanneer."
        ),
    ),
    (
        "Wanneer praat ik met de markt: voor of na het kiezen van de eis?",
        (
            "Ervoor. Stel open vragen: welk werk past bij mensen die nu thuis zitten, en wat hebt u daarvoor "
            "nodig? Leg de conclusies vast bij de aanbesteding. Uw keuze volgt daaruit."
        ),
    ),
    (
        "Mag werk bij een onderaannemer meetellen?",
        (
            "Ja, als de onderaannemer bij het contract is aangemeld en het bedrag bevestigt. "
            "De hoofdaannemer blijft verantwoordelijk."
        ),
    ),
)
QUESTIONS = (
    (
        "Cora",
        "Leverancier vindt geen kandidaten in de regio",
        "Zij zoeken al drie maanden. Wat kunnen wij samen nog proberen?",
        2,
    ),
    (
        "Piet",
        "Perceel voorbehouden in een lopende raamovereenkomst",
        "Kan dat nog bij de volgende oproep, en hoe leggen wij dat vast?",
        4,
    ),
    (
        "Sara",
        "Leerwerkplek bij twee opdrachtgevers",
        "Een kandidaat leert bij ons op twee locaties. Hoe verdelen wij de uren?",
        9,
    ),
)


def load(users: dict[str, User], *, now: dt.datetime) -> None:
    """Ask, answer and publish as the team does."""
    ada, ilse = users["Ada"], users["Ilse"]
    for number, (title, text) in enumerate(ANSWERS):
        at = now - (300 - 40 * number) * DAY
        answer = actions.write_answer({"title": title, "text": text}, by=ada, at=at)
        actions.publish_answer(answer, by=ilse, at=at + DAY)
    for name, subject, text, days in QUESTIONS:
        who = users[name]
        about = Contract.objects.visible_to(who).filter(status="active").order_by("pk").first()
        facts = {"subject": subject, "contract": about}
        question = actions.ask_advice(facts, text, by=who, at=now - days * DAY)
        if days > ANSWERED_AFTER:
            answer_text = "Verdeel naar de uren per locatie en spreek dat vooraf samen af."
            actions.take_advice(question, by=ada, at=now - (days - 1) * DAY)
            actions.answer_advice(question, answer_text, by=ada, at=now - (days - 3) * DAY)
