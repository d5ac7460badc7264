"""What a supplier says of a period."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.actions import Signature
from contracts.models import PeriodStatement
from sroi_portal.core.forms import PortalModelForm, ReasonForm


class SignForm(PortalModelForm[PeriodStatement]):
    """A box to tick, beside the fingerprint of the figures that were shown."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    is_true = forms.BooleanField(label=_("This is complete and true."))
    reason = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write about the work, not about the person: no names, no illness."),
    )

    BSN_EXEMPT: ClassVar[tuple[str, ...]] = ("sha256",)

    class Meta:
        model = PeriodStatement
        fields = ()

    def __init__(self, *args: Any, figures: dict[str, Any], sha256: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_nil = figures["count"] == 0
        self.fields["sha256"].initial = sha256
        if self.is_nil:
            self.fields["is_true"].label = _("There is nothing to report over this period.")
        else:
            del self.fields["reason"]

    def signature(self) -> Signature:
        told = self.cleaned_data
        return Signature(told["sha256"], is_nil=self.is_nil, reason=told.get("reason", ""))


class WithdrawForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why do you withdraw it?")
