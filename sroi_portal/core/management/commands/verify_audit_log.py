"""Check the seals of the audit trail; ends with status 1 when one is broken (BIO2 8.15.06)."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from sroi_portal.core import audit
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import DaySeal


class Command(BaseCommand):
    help = "Prove that no sealed event of the audit trail was changed, added or removed."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(DatabaseRole.WORKER):
            sealed = DaySeal.objects.count()
            broken = audit.broken_seals()
        for day in broken:
            self.stderr.write(f"The events of {day} are not those that were sealed.")
        if broken:
            sys.exit(1)
        self.stdout.write(f"{sealed} sealed days, all as they were.")
