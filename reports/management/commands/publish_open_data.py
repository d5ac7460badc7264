"""Publish contracts and the burden meter: `manage.py publish_open_data`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports import burden, open_contracts


class Command(BaseCommand):
    help = "Publishes contracts as open data and measures each quarter that is over, once."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        changed = open_contracts.publish(at=now)
        quarters = burden.publish_due(today=timezone.localdate(now), at=now)
        self.stdout.write(f"{changed} contracts changed, {len(quarters)} quarters measured")
