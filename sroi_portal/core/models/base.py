"""What every object of ours has."""

import uuid
from typing import ClassVar

from django.db import models


class Recorded(models.Model):
    """An object whose changes are events.

    `uuid` names it in the audit trail; a form chooses it beforehand, so that a form sent twice
    makes one object. `revision` counts its changes, so that a page knows it has grown old.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {}

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
