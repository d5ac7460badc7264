"""A tailored contribution: proposed by the supplier, valued by agreement with the authority."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Block, Contract
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Authority, Recorded, RoleName, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier

AGREEING_ROLES = (RoleName.COORDINATOR, RoleName.MANAGER, RoleName.ADVISER)


class AgreementStatus(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("not agreed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> "AgreementQuerySet":
        """Keep the supplier's own, and those of an authority for which one may agree."""
        asked = Q(authority_id__in=user.authorities_with(*AGREEING_ROLES))
        return self.filter(Q(supplier_id__in=user.supplier_ids) | asked)

    def waiting_first(self) -> "AgreementQuerySet":
        """Put what waits for an answer first, then the newest."""
        waits = Case(When(status=AgreementStatus.PROPOSED, then=0), default=1)
        return self.order_by(waits, "-proposed_at", "-pk")

    def to_claim_on(self, contract: Contract) -> "AgreementQuerySet":
        """Keep what was agreed for a contract and not claimed yet."""
        agreed = self.filter(contract=contract, status=AgreementStatus.AGREED)
        return agreed.exclude(contributions__is_live=True)


class Agreement(Recorded):
    """What something counts for that no row has a price for; both sides recorded (B04)."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        AgreementStatus.PROPOSED: frozenset(
            {AgreementStatus.AGREED, AgreementStatus.DECLINED, AgreementStatus.WITHDRAWN}
        ),
        AgreementStatus.AGREED: frozenset({AgreementStatus.WITHDRAWN}),
    }

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="agreements")
    block = models.ForeignKey(
        Block, models.PROTECT, verbose_name=_("row of the value table"), related_name="+"
    )
    title = models.CharField(_("what it is"), max_length=120)
    value_eur = MoneyField(_("what it counts for"))
    status = models.CharField(
        _("status"), max_length=10, choices=AgreementStatus, default=AgreementStatus.PROPOSED
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    agreed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ("-proposed_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("proposed_by")),
                name="agreement_four_eyes",
                violation_error_message=_("Somebody else than the proposer agrees."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="agreed_by_iff_agreed_at",
                violation_error_message=_("What is agreed says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(status="agreed") | Q(agreed_at__isnull=False),
                name="agreed_status_has_agreed_at",
                violation_error_message=_("What is agreed says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(value_eur__gt=0),
                name="agreement_has_a_value",
                violation_error_message=_("Say what it counts for: more than nothing."),
            ),
        )
        indexes = (
            models.Index(
                fields=("authority", "proposed_at", "id"),
                condition=Q(status="proposed"),
                name="agreements_to_answer",
            ),
            models.Index(fields=("contract", "status", "-id"), name="agreements_of_a_contract"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("candidates:agreement-detail", args=[self.pk])
