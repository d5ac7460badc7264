"""Publish the tables about people of which the period is closed: `manage.py publish_tables`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports import fixed_tables, jobs_tables


class Command(BaseCommand):
    help = "Publishes each table whose period is closed, once; running it twice changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        tables = [
            *fixed_tables.publish_due(today=today, at=now),
            *jobs_tables.publish_due(today=today, at=now),
        ]
        for table in tables:
            self.stdout.write(str(table))
        self.stdout.write(f"{len(tables)} tables published")
