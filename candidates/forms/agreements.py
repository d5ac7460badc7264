"""What is tailored: what is proposed, and why it is agreed or not."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from candidates import actions
from candidates.forms.claims import ABOVE_NOTHING
from candidates.models import Agreement, ContributionKind, kind_of
from contracts.models import Block, Contract
from sroi_portal.core.form_fields import EuroField
from sroi_portal.core.forms import PortalModelForm, ReasonForm


class AgreementForm(PortalModelForm[Agreement]):
    """Say what you want to do, what it should count for, and why."""

    value_eur = EuroField(
        label=_("What should it count for?"),
        max_digits=14,
        validators=ABOVE_NOTHING,
        help_text=_("The authority agrees with this amount or not."),
    )
    reason = forms.CharField(
        label=_("Why, and how did you come to this amount?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("Write about the work, not about a person: no names, no illness."),
    )

    class Meta:
        model = Agreement
        fields = ("block", "title", "value_eur")
        labels = {"title": _("What do you want to do?"), "block": _("Row of the value table")}
        widgets = {"block": forms.RadioSelect}

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = agreed_rows(contract)
        field: Any = self.fields["block"]
        field.queryset = Block.objects.filter(pk__in=[each.pk for each in rows])
        field.empty_label = None
        field.initial = rows[0] if len(rows) == 1 else None
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("block", Row("title", "value_eur"), "reason", "form_key")

    def _post_clean(self) -> None:
        """Leave the row to the action, which makes it."""

    def proposal(self) -> actions.Proposal:
        typed = self.cleaned_data
        names = ("block", "title", "value_eur", "reason")
        return actions.Proposal(key=self.key(), **{name: typed[name] for name in names})


class AgreeForm(ReasonForm):
    """Why the amount is right."""


class DeclineForm(ReasonForm):
    """Why it is not agreed, and what would be."""


def agreed_rows(contract: Contract) -> list[Block]:
    """Find the rows of a contract's table of which the amount is agreed."""
    rows = Block.objects.filter(table=contract.value_table_id).order_by("position", "pk")
    return [each for each in rows if kind_of(each) == ContributionKind.TAILORED]
