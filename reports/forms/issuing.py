"""What a new report is about, and its language."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contracts.models import OWING, Category, Contract
from reports import rules
from reports.definitions import KINDS, AnyKind
from reports.forms.filters import offer
from reports.models import Definition, Report, ReportBatch
from reports.rules import ISSUING_ROLES
from sroi_portal.core.forms import PortalForm, PortalModelForm
from sroi_portal.core.models import Authority, RoleName, User
from sroi_portal.core.templatetags import formats
from suppliers.models import Supplier

FOUND = 10  # contracts that a search shows


class ChoiceForm(PortalForm):
    """Which kind of report; a contract or an authority alone says it as well."""

    definition = forms.ChoiceField(
        required=False, choices=[("", ""), *((key, key) for key in KINDS)]
    )
    authority = forms.ModelChoiceField(required=False, queryset=Authority.objects.none())
    contract = forms.ModelChoiceField(required=False, queryset=Contract.objects.none())
    words = forms.CharField(
        label=_("Title, contract number or supplier"), required=False, max_length=120
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        offer(self, "authority", authorities_to_report(user))
        offer(self, "contract", contracts_to_report(user))

    def kind(self) -> AnyKind | None:
        """Give the kind; None as long as none was chosen, or none of this person's."""
        chosen = self.cleaned_data
        if not any(chosen[name] for name in ("definition", "contract", "authority")):
            return None
        kind = KINDS[_definition_of(chosen)]
        return kind if rules.issues_for(self.user, kind.roles) else None

    def found(self) -> list[Contract]:
        """Look contracts up by words; none were typed, none are shown."""
        words = self.cleaned_data.get("words", "").strip()
        if not words:
            return []
        contracts = contracts_to_report(self.user).matching(words)
        return list(contracts.order_by("title", "pk")[:FOUND])


