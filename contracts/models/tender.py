"""Tenders and their lots, and the notices they were read from."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.models.authority import RoleName
from sroi_portal.core.rights import Guard

TENDER_ROLES = (RoleName.OFFICER, RoleName.MANAGER, RoleName.COORDINATOR, RoleName.AUDITOR)
CPV = RegexValidator(r"^\d{8}$", _("A CPV code has eight digits, such as 90910000."))


class Nature(models.TextChoices):
    WORKS = "works", _("works")
    SERVICES = "services", _("services")
    SUPPLIES = "supplies", _("supplies")


class TenderStatus(models.TextChoices):
    PREPARING = "preparing", _("being prepared")
    CONSULTING = "consulting", _("talking with the market")
    PUBLISHED = "published", _("published")
    AWARDED = "awarded", _("awarded")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReservedParticipation(models.TextChoices):
    """BT-71; three answers, and unknown when the notice does not say."""

    UNKNOWN = "", _("not stated")
    NO = "none", _("not reserved")
    SHELTERED = "res-ws", _("reserved for social enterprises (article 2.82)")
    PUBLIC_SERVICE = "res-pub-ser", _("reserved for public service organisations")


class ReservedExecution(models.TextChoices):
    """BT-736: performed in sheltered employment programmes."""

    UNKNOWN = "", _("not stated")
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_KNOWN = "not-known", _("not known yet")


class StrategicGoal(models.TextChoices):
    """BT-06."""

    ENVIRONMENT = "env-imp", _("less harm to the environment")
    INNOVATION = "inn-pur", _("innovation")
    SOCIAL = "soc-obj", _("social goals")
    NONE = "none", _("none")


class SocialObjective(models.TextChoices):
    """BT-775; independent of BT-06: the one never follows from the other."""

    ACCESSIBILITY = "acc-all", _("accessible for everybody")
    ETHNIC_EQUALITY = "et-eq", _("ethnic equality")
    GENDER_EQUALITY = "gen-eq", _("gender equality")
    HUMAN_RIGHTS = "hum-right", _("human rights in the supply chain")
    OPPORTUNITY = "opp", _("work for people with a distance to the labour market")
    WORKING_CONDITIONS = "work-cond", _("fair working conditions")
    OTHER = "other", _("other")


class TenderQuerySet(models.QuerySet["Tender"]):
    def visible_to(self, user: User) -> "TenderQuerySet":
        """Whoever buys or manages contracts for the authority; no supplier."""
        return self.filter(authority_id__in=user.authorities_with(*TENDER_ROLES))


class Tender(Recorded):
    """What is bought, before there is a contract."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        TenderStatus.PREPARING: frozenset(
            {
                TenderStatus.CONSULTING,
                TenderStatus.PUBLISHED,
                TenderStatus.AWARDED,
                TenderStatus.WITHDRAWN,
            }
        ),
        TenderStatus.CONSULTING: frozenset(
            {TenderStatus.PUBLISHED, TenderStatus.AWARDED, TenderStatus.WITHDRAWN}
        ),
        TenderStatus.PUBLISHED: frozenset({TenderStatus.AWARDED, TenderStatus.WITHDRAWN}),
    }

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("contracting authority"), related_name="tenders"
    )
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"), max_length=12, choices=TenderStatus, default=TenderStatus.PREPARING
    )
    title = models.CharField(_("title"), max_length=400)
    reference = models.CharField(_("own reference"), max_length=120, blank=True)
    procedure_id = models.UUIDField(_("procedure number (BT-04)"), null=True, blank=True)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, blank=True)
    cpv_main = models.CharField(_("main CPV code"), max_length=8, blank=True, validators=[CPV])
    cpv_additional = ArrayField(
        models.CharField(max_length=12), verbose_name=_("other CPV codes"), default=list, blank=True
    )
    estimated_value = MoneyField(_("estimated value"), null=True, blank=True)
    framework_maximum = MoneyField(_("maximum of the framework"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    withheld = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    buyers = models.JSONField(_("buyers"), default=list, blank=True)

    objects: ClassVar[Any] = TenderQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "procedure_id"),
                condition=Q(procedure_id__isnull=False),
                name="one_tender_a_procedure",
                violation_error_message=_("A tender with this procedure number exists already."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contracts:tender-detail", args=[self.pk])


class Lot(Recorded):
    """A part of a tender that is awarded on its own."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="lots")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    identifier = models.CharField(_("lot number"), max_length=20)
    title = models.CharField(_("title"), max_length=400)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, blank=True)
    cpv_main = models.CharField(_("main CPV code"), max_length=8, blank=True, validators=[CPV])
    estimated_value = MoneyField(_("estimated value"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    duration = models.PositiveIntegerField(_("duration"), null=True, blank=True)
    duration_unit = models.CharField(_("unit of duration"), max_length=10, blank=True)
    place = models.CharField(_("region (NUTS-3)"), max_length=5, blank=True)
    reserved_participation = models.CharField(
        _("reserved participation"), max_length=12, choices=ReservedParticipation, blank=True
    )
    reserved_execution = models.CharField(
        _("reserved execution"), max_length=12, choices=ReservedExecution, blank=True
    )
    strategic_goals = ArrayField(
        models.CharField(max_length=12, choices=StrategicGoal),
        verbose_name=_("strategic goals"),
        default=list,
        blank=True,
    )
    social_objectives = ArrayField(
        models.CharField(max_length=12, choices=SocialObjective),
        verbose_name=_("social objectives"),
        default=list,
        blank=True,
    )
    strategic_text = models.TextField(_("what the strategic goals are"), blank=True)
    performance_terms = models.TextField(_("terms of performance"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, blank=True)

    class Meta:
        ordering = ("tender", "identifier", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("tender", "identifier"),
                name="one_lot_a_number",
                violation_error_message=_("This tender already has a lot with this number."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="lot_ends_after_start",
                violation_error_message=_("The last day of the lot lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.identifier} {self.title}"

    @property
    def strategic_goal_labels(self) -> list[str]:
        return [str(StrategicGoal(code).label) for code in self.strategic_goals]

    @property
    def social_objective_labels(self) -> list[str]:
        return [str(SocialObjective(code).label) for code in self.social_objectives]


class NoticeStatus(models.TextChoices):
    PROPOSED = "proposed", _("to be confirmed")
    IMPORTED = "imported", _("imported")
    DISCARDED = "discarded", _("not used")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> "NoticeQuerySet":
        return self.filter(authority_id__in=user.authorities_with(RoleName.OFFICER))


class Notice(Recorded):
    """One published notice: its raw file without contact persons, and what was read from it."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        NoticeStatus.PROPOSED: frozenset({NoticeStatus.IMPORTED, NoticeStatus.DISCARDED}),
        NoticeStatus.DISCARDED: frozenset({NoticeStatus.PROPOSED}),
    }

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    tender = models.ForeignKey(
        Tender, models.PROTECT, related_name="notices", null=True, blank=True
    )
    status = models.CharField(max_length=10, choices=NoticeStatus, default=NoticeStatus.PROPOSED)
    notice_id = models.UUIDField(_("notice number (BT-701)"))
    notice_version = models.CharField(_("version (BT-757)"), max_length=10)
    publication_id = models.CharField(_("publication number"), max_length=20, blank=True)
    subtype = models.CharField(_("kind of notice"), max_length=10, blank=True)
    sha256 = models.BinaryField(max_length=32)
    raw = models.BinaryField()
    facts = models.JSONField()  # what the reader found, in the shape of `read_notice`
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "notice_id", "notice_version"),
                name="one_notice_a_version",
                violation_error_message=_("This notice was uploaded before."),
            ),
            models.CheckConstraint(
                condition=~Q(status=NoticeStatus.IMPORTED) | Q(tender__isnull=False),
                name="imported_notice_has_tender",
                violation_error_message=_("An imported notice belongs to a tender."),
            ),
        )

    def __str__(self) -> str:
        return self.publication_id or str(self.notice_id)

    def get_absolute_url(self) -> str:
        return reverse("contracts:notice-confirm", args=[self.pk])
