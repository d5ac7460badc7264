"""Forms about a spreadsheet: the file, and what its columns are about."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates.actions import Matched
from candidates.models import Claiming, ContractForm, ImportBatch, SheetField
from candidates.sheets.headings import Found
from contracts.models import Contract
from sroi_portal.core.forms import PortalForm
from suppliers.models import Supplier

NEEDED = (SheetField.REFERENCE, SheetField.BLOCK, SheetField.HOURS, SheetField.STARTS_ON)
PERIOD = (SheetField.PERIOD_FROM, SheetField.PERIOD_UNTIL)


class SheetUploadForm(PortalForm):
    """A spreadsheet of the firm's own."""

    supplier = forms.ModelChoiceField(Supplier.objects.none(), label=_("For which firm"))
    file = forms.FileField(
        label=_("Your spreadsheet"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
        help_text=_("XLSX, ODS or CSV; at most 10 MB and 100,000 rows. No names and no BSN."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, suppliers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["supplier"]
        field.queryset = suppliers
        if len(suppliers) == 1:
            field.widget = forms.HiddenInput()
            field.initial = suppliers[0]


class ColumnsForm(PortalForm):
    """What each column is about; what no column says is chosen once for the whole file."""

    contract = forms.ModelChoiceField(
        Contract.objects.none(),
        label=_("Contract of every row"),
        required=False,
        empty_label=_("A column says it"),
        help_text=_("Holds for rows that name no contract."),
    )
    contract_form = forms.ChoiceField(
        label=_("Form of the work of every row"),
        required=False,
        choices=[("", _("A column says it")), *ContractForm.choices],
        help_text=_("Holds for rows that say nothing about it."),
    )
    claiming = forms.ChoiceField(
        label=_("Periods in the file are entered"),
        choices=Claiming.choices,
        initial=Claiming.DRAFT,
        widget=forms.RadioSelect,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, batch: ImportBatch, found: Found, contracts: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.batch, self.found = batch, found
        field: Any = self.fields["contract"]
        field.queryset = contracts
        is_only = len(contracts) == 1 and SheetField.CONTRACT not in found.columns
        field.initial = batch.contract_id or (contracts[0].pk if is_only else None)
        self.fields["contract_form"].initial = batch.contract_form
        self.fields["revision"].initial = batch.revision
        meanings = {column: name for name, column in found.columns.items()}
        for column, heading in enumerate(found.headings):
            self.fields[self.name_of(column)] = forms.ChoiceField(
                label=heading or gettext("Column %(number)s") % {"number": column + 1},
                required=False,
                choices=[("", _("not used")), *SheetField.choices],
                initial=meanings.get(column, ""),
            )

    @staticmethod
    def name_of(column: int) -> str:
        return f"column_{column}"

    def column_fields(self) -> list[forms.BoundField]:
        return [self[self.name_of(column)] for column in range(len(self.found.headings))]

    def general_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("contract", "contract_form", "claiming", "revision")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        columns: dict[str, int] = {}
        for column in range(len(self.found.headings)):
            meaning = cleaned.get(self.name_of(column))
            if meaning and meaning in columns:
                self.add_error(
                    self.name_of(column),
                    gettext("Another column says this already. Choose one of the two."),
                )
            elif meaning:
                columns[meaning] = column
        self._ask_for_missing(cleaned, columns)
        cleaned["columns"] = columns
        return cleaned

    def _ask_for_missing(self, cleaned: dict[str, Any], columns: dict[str, int]) -> None:
        missing = [field.label for field in NEEDED if field not in columns]
        if missing:
            said = {"columns": ", ".join(str(label) for label in missing)}
            self.add_error(None, gettext("Say which column holds: %(columns)s.") % said)
        if SheetField.CONTRACT not in columns and not cleaned.get("contract"):
            self.add_error("contract", gettext("No column names the contract. Choose it here."))
        if SheetField.FORM not in columns and not cleaned.get("contract_form"):
            self.add_error(
                "contract_form", gettext("No column says the form of the work. Choose it here.")
            )
        if len([field for field in PERIOD if field in columns]) == 1:
            self.add_error(None, gettext("A period needs two columns: its first and its last day."))

    def matched(self) -> Matched:
        told = self.cleaned_data
        return Matched(
            sheet=self.found.sheet,
            heading_row=self.found.heading_row,
            headings=self.found.headings,
            columns=told["columns"],
            contract=told["contract"],
            contract_form=told["contract_form"],
            claiming=told["claiming"],
        )
