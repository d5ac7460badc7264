"""Messages on a contract, as one person has yet to read them."""

from dataclasses import dataclass

from contracts.models import Contract, Message, MessageMark
from sroi_portal.core.models import User


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said, the newest first, and what of it this person did not read."""

    messages: list[Message]
    unread: frozenset[int]

    @property
    def unread_count(self) -> int:
        return len(self.unread)


def talk(contract: Contract, person: User) -> Talk:
    """Gather the messages of a contract; two queries."""
    said = list(
        Message.objects.filter(contract=contract).select_related("written_by").order_by("-pk")
    )
    mark = MessageMark.objects.filter(contract=contract, person=person)
    read = mark.values_list("last_read_id", flat=True).first() or 0
    unread = {each.pk for each in said if each.pk > read and each.written_by_id != person.pk}
    return Talk(said, frozenset(unread))
