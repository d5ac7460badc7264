"""What other people of the network ask somebody (S09)."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.models import PersonQuestion
from reports.home.kinds import Item, WorkList, first_rows
from sroi_portal.core.models import User


def asked_lists(user: User) -> list[WorkList]:
    """List it where there is something: nobody is asked often; one query."""
    rows = PersonQuestion.objects.waiting_for(user).select_related("asked_by")
    items, count = first_rows(rows, _question)
    if not count:
        return []
    return [
        WorkList(
            key="asked",
            title=_("People who ask you something"),
            items=items,
            count=count,
            empty=_("Nobody waits for an answer of yours."),
            url=reverse("network:person-question-list"),
            more=_("All questions and answers"),
        )
    ]


def _question(question: PersonQuestion) -> Item:
    return Item(
        label=_("%(name)s asked you") % {"name": question.asked_by.name},
        url=question.get_absolute_url(),
        when=_("asked on"),
        on=timezone.localdate(question.asked_at),
    )
