"""Public code lists: what is bought (CPV) and where (NUTS)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.value_table import TwoLanguages


class CodeList(models.TextChoices):
    CPV = "cpv", _("CPV: what is bought")
    NUTS = "nuts", _("NUTS: where")


class CodeQuerySet(models.QuerySet["Code"]):
    def names(self, code_list: CodeList, codes: list[str]) -> dict[str, str]:
        """Give the label of each code that the list knows."""
        known = self.filter(list=code_list, code__in=codes).order_by("pk")
        return {code.code: code.label for code in known}

    def matching(self, code_list: CodeList, words: str) -> "CodeQuerySet":
        """By the first digits or by part of the name."""
        wanted = Q(code__istartswith=words) | Q(label_nl__icontains=words)
        return self.filter(wanted | Q(label_en__icontains=words), list=code_list).order_by("code")


class Code(TwoLanguages):
    """One code of a list; never deleted, but valid until a day."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    list = models.CharField(max_length=4, choices=CodeList)
    code = models.CharField(max_length=12)
    valid_until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = CodeQuerySet.as_manager()

    class Meta:
        ordering = ("list", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("list", "code"),
                name="one_code_a_list",
                violation_error_message=_("This list already has this code."),
            ),
        )
