"""Write the procurement categories of the state into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from contracts.models import Category
from sroi_portal.core.acting import DatabaseRole, acting_as

CATEGORIES = (
    ("afvalzorg", "Afvalzorg en grondstoffen", "Waste and raw materials"),
    ("arbodiensten", "Arbodienstverlening", "Occupational health services"),
    ("bedrijfskleding", "Bedrijfskleding", "Work clothing"),
    ("beveiliging", "Beveiliging", "Security"),
    ("bouw-en-onderhoud", "Bouw en onderhoud", "Building and maintenance"),
    ("catering", "Catering", "Catering"),
    ("communicatie", "Communicatie en drukwerk", "Communication and print"),
    ("facilitair", "Facilitaire diensten", "Facility services"),
    ("groenvoorziening", "Groenvoorziening", "Green spaces"),
    ("ict-diensten", "ICT-diensten", "IT services"),
    ("ict-werkplek", "ICT-werkomgeving", "IT workplaces"),
    ("inhuur-professionals", "Inhuur Professionals", "Hiring of professionals"),
    ("kantoorinrichting", "Kantoorinrichting", "Office furniture"),
    ("logistiek", "Logistiek en post", "Logistics and mail"),
    ("onderzoek", "Onderzoek en advies", "Research and advice"),
    ("opleidingen", "Opleidingen", "Training"),
    ("schoonmaak", "Schoonmaak", "Cleaning"),
    ("uitzendkrachten", "Uitzendkrachten", "Temporary workers"),
    ("vervoer", "Vervoer", "Transport"),
)


class Command(BaseCommand):
    help = "Writes the procurement categories; running it twice changes nothing."

    def handle(self, **_options: Any) -> None:
        with acting_as(DatabaseRole.WORKER):
            for code, name_nl, name_en in CATEGORIES:
                Category.objects.update_or_create(
                    code=code, defaults={"name_nl": name_nl, "name_en": name_en}
                )
        self.stdout.write(f"{len(CATEGORIES)} categories")
