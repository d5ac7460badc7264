"""Pilots (proeftuinen): a question that is tried out in real tenders and contracts."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract, Tender
from sroi_portal.core.models import Authority, Recorded, RoleName, User
from suppliers.models import Supplier

PILOT_ROLES = (RoleName.OFFICER, RoleName.MANAGER, RoleName.COORDINATOR)


class PilotStatus(models.TextChoices):
    """The phase of a pilot."""

    IDEA = "idea", _("idea")
    PREPARING = "preparing", _("in preparation")
    RUNNING = "running", _("running")
    CLOSING = "closing", _("being rounded off")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")


GOING_ON = (PilotStatus.PREPARING, PilotStatus.RUNNING, PilotStatus.CLOSING)
ENDED = (PilotStatus.FINISHED, PilotStatus.STOPPED)


class PilotQuerySet(models.QuerySet["Pilot"]):
    def visible_to(self, user: User) -> "PilotQuerySet":
        """Everybody reads what was shared; an idea, advisers and the authority itself (R-320)."""
        if user.has_role(RoleName.ADVISER):
            return self.all()
        own = Q(authority_id__in=user.authorities_with(*PILOT_ROLES))
        return self.filter(own | Q(shared_at__isnull=False))

    def shared(self) -> "PilotQuerySet":
        return self.filter(shared_at__isnull=False)


class Pilot(Recorded):
    """One pilot, from the idea to what came of it."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        PilotStatus.IDEA: frozenset({PilotStatus.PREPARING, PilotStatus.STOPPED}),
        PilotStatus.PREPARING: frozenset({PilotStatus.RUNNING, PilotStatus.STOPPED}),
        PilotStatus.RUNNING: frozenset({PilotStatus.CLOSING, PilotStatus.STOPPED}),
        PilotStatus.CLOSING: frozenset({PilotStatus.FINISHED, PilotStatus.RUNNING}),
    }

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("contracting authority"), related_name="pilots"
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        related_name="pilots",
        null=True,
        blank=True,
    )
    status = models.CharField(
        _("phase"), max_length=10, choices=PilotStatus, default=PilotStatus.IDEA
    )
    title = models.CharField(_("title"), max_length=160)
    question = models.TextField(_("question"), max_length=1000)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    tried = models.TextField(_("what was tried"), max_length=4000, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=4000, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True)  # when it was an idea no longer

    objects: ClassVar[Any] = PilotQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        verbose_name = _("pilot")
        constraints = (
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="pilot_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("idea", "preparing", "stopped"))
                | Q(starts_on__isnull=False, ends_on__isnull=False),
                name="running_pilot_has_days",
                violation_error_message=_("A pilot that runs has a first and a last day."),
            ),
            models.CheckConstraint(
                condition=~Q(status="finished") | ~Q(outcome=""),
                name="finished_pilot_has_outcome",
                violation_error_message=_("Write down what came of it before it is finished."),
            ),
            models.CheckConstraint(
                condition=Q(status="idea", shared_at__isnull=True)
                | Q(status="stopped")
                | Q(shared_at__isnull=False) & ~Q(status="idea"),
                name="idea_is_not_shared",
                violation_error_message=_("A pilot is shared when it is an idea no longer."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("network:pilot-detail", args=[self.pk])


class PilotPartner(Recorded):
    """Who takes part: a supplier, another authority, or somebody from outside by name."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="partners")
    supplier = models.ForeignKey(
        Supplier,
        models.PROTECT,
        verbose_name=_("supplier"),
        related_name="+",
        null=True,
        blank=True,
    )
    authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        verbose_name=_("contracting authority"),
        related_name="+",
        null=True,
        blank=True,
    )
    organisation = models.CharField(_("another organisation"), max_length=160, blank=True)
    part = models.CharField(_("what it does in the pilot"), max_length=200, blank=True)

    class Meta:
        ordering = ("pilot", "pk")
        verbose_name = _("partner of a pilot")
        constraints = (
            models.CheckConstraint(
                condition=Q(supplier__isnull=False, authority__isnull=True, organisation="")
                | Q(supplier__isnull=True, authority__isnull=False, organisation="")
                | Q(supplier__isnull=True, authority__isnull=True) & ~Q(organisation=""),
                name="pilot_partner_is_one_party",
                violation_error_message=_(
                    "Choose a supplier or an authority, or write the name of an organisation: "
                    "one of the three."
                ),
            ),
            models.UniqueConstraint(
                fields=("pilot", "supplier", "authority", "organisation"),
                nulls_distinct=False,
                name="one_pilot_partner_once",
                violation_error_message=_("This partner takes part already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.supplier or self.authority or self.organisation)


class PilotPlace(Recorded):
    """A tender or a contract on which the pilot runs; who may see it sees its title."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="places")
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="pilot_places", null=True, blank=True
    )
    tender = models.ForeignKey(
        Tender, models.PROTECT, related_name="pilot_places", null=True, blank=True
    )

    class Meta:
        ordering = ("pilot", "pk")
        verbose_name = _("tender or contract of a pilot")
        constraints = (
            models.CheckConstraint(
                condition=Q(contract__isnull=False, tender__isnull=True)
                | Q(contract__isnull=True, tender__isnull=False),
                name="pilot_runs_on_tender_or_contract",
                violation_error_message=_("Choose a tender or a contract."),
            ),
            models.UniqueConstraint(
                fields=("pilot", "contract", "tender"),
                nulls_distinct=False,
                name="one_pilot_place_once",
                violation_error_message=_("The pilot runs on this one already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.pilot_id}: {self.contract_id or self.tender_id}"
