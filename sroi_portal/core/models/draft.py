"""What somebody was typing: sealed, for this person alone, for thirty days."""

import json
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sroi_portal.core import personal
from sroi_portal.core.models.base import Recorded
from sroi_portal.core.rights import Guard


class FormDraft(Recorded):
    """The fields of one form as they were typed last (R-246)."""

    GUARD = Guard.PERSON
    PERSONAL: ClassVar[tuple[str, ...]] = ("sealed",)
    SEALED: ClassVar[tuple[str, ...]] = ("sealed",)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts")
    address = models.CharField(max_length=200)  # of the page with the form
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "address"),
                name="one_draft_a_form",
                violation_error_message=_("There is one draft for each form."),
            ),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def fields(self) -> dict[str, list[str]]:
        text = personal.unseal(bytes(self.sealed), table=self._meta.db_table, row=self.uuid)
        typed: dict[str, list[str]] = json.loads(text)
        return typed

    @fields.setter
    def fields(self, typed: dict[str, list[str]]) -> None:
        self.sealed = personal.seal(json.dumps(typed), table=self._meta.db_table, row=self.uuid)
