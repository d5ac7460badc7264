"""What the database keeps of a decision: who may take it, and that a date was set for it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

FREED = ("withdrawn", "rejected", "upheld", "revoked")  # gives back its months and its part
CLAIMED = ("submitted", "returned", "objected", "unchecked", "verified")  # uses months and limits


def of_decisions() -> tuple[models.CheckConstraint, ...]:
    """Say that one may object to a rejection once, and that another person decides (R-170, R-171)."""
    return (
        models.CheckConstraint(
            condition=Q(rejected_at__isnull=True, rejected_by__isnull=True, object_until=None)
            | Q(rejected_at__isnull=False, rejected_by__isnull=False, object_until__isnull=False),
            name="rejected_by_iff_rejected_at",
            violation_error_message=_(
                "What is rejected says when, by whom and until when one may object."
            ),
        ),
        models.CheckConstraint(
            condition=Q(objected_at__isnull=True, objected_by__isnull=True)
            | Q(objected_at__isnull=False, objected_by__isnull=False, rejected_at__isnull=False),
            name="objected_by_iff_objected_at",
            violation_error_message=_("An objection is to a rejection, and says when and by whom."),
        ),
        models.CheckConstraint(
            condition=~Q(status__in=("objected", "upheld")) | Q(objected_at__isnull=False),
            name="objection_has_a_moment",
            violation_error_message=_("An objection says when it was made and by whom."),
        ),
        models.CheckConstraint(
            condition=~Q(status="rejected") | Q(rejected_at__isnull=False, objected_at=None),
            name="one_objection_a_share",
            violation_error_message=_("There was an objection before. It is made once."),
        ),
        models.CheckConstraint(
            condition=Q(rejected_by__isnull=True)
            | (
                (~Q(status="upheld") | ~Q(decided_by=F("rejected_by")))
                & (Q(verified_by__isnull=True) | ~Q(verified_by=F("rejected_by")))
            ),
            name="another_decides_on_an_objection",
            violation_error_message=_("Somebody else than who rejected decides on the objection."),
        ),
        models.CheckConstraint(
            condition=~Q(status__in=("submitted", "objected", "unchecked"))
            | Q(due_on__isnull=False),
            name="what_waits_has_a_date",
            violation_error_message=_("What waits for the authority has a last day."),
        ),
    )
