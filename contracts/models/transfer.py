"""A contract goes to another authority: asked by one, accepted by the other (R-254)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from sroi_portal.core.models import Authority, Recorded, RoleName, User
from sroi_portal.core.rights import Guard

DECIDING_ROLES = (RoleName.OFFICER, RoleName.MANAGER, RoleName.AUDITOR)


class TransferStatus(models.TextChoices):
    ASKED = "asked", _("waiting for the receiving authority")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: User) -> "TransferQuerySet":
        """Those that one's authority gives or receives."""
        mine = user.authorities_with(*DECIDING_ROLES)
        return self.filter(Q(authority_id__in=mine) | Q(receiver_id__in=mine))

    def to_answer_by(self, user: User) -> "TransferQuerySet":
        receiving = user.authorities_with(RoleName.OFFICER)
        return self.filter(status=TransferStatus.ASKED, receiver_id__in=receiving)


class Transfer(Recorded):
    """What the receiver reads of the contract before it may see it stands here."""

    GUARD = Guard.AUTHORITY_OR_RECEIVER
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        TransferStatus.ASKED: frozenset(
            {TransferStatus.ACCEPTED, TransferStatus.REFUSED, TransferStatus.WITHDRAWN}
        ),
    }

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="transfers")
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("from"), related_name="given_contracts"
    )  # stays who gave it
    receiver = models.ForeignKey(
        Authority,
        models.PROTECT,
        verbose_name=_("receiving authority"),
        related_name="received_contracts",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=TransferStatus, default=TransferStatus.ASKED
    )
    title = models.CharField(max_length=400)
    reference = models.CharField(max_length=80, blank=True)
    supplier_name = models.CharField(max_length=200)
    moves_on = models.DateField(_("day of the move"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = TransferQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(receiver=F("authority")),
                name="transfer_is_to_another_authority",
                violation_error_message=_("Choose another authority than the present one."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="transfer_four_eyes",
                violation_error_message=_("Somebody else than who asked for it decides."),
            ),
            models.CheckConstraint(
                condition=Q(status="asked", decided_at__isnull=True, decided_by__isnull=True)
                | Q(status="withdrawn", decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    status__in=("accepted", "refused"),
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="transfer_decided_iff_decided_at",
                violation_error_message=_("A decision says when and by whom."),
            ),
            models.UniqueConstraint(
                fields=("contract",),
                condition=Q(status="asked"),
                name="one_transfer_at_a_time",
                violation_error_message=_("Another authority was asked already."),
            ),
        )

    def __str__(self) -> str:
        return self.title
