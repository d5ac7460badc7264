"""How lists of contracts and tenders are narrowed; all of it stands in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, ContractStatus, Signal, StepKind, TenderStatus
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.models import Authority, User
from sroi_portal.core.models.authority import CONTRACT_ROLES

ALL_AWARDED = "all_awarded"  # what figures over contracts are sums of
AWARDED_OR_ANY = (("", _("All")), (ALL_AWARDED, _("awarded, running or settled")))


class TenderFilterForm(PortalForm):
    q = forms.CharField(label=_("Title or number"), required=False, max_length=120)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *TenderStatus.choices]
    )


class StepFilterForm(PortalForm):
    q = forms.CharField(label=_("Title, number or supplier"), required=False, max_length=120)
    kind = forms.ChoiceField(
        label=_("Step"), required=False, choices=[("", _("All")), *StepKind.choices]
    )
    ended = forms.BooleanField(label=_("Also what is concluded"), required=False)


class ContractFilterForm(PortalForm):
    q = forms.CharField(label=_("Title, number or supplier"), required=False, max_length=120)
    authority = forms.ModelChoiceField(
        Authority.objects.none(), label=_("Authority"), required=False, empty_label=_("All")
    )
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[*AWARDED_OR_ANY, *ContractStatus.choices],
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )
    signal = forms.ChoiceField(
        label=_("Signal"), required=False, choices=[("", _("All")), *Signal.choices]
    )
    year = forms.IntegerField(
        label=_("Year of award"), required=False, min_value=1990, max_value=2100
    )
    own = forms.BooleanField(label=_("Only what I look after"), required=False)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = person.authorities_with(*CONTRACT_ROLES)
        authority = self.fields["authority"]
        assert isinstance(authority, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        if len(seen) > 1:
            authority.queryset = Authority.objects.filter(pk__in=seen)
        else:
            del self.fields["authority"]
        if not seen:
            del self.fields["own"]
            status = self.fields["status"]
            assert isinstance(status, forms.ChoiceField)  # noqa: S101 - tells mypy
            status.choices = [*AWARDED_OR_ANY, *ContractStatus.choices[1:]]
