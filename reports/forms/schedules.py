"""Which report is issued after each quarter, and who reads it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from reports import rules
from reports.forms.issuing import ReportForm
from reports.models import Definition, ReportSchedule
from sroi_portal.core.models import User
from sroi_portal.core.models.authority import CONTRACT_ROLES


class ScheduleForm(ReportForm):
    """Ask for the report that was looked at, after every quarter."""

    readers = forms.ModelMultipleChoiceField(
        label=_("Readers"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each of them gets a mail when the report is there. You see it anyhow."),
    )

    class Meta(ReportForm.Meta):
        model: Any = ReportSchedule
        fields: Any = ("definition", "authority", "contract", "supplier", "category", "language")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        choosing: Any = self.fields["readers"]
        choosing.queryset = _people(user)
        choosing.label_from_instance = lambda person: person.name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            asked = ReportSchedule(**_of_a_schedule(cleaned))
            for person in cleaned["readers"]:
                if not rules.may_see_scheduled(person, asked):
                    self.add_error(
                        "readers", _("%(name)s may not see this report.") % {"name": person.name}
                    )
        return cleaned

    def about(self) -> str:
        """Name what the report that was looked at is about."""
        chosen = self._chosen()
        for name in ("contract", "category", "supplier", "authority"):
            if chosen.get(name):
                return str(chosen[name])
        return ", ".join(each.name for each in chosen.get("authorities") or ())

    def kind_of_report(self) -> str:
        """Name its kind; none when what was sent is no report of every quarter."""
        kind = self._chosen().get("definition")
        return str(Definition(kind).label) if kind else ""

    def _chosen(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_bound else dict(self.initial)

    def schedule(self) -> ReportSchedule:
        """Make what is to be asked; nothing is saved."""
        facts = _of_a_schedule(self.facts())
        readers = [person.pk for person in self.cleaned_data["readers"]]
        return ReportSchedule(uuid=self.key(), reader_ids=readers, **facts)


def _of_a_schedule(chosen: dict[str, Any]) -> dict[str, Any]:
    own = ("form_key", "revision", "readers", "authorities", "year")
    return {name: value for name, value in chosen.items() if name not in own}


def _people(user: User) -> QuerySet[User]:
    """Find who works for one of the authorities for which this person issues reports."""
    roles = {
        "role_assignments__taken_at__isnull": True,
        "role_assignments__role__in": CONTRACT_ROLES,
        "role_assignments__authority__in": rules.issues_for(user),
    }
    found: QuerySet[User] = User.objects.filter(is_active=True, **roles)
    return found.distinct().order_by("name", "pk")
