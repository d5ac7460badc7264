"""How lists of contracts and tenders are narrowed; all of it stands in the address."""

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from contracts.dimensions import ALL_AWARDED, PLACE, PROVINCES, QUARTER, SizeClass, Without
from contracts.forms.owed import Folded
from contracts.models import (
    Category,
    ContractStatus,
    Regime,
    Signal,
    StepKind,
    TenderStatus,
)
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.models import Authority, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from suppliers.models import Supplier

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


class ProvinceField(forms.ChoiceField):
    """A province to choose, or any other part of a country in the address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("", _("All")), *PROVINCES.items()], required=False, **kwargs)

    def offer(self, code: str) -> None:
        """Offer a code that is no province, so that one sees what is chosen."""
        if code not in PROVINCES and PLACE.fullmatch(code):
            choices: Any = self.choices
            self.choices = [*choices, (code, code)]


class PartsForm(PortalForm):
    """By what contracts are narrowed, in lists and in figures; all of it stands in the address."""

    FIRST: ClassVar[tuple[str, ...]] = ("authority", "category", "province", "year")
    error_title = _("A filter was not understood and left out.")
    RARE: ClassVar[tuple[str, ...]] = ("regime", "size", "region", "quarter", "without")

    authority = forms.ModelChoiceField(
        Authority.objects.none(), label=_("Authority"), required=False, empty_label=_("All")
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )
    supplier = forms.ModelChoiceField(
        Supplier.objects.none(), label=_("Supplier"), required=False, widget=forms.HiddenInput
    )
    province = ProvinceField(label=_("Province"))
    region = forms.CharField(
        label=_("Region (NUTS-3)"),
        required=False,
        max_length=5,
        validators=[RegexValidator(PLACE, _("Write a code such as NL361."))],
        help_text=_("A code such as NL361."),
    )
    year = forms.IntegerField(
        label=_("Year of award"), required=False, min_value=1990, max_value=2100
    )
    quarter = forms.CharField(
        label=_("Quarter of award"),
        required=False,
        max_length=6,
        validators=[RegexValidator(QUARTER, _("Write a quarter such as 2026-1."))],
        help_text=_("Such as 2026-1."),
    )
    regime = forms.ChoiceField(
        label=_("Way of working"), required=False, choices=[("", _("All")), *Regime.choices]
    )
    size = forms.ChoiceField(
        label=_("Contract value"), required=False, choices=[("", _("All")), *SizeClass.choices]
    )
    without = forms.MultipleChoiceField(
        label=_("Only with"),
        required=False,
        choices=Without.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = person.authorities_with(*CONTRACT_ROLES)
        self._offer_authorities()
        supplier = self.fields["supplier"]
        assert isinstance(supplier, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        supplier.queryset = Supplier.objects.visible_to(person)
        province = self.fields["province"]
        assert isinstance(province, ProvinceField)  # noqa: S101 - tells mypy
        province.offer(str(self.data.get("province", "")))
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        shown = [name for name in (*self.FIRST, *self.RARE, "supplier") if name in self.fields]
        rare = [name for name in shown if name in self.RARE]
        self.helper.layout = Layout(
            *(name for name in shown if name not in rare), Folded(_("More filters"), *rare)
        )

    def wanted(self) -> dict[str, Any]:
        """Give the filters that were understood; the form says which were not."""
        self.full_clean()
        return dict(self.cleaned_data)

    def said(self) -> list[tuple[str, str]]:
        """Say the filters that were understood, as their fields name and show them."""
        wanted = [(name, value) for name, value in self.cleaned_data.items() if value]
        return [(str(self.fields[name].label), self._shown(name, value)) for name, value in wanted]

    def _shown(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            choices: Any = field.choices
            words = dict(choices)
            chosen = value if isinstance(value, list) else [value]
            return ", ".join(str(words[each]) for each in chosen)
        return str(_("yes") if value is True else value)

    def _offer_authorities(self) -> None:
        authority = self.fields["authority"]
        assert isinstance(authority, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        if len(self.seen) > 1:
            authority.queryset = Authority.objects.filter(pk__in=self.seen)
        else:
            del self.fields["authority"]


class ContractFilterForm(PartsForm):
    FIRST = ("q", "authority", "status", "category", "signal", "year", "own")
    RARE = ("province", "regime", "size", "region", "quarter", "without")

    q = forms.CharField(label=_("Title, number or supplier"), required=False, max_length=120)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[*AWARDED_OR_ANY, *ContractStatus.choices],
    )
    signal = forms.ChoiceField(
        label=_("Signal"), required=False, choices=[("", _("All")), *Signal.choices]
    )
    own = forms.BooleanField(label=_("Only what I look after"), required=False)

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        if not self.seen:
            del self.fields["own"]
            status = self.fields["status"]
            assert isinstance(status, forms.ChoiceField)  # noqa: S101 - tells mypy
            status.choices = [*AWARDED_OR_ANY, *ContractStatus.choices[1:]]
