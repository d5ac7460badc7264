"""Finding, registering and inviting."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.postgres.search import TrigramSimilarity
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.account_forms import PASSWORD_HELP
from sroi_portal.core.forms import PortalForm, PortalModelForm, ReasonForm
from sroi_portal.core.models import User
from suppliers import actions
from suppliers.models import KVK, Certificate, Invitation, Membership, MembershipRole, Supplier

CHOICES_SHOWN = 10
ALIKE = 0.45  # of 1: how much two names resemble before we ask


class KvkField(forms.CharField):
    """Eight digits; spaces and dots between them do not count."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        kwargs.setdefault("label", _("KvK number"))
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(validators=[KVK], **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).translate({ord(mark): None for mark in " .-\u00a0"})


class SearchForm(PortalForm):
    q = forms.CharField(label=_("KvK number or part of the name"), required=False, max_length=120)


class SupplierForm(PortalModelForm[Supplier]):
    """A supplier that is not in the register; who looks like one that is, is asked about."""

    kvk = KvkField(
        required=False, help_text=_("Eight digits, zeros in front included. It tells firms apart.")
    )
    is_another = forms.BooleanField(
        label=_("It is none of the suppliers below"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Supplier
        fields = ("name", "other_identifier")
        help_texts = {
            "name": _("As it stands in the trade register."),
            "other_identifier": _("Only for a supplier from abroad, without a KvK number."),
        }

    field_order = ("name", "kvk", "other_identifier", "is_another")
    alike: list[Supplier]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.alike = []
        if not cleaned.get("kvk") and not cleaned.get("other_identifier") and not self.errors:
            self.add_error("kvk", _("Give a KvK number, or another registration number."))
        if cleaned.get("name") and not self.errors and not cleaned.get("is_another"):
            self._ask_about_alike(cleaned["name"], cleaned.get("kvk", ""))
        return cleaned

    def facts(self) -> dict[str, Any]:
        own = super().facts()
        return {name: value for name, value in own.items() if name != "is_another"}

    def _ask_about_alike(self, name: str, kvk: str) -> None:
        alike = Supplier.objects.exclude(uuid=self.key())
        if kvk:
            alike = alike.exclude(kvk=kvk)
        self.alike = list(
            alike.annotate(alike=TrigramSimilarity("name", name))
            .filter(alike__gt=ALIKE)
            .order_by("-alike", "pk")[:CHOICES_SHOWN]
        )
        if self.alike:
            self.fields["is_another"].widget = forms.CheckboxInput()
            self.add_error(
                "is_another", _("Names like this one stand in the register. Look first.")
            )


class InvitationForm(PortalModelForm[Invitation]):
    class Meta:
        model = Invitation
        fields = ("email", "role")
        help_texts = {
            "email": _("A personal address at work; the link in the mail works once."),
        }

    def __init__(self, *args: Any, only_administrator: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = MembershipRole.ADMINISTRATOR
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"),
            choices=[(first, first.label)] if only_administrator else MembershipRole.choices,
            initial=first if only_administrator else MembershipRole.MEMBER,
            widget=forms.HiddenInput if only_administrator else forms.RadioSelect,
            help_text=_("An administrator also invites and removes colleagues."),
        )


class MembershipForm(PortalModelForm[Membership]):
    """What a colleague may do; who may neither enter nor sign still reads everything."""

    class Meta:
        model = Membership
        fields = ("role", "may_enter", "may_sign")
        widgets: ClassVar[dict[str, forms.Widget | type[forms.Widget]]] = {
            "role": forms.RadioSelect
        }
        help_texts = {
            "role": _("An administrator also invites and removes colleagues, and may do all."),
            "may_enter": _("Without this a colleague can only look."),
            "may_sign": _("States a period, and agrees for the supplier."),
        }

    def clean(self) -> dict[str, Any]:
        """Tick everything of an administrator, who may do all."""
        cleaned = super().clean()
        if cleaned.get("role") == MembershipRole.ADMINISTRATOR:
            cleaned |= {"may_enter": True, "may_sign": True}
        return cleaned


class CertificateForm(PortalModelForm[Certificate]):
    """What stands in the public register; a number there may look like any other number."""

    BSN_EXEMPT: ClassVar[tuple[str, ...]] = ("number",)

    class Meta:
        model = Certificate
        fields = ("kind", "number", "valid_from", "valid_until", "checked_on")
        help_texts = {
            "valid_until": _("The last day on which it is valid."),
            "checked_on": _("The day on which you saw it there."),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        kwargs["initial"] = {"checked_on": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_checked_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["checked_on"]
        if day > self.today:
            raise ValidationError(_("This day lies in the future."))
        return day


class CertificateEndForm(PortalForm):
    last_day = forms.DateField(
        label=_("Last day on which it was valid"),
        help_text=_("As the register says. It stays visible up to and including that day."),
    )


class InsolvencyForm(ReasonForm):
    insolvent_on = forms.DateField(label=_("Insolvent since"))
    field_order = ("insolvent_on", "reason")


class AcceptForm(PortalForm):
    """A name and a password for who has no account yet."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "password" in cleaned:
            person = User(name=cleaned.get("name", ""), email=self.email)
            try:
                validate_password(cleaned["password"], person)
            except ValidationError as reason:
                self.add_error("password", reason)
        return cleaned


class SupplierField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Supplier) -> str:
        """Two firms may have one name, not one number."""
        number = obj.kvk or obj.other_identifier
        return f"{obj.name} ({number})" if number else obj.name


class SupplierPicker(forms.Form):
    """Fields by which a form of another app finds its supplier, or enters a new one.

    Put it behind the model form: `class ContractForm(PortalModelForm[Contract], SupplierPicker)`,
    and show it with `suppliers/picker.html`. With JavaScript the choices come while one types;
    without it the button “Look up” brings the form back with choices and all that was typed.
    """

    PICKER_FIELDS = ("supplier_search", "new_name", "new_kvk")  # not facts of the object itself

    supplier_search = forms.CharField(
        label=_("Supplier"),
        required=False,
        max_length=120,
        help_text=_("KvK number or part of the name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    new_name = forms.CharField(label=_("Name"), required=False, max_length=200)
    new_kvk = KvkField(required=False)
    supplier = SupplierField(
        Supplier.objects.none(),
        label=_("Which supplier?"),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["supplier"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        typed, chosen = self._typed("supplier_search"), self._typed("supplier")
        offered = Supplier.objects.going_on()
        found = offered.matching(typed)[:CHOICES_SHOWN] if typed.strip() else []
        shown = {one.pk for one in found} | ({int(chosen)} if chosen.isdecimal() else set())
        field.queryset = Supplier.objects.filter(pk__in=shown)

    @property
    def is_looking_up(self) -> bool:
        return "look_up" in self.data

    def is_valid(self) -> bool:
        return not self.is_looking_up and super().is_valid()

    def full_clean(self) -> None:
        """While one looks up a supplier nothing else is wrong yet."""
        if self.is_looking_up:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def clean_supplier(self) -> Supplier | None:
        """Take what was chosen, or the one with the KvK number that was typed."""
        cleaned = self.cleaned_data
        chosen: Supplier | None = cleaned["supplier"]
        if chosen:
            return _going_on(chosen)
        if cleaned.get("new_name") and cleaned.get("new_kvk"):
            return None
        if cleaned.get("new_name") or cleaned.get("new_kvk"):
            raise ValidationError(_("A new supplier needs a name and a KvK number."))
        number = "".join(filter(str.isdecimal, cleaned.get("supplier_search", "")))
        known: Supplier | None = Supplier.objects.filter(kvk=number).exclude(kvk="").first()
        if known:
            return _going_on(known)
        raise ValidationError(_("Look up the supplier and choose it, or enter a new one."))

    def picked(self, *, by: User, at: dt.datetime) -> Supplier:
        """Return the supplier; who was not in the register yet is entered."""
        chosen: Supplier | None = self.cleaned_data["supplier"]
        return chosen or actions.register_supplier(
            name=self.cleaned_data["new_name"], kvk=self.cleaned_data["new_kvk"], by=by, at=at
        )

    def _typed(self, name: str) -> str:
        return str(self[name].value() or "")


def _going_on(supplier: Supplier) -> Supplier:
    """Refuse who was taken over, and name who goes on."""
    if supplier.merged_into:
        raise ValidationError(
            gettext("%(gone)s goes on as %(into)s. Choose that supplier.")
            % {"gone": supplier.name, "into": supplier.merged_into.name}
        )
    return supplier
