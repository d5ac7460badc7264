"""A contribution: which period is over, and which part of it goes to this contract."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates import paths, worth
from candidates.forms.fields import DayField, why
from candidates.models import Contribution, Placement, Share
from contracts import valuation
from sroi_portal.core.form_fields import PercentField
from sroi_portal.core.forms import PortalModelForm, revision_of
from sroi_portal.core.templatetags import formats

DAY = dt.timedelta(days=1)


class ContributionForm(PortalModelForm[Contribution]):
    """A period of a placement; refuses at the field what the action would refuse."""

    pct = PercentField(
        label=_("Part for this contract"),
        max_digits=5,
        initial=worth.WHOLE,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(worth.WHOLE)],
        help_text=_("Less when other contracts get a part."),
    )

    class Meta:
        model = Contribution
        fields = ("starts_on", "ends_on")
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        help_texts = {
            "starts_on": why(_("The first day not entered yet.")),
            "ends_on": why(_("This day counts as well.")),
        }

    def __init__(
        self,
        *args: Any,
        placement: Placement,
        today: dt.date,
        share: Share | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, instance=share.contribution if share else None, **kwargs)
        self.placement, self.today, self.share = placement, today, share
        self.instance.placement, self.instance.supplier = placement, placement.supplier
        if share:
            self.initial.update(pct=share.pct, revision=share.revision)
        else:
            self._propose()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row("starts_on", "ends_on", "pct"), "form_key", "revision")

    def _propose(self) -> None:
        """Propose days and part; on a shared path those of the agreed plan (R-422)."""
        first, last = proposed(self.placement, self.today)
        walked = paths.proposed(self.placement, first, last)
        self.initial.update(starts_on=first, ends_on=last)
        if walked:
            first, last, pct = walked
            self.initial.update(starts_on=first, ends_on=last, pct=pct)
            facts = {
                "first": formats.day(first),
                "last": formats.day(last),
                "pct": formats.pct(pct),
            }
            self.fields["pct"].help_text = (
                gettext(
                    "This person walks a shared path: from %(first)s to %(last)s "
                    "your part is %(pct)s."
                )
                % facts
            )

    @property
    def is_to_be_submitted(self) -> bool:
        return bool(self.data) and self.data.get("do") == "submit"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on:
            self._refuse_outside(starts_on, ends_on)
            self._refuse_overlap(starts_on, ends_on)
        return cleaned

    def _refuse_outside(self, starts_on: dt.date, ends_on: dt.date) -> None:
        placement, contract = self.placement, self.placement.contract
        last = min(filter(None, (placement.ends_on, contract.ends_on)), default=ends_on)
        if ends_on < starts_on:
            self.add_error("ends_on", gettext("The last day lies before the first."))
        elif starts_on < placement.starts_on:
            self._refuse("starts_on", gettext("The work begins on %(day)s."), placement.starts_on)
        elif ends_on > last and last == placement.ends_on:
            self._refuse("ends_on", gettext("The last working day is %(day)s."), last)
        elif ends_on > last:
            self._refuse("ends_on", gettext("The contract ends on %(day)s."), last)
        elif ends_on > self.today and self.is_to_be_submitted:
            self._refuse(
                "ends_on",
                gettext(
                    "This period is not over yet. Submit it from %(day)s on, or keep it as a concept."
                ),
                ends_on,
            )

    def _refuse_overlap(self, starts_on: dt.date, ends_on: dt.date) -> None:
        others = self.placement.contributions.filter(
            is_live=True, starts_on__lte=ends_on, ends_on__gte=starts_on
        ).exclude(pk=self.instance.pk)
        before = others.order_by("starts_on").first()
        if before:
            self.add_error(
                "starts_on",
                gettext("You entered %(first)s to %(last)s before. Choose other days.")
                % {"first": formats.day(before.starts_on), "last": formats.day(before.ends_on)},
            )

    def _refuse(self, field: str, sentence: str, day: dt.date) -> None:
        self.add_error(field, sentence % {"day": formats.day(day)})

    def period(self) -> tuple[dt.date, dt.date]:
        return self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]

    def imagined(self) -> Contribution | None:
        """Give the period as a contribution that is not kept, once it can be one."""
        if self.is_bound and not self.is_valid():
            return None
        wanted = self.cleaned_data if self.is_bound else self.initial
        return Contribution(
            supplier=self.placement.supplier,
            placement=self.placement,
            starts_on=wanted["starts_on"],
            ends_on=wanted["ends_on"],
        )

    def worth(self) -> valuation.Valuation | None:
        """Say what this would count for now; nothing as long as the period cannot be used."""
        wanted = self.initial
        if self.is_bound:
            if not self.is_valid():
                return None
            wanted = self.cleaned_data
        placement = self.placement
        return worth.of_work(
            placement,
            placement.contract,
            placement.block,
            (wanted["starts_on"], wanted["ends_on"]),
            used=worth.used_by_candidate(placement, besides=self.share),
            pct=wanted.get("pct", worth.WHOLE),
        )

    def already_drafted(self) -> Share | None:
        """Find the share that this very form made before."""
        self.already_made()
        return Share.objects.filter(uuid=self.key()).first()

    def newest_revision(self) -> int | None:
        return revision_of(self.share) if self.share else super().newest_revision()


def proposed(placement: Placement, today: dt.date) -> tuple[dt.date, dt.date]:
    """Propose the first day not entered yet, to the last day of last month or of the work."""
    contract = placement.contract
    first = max(filter(None, (placement.starts_on, contract.starts_on)))
    entered = placement.contributions.filter(is_live=True).order_by("starts_on")
    for starts_on, ends_on in entered.values_list("starts_on", "ends_on"):
        if starts_on <= first <= ends_on:
            first = ends_on + DAY
    last_month = today.replace(day=1) - DAY
    ends = [placement.ends_on, contract.ends_on, last_month]
    if placement.permanent_on and placement.permanent_on > first:
        ends.append(placement.permanent_on - DAY)  # its bonus holds from that day on
    return first, max(min(filter(None, ends)), first)
