"""Who works on a contract beside its supplier: subcontractors and social enterprises (S16)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class PartnerKind(models.TextChoices):
    SUBCONTRACTOR = "subcontractor", _("subcontractor")
    SOCIAL_ENTERPRISE = "social", _("social enterprise")
    WORKSHOP = "workshop", _("sheltered workshop")


class SubcontractStatus(models.TextChoices):
    """The client consents to a subcontractor (R-260)."""

    PROPOSED = "proposed", _("waiting for consent")
    AGREED = "agreed", _("works with you")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended")


class SubcontractQuerySet(models.QuerySet["Subcontract"]):
    def standing(self) -> "SubcontractQuerySet":
        return self.filter(status__in=(SubcontractStatus.PROPOSED, SubcontractStatus.AGREED))

    def of_people(self, user: User) -> "SubcontractQuerySet":
        """Keep those by which the person's own firm works on a contract of another one."""
        return self.filter(supplier_id__in=user.supplier_ids, status=SubcontractStatus.AGREED)


class Subcontract(Recorded):
    """A partner that works on a contract of somebody else, and reports its own work there."""

    GUARD = Guard.BY_CONTRACT_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        SubcontractStatus.PROPOSED: frozenset(
            {SubcontractStatus.AGREED, SubcontractStatus.REFUSED, SubcontractStatus.ENDED}
        ),
        SubcontractStatus.AGREED: frozenset({SubcontractStatus.ENDED}),
    }

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="subcontracts")
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, verbose_name=_("partner"), related_name="subcontracts"
    )
    kind = models.CharField(_("kind of partner"), max_length=16, choices=PartnerKind)
    work = models.CharField(_("what the partner does"), max_length=200)
    expected_eur = MoneyField(_("expected amount without VAT"), null=True, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day, if known"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=SubcontractStatus, default=SubcontractStatus.PROPOSED
    )
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SubcontractQuerySet.as_manager()

    class Meta:
        ordering = ("contract", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "supplier"),
                condition=Q(status__in=("proposed", "agreed")),
                name="one_subcontract_a_partner",
                violation_error_message=_("This partner is named on this contract already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="subcontract_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "ended"))
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_subcontract_says_by_whom",
                violation_error_message=_("Consent says by whom and when."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("named_by")),
                name="subcontract_four_eyes",
                violation_error_message=_("Somebody else than who named the partner decides."),
            ),
            models.CheckConstraint(
                condition=Q(expected_eur__isnull=True) | Q(expected_eur__gte=0),
                name="expected_of_partner_not_negative",
                violation_error_message=_("The expected amount cannot be below zero."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier}: {self.work}"
