"""Prove that what is published is what its position of the ledger, and the events, give."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports import burden, fixed_tables, jobs_tables, lasting_tables, open_contracts
from sroi_portal.core.acting import DatabaseRole, acting_as


class Command(BaseCommand):
    help = "Compares each published table with the ledger and its exact counts, contracts with the ledger, and what reporting takes with events."

    def handle(self, *_args: Any, **_options: Any) -> None:
        with acting_as(DatabaseRole.WORKER):
            found = [
                *fixed_tables.differences(),
                *lasting_tables.differences(),
                *jobs_tables.differences(),
                *open_contracts.differences(),
                *burden.differences(),
            ]
        for difference in found:
            self.stderr.write(difference)
        if found:
            raise CommandError(f"{len(found)} differences")
        self.stdout.write("Every table equals its position of the ledger.")
