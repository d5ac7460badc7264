"""What is typed of meetings: the plan, why it is off, what was said."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models import Lesson, Meeting
from network.rules import advises, belongs_to_network
from sroi_portal.core.forms import PortalForm, PortalModelForm, ReasonForm
from sroi_portal.core.models import User


class MeetingFilterForm(PortalForm):
    error_title = _("A filter was not understood and left out.")

    q = forms.CharField(label=_("Words"), required=False, max_length=120)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=(
            ("", _("what is to come")),
            ("over", _("what is over")),
            ("mine", _("what I go to")),
            ("proposed", _("what is proposed")),
        ),
    )

    def wanted(self) -> dict[str, Any]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MeetingForm(PortalModelForm[Meeting]):
    on = forms.DateField(label=_("Day"))
    begins = forms.TimeField(label=_("From"), widget=_time())
    ends = forms.TimeField(label=_("Until"), widget=_time())
    holder = forms.EmailField(
        label=_("Who holds it?"),
        help_text=_(
            "The e-mail address of a colleague in the portal. Who holds it sees who comes."
        ),
    )

    class Meta:
        model = Meeting
        fields = (
            *("title", "purpose", "for_whom", "place", "link", "seats", "sign_up_until"),
            "is_public",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {"purpose": forms.Textarea(attrs={"rows": 6})}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("Say what one comes for, such as “Reserving a lot: how do you begin?”."),
            "purpose": _("What you want to reach, and what people take home. No names."),
            "for_whom": _("Such as “buyers and contract managers”."),
            "place": _("Name and address of the building. Leave it empty when it is only online."),
            "link": _("Only who signs in sees it."),
            "seats": _("Leave it empty when everybody who wants can come."),
            "sign_up_until": _("The last day on which one can sign up."),
            "is_public": _("Title, day and for whom stand on the page that everybody can read."),
        }

    field_order = (
        *("title", "purpose", "for_whom", "on", "begins", "ends", "place", "link", "seats"),
        *("sign_up_until", "holder", "is_public"),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.instance
        if not advises(person):
            del self.fields["holder"], self.fields["is_public"]
        else:
            self.fields["holder"].initial = own.holder.email if own.pk else person.email
        if own.pk:
            begins, ends = (timezone.localtime(each) for each in (own.starts_at, own.ends_at))
            shown = {"on": begins.date(), "begins": begins.time(), "ends": ends.time()}
            for name, value in shown.items():
                self.fields[name].initial = value

    def clean_holder(self) -> User:
        """Find who holds it.

        :raises ValidationError: when nobody of the network has this address.
        """
        address = self.cleaned_data["holder"].strip().lower()
        found: User | None = User.objects.filter(email=address, is_active=True).first()
        if found is None or not belongs_to_network(found):
            raise forms.ValidationError(_("Nobody in the network has this address."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on, begins, ends = (cleaned.get(name) for name in ("on", "begins", "ends"))
        if begins and ends and ends <= begins:
            self.add_error("ends", _("The meeting ends before it begins."))
        until = cleaned.get("sign_up_until")
        if on and until and until > on:
            self.add_error("sign_up_until", _("This day lies after the meeting."))
        if on and not self.instance.pk and on < timezone.localdate():
            self.add_error("on", _("This day is over."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        on, begins, ends = (facts.pop(name) for name in ("on", "begins", "ends"))

        def moment(time: dt.time) -> dt.datetime:
            return timezone.make_aware(dt.datetime.combine(on, time))

        return facts | {"starts_at": moment(begins), "ends_at": moment(ends)}


class DeclineMeetingForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why is it not taken up?")
        self.fields["reason"].help_text = _("Who proposed the meeting reads this.")


class CancelMeetingForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why is it cancelled?")
        self.fields["reason"].help_text = _("Everybody in the network reads this. No names.")


class MeetingReportForm(PortalForm):
    report = forms.CharField(
        label=_("What was said and agreed?"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Everybody in the network reads this. Write about the work: no names."),
    )
    lessons = forms.ModelMultipleChoiceField(
        Lesson.objects.none(),
        label=_("Lessons that were drawn"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Published lessons, the newest first."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    OFFERED = 40

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Lesson.objects.published().order_by("-published_at", "-pk")[: self.OFFERED]
        offered = [*newest.values_list("pk", flat=True)]
        chosen = [*meeting.lessons.values_list("pk", flat=True)]
        lessons: Any = self.fields["lessons"]
        rows = Lesson.objects.published().filter(pk__in={*offered, *chosen})
        lessons.queryset = rows.order_by("-published_at", "-pk").defer("search")
        lessons.initial = chosen
