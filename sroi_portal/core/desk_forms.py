"""What administrators tell everybody, what people ask, and how they want to be told."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.forms import PortalForm, PortalModelForm, ReasonForm
from sroi_portal.core.models import (
    Announcement,
    HelpDesk,
    HelpQuestion,
    NoticeKind,
    NoticeWay,
    User,
)
from sroi_portal.core.models.authority import TEXT_ROLES
from sroi_portal.core.people_forms import offer_authorities

HELPS = {
    NoticeKind.DECISION: _("A question, a verification, a verification that was revoked."),
    NoticeKind.CONTRACT: _("Goals, plans, turnover and the obligation itself."),
    NoticeKind.REMINDER: _("Before, on and after the day. They stop when the work is done."),
    NoticeKind.WORK: _("A contract that is handed over to you, for example."),
    NoticeKind.NETWORK: _(
        "A pilot that goes on, a lesson of yours, an obstacle that you reported."
    ),
}


class AnnouncementForm(PortalModelForm[Announcement]):
    class Meta:
        model = Announcement
        fields = ("authority", "audience", "text_nl", "text_en", "starts_on", "ends_on")
        widgets: ClassVar[dict[str, forms.Widget | type[forms.Widget]]] = {
            "text_nl": forms.Textarea(attrs={"rows": 3}),
            "text_en": forms.Textarea(attrs={"rows": 3}),
            "audience": forms.RadioSelect,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "text_nl": _("One or two sentences. They stand above every page."),
            "ends_on": _("The last day on which it is shown."),
        }

    def __init__(self, *args: Any, administrator: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_authorities(self, administrator, TEXT_ROLES)


class HelpDeskForm(PortalModelForm[HelpDesk]):
    BSN_EXEMPT: ClassVar[tuple[str, ...]] = ("phone",)

    class Meta:
        model = HelpDesk
        fields = ("name", "email", "phone", "hours")
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As people know it, such as “Servicepunt social return”."),
            "email": _("A shared address; questions are announced there."),
            "hours": _("For example: working days, 9 to 12."),
        }


class QuestionForm(PortalModelForm[HelpQuestion]):
    desk = forms.ModelChoiceField(
        HelpDesk.objects.select_related("authority").order_by("authority__name"),
        label=_("Whom do you ask?"),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    question = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Write about the work, not about the person: no names, no illness."),
    )

    class Meta:
        model = HelpQuestion
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["desk"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        field.label_from_instance = lambda obj: f"{obj.authority}: {obj}"  # type: ignore[method-assign]


class AnswerForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Your answer")
        self.fields["reason"].help_text = _("Who asked reads it here and gets a mail.")


class NoticesForm(PortalForm):
    """One choice for each kind of notice."""

    def __init__(self, *args: Any, chosen: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in NoticeKind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=NoticeWay,
                initial=chosen.get(kind, NoticeWay.AT_ONCE),
                widget=forms.RadioSelect,
                help_text=HELPS[kind],
            )