class SubjectForm(PortalForm):
    """What a report of one kind is about: no more is asked than the kind asks."""

    authority = forms.ModelChoiceField(
        label=_("Contracting authority"), queryset=Authority.objects.none()
    )
    authorities = forms.ModelMultipleChoiceField(
        label=_("Contracting authorities"),
        queryset=Authority.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who works for all of these sees the report."),
    )
    contract = forms.ModelChoiceField(label=_("Contract"), queryset=Contract.objects.none())
    supplier = forms.ModelChoiceField(label=_("Supplier"), queryset=Supplier.objects.none())
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.all())
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(
        self, *args: Any, user: User, kind: AnyKind, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in set(self.fields) - {*kind.asks, *kind.may_ask}:
            del self.fields[name]
        self.order_fields((*kind.asks, *kind.may_ask))
        for name in kind.may_ask:
            self.fields[name].required = False
        contracts = contracts_to_report(user, kind.roles)
        authorities = authorities_to_report(user, kind.roles)
        offered = {
            "authority": authorities,
            "authorities": authorities,
            "contract": contracts,
            "supplier": _suppliers(contracts),
        }
        for name in offered.keys() & self.fields.keys():
            offer(self, name, offered[name])
        if "authorities" in self.fields:
            self.initial["authorities"] = authorities
        if "year" in self.fields:
            choosing: Any = self.fields["year"]
            choosing.choices = [(year, str(year)) for year in _years(contracts, today)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        authority, supplier = cleaned.get("authority"), cleaned.get("supplier")
        if authority and supplier and not _has_contracts(supplier, authority):
            self.add_error("supplier", _("This supplier has no contract with this authority."))
        return cleaned

    def report(self) -> Report:
        """Make the report as it would be; for a look."""
        return Report(**_about(self.kind, self.cleaned_data))


class ReportForm(PortalModelForm[Report]):
    """Issue a report: what it is about goes along unseen, its language is chosen."""

    authorities = forms.ModelMultipleChoiceField(
        required=False, queryset=Authority.objects.none(), widget=forms.MultipleHiddenInput
    )

    class Meta:
        model = Report
        fields = (
            "definition",
            "authority",
            "contract",
            "supplier",
            "category",
            "year",
            "language",
        )
        widgets = {
            **dict.fromkeys(fields, forms.HiddenInput),
            "language": forms.RadioSelect,
        }
        labels = {"language": _("Language of the report")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.widgets.keys() & self.fields.keys() - {"language"}:
            self.fields[name].required = False
        kind = KINDS.get(self.data.get("definition", ""))
        roles = kind.roles if kind else ISSUING_ROLES
        authorities = authorities_to_report(user, roles)
        contracts = contracts_to_report(user, roles)
        offer(self, "authority", authorities)
        offer(self, "authorities", authorities)
        offer(self, "contract", contracts)
        offer(self, "supplier", _suppliers(contracts))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = KINDS[_definition_of(cleaned)]
        if any(not cleaned.get(name) for name in kind.asks):
            if not self.errors:
                self.add_error("definition", _("Say what the report is about."))
            return cleaned
        return cleaned | _about(kind, cleaned)

    def report(self) -> Report:
        """Make the report that is to be issued; nothing is saved."""
        facts = self.facts()
        facts.pop("authorities")
        return Report(uuid=self.key(), **facts)


class BatchForm(PortalModelForm[ReportBatch]):
    """Of which contracts reports are made, all at once."""

    class Meta:
        model = ReportBatch
        fields = ("authority", "category", "language")
        widgets: ClassVar[dict[str, Any]] = {"language": forms.RadioSelect}
        labels: ClassVar[dict[str, Any]] = {"language": _("Language of the report")}
        help_texts: ClassVar[dict[str, Any]] = {
            "category": _("Without a category the reports are of all awarded contracts.")
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        awarded = Q(contracts__status__in=OWING, contracts__is_framework=False)
        number = Count("contracts", filter=awarded)
        offer(self, "authority", authorities_to_report(user).annotate(contracts_count=number))
        choosing: Any = self.fields["authority"]
        choosing.label_from_instance = _with_number

    def batch(self) -> ReportBatch:
        """Make what is to be asked; nothing is saved."""
        return ReportBatch(uuid=self.key(), **self.facts())


class CorrectionForm(PortalForm):
    """Why a report is issued anew; it stands in the new one."""

    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Every reader of the new report sees this. Name no people."),
    )


def authorities_to_report(
    user: User, roles: tuple[RoleName, ...] = ISSUING_ROLES
) -> QuerySet[Authority]:
    return Authority.objects.filter(pk__in=rules.issues_for(user, roles)).order_by("name", "pk")


def contracts_to_report(user: User, roles: tuple[RoleName, ...] = ISSUING_ROLES) -> Any:
    """Find awarded contracts of the authorities for which this person issues reports."""
    return Contract.objects.filter(
        authority_id__in=rules.issues_for(user, roles), status__in=OWING, is_framework=False
    ).select_related("authority", "supplier")


def _with_number(authority: Any) -> str:
    """Say beforehand how many reports there would be."""
    said = ngettext(
        "%(name)s (%(number)s contract)",
        "%(name)s (%(number)s contracts)",
        authority.contracts_count,
    )
    return said % {"name": authority.name, "number": formats.count(authority.contracts_count)}


def _definition_of(chosen: Mapping[str, Any]) -> str:
    """Read the kind; without one, a contract or else an authority says it."""
    alone = Definition.CONTRACT if chosen.get("contract") else Definition.PORTFOLIO
    return str(chosen.get("definition") or alone.value)


def _about(kind: AnyKind, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Tell what a report of this kind is about, in the columns of a report."""
    about = {name: chosen.get(name) for name in ("contract", "supplier", "category", "year")}
    about["definition"] = kind.definition.value
    others: list[Authority] = []
    if contract := chosen.get("contract"):
        authority, about["supplier"] = contract.authority, contract.supplier
    elif "authorities" in kind.asks:
        authority, *others = chosen["authorities"]
    else:
        authority = chosen["authority"]
    return {
        **about,
        "authority": authority,
        "other_authority_ids": [other.pk for other in others],
    }


def _suppliers(contracts: Any) -> QuerySet[Supplier]:
    """Find who leads one of these contracts, or carries a part of one."""
    ids = contracts.order_by().values("pk")
    of_these = Q(contracts__in=ids) | Q(carried__contract__in=ids)
    return Supplier.objects.filter(of_these).distinct().order_by("name", "pk")


def _has_contracts(supplier: Supplier, authority: Authority) -> bool:
    parties = Q(supplier=supplier) | Q(members__supplier=supplier)
    awarded = Contract.objects.filter(parties, authority=authority, status__in=OWING)
    return awarded.filter(is_framework=False).exists()


def _years(contracts: Any, today: dt.date) -> range:
    """Count down from this year to the first in which a contract ran."""
    first = contracts.order_by().aggregate(first=Min("starts_on__year"))["first"]
    return range(today.year, min(first or today.year, today.year) - 1, -1)
