"""What lists and figures are narrowed by."""

from typing import Any

from django import forms
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from contracts.dimensions import Dimension
from contracts.forms.filters import PartsForm
from contracts.models import Contract
from reports import coverage
from reports.models import Definition
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.models import Authority, User
from sroi_portal.core.models.authority import CONTRACT_ROLES


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
        offer(self, "authority", _authorities_in_sight(user))


class DashboardFilter(PartsForm):
    """Which contracts the figures are of, and by what they are divided."""

    FIRST = ("by", *PartsForm.FIRST)

    by = forms.ChoiceField(label=_("Figures by"), required=False, choices=Dimension)

    def wanted(self) -> dict[str, Any]:
        return {name: value for name, value in super().wanted().items() if name != "by"}

    def chosen(self) -> Dimension:
        """Divide by authority when there are more of them, else by category."""
        if self["by"].value() in Dimension.values:
            return Dimension(self["by"].value())
        return Dimension.AUTHORITY if len(self.seen) > 1 else Dimension.CATEGORY


class CoverageFilter(PartsForm):
    """Which contracts are looked at, and what is missing of them."""

    FIRST = ("show", "q", *PartsForm.FIRST)
    RARE = ("reason", *PartsForm.RARE)

    show = forms.ChoiceField(label=_("What is missing"), required=False, choices=coverage.LISTS)
    q = forms.CharField(label=_("Title, number or supplier"), required=False, max_length=120)
    reason = forms.ChoiceField(
        label=_("Why nothing is owed"),
        required=False,
        choices=[("", _("All")), *coverage.REASONS],
    )


def offer(form: forms.BaseForm, name: str, rows: Any) -> None:
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
