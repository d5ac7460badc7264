"""Prove that the hours posted for the banenafspraak are what each job stands for."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from candidates.agreed_jobs import posting
from sroi_portal.core.acting import DatabaseRole, acting_as


class Command(BaseCommand):
    help = "Compares the entries of each job with the paid hours that were stated of it."

    def handle(self, **_options: Any) -> None:
        with acting_as(DatabaseRole.WORKER):
            found = list(posting.differences())
        for difference in found:
            self.stderr.write(difference)
        if found:
            raise CommandError(f"{len(found)} differences")
        self.stdout.write("Every job equals its entries.")
