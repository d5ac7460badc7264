"""What lists and figures are narrowed by."""

from typing import Any

from django import forms
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
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
        offer(self, "authority", _authorities_in_sight(user))


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
