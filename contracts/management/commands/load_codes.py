"""Write the names of CPV and NUTS codes into the database."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contracts.models import Code, CodeList
from sroi_portal.core.acting import DatabaseRole, acting_as

FILES = {CodeList.CPV: "cpv-2008_nl.csv", CodeList.NUTS: "nuts_nl.csv"}


class Command(BaseCommand):
    help = (
        "Writes the names of codes from CSV files with code, label_nl and label_en (default: the "
        "folder data/codelists in SROI_SHARED). A code that is gone stays, valid until today."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=None)

    def handle(self, **options: Any) -> None:
        folder = options["folder"] or Path(settings.SHARED_DATA, "data", "codelists")
        for code_list, name in FILES.items():
            path = folder / name
            if not path.is_file():
                raise CommandError(f"There is no {path}. Say --folder, or set SROI_SHARED.")
            with acting_as(DatabaseRole.WORKER):
                count = load(code_list, path)
            self.stdout.write(f"{code_list}: {count} codes")


def load(code_list: CodeList, path: Path) -> int:
    """Write all codes in one statement, and end those that the file no longer has."""
    with path.open(encoding="utf-8", newline="") as file:
        codes = [
            Code(
                list=code_list,
                code=row["code"],
                label_nl=row["label_nl"][:200],
                label_en=row["label_en"][:200],
            )
            for row in csv.DictReader(file)
        ]
    Code.objects.bulk_create(
        codes,
        update_conflicts=True,
        unique_fields=["list", "code"],
        update_fields=["label_nl", "label_en", "valid_until"],
        batch_size=1_000,
    )
    gone = Code.objects.filter(list=code_list, valid_until=None).exclude(
        code__in=[code.code for code in codes]
    )
    gone.update(valid_until=timezone.localdate())
    return len(codes)
