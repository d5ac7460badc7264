"""Prove that the sums of the dashboards are those of contracts and ledger."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from contracts import fulfilment
from reports import summaries
from reports.models import Touched
from sroi_portal.core.acting import DatabaseRole, acting_as


class Command(BaseCommand):
    help = "Compares the sums of dashboards with the ledger; exits with 1 when one differs."

    def handle(self, **_options: Any) -> None:
        with acting_as(DatabaseRole.WORKER):
            waiting = Touched.objects.values("authority").distinct().count()
            found = summaries.differences()
            found += [
                f"contract {contract_id} differs from its ledger"
                for contract_id in fulfilment.different_from_ledger()
            ]
        if waiting:
            self.stdout.write(f"{waiting} authorities wait to be summed and were left out.")
        for difference in found:
            self.stdout.write(difference)
        if found:
            sys.exit(1)
        self.stdout.write("The sums equal the ledger.")
