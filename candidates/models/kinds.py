"""Kinds of contribution: which facts each needs, and which rows of a table are of it."""

from typing import NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts import valuation
from contracts.models import Block

Unit = valuation.Unit
PRICED = (Unit.HOUR, Unit.DAY, Unit.FLAT)
TEXTS = frozenset({"title", "invoice_number"})  # empty when there is none; others are null


class ContributionKind(models.TextChoices):
    """Learning and work-experience places are placements: their row and form say so."""

    PLACEMENT = "placement", _("placement")
    PURCHASE = "purchase", _("social purchase")
    ACTIVITY = "activity", _("activity or knowledge")
    TRAINING = "training", _("training or guidance")
    TAILORED = "tailored", _("tailored, by agreement")


class Needs(NamedTuple):
    """What is filled in for a kind, and what may be; everything else is empty."""

    always: frozenset[str]
    maybe: frozenset[str] = frozenset()


NEEDS = {
    ContributionKind.PLACEMENT: Needs(frozenset({"placement"})),
    ContributionKind.PURCHASE: Needs(
        frozenset({"partner", "invoice_number", "invoiced_on", "amount_eur"}),
        frozenset({"vat_pct", "quantity", "days"}),
    ),
    ContributionKind.ACTIVITY: Needs(
        frozenset({"title"}), frozenset({"people", "quantity", "amount_eur", "vat_pct", "days"})
    ),
    ContributionKind.TRAINING: Needs(
        frozenset({"title", "amount_eur"}), frozenset({"vat_pct", "for_placement", "days"})
    ),
    ContributionKind.TAILORED: Needs(frozenset({"agreement", "amount_eur"}), frozenset({"days"})),
}
FACTS = tuple(
    sorted(frozenset[str]().union(*(each.always | each.maybe for each in NEEDS.values())))
)


def kind_of(block: Block) -> ContributionKind:
    """Say as what kind a row of a table is entered."""
    unit = Unit(block.unit)
    if unit.is_time:
        return ContributionKind.PLACEMENT
    if unit is Unit.AGREED:
        return ContributionKind.TAILORED
    if block.kind == "purchase":
        return ContributionKind.PURCHASE
    if block.kind == "guidance":
        return ContributionKind.TRAINING
    return ContributionKind.ACTIVITY


def _facts_of_each_kind() -> Q:
    """Ask of a row exactly the facts of its kind."""
    asked = Q()
    for kind, needs in NEEDS.items():
        told = Q(kind=kind.value)
        for name in sorted(needs.always):
            is_told = ~_is_empty(name)
            told &= is_told | Q(removed_at__isnull=False) if name == "placement" else is_told
        for name in FACTS:
            if name not in needs.always | needs.maybe:
                told &= _is_empty(name)
        if kind is ContributionKind.ACTIVITY:
            told &= _priced_or_paid()
        asked |= told
    return asked


def _priced_or_paid() -> Q:
    """Let an activity count by its hours, days or times, or by what it cost."""
    paid = Q(amount_eur__isnull=False, quantity__isnull=True, people__isnull=True)
    return paid | Q(amount_eur__isnull=True, vat_pct__isnull=True, quantity__isnull=False)


def _is_empty(name: str) -> Q:
    return Q(**{name: ""}) if name in TEXTS else Q(**{f"{name}__isnull": True})


def _above_nothing(*names: str) -> Q:
    possible = Q()
    for name in names:
        possible &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": 0})
    return possible


CONSTRAINTS = (
    models.CheckConstraint(
        condition=_facts_of_each_kind(),
        name="contribution_has_the_facts_of_its_kind",
        violation_error_message=_(
            "Fill in everything that this kind of contribution needs, and nothing else."
        ),
    ),
    models.CheckConstraint(
        condition=Q(invoiced_on__isnull=True)
        | Q(starts_on=F("invoiced_on"), ends_on=F("invoiced_on")),
        name="purchase_counts_on_its_invoice_date",
        violation_error_message=_("A purchase counts on the date of its invoice."),
    ),
    models.CheckConstraint(
        condition=_above_nothing("amount_eur", "people", "quantity", "days")
        & (Q(vat_pct__isnull=True) | Q(vat_pct__gt=0, vat_pct__lte=100)),
        name="facts_of_a_contribution_are_possible",
        violation_error_message=_(
            "Amounts and numbers are more than nothing; VAT is at most 100 %."
        ),
    ),
    models.UniqueConstraint(
        fields=("agreement",),
        condition=Q(is_live=True, agreement__isnull=False),
        name="agreement_is_claimed_once",
        violation_error_message=_("What was agreed was entered before."),
    ),
)
"""What the database keeps of the facts of a contribution."""
