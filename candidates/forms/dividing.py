"""Which contract gets which percentage of one contribution, on which row of its own table."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.validators import MaxValueValidator
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates.actions import Part
from candidates.models import Contribution, Share, kind_of
from candidates.parts import NOTHING, WHOLE
from contracts.models import Block, Contract
from sroi_portal.core.form_fields import PercentField
from sroi_portal.core.forms import PortalForm, revision_of
from sroi_portal.core.templatetags import formats


class DivideForm(PortalForm):
    """A percentage and a row for each chosen contract; another contract is added by a button."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        contribution: Contribution,
        living: Iterable[Share],
        contracts: Iterable[Contract],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contribution = contribution
        self.initial["revision"] = contribution.revision
        self.standing = [each for each in living if not each.is_changeable]
        self.changeable = {each.contract_id: each for each in living if each.is_changeable}
        taken = {each.contract_id for each in self.standing}
        self.contracts = {each.pk: each for each in contracts if each.pk not in taken}
        self.chosen = [self.contracts[pk] for pk in self._chosen() if pk in self.contracts]
        for contract in self.chosen:
            self._add(contract)
        self.others = [each for each in self.contracts.values() if each not in self.chosen]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "revision",
            *(
                Fieldset(
                    f"{escape(each.title)} · {escape(each.authority.name)}",
                    Row(f"pct-{each.pk}", f"block-{each.pk}"),
                )
                for each in self.chosen
            ),
        )

    @property
    def left(self) -> Decimal:
        """Give what the parts that stand leave."""
        return WHOLE - sum((each.pct for each in self.standing), NOTHING)

    def _chosen(self) -> list[int]:
        """Keep what stood on the page, and add the contract that was asked for."""
        if not self.is_bound:
            return [pk for pk in self.changeable if pk in self.contracts]
        data: Any = self.data
        asked = [*data.getlist("contract"), data.get("add") if data.get("do") == "add" else ""]
        return list(dict.fromkeys(int(pk) for pk in asked if pk and pk.isascii() and pk.isdigit()))

    def _add(self, contract: Contract) -> None:
        share = self.changeable.get(contract.pk)
        rows = Block.objects.filter(table=contract.value_table).order_by("position", "pk")
        fitting = [each for each in rows if kind_of(each) == self.contribution.kind]
        self.fields[f"pct-{contract.pk}"] = PercentField(
            label=_("Part for this contract"),
            max_digits=5,
            required=False,
            initial=share.pct if share else None,
            validators=[MaxValueValidator(WHOLE)],
            help_text=_("Leave it empty to give this contract nothing."),
        )
        field = forms.TypedChoiceField(
            label=_("Row of the value table"),
            coerce=int,
            required=False,
            empty_value=None,
            choices=[("", _("Choose a row")), *((each.pk, each.label) for each in fitting)],
            initial=share.block_id if share else self._alike(fitting),
        )
        self.fields[f"block-{contract.pk}"] = field
        self.rows = getattr(self, "rows", {}) | {each.pk: each for each in fitting}

    def _alike(self, rows: list[Block]) -> int | None:
        """Propose the row for the same group of people."""
        shares = (*self.changeable.values(), *self.standing)
        groups = {each.known_block.group_id for each in shares} - {None}
        return next((each.pk for each in rows if each.group_id in groups), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        total = NOTHING
        for contract in self.chosen:
            pct = cleaned.get(f"pct-{contract.pk}") or NOTHING
            total += pct
            if pct and not cleaned.get(f"block-{contract.pk}"):
                self.add_error(f"block-{contract.pk}", gettext("Choose a row of this table."))
        if total > self.left:
            self.add_error(
                None,
                gettext("Together this is %(total)s. At most %(left)s is left to divide.")
                % {"total": formats.pct(total), "left": formats.pct(self.left)},
            )
        return cleaned

    def wanted(self) -> list[Part]:
        """Give the contracts that get something."""
        facts = self.cleaned_data
        return [
            Part(contract, self.rows[facts[f"block-{contract.pk}"]], facts[f"pct-{contract.pk}"])
            for contract in self.chosen
            if facts.get(f"pct-{contract.pk}")
        ]

    def newest_revision(self) -> int | None:
        return revision_of(self.contribution)
