"""Django's migrate, as the owner, followed by the rights of every role."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from sroi_portal.core import rights


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] == "default" and "owner" in settings.DATABASES:
            options["database"] = "owner"
        super().handle(*args, **options)
        if not options["plan"] and not options["check_unapplied"] and not options["app_label"]:
            rights.apply(connections[options["database"]])
