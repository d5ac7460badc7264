"""What suppliers and coordinators type."""

from candidates.forms.checking import (
    AnswerForm,
    RejectForm,
    ReturnForm,
    RevokeForm,
    ShareFilterForm,
)
from candidates.forms.contributions import ContributionForm
from candidates.forms.evidence import EvidenceForm, EvidenceForms, EvidenceKindForm
from candidates.forms.placements import (
    ContractChoiceForm,
    EndForm,
    HoursForm,
    InformForm,
    PlacementFilterForm,
    PlacementForm,
)
from candidates.forms.what_if import TableChoiceForm, WhatIfForm

__all__ = [
    "AnswerForm",
    "ContractChoiceForm",
    "ContributionForm",
    "EndForm",
    "EvidenceForm",
    "EvidenceForms",
    "EvidenceKindForm",
    "HoursForm",
    "InformForm",
    "PlacementFilterForm",
    "PlacementForm",
    "RejectForm",
    "ReturnForm",
    "RevokeForm",
    "ShareFilterForm",
    "TableChoiceForm",
    "WhatIfForm",
]
