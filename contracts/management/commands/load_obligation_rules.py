"""Copy obligation rules from files into the database and publish them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contracts import actions, obligation_rules
from contracts.toml_tables import TableError
from sroi_portal.core.acting import DatabaseRole, acting_as


class Command(BaseCommand):
    help = (
        "Copies the obligation rules of a folder (default: those that are shipped). Running it "
        "twice changes nothing; a version by which a contract was awarded is never changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=obligation_rules.FOLDER)

    def handle(self, **options: Any) -> None:
        try:
            read = obligation_rules.shipped_rules(options["folder"])
            with acting_as(DatabaseRole.WORKER):
                for found in read:
                    rule = actions.load_rule(found, by=None, at=timezone.now())
                    self.stdout.write(f"{rule.publisher}: {rule}")
        except (TableError, OSError, actions.RuleInUseError) as mistake:
            raise CommandError(str(mistake)) from mistake
        except ValidationError as mistake:
            raise CommandError(" ".join(mistake.messages)) from mistake
