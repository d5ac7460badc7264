"""Fill an empty database with demo data."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sroi_portal import demo
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User


class Command(BaseCommand):
    help = "Fill an empty database with demo data, through the actions."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo data is for an installation with DEMO=True only.")
        with acting_as(DatabaseRole.WORKER):
            if User.objects.exists():
                raise CommandError("There are people already: demo data is for an empty database.")
        call_command("load_value_tables")
        call_command("load_obligation_rules")
        demo.load(now=timezone.now(), say=self._progress)
        self.stdout.write("")

    def _progress(self, text: str) -> None:
        self.stdout.write(f"\r{text}", ending="")
        self.stdout.flush()
