"""Prove that the tables about people are what their position of the ledger gives."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports import fixed_tables
from sroi_portal.core.acting import DatabaseRole, acting_as


class Command(BaseCommand):
    help = "Compares each published table with the ledger and with its exact counts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with acting_as(DatabaseRole.WORKER):
            found = list(fixed_tables.differences())
        for difference in found:
            self.stderr.write(difference)
        if found:
            raise CommandError(f"{len(found)} differences")
        self.stdout.write("Every table equals its position of the ledger.")
