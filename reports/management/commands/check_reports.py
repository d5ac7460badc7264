"""Make every report again from the ledger and compare: `manage.py check_reports [NUMBER...]`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports import definitions
from reports.models import Report
from sroi_portal.core.acting import DatabaseRole, acting_as


class Command(BaseCommand):
    help = "Prove that stored reports are what their position of the ledger gives."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("numbers", nargs="*", help="numbers such as 2026-0001; none means all")

    def handle(self, *_args: Any, **options: Any) -> None:
        checked = wrong = 0
        with acting_as(DatabaseRole.WORKER):
            reports = Report.objects.order_by("pk")
            if options["numbers"]:
                reports = reports.filter(number__in=options["numbers"])
            for report in reports.iterator(chunk_size=50):
                checked += 1
                found = definitions.differences(report)
                wrong += bool(found)
                for difference in found:
                    self.stderr.write(f"{report.number}: {difference}")
        if wrong:
            raise CommandError(f"{wrong} of {checked} reports differ from the ledger")
        self.stdout.write(f"{checked} reports made again from the ledger: no difference")
