"""Who owes: suppliers, and the people who act for them."""

import datetime as dt
import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Recorded, User

KVK = RegexValidator(
    r"^\d{8}$", _("A KvK number has exactly eight digits, zeros in front included.")
)


class SupplierQuerySet(models.QuerySet["Supplier"]):
    def visible_to(self, user: User) -> "SupplierQuerySet":
        """Open the register to who works for an authority; others see their own."""
        return self if user.roles else self.filter(pk__in=user.supplier_ids)

    def matching(self, words: str) -> "SupplierQuerySet":
        """By KvK number (spaces and dots do not count) or by part of the name (I09)."""
        digits = "".join(character for character in words if character.isdigit())
        wanted = Q(name__icontains=words.strip())
        if digits and not any(character.isalpha() for character in words):
            wanted |= Q(kvk__startswith=digits)
        return self.filter(wanted)

    def going_on(self) -> "SupplierQuerySet":
        """Leave out who went on as another: nothing new begins with it (R-255)."""
        return self.filter(merged_into__isnull=True)


class Supplier(Recorded):
    """A contractor: known by its KvK number, so that it stands in the register once."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    name = models.CharField(_("name"), max_length=200)
    kvk = models.CharField(_("KvK number"), max_length=8, blank=True, validators=[KVK])
    other_identifier = models.CharField(_("other registration number"), max_length=60, blank=True)
    country = models.CharField(_("country"), max_length=3, default="NLD")
    size = models.CharField(_("size"), max_length=10, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("taken over by"),
        related_name="taken_over",
        null=True,
        blank=True,
    )
    merged_on = models.DateField(_("taken over on"), null=True, blank=True)
    insolvent_on = models.DateField(_("insolvent since"), null=True, blank=True)

    objects: ClassVar[Any] = SupplierQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kvk",),
                condition=~Q(kvk=""),
                name="one_supplier_a_kvk_number",
                violation_error_message=_("A supplier with this KvK number exists already."),
            ),
            models.CheckConstraint(
                condition=Q(kvk="") | Q(kvk__regex=r"^\d{8}$"),
                name="kvk_has_eight_digits",
                violation_error_message=_("A KvK number has exactly eight digits."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | Q(merged_into__isnull=False, merged_on__isnull=False),
                name="merged_into_iff_merged_on",
                violation_error_message=_("A supplier that was taken over says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("pk")),
                name="no_supplier_takes_itself_over",
                violation_error_message=_("Choose another supplier."),
            ),
        )
        indexes = (GinIndex(fields=("name",), name="supplier_name", opclasses=("gin_trgm_ops",)),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("suppliers:supplier-detail", args=[self.pk])

    def has_administrator(self) -> bool:
        """Whether somebody who can sign in administers it."""
        return bool(self.memberships.held().administering().exists())


class MembershipQuerySet(models.QuerySet["Membership"]):
    def held(self) -> "MembershipQuerySet":
        return self.filter(ended_at__isnull=True)

    def administering(self) -> "MembershipQuerySet":
        return self.filter(role=MembershipRole.ADMINISTRATOR, user__is_active=True)


class MembershipRole(models.TextChoices):
    MEMBER = "member", _("colleague")
    ADMINISTRATOR = "administrator", _("administrator")


class Membership(Recorded):
    """A person acts for a supplier, until it is ended."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=MembershipRole)
    may_enter = models.BooleanField(_("enters, changes and submits work"), default=True)
    may_sign = models.BooleanField(_("signs for the supplier"), default=True)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("supplier", "user", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "supplier"),
                condition=Q(ended_at__isnull=True),
                name="one_membership_a_supplier",
                violation_error_message=_("This person already works here for this supplier."),
            ),
            models.CheckConstraint(
                condition=~Q(role="administrator") | Q(may_enter=True, may_sign=True),
                name="administrator_enters_and_signs",
                violation_error_message=_("An administrator may do all that colleagues may do."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_ended_by_iff_ended_at",
                violation_error_message=_("A membership that ended says by whom and when."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.supplier}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_at(self, at: dt.datetime) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)

    def with_token(self, token: str) -> "InvitationQuerySet":
        return self.filter(token_hash=hashlib.sha256(token.encode()).digest())


class Invitation(Recorded):
    """Somebody is asked by mail to act for a supplier; the link is stored as a hash."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("email",)

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=16, choices=MembershipRole)
    token_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
                violation_error_message=_("A withdrawn invitation cannot be accepted."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} · {self.supplier}"


class CertificateKind(models.TextChoices):
    """What an organisation may hold that says how social it works (domain.md, section 5)."""

    PSO_ASPIRANT = "pso-aspirant", _("PSO, aspirant")
    PSO_BASIC = "pso-basic", _("PSO, basic step")
    PSO_1 = "pso-1", _("PSO, step 1")
    PSO_2 = "pso-2", _("PSO, step 2")
    PSO_3 = "pso-3", _("PSO, step 3")
    PSO_30 = "pso-30", _("PSO 30+")
    CODE_REGISTER = "code-register", _("register of the Code of Social Enterprises")
    SOCIAL_ENTERPRISE_NL = "social-enterprise-nl", _("member of Social Enterprise NL")
    SHELTERED_WORKSHOP = "sheltered-workshop", _("sheltered workshop")


ENDS_SOON, CHECKED_EVERY = dt.timedelta(days=60), dt.timedelta(days=365)
STILL_ASKED = dt.timedelta(days=365)  # after it ended; then nobody counts on it any more


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def valid_on(self, day: dt.date) -> "CertificateQuerySet":
        """Both the first and the last day of a certificate count."""
        return self.filter(valid_from__lte=day, valid_until__gte=day)

    def to_verify(self, today: dt.date) -> "CertificateQuerySet":
        """Keep what ends soon or was not looked up for a year, unless a later one is there (R-215)."""
        later = Certificate.objects.filter(
            supplier=models.OuterRef("supplier"),
            kind=models.OuterRef("kind"),
            valid_until__gt=models.OuterRef("valid_until"),
        )
        ends_soon = Q(valid_until__lte=today + ENDS_SOON)
        long_ago = Q(checked_on__lt=today - CHECKED_EVERY)
        found = self.filter(ends_soon | long_ago, valid_until__gte=today - STILL_ASKED)
        return found.exclude(models.Exists(later)).order_by("valid_until", "pk")


class Certificate(Recorded):
    """What a supplier holds, from day to day; the register it stands in is public (D15)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="certificates")
    kind = models.CharField(_("certificate"), max_length=20, choices=CertificateKind)
    number = models.CharField(_("number in the register"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    checked_on = models.DateField(_("seen in the register on"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("supplier", "-valid_until", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("valid_from")),
                name="certificate_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.UniqueConstraint(
                fields=("supplier", "kind", "valid_from"),
                name="one_certificate_a_period",
                violation_error_message=_("This certificate was recorded already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier}: {self.get_kind_display()}"


class OfferingQuerySet(models.QuerySet["Offering"]):
    def standing(self) -> "OfferingQuerySet":
        return self.filter(ended_at__isnull=True)


class Offering(Recorded):
    """What a supplier can do and where: kept by its own administrator, read by everybody inside."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="offerings")
    cpv_division = models.CharField(_("kind of work (CPV division)"), max_length=2)
    region = models.CharField(_("region (NUTS)"), max_length=5)  # NL: the whole country
    largest_eur = MoneyField(_("largest order a year"), null=True, blank=True)
    text = models.CharField(_("what you offer, in a few words"), max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = OfferingQuerySet.as_manager()

    class Meta:
        ordering = ("supplier", "cpv_division", "region", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(cpv_division__regex=r"^\d{2}$"),
                name="division_has_two_digits",
                violation_error_message=_("A CPV division has two digits, such as 90."),
            ),
            models.CheckConstraint(
                condition=Q(region__regex=r"^NL[0-9]{0,3}$"),
                name="region_lies_in_the_netherlands",
                violation_error_message=_("A region begins with NL, such as NL33."),
            ),
            models.CheckConstraint(
                condition=Q(largest_eur__isnull=True) | Q(largest_eur__gt=0),
                name="largest_order_is_more_than_nothing",
                violation_error_message=_("The largest order is more than zero."),
            ),
            models.UniqueConstraint(
                fields=("supplier", "cpv_division", "region"),
                condition=Q(ended_at__isnull=True),
                name="one_offering_a_division_and_region",
                violation_error_message=_("This is offered in this region already: change it."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="offering_ended_by_iff_ended_at",
                violation_error_message=_("What is offered no longer says when and by whom."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier}: {self.cpv_division} {self.region}"
