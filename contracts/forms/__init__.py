from contracts.forms.contracts import ContractForm, ContractStartForm, SupplierForm
from contracts.forms.filters import ContractFilterForm, TenderFilterForm
from contracts.forms.handing_over import (
    CancelForm,
    ContactForm,
    HandOverForm,
    RefuseForm,
)
from contracts.forms.ledger import KnownOnForm, LedgerFilterForm
from contracts.forms.notices import ConfirmForm, NoticeForm
from contracts.forms.obligation_rules import RuleFilterForm, TryForm
from contracts.forms.owed import OwedForm
from contracts.forms.table_parts import AnyPartForm, BonusForm, LimitForm, RowForm, UnitForm
from contracts.forms.tenders import LotForm, TenderForm
from contracts.forms.value_tables import (
    CompareForm,
    ImportForm,
    SettingsForm,
    TableFilterForm,
    VersionForm,
    WithReasonForm,
)

__all__ = [
    "AnyPartForm",
    "BonusForm",
    "CancelForm",
    "CompareForm",
    "ConfirmForm",
    "ContactForm",
    "ContractFilterForm",
    "ContractForm",
    "ContractStartForm",
    "HandOverForm",
    "ImportForm",
    "KnownOnForm",
    "LedgerFilterForm",
    "LimitForm",
    "LotForm",
    "NoticeForm",
    "OwedForm",
    "RefuseForm",
    "RowForm",
    "RuleFilterForm",
    "SettingsForm",
    "SupplierForm",
    "TableFilterForm",
    "TenderFilterForm",
    "TenderForm",
    "TryForm",
    "UnitForm",
    "VersionForm",
    "WithReasonForm",
]
