"""Refused sign-ins, counted to slow down who guesses (VS-05)."""

from typing import ClassVar

from django.db import models


class SignInFailure(models.Model):
    """Account and address as keyed hashes: enough to count, too little to know who."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    email_hash = models.BinaryField(max_length=32)
    address_hash = models.BinaryField(max_length=32)
    failed_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("email_hash", "failed_at"), name="failures_of_an_account"),
            models.Index(fields=("address_hash", "failed_at"), name="failures_from_an_address"),
        )

    def __str__(self) -> str:
        return f"{self.failed_at:%Y-%m-%d %H:%M}"
