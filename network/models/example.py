"""Good examples: what was asked, done and reached, what it took and whom to ask."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract, LineKind, TargetGroup, Tender
from network import searching
from network.models.pilot import Pilot
from sroi_portal.core.models import Recorded, RoleName, User

DIVISION = RegexValidator(r"^\d{2}$", _("The first two digits of a CPV code, such as 90."))


class ExampleStatus(models.TextChoices):
    PROPOSED = "proposed", _("waits for an adviser")
    RETURNED = "returned", _("back with a question")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ExampleQuerySet(models.QuerySet["GoodExample"]):
    def visible_to(self, user: User) -> "ExampleQuerySet":
        """Show what is published to all; the rest to who wrote it and to advisers."""
        if user.has_role(RoleName.ADVISER):
            return self.all()
        return self.filter(Q(status=ExampleStatus.PUBLISHED) | Q(proposed_by=user))

    def published(self) -> "ExampleQuerySet":
        return self.filter(status=ExampleStatus.PUBLISHED)

    def to_review_by(self, user: User) -> "ExampleQuerySet":
        """Keep what somebody else proposed, the longest waiting first."""
        waiting = self.filter(status=ExampleStatus.PROPOSED).exclude(proposed_by=user)
        return waiting.order_by("proposed_at", "pk")


class GoodExample(Recorded):
    """One example; who proposes it is not who publishes it (R-330)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ExampleStatus.PROPOSED: frozenset(
            {ExampleStatus.RETURNED, ExampleStatus.PUBLISHED, ExampleStatus.WITHDRAWN}
        ),
        ExampleStatus.RETURNED: frozenset({ExampleStatus.PROPOSED, ExampleStatus.WITHDRAWN}),
        ExampleStatus.PUBLISHED: frozenset({ExampleStatus.WITHDRAWN}),
        ExampleStatus.WITHDRAWN: frozenset({ExampleStatus.PROPOSED}),
    }

    status = models.CharField(
        _("status"), max_length=10, choices=ExampleStatus, default=ExampleStatus.PROPOSED
    )
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in short"), max_length=400)
    question = models.TextField(_("what was the question?"), max_length=3000)
    done = models.TextField(_("what was done?"), max_length=5000)
    outcome = models.TextField(_("what came out of it?"), max_length=5000)
    took_time = models.CharField(_("time"), max_length=200, blank=True)
    took_money = models.CharField(_("money"), max_length=200, blank=True)
    took_people = models.CharField(_("people"), max_length=200, blank=True)
    helped = models.CharField(_("whom it helped, in words"), max_length=200)
    groups = models.ManyToManyField(
        TargetGroup, verbose_name=_("target groups"), related_name="+", blank=True
    )
    kind = models.CharField(_("kind of contribution"), max_length=12, choices=LineKind, blank=True)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        related_name="examples",
        null=True,
        blank=True,
    )
    cpv_division = models.CharField(
        _("division of the CPV"), max_length=2, blank=True, validators=[DIVISION]
    )
    year = models.PositiveSmallIntegerField(_("year"))
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="examples", null=True, blank=True
    )
    tender = models.ForeignKey(
        Tender, models.PROTECT, related_name="examples", null=True, blank=True
    )
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="examples", null=True, blank=True)
    ask_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    ask_mailbox = models.EmailField(_("shared mailbox"), blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()  # the last time
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    search = searching.vector(
        ("title", "A"),
        ("summary", "B"),
        ("helped", "B"),
        ("question", "C"),
        ("done", "C"),
        ("outcome", "C"),
    )

    objects: ClassVar[Any] = ExampleQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = (GinIndex(fields=("search",), name="search_of_examples"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="example_published_by_iff_published_at",
                violation_error_message=_("A published example says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="published_example_was_published",
                violation_error_message=_("A published example says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("proposed_by")),
                name="example_four_eyes",
                violation_error_message=_("Who proposed an example does not publish it."),
            ),
            models.CheckConstraint(
                condition=Q(ask_person__isnull=False, ask_mailbox="")
                | (Q(ask_person__isnull=True) & ~Q(ask_mailbox="")),
                name="example_says_whom_to_ask",
                violation_error_message=_("Say whom one can ask: a colleague or a shared mailbox."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)),
                name="example_is_of_a_possible_year",
                violation_error_message=_("Choose a year from 2000."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("network:example-detail", args=[self.pk])

    @property
    def took(self) -> list[str]:
        """What it took of time, money and people, as far as that was said."""
        return [each for each in (self.took_time, self.took_money, self.took_people) if each]

    @property
    def is_published(self) -> bool:
        return self.status == ExampleStatus.PUBLISHED
