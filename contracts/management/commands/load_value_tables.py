"""Copy value tables from files into the database and publish them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contracts import actions, toml_tables
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User


class Command(BaseCommand):
    help = (
        "Copies the value tables of a folder (default: those that are shipped). Running it twice "
        "changes nothing; a version that a contract uses is never changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=toml_tables.FOLDER)
        parser.add_argument("--proposed-by", metavar="EMAIL", default="")
        parser.add_argument("--approved-by", metavar="EMAIL", default="")

    def handle(self, **options: Any) -> None:
        try:
            read = toml_tables.shipped(options["folder"])
        except (toml_tables.TableError, OSError) as mistake:
            raise CommandError(str(mistake)) from mistake
        try:
            with acting_as(DatabaseRole.WORKER):
                refused = self._load(read, options)
        except ValidationError as reason:
            raise CommandError(" ".join(reason.messages)) from reason
        if refused:
            raise CommandError("\n".join(refused))

    def _load(self, read: toml_tables.Shipped, options: dict[str, Any]) -> list[str]:
        """Load what can be loaded, and give why the rest cannot."""
        by, approved_by = person(options["proposed_by"]), person(options["approved_by"])
        actions.load_evidence_kinds(read.evidence_kinds)
        actions.load_target_groups(read.target_groups)
        refused = []
        for found in read.tables:
            try:
                table = actions.load_value_table(
                    found, by=by, at=timezone.now(), approved_by=approved_by
                )
            except actions.TableInUseError as reason:
                refused.append(str(reason))
            else:
                self.stdout.write(f"{table}: {table.get_status_display()}")
        return refused


def person(email: str) -> User | None:
    """Find the person, where an address is given.

    :raises CommandError: when nobody has this address.
    """
    if not email:
        return None
    found: User | None = User.objects.filter(email=email.lower()).first()
    if found is None:
        raise CommandError(f"Nobody has an account with the address {email}.")
    return found
