"""What is said when a share is checked, and how waiting shares are found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from candidates.models import ShareStatus
from contracts.models import Contract
from sroi_portal.core.forms import PortalForm, ReasonForm
from suppliers.models import Supplier

AGES = (7, 14, 21, 30)


class ReturnForm(ReasonForm):
    """A question to the supplier."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Your question")


class RejectForm(ReasonForm):
    """Why it does not count."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why does it not count?")


class RevokeForm(ReasonForm):
    """Why a verification is taken back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why is the verification revoked?")


class ObjectForm(ReasonForm):
    """Why a rejection is wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why do you not agree?")


class GrantForm(ReasonForm):
    """Why it counts after all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why does it count after all?")


class UpholdForm(ReasonForm):
    """Why the rejection stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why does the rejection stay?")


class AnswerForm(ReasonForm):
    """The supplier's answer to a question."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Your answer")


class ShareFilterForm(PortalForm):
    """Narrow the list of shares."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    contract = forms.ModelChoiceField(
        Contract.objects.none(), label=_("Contract"), required=False, empty_label=_("All contracts")
    )
    supplier = forms.ModelChoiceField(
        Supplier.objects.none(),
        label=_("Supplier"),
        required=False,
        empty_label=_("All suppliers"),
    )
    older_than = forms.ChoiceField(
        label=_("Waiting for"),
        required=False,
        choices=[
            ("", _("Any time")),
            *(
                (days, ngettext_lazy("%d day or more", "%d days or more", days) % days)
                for days in AGES
            ),
        ],
    )

    def __init__(
        self,
        *args: Any,
        statuses: list[tuple[str, Any]],
        contracts: Any,
        suppliers: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["status"].choices = statuses
        chosen["contract"].queryset = contracts
        if suppliers is None:
            del self.fields["supplier"]
        else:
            chosen["supplier"].queryset = suppliers

    def narrow(self, shares: Any, *, before: Any) -> Any:
        """Keep the shares that are asked for; `before(days)` gives the moment so long ago."""
        if not self.is_valid():
            return shares
        wanted = self.cleaned_data
        if wanted.get("contract"):
            shares = shares.filter(contract=wanted["contract"])
        if wanted.get("supplier"):
            shares = shares.filter(supplier=wanted["supplier"])
        if wanted.get("older_than"):
            shares = shares.filter(submitted_at__lt=before(int(wanted["older_than"])))
        return shares

    def status_wanted(self, default: str) -> str:
        status = self.cleaned_data.get("status") if self.is_valid() else ""
        return str(status or default)


WAITING_CHOICES = [
    (ShareStatus.SUBMITTED, _("To be checked")),
    (ShareStatus.OBJECTED, _("Objections")),
    (ShareStatus.UNCHECKED, _("Not checked in time")),
    (ShareStatus.RETURNED, _("Returned with a question")),
    (ShareStatus.VERIFIED, _("Verified")),
    (ShareStatus.REJECTED, _("Rejected")),
    ("all", _("All")),
]
OWN_CHOICES = [
    ("", _("All that is under way")),
    (ShareStatus.DRAFT, _("Concepts")),
    (ShareStatus.RETURNED, _("A question for you")),
    (ShareStatus.SUBMITTED, _("Waiting for the coordinator")),
    (ShareStatus.UNCHECKED, _("Not checked in time")),
    (ShareStatus.VERIFIED, _("Counts")),
    (ShareStatus.REJECTED, _("Does not count")),
    (ShareStatus.OBJECTED, _("Your objections")),
    ("all", _("All")),
]
