"""The ledger, the one idea to understand: everything said about fulfilment is a sum over it."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.obligation import LedgerUnit
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Authority
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Account(models.TextChoices):
    OBLIGATION = "obligation", _("obligation")
    WAIVED = "waived", _("waived")
    PLANNED = "planned", _("planned")
    SUBMITTED = "submitted", _("submitted")
    VERIFIED = "verified", _("verified")
    UNCHECKED = "unchecked", _("not checked in time")
    CARRIED = "carried", _("carried over")
    MALUS = "malus", _("malus")


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    def of_source(self, source_uuid: Any) -> "LedgerEntryQuerySet":
        return self.filter(source_uuid=source_uuid)

    def as_known_at(self, position: int) -> "LedgerEntryQuerySet":
        """As it stood at a ledger position: never changes any more (E12, N18)."""
        return self.filter(pk__lte=position)

    def known_on(self, day_end: dt.datetime) -> "LedgerEntryQuerySet":
        return self.filter(posted_at__lt=day_end)


class LedgerEntry(models.Model):
    """A signed quantity on an account of a contract, for a month; never updated or deleted.

    Euros are whole cents; a month of full-time work is 0.0833 of a year.
    """

    APPEND_ONLY = True
    GUARD = Guard.ACCOUNT
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="entries", db_index=False)
    account = models.CharField(max_length=10, choices=Account)
    quantity = models.DecimalField(max_digits=17, decimal_places=4)
    unit = models.CharField(max_length=8, choices=LedgerUnit)
    goal = models.UUIDField(null=True)
    month = models.DateField()
    source_kind = models.CharField(max_length=40)
    source_uuid = models.UUIDField()
    posting_no = models.PositiveIntegerField()
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False
    )

    objects: ClassVar[Any] = LedgerEntryQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "ledger entries"
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "source_uuid",
                    "posting_no",
                    "account",
                    "unit",
                    "month",
                    "contract",
                    "goal",
                ),
                nulls_distinct=False,
                name="one_entry_a_posting",
                violation_error_message=_("This was posted before."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="entry_month_is_first_day",
                violation_error_message=_("An entry belongs to the first day of a month."),
            ),
            models.CheckConstraint(
                condition=~Q(unit=LedgerUnit.EURO) | Q(quantity=Round(F("quantity"), precision=2)),
                name="euros_are_whole_cents",
                violation_error_message=_("An amount in euros has whole cents."),
            ),
            models.CheckConstraint(
                condition=~Q(quantity=0),
                name="entry_is_not_zero",
                violation_error_message=_("An entry of zero says nothing."),
            ),
        )
        indexes = (
            models.Index(
                fields=("contract",),
                include=("account", "unit", "quantity", "month"),
                name="entries_of_a_contract",
            ),
            models.Index(
                fields=("contract", "unit", "goal"),
                include=("account", "quantity"),
                condition=~Q(unit=LedgerUnit.EURO),
                name="entries_in_other_units",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} {self.account} {self.quantity} {self.unit}"


class Signal(models.TextChoices):
    """What a contract manager does next; the first signal proposes a conversation."""

    NONE = "none", _("no signal")
    ON_COURSE = "on_course", _("on course")
    TALK = "talk", _("talk")
    ACT = "act", _("act")
    REACHED = "reached", _("reached")


class FulfilmentQuerySet(models.QuerySet["Fulfilment"]):
    def stale(self) -> "FulfilmentQuerySet":
        return self.filter(stale_since__isnull=False)


class Fulfilment(models.Model):
    """The sum of one contract's ledger in euros, kept for speed; `check_ledger` proves it."""

    GUARD = Guard.ALL_PARTIES
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.OneToOneField(
        Contract, models.PROTECT, related_name="fulfilment", primary_key=True
    )
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", db_index=False)
    obligation_eur = MoneyField(default=0)
    original_eur = MoneyField(default=0)  # the first version of the obligation
    waived_eur = MoneyField(default=0)
    planned_eur = MoneyField(default=0)
    submitted_eur = MoneyField(default=0)
    verified_eur = MoneyField(default=0)
    unchecked_eur = MoneyField(default=0)
    carried_eur = MoneyField(default=0)
    malus_eur = MoneyField(default=0)
    owed_eur = MoneyField(default=0)  # obligation - waived
    done_eur = MoneyField(default=0)  # verified + carried (+ unchecked where it counts)
    percentage = models.DecimalField(max_digits=9, decimal_places=1, null=True)
    expected_eur = MoneyField(default=0)  # to date, linear over the contract's days
    forecast_low_eur = MoneyField(default=0)  # done + submitted
    forecast_high_eur = MoneyField(default=0)  # low + planned that is still open
    own_unit = models.CharField(max_length=8, choices=LedgerUnit, blank=True)  # when not euros
    own_owed = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    own_done = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    own_submitted = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    own_planned = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    signal = models.CharField(max_length=10, choices=Signal, default=Signal.NONE)
    told_signal = models.CharField(max_length=10, choices=Signal, default=Signal.NONE)  # by mail
    position = models.BigIntegerField(default=0)  # of the ledger, when this was summed
    computed_at = models.DateTimeField(null=True)
    stale_since = models.DateTimeField(null=True)

    objects: ClassVar[Any] = FulfilmentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=("stale_since",),
                condition=Q(stale_since__isnull=False),
                name="stale_fulfilment",
            ),
            models.Index(fields=("authority", "signal"), name="signals_of_an_authority"),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.percentage}"
