"""Print what notices say, as one JSON list."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from contracts import notices


class Command(BaseCommand):
    help = "Prints what eForms notices say, as one JSON list; exits with 1 if a file is unreadable."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, **options: Any) -> None:
        items = [item(path) for path in options["files"]]
        self.stdout.write(json.dumps(items, ensure_ascii=False, indent=1))
        if any("error" in item for item in items):
            sys.exit(1)


def item(path: Path) -> dict[str, object]:
    """Read the file, or say why it cannot be read."""
    try:
        return notices.read(path.read_bytes(), file=path.name).as_json()
    except notices.NotANoticeError as reason:
        return {"file": path.name, "error": str(reason)}
    except OSError as fault:
        return {"file": path.name, "error": _("The file cannot be opened: %s.") % fault.strerror}
