"""What a supplier stated of a period: that its figures are complete, or that there are none."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from sroi_portal.core.models import Authority, Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import MembershipRole, Supplier


class StatementStatus(models.TextChoices):
    SIGNED = "signed", _("signed")
    REPLACED = "replaced", _("replaced by a new version")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PeriodStatementQuerySet(models.QuerySet["PeriodStatement"]):
    def standing(self) -> "PeriodStatementQuerySet":
        return self.filter(status=StatementStatus.SIGNED)


class PeriodStatement(Recorded):
    """A period of a contract, signed by somebody of the supplier (R-240).

    The figures stand in `PeriodFigures`, for who may see single contributions: a period may hold
    only one.
    """

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("signer_name",)
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        StatementStatus.SIGNED: frozenset({StatementStatus.REPLACED, StatementStatus.WITHDRAWN}),
    }

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="statements")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"), max_length=10, choices=StatementStatus, default=StatementStatus.SIGNED
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    due_on = models.DateField(_("at the latest on"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    is_nil = models.BooleanField(_("nothing to report"), default=False)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("signed at"))
    signer_name = models.CharField(_("name"), max_length=120)
    signer_role = models.CharField(_("role"), max_length=16, choices=MembershipRole)
    sha256 = models.BinaryField(max_length=32)  # of the figures stated

    objects: ClassVar[Any] = PeriodStatementQuerySet.as_manager()

    class Meta:
        ordering = ("contract", "-starts_on", "-version")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="statement_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("ends_on")),
                name="statement_is_due_after_its_period",
                violation_error_message=_("A period is stated once it is over."),
            ),
            models.CheckConstraint(
                condition=~Q(signer_name=""),
                name="statement_has_a_signer",
                violation_error_message=_("A statement says who signed it."),
            ),
            models.UniqueConstraint(
                fields=("contract", "starts_on", "version"),
                name="one_statement_a_version",
                violation_error_message=_("This version was signed already."),
            ),
            ExclusionConstraint(
                name="standing_statements_never_overlap",
                expressions=[
                    (F("contract"), RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(status="signed"),
                violation_error_message=_("This period was signed already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} {self.starts_on} v{self.version}"

    @property
    def is_late(self) -> bool:
        return timezone.localdate(self.signed_at) > self.due_on


class PeriodFigures(models.Model):
    """The figures that a statement is about, as they were on the moment of signing."""

    GUARD = Guard.CHECKING_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("facts",)

    statement = models.OneToOneField(PeriodStatement, models.PROTECT, related_name="figures")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    facts = models.JSONField()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "period figures"

    def __str__(self) -> str:
        return str(self.statement_id)
