"""A partner says whether an amount is right, by a link that works once (D08, N15)."""

import datetime as dt
import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from candidates.models.contribution import Contribution
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class ConfirmationStatus(models.TextChoices):
    ASKED = "asked", _("waiting for the partner")
    CONFIRMED = "confirmed", _("confirmed by the partner")
    DENIED = "denied", _("the partner says it is not right")
    REPLACED = "replaced", _("asked anew, or changed meanwhile")


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def visible_to(self, user: User) -> "ConfirmationQuerySet":
        checked = Q(authority_ids__overlap=list(user.sees_contributions_of))
        return self.filter(Q(supplier_id__in=user.supplier_ids) | checked)

    def with_token(self, token: str) -> "ConfirmationQuerySet":
        return self.filter(token_hash=hashlib.sha256(token.encode()).digest())

    def open_at(self, at: dt.datetime) -> "ConfirmationQuerySet":
        return self.filter(status=ConfirmationStatus.ASKED, expires_at__gt=at)

    def standing(self) -> "ConfirmationQuerySet":
        """Keep the one of each contribution that counts."""
        return self.exclude(status=ConfirmationStatus.REPLACED)


class Confirmation(Recorded):
    """What a partner was asked to confirm: the facts as they were then, and the answer."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    LINK_GUARD = Guard.LINK
    PERSONAL: ClassVar[tuple[str, ...]] = ("email",)
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ConfirmationStatus.ASKED: frozenset(
            {
                ConfirmationStatus.CONFIRMED,
                ConfirmationStatus.DENIED,
                ConfirmationStatus.REPLACED,
            }
        ),
        ConfirmationStatus.CONFIRMED: frozenset({ConfirmationStatus.REPLACED}),
        ConfirmationStatus.DENIED: frozenset({ConfirmationStatus.REPLACED}),
    }

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="confirmations")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    partner_label = models.CharField(max_length=200)
    supplier_label = models.CharField(max_length=200)
    invoice_number = models.CharField(max_length=60)
    invoiced_on = models.DateField()
    amount_eur = MoneyField()  # without VAT
    email = models.EmailField(_("e-mail address of the partner"), max_length=254)
    token_hash = models.BinaryField(max_length=32, unique=True)
    status = models.CharField(
        _("status"), max_length=10, choices=ConfirmationStatus, default=ConfirmationStatus.ASKED
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("contribution",),
                condition=~Q(status="replaced"),
                name="one_confirmation_a_contribution",
                violation_error_message=_("The partner was asked already."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("confirmed", "denied")) | Q(answered_at__isnull=False),
                name="answered_confirmation_says_when",
                violation_error_message=_("An answer says when it was given."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.partner_label} {self.get_status_display()}"
