"""Procurement categories of the state, such as cleaning or hiring of professionals."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A procurement category."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_nl = models.CharField(_("name in Dutch"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)

    class Meta:
        ordering = ("name_nl", "pk")
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_nl
