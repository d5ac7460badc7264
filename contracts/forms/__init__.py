from contracts.forms.contracts import ContractForm, ContractStartForm, OwedForm, SupplierForm
from contracts.forms.filters import ContractFilterForm, TenderFilterForm
from contracts.forms.handing_over import (
    CancelForm,
    ContactForm,
    HandOverForm,
    RefuseForm,
    ReservedForm,
)
from contracts.forms.notices import ConfirmForm, NoticeForm
from contracts.forms.tenders import LotForm, TenderForm

__all__ = [
    "CancelForm",
    "ConfirmForm",
    "ContactForm",
    "ContractFilterForm",
    "ContractForm",
    "ContractStartForm",
    "HandOverForm",
    "LotForm",
    "NoticeForm",
    "OwedForm",
    "RefuseForm",
    "ReservedForm",
    "SupplierForm",
    "TenderFilterForm",
    "TenderForm",
]
