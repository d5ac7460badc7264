"""What the person said of a placement, as far as the reader may know."""

from django import template
from django.utils import timezone

from candidates import rules
from candidates.models import JudgedFact, Placement, PlacementStatus, Voice
from sroi_portal.core.models import User

register = template.Library()


@register.simple_tag
def person_says(placement: Placement, person: User) -> dict[str, object]:
    """Gather what waits for an answer and what the employer may read; two queries."""
    judged = JudgedFact.objects.visible_to(person).filter(placement=placement).waiting()
    permitted = Voice.objects.visible_to(person).filter(placement=placement)
    return {
        "waiting": list(judged.order_by("due_on", "pk")),
        "permitted": list(permitted),
        "today": timezone.localdate(),
        "may_make": rules.may_make_personal_link(person, placement)
        and placement.status != PlacementStatus.WITHDRAWN,
    }
