"""Input of pages about reports."""

from typing import Any

from django import forms
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from contracts.models import OWING, Contract
from reports import rules
from reports.models import Definition, Report
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.models import Authority, User
from sroi_portal.core.models.authority import CONTRACT_ROLES

FOUND = 10  # contracts that a search shows


class ReportFilter(PortalForm):
    """Which reports a list shows."""

    definition = forms.ChoiceField(
        label=_("Kind of report"),
        required=False,
        choices=[("", _("All kinds")), *Definition.choices],
    )
    authority = forms.ModelChoiceField(
        label=_("Contracting authority"),
        required=False,
        queryset=Authority.objects.none(),
        empty_label=_("All authorities"),
    )
    words = forms.CharField(label=_("Number, contract or supplier"), required=False, max_length=120)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "authority", _authorities_in_sight(user))


class DashboardFilter(PortalForm):
    """Of which authority the figures are."""

    authority = forms.ModelChoiceField(
        label=_("Contracting authority"),
        required=False,
        queryset=Authority.objects.none(),
        empty_label=_("All authorities"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "authority", _authorities_in_sight(user))


class SubjectForm(PortalForm):
    """What a new report is about: one contract, or all contracts of one authority."""

    authority = forms.ModelChoiceField(required=False, queryset=Authority.objects.none())
    contract = forms.ModelChoiceField(required=False, queryset=Contract.objects.none())
    words = forms.CharField(
        label=_("Title, contract number or supplier"), required=False, max_length=120
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        _offer(self, "authority", authorities_to_report(user))
        _offer(self, "contract", contracts_to_report(user))

    def found(self) -> list[Contract]:
        """Look contracts up by words; none were typed, none are shown."""
        words = self.cleaned_data.get("words", "").strip()
        if not words:
            return []
        contracts = contracts_to_report(self.user).matching(words)
        return list(contracts.order_by("title", "pk")[:FOUND])


class ReportForm(PortalModelForm[Report]):
    """Issue a report: its subject goes along unseen, its language is chosen."""

    class Meta:
        model = Report
        fields = ("authority", "contract", "language")
        widgets = {
            "authority": forms.HiddenInput,
            "contract": forms.HiddenInput,
            "language": forms.RadioSelect,
        }
        labels = {"language": _("Language of the report")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "authority", authorities_to_report(user))
        _offer(self, "contract", contracts_to_report(user))
        self.fields["contract"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        contract = cleaned.get("contract")
        if contract:
            cleaned["authority"] = contract.authority
        return cleaned

    def report(self) -> Report:
        """Make the report that is to be issued; nothing is saved."""
        facts = self.facts()
        is_contract = facts["contract"] is not None
        definition = Definition.CONTRACT if is_contract else Definition.PORTFOLIO
        return Report(uuid=self.key(), definition=definition, **facts)


def authorities_to_report(user: User) -> Any:
    return Authority.objects.filter(pk__in=rules.issues_for(user)).order_by("name", "pk")


def contracts_to_report(user: User) -> Any:
    """Find awarded contracts of the authorities for which this person issues reports."""
    return Contract.objects.filter(
        authority_id__in=rules.issues_for(user), status__in=OWING, is_framework=False
    ).select_related("authority", "supplier")


def _offer(form: forms.BaseForm, name: str, rows: Any) -> None:
    field: Any = form.fields[name]
    field.queryset = rows


def _authorities_in_sight(user: User) -> Any:
    ids = {held.authority_id for held in user.roles}
    return Authority.objects.filter(pk__in=ids).order_by("name", "pk")


class WorkFilter(PortalForm):
    """Which rows of a work list: kept in the address."""

    q = forms.CharField(label=_("Title, number or supplier"), required=False, max_length=120)
    authority = forms.ModelChoiceField(
        Authority.objects.none(), label=_("Authority"), required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = user.authorities_with(*CONTRACT_ROLES)
        field = self.fields["authority"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        if len(seen) > 1:
            field.queryset = Authority.objects.filter(pk__in=seen)
        else:
            del self.fields["authority"]


class CockpitForm(PortalForm):
    """Narrow a supplier's own overview."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(),
        label=_("Contracting authority"),
        required=False,
        empty_label=_("All authorities"),
    )
    year = forms.TypedChoiceField(
        label=_("Running in"), required=False, coerce=int, empty_value=None
    )
    mine = forms.BooleanField(label=_("Only what I look after"), required=False)

    def __init__(self, *args: Any, contracts: QuerySet[Contract], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        span = contracts.aggregate(first=Min("starts_on__year"), last=Max("ends_on__year"))
        years = range(span["last"] or 0, (span["first"] or 1) - 1, -1)
        chosen: Any = self.fields
        chosen["authority"].queryset = Authority.objects.filter(
            pk__in=contracts.values("authority")
        )
        chosen["year"].choices = [("", _("All years")), *((year, str(year)) for year in years)]
