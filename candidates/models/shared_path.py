"""One person's path over several suppliers: steps, the credit of each, agreed by all (C10, N14)."""

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models.candidate import Candidate
from candidates.path_credit import Stretch
from sroi_portal.core.fields import PercentageField
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class StepForm(models.TextChoices):
    """What the person does in a step, or what a supplier does for the person."""

    INTERNSHIP = "internship", _("internship")
    LEARNING = "learning", _("learning place")
    EXPERIENCE = "experience", _("work-experience place")
    WORK = "work", _("paid work")
    GUIDANCE = "guidance", _("pay and guidance, the work is elsewhere")


class PathPlanStatus(models.TextChoices):
    PROPOSED = "proposed", _("waiting for the others")
    AGREED = "agreed", _("agreed by all")
    DROPPED = "dropped", _("not agreed")
    SUPERSEDED = "superseded", _("replaced by a newer one")


class SharedPathQuerySet(models.QuerySet["SharedPath"]):
    def visible_to(self, user: User) -> "SharedPathQuerySet":
        """Only the suppliers that walk it."""
        return self.filter(supplier_ids__overlap=list(user.supplier_ids))


class SharedPath(Recorded):
    """Who the person is stands at each supplier apart: here it is known that there is one."""

    GUARD = Guard.SUPPLIERS_TOGETHER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    supplier_ids = ArrayField(models.BigIntegerField())
    title = models.CharField(_("path"), max_length=100)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects: ClassVar[Any] = SharedPathQuerySet.as_manager()

    class Meta:
        ordering = ("-begun_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(supplier_ids__len__gte=2),
                name="path_is_of_several_suppliers",
                violation_error_message=_("A shared path is of two suppliers or more."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("candidates:path-detail", args=[self.pk])


class PathPlan(Recorded):
    """A version of the steps and of who gets which part; the newest that all agreed holds."""

    GUARD = Guard.SUPPLIERS_TOGETHER
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        PathPlanStatus.PROPOSED: frozenset({PathPlanStatus.AGREED, PathPlanStatus.DROPPED}),
        PathPlanStatus.AGREED: frozenset({PathPlanStatus.SUPERSEDED}),
    }

    path = models.ForeignKey(SharedPath, models.PROTECT, related_name="plans")
    supplier_ids = ArrayField(models.BigIntegerField())
    version = models.PositiveIntegerField()
    status = models.CharField(
        _("status"), max_length=10, choices=PathPlanStatus, default=PathPlanStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("path", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("path", "version"),
                name="one_path_plan_a_version",
                violation_error_message=_("Somebody else just proposed a plan. Look at it first."),
            ),
            models.UniqueConstraint(
                fields=("path",),
                condition=Q(status="proposed"),
                name="one_open_plan_a_path",
                violation_error_message=_("A plan waits for an answer. Answer it first."),
            ),
            models.UniqueConstraint(
                fields=("path",),
                condition=Q(status="agreed"),
                name="one_agreed_plan_a_path",
                violation_error_message=_("Another plan was agreed meanwhile."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("agreed", "superseded")) | Q(settled_on__isnull=False),
                name="agreed_path_plan_says_since_when",
                violation_error_message=_("What all agreed says since when."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.path} · {self.version}"

    def stretches(self) -> list[Stretch]:
        return [each.stretch() for each in self.steps.all()]


class PathStep(models.Model):
    """A step with one supplier, and its part of the credit of these days."""

    GUARD = Guard.SUPPLIERS_TOGETHER
    PERSONAL: ClassVar[tuple[str, ...]] = ("starts_on", "ends_on")

    plan = models.ForeignKey(PathPlan, models.PROTECT, related_name="steps")
    supplier_ids = ArrayField(models.BigIntegerField())
    supplier = models.ForeignKey(Supplier, models.PROTECT, verbose_name=_("with"), related_name="+")
    form = models.CharField(_("what"), max_length=10, choices=StepForm)
    title = models.CharField(_("in a few words"), max_length=100)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until, if known"), null=True, blank=True)
    pct = PercentageField(_("part of the credit"))

    class Meta:
        ordering = ("plan", "starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="path_step_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(pct__gte=0, pct__lte=100),
                name="path_step_lies_between_0_and_100",
                violation_error_message=_("A part lies between 0 and 100 %."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier}: {self.title}"

    def stretch(self) -> Stretch:
        return Stretch(self.supplier_id, self.starts_on, self.ends_on, self.pct)


class PathConsent(models.Model):
    """A supplier agrees to a plan; the one that proposed it did so by that."""

    GUARD = Guard.SUPPLIERS_TOGETHER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    plan = models.ForeignKey(PathPlan, models.PROTECT, related_name="consents")
    supplier_ids = ArrayField(models.BigIntegerField())
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ("plan", "agreed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "supplier"),
                name="one_consent_a_supplier",
                violation_error_message=_("Your side agreed to this already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.supplier_id}"


class PathPerson(Recorded):
    """Which candidate of a supplier walks the path; only that supplier sees who (R-385)."""

    GUARD = Guard.SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("candidate", "code_hash")

    path = models.ForeignKey(SharedPath, models.PROTECT, related_name="people")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="paths")
    tied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    tied_at = models.DateTimeField()
    code_hash = models.BinaryField(max_length=32, null=True, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    is_joined = models.BooleanField(default=False)  # of a firm that goes on as this one

    class Meta:
        ordering = ("path", "is_joined", "pk")
        verbose_name_plural = "path people"
        constraints = (
            models.UniqueConstraint(
                fields=("path", "supplier"),
                condition=Q(is_joined=False),
                name="one_person_a_supplier_of_a_path",
                violation_error_message=_("Your person is tied to this path already."),
            ),
            models.UniqueConstraint(
                fields=("candidate",),
                name="one_path_a_candidate",
                violation_error_message=_("This person walks another shared path already."),
            ),
            models.CheckConstraint(
                condition=Q(code_hash__isnull=True, code_until__isnull=True)
                | Q(code_hash__isnull=False, code_until__isnull=False),
                name="path_code_has_a_last_moment",
                violation_error_message=_("A code holds until a moment."),
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)[:8]


def hash_of(code: str) -> bytes:
    """Hash a one-time code, however it was typed: it is told by telephone."""
    letters = "".join(each for each in code.upper() if each.isalnum())
    return hashlib.sha256(f"{letters[:4]}-{letters[4:]}".encode()).digest()
