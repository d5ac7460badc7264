"""Prove that what is shown of each contract is the sum of its ledger."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from contracts import fulfilment
from sroi_portal.core.acting import DatabaseRole, acting_as


class Command(BaseCommand):
    help = "Compares fulfilment with the ledger; exits with 1 when a contract differs."

    def handle(self, **_options: Any) -> None:
        with acting_as(DatabaseRole.WORKER):
            different = fulfilment.different_from_ledger()
            waiting = fulfilment.stale_count()
        if waiting:
            self.stdout.write(f"{waiting} contracts wait to be computed and were left out.")
        for contract_id in different:
            self.stdout.write(f"contract {contract_id} differs from its ledger")
        if different:
            sys.exit(1)
        self.stdout.write("Fulfilment equals the ledger.")
