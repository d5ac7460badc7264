"""Value worked cases from a file, and say where one counts for something else."""

import sys
from argparse import ArgumentParser
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contracts import explanations, kept_tables, toml_tables, worked_cases
from contracts.models import ValueTable
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.templatetags import formats


class Command(BaseCommand):
    help = (
        "Values worked cases, in the columns of tests/contracts/README.md, by the tables that are "
        "shipped or else by those of the database. Prints id, expected, got and the explanation; "
        "exits with 1 if one differs."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
            cases = worked_cases.read(text, finder())
        except toml_tables.TableError as mistake:
            raise CommandError(str(mistake)) from mistake
        except OSError as fault:
            raise CommandError(f"{options['file']}: {fault.strerror}") from fault
        except UnicodeDecodeError as fault:
            raise CommandError(_("The file is not in UTF-8. Save it as CSV in UTF-8.")) from fault
        for case in cases:
            self.stdout.write(told(case))
        differing = [case.id for case in cases if case.differs]
        self.stdout.write(
            _("Cases: %(count)s. Differing: %(differing)s.")
            % {"count": len(cases), "differing": ", ".join(differing) or 0}
        )
        if differing:
            sys.exit(1)


def finder() -> worked_cases.FindTable:
    """Look among the tables that are shipped, and then in the database."""
    shipped = {f"{each.code} {each.terms.version}": each for each in toml_tables.shipped().tables}

    @cache
    def find(name: str) -> toml_tables.Table | None:
        return shipped.get(name) or stored(name)

    return find


def stored(name: str) -> toml_tables.Table | None:
    code, _space, version = name.partition(" ")
    with acting_as(DatabaseRole.WORKER):
        table = ValueTable.objects.filter(code=code, version=version).first()
        return kept_tables.of(table) if table else None


def told(case: worked_cases.Case) -> str:
    """Say what a case must count for, what it counts for, and why."""
    head = _("%(id)s: expected %(expected)s, got %(got)s. %(verdict)s") % {
        "id": case.id,
        "expected": formats.euro(case.expected_eur),
        "got": formats.euro(case.got.total_eur),
        "verdict": _("This differs.") if case.differs else _("The same."),
    }
    said = explanations.sentences(case.got.lines)
    return "\n".join([head, *(f"    {text}" for text, _amount in said), ""])
