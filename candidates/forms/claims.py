"""What is no work: only what the row asks, with what it would count for (R-160)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates import actions, worth
from candidates.forms.fields import DayField, why
from candidates.models import (
    PRICED,
    Agreement,
    Contribution,
    ContributionKind,
    Placement,
    PlacementStatus,
    Share,
    kind_of,
)
from contracts import valuation
from contracts.models import Block, Contract
from sroi_portal.core.form_fields import AmountField, EuroField, PercentField
from sroi_portal.core.forms import PortalModelForm, revision_of
from sroi_portal.core.templatetags import formats
from suppliers.models import KVK, Supplier

Unit = valuation.Unit
MOST = Decimal(1_000_000_000)
ABOVE_NOTHING = [MinValueValidator(Decimal("0.01")), MaxValueValidator(MOST)]
NUMBERS = {
    Unit.HOUR: _("Number of hours"),
    Unit.DAY: _("Number of days"),
    Unit.FLAT: _("Number of times"),
}
ASKED = {
    ContributionKind.PURCHASE: ("partner_kvk", "partner_name", "invoice_number", "invoiced_on"),
    ContributionKind.ACTIVITY: ("title", "ends_on"),
    ContributionKind.TRAINING: ("title", "ends_on", "for_placement"),
    ContributionKind.TAILORED: ("agreement", "ends_on"),
}
ROWS = (("partner_kvk", "partner_name"), ("invoice_number", "invoiced_on"))
NUMBER_ROW = ("people", "quantity", "amount_eur", "vat_pct", "days")


class ClaimForm(PortalModelForm[Contribution]):
    """A purchase, an activity, a training or something tailored, on one row of the table."""

    BSN_EXEMPT = ("invoice_number", "partner_kvk")  # numbers of firms and of what they sell

    partner_kvk = forms.CharField(
        label=_("KvK number of the seller"),
        max_length=8,
        validators=[KVK],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Eight digits; they stand on the invoice."),
    )
    partner_name = forms.CharField(
        label=_("Name of the seller"),
        max_length=200,
        required=False,
        help_text=_("Only when the portal does not know this number yet."),
    )
    quantity = AmountField(label=_("How many"), max_digits=10, validators=ABOVE_NOTHING)
    people = forms.IntegerField(
        label=_("Number of people"),
        min_value=1,
        max_value=100_000,
        help_text=_("How many of your people took part."),
    )
    amount_eur = EuroField(label=_("Amount"), max_digits=14, validators=ABOVE_NOTHING)
    vat_pct = PercentField(
        label=_("VAT in this amount"),
        required=False,
        max_digits=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Empty when the amount is without VAT."),
    )
    days = AmountField(
        label=_("On how many days?"), required=False, max_digits=6, validators=ABOVE_NOTHING
    )

    class Meta:
        model = Contribution
        fields = ("title", "invoice_number", "invoiced_on", "ends_on", "for_placement", "agreement")
        field_classes = {"invoiced_on": DayField, "ends_on": DayField}
        widgets = {"agreement": forms.RadioSelect}

    def __init__(
        self,
        *args: Any,
        contract: Contract,
        block: Block,
        today: dt.date,
        share: Share | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, instance=share.contribution if share else None, **kwargs)
        self.contract, self.block, self.today, self.share = contract, block, today, share
        self.kind, self.unit = kind_of(block), Unit(block.unit)
        self._keep_what_is_asked()
        self._choose()
        if share:
            self._fill(share)
        self._lay_out()

    def _keep_what_is_asked(self) -> None:
        is_priced = self.unit in PRICED
        asked = {"form_key", "revision", *ASKED[self.kind]}
        if is_priced:
            asked |= {"quantity"}
            self.fields["quantity"].label = NUMBERS[self.unit]
        if self.kind == ContributionKind.ACTIVITY and self.unit is Unit.HOUR:
            asked |= {"people"}
            self.fields["quantity"].label = _("Hours of each of them")
        is_paid = not is_priced and self.kind != ContributionKind.TAILORED
        if is_paid or self.kind == ContributionKind.PURCHASE:
            asked |= {"amount_eur", "vat_pct"}
        if self.block.as_terms().daily_max_eur and self.unit is not Unit.DAY:
            asked |= {"days"}
        for name in set(self.fields) - asked:
            del self.fields[name]

    def _choose(self) -> None:
        fields: Any = self.fields
        if "title" in fields:
            fields["title"].label = _("What was it?")
            fields["title"].required = True
            fields["title"].help_text = why(
                _("A few words about the work, without names of people: Course on safe working.")
            )
        if "ends_on" in fields:
            fields["ends_on"].label = _("On which day?")
            fields["ends_on"].help_text = _("Of several days, the last one.")
        if "invoiced_on" in fields:
            fields["invoiced_on"].required = True
            fields["invoice_number"].required = True
            fields["invoiced_on"].help_text = _("It counts on this day.")
        if "for_placement" in fields:
            fields["for_placement"].queryset = self._placements()
            fields["for_placement"].label = _("For which person?")
            fields["for_placement"].empty_label = _("For nobody in particular")
            fields["for_placement"].label_from_instance = _reference
        if "agreement" in fields:
            fields["agreement"].empty_label = None
            fields["agreement"].label_from_instance = _agreed
            fields["agreement"].queryset = self._agreements()
            fields["agreement"].required = True

    def _placements(self) -> Any:
        running = Placement.objects.filter(contract=self.contract)
        return running.exclude(status=PlacementStatus.WITHDRAWN).select_related("candidate")

    def _agreements(self) -> Any:
        open_ones = Agreement.objects.to_claim_on(self.contract).filter(block=self.block)
        if self.share and self.share.contribution.agreement_id:
            own = Agreement.objects.filter(pk=self.share.contribution.agreement_id)
            return (open_ones | own).distinct()
        return open_ones

    def _fill(self, share: Share) -> None:
        contribution = share.contribution
        for name in NUMBER_ROW:
            self.initial[name] = getattr(contribution, name)
        if contribution.partner:
            self.initial["partner_kvk"] = contribution.partner.kvk
            self.initial["partner_name"] = contribution.partner.name
        self.initial["revision"] = share.revision

    def _lay_out(self) -> None:
        self.helper = FormHelper()
        self.helper.form_tag = False
        rows = [[name for name in row if name in self.fields] for row in (*ROWS, NUMBER_ROW)]
        inside = {name for row in rows for name in row}
        first = [name for name in ("agreement", "title") if name in self.fields]
        last = [name for name in ("ends_on", "for_placement") if name in self.fields]
        self.helper.layout = Layout(
            *first,
            *(Row(*row) for row in rows if row),
            *(name for name in last if name not in inside),
            "form_key",
            "revision",
        )

    @property
    def is_to_be_submitted(self) -> bool:
        return bool(self.data) and self.data.get("do") == "submit"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if kvk := cleaned.get("partner_kvk"):
            self._find_partner(kvk)
        name = "invoiced_on" if "invoiced_on" in self.fields else "ends_on"
        if day := cleaned.get(name):
            self._refuse_outside(name, day)
        return cleaned

    def _find_partner(self, kvk: str) -> None:
        known: Supplier | None = Supplier.objects.filter(kvk=kvk).first()
        self.partner = known and (known.merged_into or known)
        if kvk == self.contract.supplier.kvk or self.partner == self.contract.supplier:
            self.add_error("partner_kvk", gettext("This is your own number; say who sold it."))
            return
        if self.partner is None and not self.cleaned_data.get("partner_name"):
            self.add_error(
                "partner_name", gettext("The portal does not know this number yet: fill in a name.")
            )

    def _refuse_outside(self, name: str, day: dt.date) -> None:
        starts_on, ends_on = self.contract.starts_on, self.contract.ends_on
        if starts_on and day < starts_on:
            sentence, edge = gettext("The contract starts on %(day)s."), starts_on
        elif ends_on and day > ends_on:
            sentence, edge = gettext("The contract ends on %(day)s."), ends_on
        elif day > self.today:
            sentence, edge = gettext("This lies after today, %(day)s."), self.today
        else:
            return
        self.add_error(name, sentence % {"day": formats.day(edge)})

    partner: Supplier | None = None

    def _post_clean(self) -> None:
        """Leave the facts to the action: they are checked together, by the database."""

    def claim(self, partner: Supplier | None = None) -> actions.Claim:
        """Give what was typed as one claim; `partner` may have been registered just now."""
        typed = self.cleaned_data
        agreement: Agreement | None = typed.get("agreement")
        day = typed.get("invoiced_on") or typed["ends_on"]
        names = ("vat_pct", "people", "quantity", "days", "for_placement")
        return actions.Claim(
            block=self.block,
            starts_on=day,
            ends_on=day,
            title=typed.get("title", ""),
            partner=partner or self.partner,
            invoice_number=typed.get("invoice_number", ""),
            invoiced_on=typed.get("invoiced_on"),
            agreement=agreement,
            amount_eur=agreement.value_eur if agreement else typed.get("amount_eur"),
            pct=self.share.pct if self.share else worth.WHOLE,
            key=self.key(),
            **{name: typed.get(name) or None for name in names},
        )

    def worth(self) -> valuation.Valuation | None:
        """Say what this would count for now; nothing as long as it is not complete."""
        imagined = self.imagined()
        return worth.of_share(imagined) if imagined else None

    def imagined(self) -> Share | None:
        """Give the share that this would make, once it is complete."""
        if not (self.is_bound and self.is_valid()):
            return None
        imagined = actions.imagined(self.contract, self.claim())
        if self.share:
            imagined.uuid = self.share.uuid
            imagined.contribution.pk = self.share.contribution_id
        return imagined

    def already_drafted(self) -> Share | None:
        """Find the share that this very form made before."""
        self.already_made()
        return Share.objects.filter(uuid=self.key()).first()

    def newest_revision(self) -> int | None:
        return revision_of(self.share) if self.share else super().newest_revision()


def _reference(placement: Placement) -> str:
    return placement.candidate.reference


def _agreed(agreement: Agreement) -> str:
    return f"{agreement.title}: {formats.euro(agreement.value_eur)}"
