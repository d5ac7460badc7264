"""People of the network who choose to be found, and what others ask them (S09)."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Category
from sroi_portal.core.models import Authority, Recorded, RoleAssignment, User
from sroi_portal.core.rights import Guard
from suppliers.models import Membership, Supplier

ASKED_KEPT = dt.timedelta(days=365)  # then a question to a person and its answer go


class ProfessionalKind(models.TextChoices):
    PROCUREMENT = "procurement", _("procurement")
    MANAGER = "manager", _("contract management")
    HR = "hr", _("human resources")
    POLICY = "policy", _("policy")
    ADVICE = "advice", _("advice on social return")
    SUPPLIER = "supplier", _("at a supplier")
    ENTERPRISE = "enterprise", _("at a social enterprise")


class HelpSubject(models.TextChoices):
    MARKET = "market", _("talking with the market early")
    RESERVED = "reserved", _("reserving a contract (article 2.82)")
    CLAUSES = "clauses", _("clauses and requirements")
    PLANS = "plans", _("tailored plans and goals")
    COUNTING = "counting", _("what counts, and for how much")
    JOBS = "jobs", _("the banenafspraak")
    GUIDING = "guiding", _("guiding people at work")
    PARTNERS = "partners", _("working with social enterprises")
    PILOTS = "pilots", _("setting up a pilot")
    PROOF = "proof", _("evidence and checking")
    FIGURES = "figures", _("figures and reports")


class SpokenLanguage(models.TextChoices):
    NL = "nl", _("Dutch")
    EN = "en", _("English")
    DE = "de", _("German")
    FR = "fr", _("French")
    AR = "ar", _("Arabic")
    TR = "tr", _("Turkish")
    UK = "uk", _("Ukrainian")
    PL = "pl", _("Polish")
    TI = "ti", _("Tigrinya")
    NGT = "ngt", _("Dutch Sign Language")


class ProfessionalQuerySet(models.QuerySet["Professional"]):
    def shown(self) -> "ProfessionalQuerySet":
        """Keep whose account is open and who still belongs to that organisation (R-411)."""
        of_authority = RoleAssignment.objects.held().filter(
            user=OuterRef("user"), authority=OuterRef("authority")
        )
        of_supplier = Membership.objects.held().filter(
            user=OuterRef("user"), supplier=OuterRef("supplier")
        )
        return self.filter(Exists(of_authority) | Exists(of_supplier), user__is_active=True)

    def visible_to(self, user: User) -> "ProfessionalQuerySet":
        return self.shown() if user.roles or user.supplier_ids else self.filter(user=user)

    def matching(self, words: str) -> "ProfessionalQuerySet":
        """Keep who has each word in the name, the role, the organisation or the own words."""
        fields = ("user__name", "job", "about", "authority__name", "supplier__name")
        found = self
        for word in words.split():
            anywhere = Q()
            for field in fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            found = found.filter(anywhere)
        return found


class Professional(Recorded):
    """The page of a person who chose to have one; taken away, nothing of it stays (R-410)."""

    PERSONAL: ClassVar[tuple[str, ...]] = (
        *("user", "kind", "job", "authority", "supplier", "about", "subjects", "categories"),
        *("regions", "languages"),
    )

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="professional"
    )
    kind = models.CharField(_("field of work"), max_length=11, choices=ProfessionalKind)
    job = models.CharField(_("your role, in your own words"), max_length=120)
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="+", null=True, blank=True
    )
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", null=True, blank=True)
    about = models.TextField(_("what you can help with"), max_length=1500)
    subjects = ArrayField(
        models.CharField(max_length=10, choices=HelpSubject), verbose_name=_("subjects")
    )
    categories = models.ManyToManyField(
        Category, verbose_name=_("categories"), related_name="+", blank=True
    )
    regions = ArrayField(
        models.CharField(max_length=4), verbose_name=_("provinces"), default=list, blank=True
    )  # none: the whole country
    languages = ArrayField(
        models.CharField(max_length=3, choices=SpokenLanguage), verbose_name=_("languages")
    )
    takes_questions = models.BooleanField(_("others may ask me something"), default=True)
    shows_shared = models.BooleanField(_("show what I shared"), default=True)
    kept_at = models.DateTimeField()

    objects: ClassVar[Any] = ProfessionalQuerySet.as_manager()

    class Meta:
        ordering = ("user__name", "pk")
        verbose_name = _("page of a person")
        constraints = (
            models.CheckConstraint(
                condition=Q(authority__isnull=False, supplier__isnull=True)
                | Q(authority__isnull=True, supplier__isnull=False),
                name="professional_is_of_one_organisation",
                violation_error_message=_("Choose one organisation for which you work."),
            ),
        )

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("network:professional-detail", args=[self.pk])

    @property
    def organisation(self) -> str:
        return str(self.authority or self.supplier)

    @property
    def subject_labels(self) -> list[str]:
        return [str(HelpSubject(each).label) for each in self.subjects]

    @property
    def language_labels(self) -> list[str]:
        return [str(SpokenLanguage(each).label) for each in self.languages]


class PersonQuestionStatus(models.TextChoices):
    ASKED = "asked", _("waits for an answer")
    ANSWERED = "answered", _("answered")


class PersonQuestionQuerySet(models.QuerySet["PersonQuestion"]):
    def visible_to(self, user: User) -> "PersonQuestionQuerySet":
        return self.filter(Q(asked_by=user) | Q(asked_of=user))

    def waiting_for(self, user: User) -> "PersonQuestionQuerySet":
        waiting = self.filter(asked_of=user, status=PersonQuestionStatus.ASKED)
        return waiting.order_by("asked_at", "pk")


class PersonQuestion(Recorded):
    """A question from one person to another; the words are sealed beside its events (R-412)."""

    GUARD = Guard.BETWEEN_TWO
    PERSONAL: ClassVar[tuple[str, ...]] = ("asked_by", "asked_of")
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        PersonQuestionStatus.ASKED: frozenset({PersonQuestionStatus.ANSWERED}),
    }

    status = models.CharField(
        _("status"),
        max_length=8,
        choices=PersonQuestionStatus,
        default=PersonQuestionStatus.ASKED,
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = PersonQuestionQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("question to a person")
        constraints = (
            models.CheckConstraint(
                condition=Q(status="answered", answered_at__isnull=False)
                | Q(status="asked", answered_at__isnull=True),
                name="person_question_answered_iff_answered_at",
                violation_error_message=_("An answered question says when."),
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("asked_of")),
                name="person_question_is_between_two",
                violation_error_message=_("You cannot ask yourself."),
            ),
            models.UniqueConstraint(
                fields=("asked_by", "asked_of"),
                condition=Q(status="asked"),
                name="one_open_question_between_two",
                violation_error_message=_(
                    "You asked this person something already. Wait for the answer first."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.asked_by_id} {self.asked_of_id}"

    def get_absolute_url(self) -> str:
        return reverse("network:person-question-detail", args=[self.pk])
