"""What outcomes are worth to society, by a table that advisers keep: an estimate (E15, E16)."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Recorded


class ProxyStatus(models.TextChoices):
    DRAFT = "draft", _("concept")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class OutcomeKind(models.TextChoices):
    """What can be counted from the published tables, with its unit."""

    WORK_YEAR = "work_year", _("a full-time year of work")
    PERSON = "person", _("a person who worked")
    AFTER_3 = "after_3", _("a person in work 3 months after")
    AFTER_6 = "after_6", _("a person in work 6 months after")
    AFTER_12 = "after_12", _("a person in work 12 months after")
    LEARNING = "learning", _("a person who learns 12 months after")
    PERMANENT = "permanent", _("a step to a permanent contract")


class ProxyTableQuerySet(models.QuerySet["ProxyTable"]):
    def valid_in(self, year: int) -> "ProxyTableQuerySet":
        """Keep what was published and valid by the end of a year, the newest first."""
        found = self.filter(status=ProxyStatus.PUBLISHED, valid_from__year__lte=year)
        return found.order_by("-valid_from", "-pk")


class ProxyTable(Recorded):
    """One version of the values; published by another person than who drew it up (R-358)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ProxyStatus.DRAFT: frozenset({ProxyStatus.PUBLISHED, ProxyStatus.WITHDRAWN}),
        ProxyStatus.PUBLISHED: frozenset({ProxyStatus.WITHDRAWN}),
    }

    name = models.CharField(_("name of the table"), max_length=120)
    version = models.CharField(_("version"), max_length=20)
    valid_from = models.DateField(_("valid from"))
    is_example = models.BooleanField(
        _("made-up values, as an example"),
        default=False,
        help_text=_("Everywhere these values are shown it says that they are made up."),
    )
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=ProxyStatus,
        default=ProxyStatus.DRAFT,
        editable=False,
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    drafted_at = models.DateTimeField(editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = ProxyTableQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("name", "version"),
                name="one_proxy_table_a_version",
                violation_error_message=_("This version of the table is there already."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="published_proxies_say_by_whom",
                violation_error_message=_("A published table says by whom and when."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="published_proxies_were_published",
                violation_error_message=_("A published table says by whom and when."),
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("drafted_by")),
                name="proxies_four_eyes",
                violation_error_message=_("Somebody else than who drew it up publishes it."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("reports:proxy-table-detail", args=[self.pk])


PERCENT = (MinValueValidator(0), MaxValueValidator(100))


class ProxyValue(models.Model):
    """What one outcome is worth, where that comes from, and what is taken off and why (E16)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    table = models.ForeignKey(ProxyTable, models.PROTECT, related_name="values", editable=False)
    outcome = models.CharField(_("outcome"), max_length=9, choices=OutcomeKind)
    value_eur = MoneyField(_("worth of one"), validators=[MinValueValidator(0)])
    source = models.CharField(_("source"), max_length=300)
    deadweight_pct = models.DecimalField(
        _("would have happened anyway"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=PERCENT,
        help_text=_("Deadweight: which part is taken off for what would have come by itself."),
    )
    attribution_pct = models.DecimalField(
        _("is due to others"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=PERCENT,
        help_text=_("Attribution: which part is taken off for what others did."),
    )
    displacement_pct = models.DecimalField(
        _("takes the place of somebody else"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=PERCENT,
        help_text=_("Displacement: which part is taken off for work that others lost."),
    )
    reason = models.CharField(_("why these percentages"), max_length=500)

    class Meta:
        ordering = ("table", "outcome")
        constraints = (
            models.UniqueConstraint(
                fields=("table", "outcome"),
                name="one_value_an_outcome",
                violation_error_message=_("This outcome stands in the table already."),
            ),
            models.CheckConstraint(
                condition=Q(value_eur__gte=0),
                name="proxy_value_not_negative",
                violation_error_message=_("The worth cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(
                    deadweight_pct__range=(0, 100),
                    attribution_pct__range=(0, 100),
                    displacement_pct__range=(0, 100),
                ),
                name="taken_off_is_a_percentage",
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.table}: {self.outcome}"
