"""What every form of ours does: refuse a BSN, notice an old page, make one object of two clicks."""

import uuid
from collections.abc import Mapping
from copy import copy
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection
from django.db.models import CheckConstraint, Model
from django.db.models.fields import BLANK_CHOICE_LABEL
from django.utils.translation import gettext_lazy as _

from sroi_portal.core import personal
from sroi_portal.core.models import Recorded
from sroi_portal.core.status import texts_of

CHOOSE = ("", BLANK_CHOICE_LABEL)  # the first choice of a list in which nothing is chosen yet
REQUIRED = forms.Field.default_error_messages["required"]
WORDS_FOR: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.ChoiceField, _("Make a choice.")),
    (forms.BooleanField, _("Tick this box.")),
)


class Careful(forms.BaseForm):
    """Refuses a citizen service number in every text; fields in `BSN_EXEMPT` hold other numbers."""

    BSN_EXEMPT: ClassVar[tuple[str, ...]] = ()

    def full_clean(self) -> None:
        """Ask for a choice where one chooses, not to fill something in."""
        for field in self.fields.values():
            if field.error_messages["required"] is REQUIRED:
                field.error_messages["required"] = _words_for(field)
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and name not in self.BSN_EXEMPT:
                try:
                    personal.refuse_bsn(value)
                except ValidationError as reason:
                    self.add_error(name, reason)
        return cleaned

    def newest_revision(self) -> int | None:
        """Give the revision that what this form changes has now; None when it sends none back."""
        field = self.fields.get("revision")
        return self.get_initial_for_field(field, "revision") if field else None

    def refuse(self, reason: Exception) -> None:
        """Show why the action refused; what was typed stays, the newest revision goes along."""
        for name, texts in _by_field(reason).items():
            field = self.fields.get(name)
            self.add_error(name if field and not field.widget.is_hidden else None, texts)
        newest = self.newest_revision()
        if newest is not None:
            typed: Any = copy(self.data)
            typed[self.add_prefix("revision")] = str(newest)
            self.data = typed


def _by_field(reason: Exception) -> Mapping[str, list[str]]:
    """Give the sentences by the field that they are about; "" for the whole."""
    if isinstance(reason, ValidationError) and hasattr(reason, "error_dict"):
        return reason.message_dict
    return {"": texts_of(reason)}


def revision_of(obj: Recorded) -> int:
    """Read the revision that an object has now."""
    found: int = type(obj)._default_manager.values_list("revision", flat=True).get(pk=obj.pk)
    return found


def _words_for(field: forms.Field) -> Any:
    return next((words for kind, words in WORDS_FOR if isinstance(field, kind)), REQUIRED)


class PortalForm(Careful, forms.Form):
    """A form that stands on its own."""


class PortalModelForm[M: Model](Careful, forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """A form over a model that validates and never saves: `facts()` goes to the action.

    A new object gets its uuid from the form, so that the same form sent twice makes one object;
    an existing one sends its revision back, so that `status.lock` notices an old page.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        self.fields["form_key"].initial = uuid.uuid4() if is_new else None
        if isinstance(self.instance, Recorded):
            self.fields["revision"].initial = None if is_new else self.instance.revision

    def validate_constraints(self) -> None:
        """Say beside the field what a value breaks by itself; what fields break together, above."""
        super().validate_constraints()
        found = self.errors.pop(NON_FIELD_ERRORS, None)
        about = _single_fields(self._meta.model)
        for error in found.as_data() if found else ():
            field = about.get(str(error.message))
            self.add_error(field if field in self.fields else None, error)

    def facts(self) -> dict[str, Any]:
        """Give the cleaned fields, without what the form itself needs."""
        own = ("form_key", "revision")
        return {name: value for name, value in self.cleaned_data.items() if name not in own}

    def key(self) -> uuid.UUID:
        """Give the uuid of the object that this form makes."""
        key: uuid.UUID | None = self.cleaned_data.get("form_key")
        return key or uuid.uuid4()

    def already_made(self) -> M | None:
        """Find what this very form made before; sent twice at once, the second waits."""
        key = self.key()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(key)])
        made: M | None = self._meta.model._default_manager.filter(uuid=key).first()
        return made

    def newest_revision(self) -> int | None:
        if isinstance(self.instance, Recorded) and self.instance.pk:
            return revision_of(self.instance)
        return None


def _single_fields(model: type[Model]) -> dict[str, str]:
    """Give the field of each check constraint about one field, by what the constraint says."""
    checks = (each for each in model._meta.constraints if isinstance(each, CheckConstraint))
    named = ((each, getattr(each.condition, "referenced_base_fields", ())) for each in checks)
    return {
        str(each.get_violation_error_message()): min(names)
        for each, names in named
        if len(names) == 1
    }


REASON_LABEL = _("Reason")


class ReasonForm(PortalForm):
    """A compulsory reason or question in free text, sealed beside the event."""

    reason = forms.CharField(
        label=REASON_LABEL,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("Write about the work, not about the person: no names, no illness."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
