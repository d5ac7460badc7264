"""What people said, with the permission to repeat it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from network.models.example import GoodExample
from network.models.pilot import Pilot
from sroi_portal.core import personal
from sroi_portal.core.models import Recorded, RoleName, User
from sroi_portal.core.rights import Guard


class QuoteRole(models.TextChoices):
    """Who speaks: a role, never a name."""

    CANDIDATE = "candidate", _("candidate")
    SUPPLIER = "supplier", _("supplier")
    MANAGER = "manager", _("contract manager")
    OFFICER = "officer", _("procurement officer")
    COACH = "coach", _("coach at work")
    COLLEAGUE = "colleague", _("colleague at work")


class QuoteUse(models.TextChoices):
    PORTAL = "portal", _("in this portal")
    REPORTS = "reports", _("in reports")
    MAGAZINE = "magazine", _("in the magazine")
    PUBLIC = "public", _("in the magazine on the internet, for everybody")


ON_PAGE = (QuoteUse.PORTAL, QuoteUse.REPORTS, QuoteUse.MAGAZINE)  # what the own page asks for


class GivenHow(models.TextChoices):
    PAPER = "paper", _("on paper, signed")
    PAGE = "page", _("on the page of the candidate")
    MAIL = "mail", _("by e-mail")


class QuoteStatus(models.TextChoices):
    RECORDED = "recorded", _("waits for an adviser")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("permission withdrawn")


@dataclass(frozen=True, slots=True)
class Permission:
    """What somebody allowed: when, in which way, and where the words may stand."""

    given_on: dt.date
    how: GivenHow
    uses: tuple[QuoteUse, ...]


class QuoteQuerySet(models.QuerySet["Quote"]):
    def visible_to(self, user: User) -> "QuoteQuerySet":
        """Show what is published to all; the rest to who recorded it and to advisers."""
        if user.has_role(RoleName.ADVISER):
            return self.all()
        return self.filter(Q(status=QuoteStatus.PUBLISHED) | Q(recorded_by=user))

    def allowed(self, use: QuoteUse) -> "QuoteQuerySet":
        """Keep what is published and may stand here (R-333)."""
        return self.filter(status=QuoteStatus.PUBLISHED, uses__contains=[use.value])

    def to_review_by(self, user: User) -> "QuoteQuerySet":
        """Keep what somebody else recorded, the longest waiting first."""
        waiting = self.filter(status=QuoteStatus.RECORDED)
        not_own = Q(recorded_by__isnull=True) | ~Q(recorded_by=user)
        return waiting.filter(not_own).order_by("recorded_at", "pk")


class Quote(Recorded):
    """The words stay sealed in the database, and go when the permission goes (R-333, R-334)."""

    GUARD = Guard.PUBLISHED_OR_EDITOR
    PERSONAL: ClassVar[tuple[str, ...]] = ("sealed",)
    SEALED: ClassVar[tuple[str, ...]] = ("sealed",)
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        QuoteStatus.RECORDED: frozenset({QuoteStatus.PUBLISHED, QuoteStatus.WITHDRAWN}),
        QuoteStatus.PUBLISHED: frozenset({QuoteStatus.WITHDRAWN}),
    }

    status = models.CharField(
        _("status"), max_length=10, choices=QuoteStatus, default=QuoteStatus.RECORDED
    )
    role = models.CharField(_("who says this"), max_length=10, choices=QuoteRole)
    sealed = models.BinaryField()
    example = models.ForeignKey(
        GoodExample, models.PROTECT, related_name="quotes", null=True, blank=True
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="quotes", null=True, blank=True
    )
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="quotes", null=True, blank=True)
    given_on = models.DateField(_("permission given on"))
    given_how = models.CharField(_("how it was given"), max_length=6, choices=GivenHow)
    uses = ArrayField(
        models.CharField(max_length=8, choices=QuoteUse), verbose_name=_("where it may stand")
    )
    withdrawn_on = models.DateField(_("permission withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )  # None: the candidate gave it on a page of its own
    recorded_at = models.DateTimeField()
    permission_key = models.UUIDField(null=True, blank=True, editable=False)  # of the own page
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ("-recorded_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("permission_key",),
                name="words_become_a_quote_once",
                violation_error_message=_("These words are a quote already."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | (Q(withdrawn_on__isnull=True) & ~Q(uses=[])),
                name="published_quote_has_permission",
                violation_error_message=_("Without a permission in force no quote is published."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status="withdrawn", withdrawn_on__isnull=False, sealed=b"")
                    | (~Q(status="withdrawn") & Q(withdrawn_on__isnull=True) & ~Q(sealed=b""))
                ),
                name="withdrawn_quote_has_no_words",
                violation_error_message=_("The words go when the permission goes."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="quote_published_by_iff_published_at",
                violation_error_message=_("A published quote says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="published_quote_was_published",
                violation_error_message=_("A published quote says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | Q(recorded_by__isnull=True)
                | ~Q(published_by=F("recorded_by")),
                name="quote_four_eyes",
                violation_error_message=_("Who recorded a quote does not publish it."),
            ),
            models.CheckConstraint(
                condition=Q(example__isnull=False)
                | Q(contract__isnull=False)
                | Q(pilot__isnull=False),
                name="quote_is_about_something",
                violation_error_message=_("A quote belongs to an example, a contract or a pilot."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.given_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("network:quote-detail", args=[self.pk])

    @property
    def text(self) -> str:
        if not self.sealed:
            return ""
        return personal.unseal(bytes(self.sealed), table=self._meta.db_table, row=self.uuid)

    @text.setter
    def text(self, text: str) -> None:
        self.sealed = personal.seal(text, table=self._meta.db_table, row=self.uuid)

    @property
    def use_labels(self) -> list[str]:
        return [str(QuoteUse(use).label) for use in self.uses]
