"""What both sides write to each other about a contract: kept with it, sealed, never changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from sroi_portal.core import personal
from sroi_portal.core.models import Authority, Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Message(Recorded):
    """One message; it may be about a contribution, named by its number (R-196)."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("sealed",)
    SEALED: ClassVar[tuple[str, ...]] = ("sealed",)

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="messages")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    about_uuid = models.UUIDField(null=True, blank=True)
    is_of_supplier = models.BooleanField()
    sealed = models.BinaryField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("contract", "pk")

    def __str__(self) -> str:
        return f"{self.contract_id} {self.written_at:%Y-%m-%d}"

    @property
    def text(self) -> str:
        return personal.unseal(bytes(self.sealed), table=self._meta.db_table, row=self.uuid)

    @text.setter
    def text(self, text: str) -> None:
        self.sealed = personal.seal(text, table=self._meta.db_table, row=self.uuid)


class MessageMark(Recorded):
    """Up to which message a person has read those of a contract."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    last_read = models.ForeignKey(Message, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("contract", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "person"),
                name="one_mark_a_reader",
                violation_error_message=_("You marked these messages as read already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} {self.person_id}"
