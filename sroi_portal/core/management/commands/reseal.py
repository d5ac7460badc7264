"""Seal anew what an older key sealed, so that the old key can be taken away (AVG-11)."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import BinaryField, Model
from django.db.models.functions import Substr

from sroi_portal.core import personal
from sroi_portal.core.acting import DatabaseRole, acting_as

BATCH = 100


class Command(BaseCommand):
    help = "Seal every sealed value with the first key of FIELD_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            for field in getattr(model, "SEALED", ()):
                count = 0
                while batch := self._batch(model, field):
                    count += batch
                self.stdout.write(f"{model._meta.label}.{field}: {count} sealed anew")

    def _batch(self, model: type[Model], field: str) -> int:
        """Seal up to 100 values that an older key sealed; returns how many."""
        current = next(iter(settings.FIELD_KEYS)).encode() + b":"
        rows: Any = model._default_manager
        with acting_as(DatabaseRole.WORKER):
            key = Substr(field, 1, len(current), output_field=BinaryField())
            old = rows.select_for_update().alias(key=key).exclude(key__in=(current, b""))[:BATCH]
            for row in old:
                table = model._meta.db_table
                opened = personal.unseal_bytes(
                    bytes(getattr(row, field)), table=table, row=row.uuid
                )
                fresh = personal.seal_bytes(opened, table=table, row=row.uuid)
                rows.filter(pk=row.pk).update(**{field: fresh})
            return len(old)
