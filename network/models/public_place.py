"""A place to work or learn as everybody reads it (H03)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from network import matching, regions
from network.models.offer import WorkForm
from sroi_portal.core.rights import Reach


class PublicPlaceQuerySet(models.QuerySet["PublicPlace"]):
    def matching(self, words: str) -> "PublicPlaceQuerySet":
        wanted = words.strip()
        named = Q(title__icontains=wanted) | Q(supplier_name__icontains=wanted)
        return self.filter(named | Q(text__icontains=wanted))

    def in_province(self, code: str) -> "PublicPlaceQuerySet":
        """Keep what is in a province, its regions included; elsewhere is too far to travel."""
        return self.filter(region__startswith=code[: matching.PROVINCE])


class PublicPlace(models.Model):
    """Copied from an offer whose supplier wants everybody to read it (R-440)."""

    REACH = Reach.PUBLIC
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField(unique=True)  # of the offer
    supplier_name = models.CharField(max_length=200)
    form = models.CharField(max_length=10, choices=WorkForm)
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=2000)
    region = models.CharField(max_length=5)
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=2)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    apply_at = models.CharField(max_length=160)
    stays_until = models.DateField()

    objects: ClassVar[Any] = PublicPlaceQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def region_name(self) -> str:
        return regions.name_of(self.region)
