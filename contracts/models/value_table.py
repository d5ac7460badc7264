"""Value tables as data: groups of people, kinds of evidence, blocks, bonuses."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contracts import valuation
from contracts.valuation import codec
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Recorded, RoleName, User


class PrivacyClass(models.TextChoices):
    ORDINARY = "ordinary", _("ordinary")
    DELICATE = "delicate", _("delicate")
    HEALTH = "art9", _("health (GDPR article 9)")
    CRIMINAL = "art10", _("criminal offences (GDPR article 10)")


SENSITIVE = (PrivacyClass.HEALTH, PrivacyClass.CRIMINAL)
TABLE_ROLES = (RoleName.ADVISER, RoleName.ADMINISTRATOR, RoleName.AUDITOR)


class TwoLanguages(models.Model):
    """A label in Dutch and English, chosen by the reader's language."""

    label_nl = models.CharField(_("label in Dutch"), max_length=200)
    label_en = models.CharField(_("label in English"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if get_language() == "en" else self.label_nl


class TargetGroup(TwoLanguages):
    """People with a distance to the labour market, as the rules name them (C02)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    code = models.SlugField(max_length=60, unique=True)
    privacy_class = models.CharField(max_length=10, choices=PrivacyClass)

    class Meta:
        ordering = ("label_nl", "pk")


class EvidenceKind(TwoLanguages):
    """A kind of proof; a file is never allowed where it would show health or offences."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    code = models.SlugField(max_length=60, unique=True)
    issuer_nl = models.CharField(max_length=120, blank=True)
    issuer_en = models.CharField(max_length=120, blank=True)
    privacy_class = models.CharField(max_length=10, choices=PrivacyClass)
    file_allowed = models.BooleanField(default=False)
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("label_nl", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(file_allowed=False) | ~Q(privacy_class__in=SENSITIVE),
                name="no_file_of_health_or_offences",
                violation_error_message=_(
                    "A file about health or criminal matters is never accepted."
                ),
            ),
        )

    @property
    def issuer(self) -> str:
        return self.issuer_en if get_language() == "en" else self.issuer_nl


class ValueTableStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waiting for approval")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ValueTableQuerySet(models.QuerySet["ValueTable"]):
    def visible_to(self, user: User) -> "ValueTableQuerySet":
        """Show all to who writes, approves or audits tables; to anybody what was published."""
        if user.is_authenticated and user.authorities_with(*TABLE_ROLES):
            return self.all()
        return self.public()

    def published(self) -> "ValueTableQuerySet":
        return self.filter(status=ValueTableStatus.PUBLISHED)

    def to_approve_by(self, user: User) -> "ValueTableQuerySet":
        """Keep what somebody else proposed."""
        return self.filter(status=ValueTableStatus.PROPOSED).exclude(proposed_by=user)

    def valid_on(self, day: dt.date) -> "ValueTableQuerySet":
        """Keep what holds for a contract awarded on this day: of each table the newest version."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        later = ValueTable.objects.published().filter(
            code=OuterRef("code"),
            valid_from__lte=day,
            valid_from__gt=Coalesce(OuterRef("valid_from"), dt.date.min),
        )
        return self.published().filter(begun).exclude(Exists(later))

    def public(self) -> "ValueTableQuerySet":
        """Leave out what was never published; anybody may read the rest (E09)."""
        return self.filter(published_at__isnull=False)


class ValueTable(Recorded):
    """One version of a publisher's table; frozen per contract at award, never changed once used."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ValueTableStatus.DRAFT: frozenset({ValueTableStatus.PROPOSED, ValueTableStatus.PUBLISHED}),
        ValueTableStatus.PROPOSED: frozenset({ValueTableStatus.DRAFT, ValueTableStatus.PUBLISHED}),
        ValueTableStatus.PUBLISHED: frozenset({ValueTableStatus.WITHDRAWN}),
    }

    code = models.SlugField(_("code"), max_length=40)
    version = models.CharField(_("version"), max_length=20)
    publisher = models.CharField(_("publisher"), max_length=120)
    name = models.CharField(_("name"), max_length=160)
    source = models.CharField(_("source"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid for contracts awarded from"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=ValueTableStatus, default=ValueTableStatus.DRAFT
    )
    terms = models.JSONField(default=dict)  # valuation.Terms.as_json(): norm, part months, limits
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ValueTableQuerySet.as_manager()

    class Meta:
        ordering = ("publisher", "-valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("code", "version"),
                name="one_table_a_version",
                violation_error_message=_("This version of the table exists already."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(approved_by=F("proposed_by")),
                name="table_four_eyes",
                violation_error_message=_("Somebody else than the proposer approves a table."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "proposed"), published_at__isnull=True)
                | Q(status__in=("published", "withdrawn"), published_at__isnull=False),
                name="table_published_iff_published_at",
                violation_error_message=_("A published table says when it was published."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def get_absolute_url(self) -> str:
        return reverse("contracts:value-table-detail", args=[self.pk])

    def as_terms(self) -> valuation.Terms:
        terms: valuation.Terms = codec.decode(valuation.Terms, self.terms)
        return terms


class Block(TwoLanguages):
    """A row of a table: what one full-time year (or month, hour, invoice) counts for."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    table = models.ForeignKey(ValueTable, models.PROTECT, related_name="blocks")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    group = models.ForeignKey(
        TargetGroup, models.PROTECT, related_name="blocks", null=True, blank=True
    )
    kind = models.CharField(max_length=20, default="placement")
    unit = models.CharField(max_length=20)
    value_eur = MoneyField(null=True, blank=True)
    privacy_class = models.CharField(max_length=10, choices=PrivacyClass)
    terms = models.JSONField(default=dict)  # valuation.Block.as_json()
    evidence_kinds = models.ManyToManyField(EvidenceKind, related_name="blocks", blank=True)

    class Meta:
        ordering = ("table", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("table", "code"),
                name="one_block_a_code",
                violation_error_message=_("This table already has a row with this code."),
            ),
        )

    def as_terms(self) -> valuation.Block:
        terms: valuation.Block = codec.decode(valuation.Block, self.terms)
        return terms


class TableBonus(TwoLanguages):
    """An amount on top of a block when a condition holds."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    table = models.ForeignKey(ValueTable, models.PROTECT, related_name="bonuses")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    value_eur = MoneyField()
    terms = models.JSONField(default=dict)  # valuation.Bonus.as_json()
    applies_to = ArrayField(models.SlugField(max_length=60), default=list, blank=True)

    class Meta:
        ordering = ("table", "position", "pk")
        verbose_name_plural = "table bonuses"
        constraints = (
            models.UniqueConstraint(
                fields=("table", "code"),
                name="one_bonus_a_code",
                violation_error_message=_("This table already has a bonus with this code."),
            ),
        )

    def holds_for(self, block: "Block") -> bool:
        """Whether it may hold for a row of its table."""
        return not self.applies_to or block.code in self.applies_to

    def as_terms(self) -> valuation.Bonus:
        terms: valuation.Bonus = codec.decode(valuation.Bonus, self.terms)
        return terms
