"""A notice: the file, and what of it is taken over."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.forms.contracts import offer_authorities
from contracts.notices import Proposal
from contracts.notices.opening import MAX_BYTES
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.models import Authority, User


class NoticeForm(PortalForm):
    authority = forms.ModelChoiceField(
        Authority.objects.none(),
        label=_("For which authority?"),
        help_text=_("The authority that the contract will be of."),
    )
    file = forms.FileField(
        label=_("Notice (XML)"),
        help_text=_(
            "An eForms notice, as TenderNed and TED offer it for download: XML, at most 10 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_authorities(self, officer)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is too large: a notice has at most 10 MB."))
        return file


class ConfirmForm(PortalForm):
    """What was left ticked."""

    take = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, proposals: Iterable[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        take = self.fields["take"]
        assert isinstance(take, forms.MultipleChoiceField)  # noqa: S101 - tells mypy
        take.choices = [(proposal.target, proposal.target) for proposal in proposals]
