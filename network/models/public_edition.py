"""Editions of the magazine that anybody may download."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from network.models.edition import Edition
from sroi_portal.core.rights import Reach


class PublicEdition(models.Model):
    """A copy without whose words may not be everywhere; gone when a permission goes (R-418)."""

    REACH = Reach.PUBLIC
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="public")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=90)
    released_on = models.DateField()
    pdf = models.FileField(upload_to="editions/")
    size = models.PositiveIntegerField()  # bytes
    quotes = ArrayField(models.UUIDField())  # that stand in it

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return self.title
