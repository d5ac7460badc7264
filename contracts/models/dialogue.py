"""Talks about a tender, as early as possible, and what was concluded from them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.tender import TENDER_ROLES, Lot, Tender
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class DialogueKind(models.TextChoices):
    CONSULTATION = "consultation", _("market consultation")
    SUPPLIERS = "suppliers", _("talk with suppliers")
    SOCIAL = "social", _("talk with social enterprises")
    TEAM = "team", _("talk with HR and the advice team")


class DialogueStatus(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    WITHDRAWN = "withdrawn", _("taken back")


class Choice(models.TextChoices):
    """What in the tender follows from a conclusion."""

    NONE = "none", _("nothing in the tender")
    PERCENTAGE = "percentage", _("the percentage that is asked")
    GOALS = "goals", _("goals instead of a percentage")
    RESERVED = "reserved", _("the whole is reserved (article 2.82)")
    LOT = "lot", _("a lot is reserved (article 2.82)")
    CLAUSE = "clause", _("a clause")
    PARTNERSHIP = "partnership", _("partnerships with social enterprises")
    CRITERION = "criterion", _("an award criterion")


class DialogueQuerySet(models.QuerySet["Dialogue"]):
    def visible_to(self, user: User) -> "DialogueQuerySet":
        """Whoever sees the tender; what was said is not for suppliers (R-361)."""
        return self.filter(authority_id__in=user.authorities_with(*TENDER_ROLES))


class Dialogue(Recorded):
    """One talk: planned, held, or taken back."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        DialogueStatus.PLANNED: frozenset({DialogueStatus.HELD, DialogueStatus.WITHDRAWN}),
        DialogueStatus.HELD: frozenset({DialogueStatus.WITHDRAWN}),
    }

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="dialogues")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=DialogueStatus)
    kind = models.CharField(_("kind of talk"), max_length=12, choices=DialogueKind)
    topic = models.CharField(_("what it is about"), max_length=200)
    held_on = models.DateField(_("day"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    said = models.TextField(_("what was said"), max_length=8000, blank=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    summed_up_at = models.DateTimeField(null=True, blank=True)
    summed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = DialogueQuerySet.as_manager()

    class Meta:
        ordering = ("tender", "held_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="held") | ~Q(said=""),
                name="held_talk_says_something",
                violation_error_message=_("Write down what was said."),
            ),
            models.CheckConstraint(
                condition=Q(invited_at__isnull=True, invited_by__isnull=True)
                | Q(invited_at__isnull=False, invited_by__isnull=False),
                name="invited_by_iff_invited_at",
                violation_error_message=_("An invitation that was sent says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(summed_up_at__isnull=True, summed_up_by__isnull=True)
                | Q(summed_up_at__isnull=False, summed_up_by__isnull=False),
                name="summed_up_by_iff_summed_up_at",
                violation_error_message=_("A summary that was sent says when and by whom."),
            ),
        )

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("contracts:dialogue-detail", args=[self.pk])


class DialogueParty(models.Model):
    """An organisation that took part, and the functions of who spoke for it; no names of people."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="parties")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="talks", null=True, blank=True
    )
    name = models.CharField(_("organisation"), max_length=200)
    functions = models.CharField(_("functions"), max_length=200, blank=True)

    class Meta:
        ordering = ("dialogue", "position")
        verbose_name_plural = "dialogue parties"
        constraints = (
            models.UniqueConstraint(
                fields=("dialogue", "position"),
                name="one_party_a_position",
                violation_error_message=_("Two organisations stand on one place."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.functions}" if self.functions else self.name


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def visible_to(self, user: User) -> "ConclusionQuerySet":
        """Whoever sees the tender, or a contract that came from it (R-361)."""
        theirs = Q(authority_id__in=user.authorities_with(*TENDER_ROLES))
        seen = Contract.objects.visible_to(user).filter(tender__isnull=False)
        return self.filter(theirs | Q(tender_id__in=seen.values("tender_id")))

    def standing(self) -> "ConclusionQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class Conclusion(Recorded):
    """One sentence, numbered within its tender; what follows points to it (R-360, R-362)."""

    GUARD = Guard.BY_TENDER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="conclusions")
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="conclusions")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    sentence = models.CharField(_("conclusion, in one sentence"), max_length=500)
    leads_to = models.CharField(
        _("what follows from it"), max_length=12, choices=Choice, default=Choice.NONE
    )
    lot = models.ForeignKey(
        Lot, models.PROTECT, verbose_name=_("lot"), related_name="+", null=True, blank=True
    )
    choice = models.CharField(_("the choice in words"), max_length=300, blank=True)
    kind = models.CharField(max_length=12, choices=DialogueKind)  # of its talk, which others
    held_on = models.DateField()  # than officials do not see
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = ConclusionQuerySet.as_manager()

    class Meta:
        ordering = ("tender_id", "number")  # who sees no tender reads conclusions all the same
        constraints = (
            models.UniqueConstraint(
                fields=("tender", "number"),
                name="one_conclusion_a_number",
                violation_error_message=_("This tender already has a conclusion of this number."),
            ),
            models.CheckConstraint(
                condition=~Q(sentence=""),
                name="conclusion_says_something",
                violation_error_message=_("Write the conclusion down."),
            ),
            models.CheckConstraint(
                condition=~Q(leads_to="lot") | Q(lot__isnull=False),
                name="reserved_lot_is_named",
                violation_error_message=_("Say which lot is reserved."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="conclusion_withdrawn_by_iff_withdrawn_at",
                violation_error_message=_("What was taken back says when and by whom."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.sentence}"
