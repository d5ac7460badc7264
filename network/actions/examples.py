"""What happens to a good example, from the proposal to the library (R-330, R-331)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import TargetGroup
from network import timeline
from network.actions import telling
from network.models import ExampleStatus, GoodExample
from sroi_portal.core import audit, mail
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save

OPEN = (ExampleStatus.PROPOSED, ExampleStatus.RETURNED)


class ExampleStandsError(RefusedError):
    """The example cannot be changed, or not by this person."""


@transaction.atomic
def propose_example(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> GoodExample:
    """Offer an example to the library; an adviser looks at it first."""
    example = GoodExample(uuid=key or uuid.uuid4(), proposed_by=by, proposed_at=at)
    groups = _write(example, facts)[1]
    _complete(example)
    save(example)
    example.groups.set(groups or ())
    audit.record(example, "propose_example", by=by, at=at, moved=("", example.status))
    _tell_advisers(example, by=by, at=at)
    return example


@transaction.atomic
def change_example(
    example: GoodExample,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> GoodExample:
    """Change what it says; what is published is corrected by another than its writer.

    :raises ExampleStandsError: when it is withdrawn, or published and one's own.
    """
    example = lock(example, revision=revision)
    is_other = example.status == ExampleStatus.PUBLISHED and example.proposed_by_id != by.pk
    if example.status not in OPEN and not is_other:
        raise ExampleStandsError(
            _("This example has the status “%(status)s”. You cannot change it now.")
            % {"status": example.get_status_display()}
        )
    changed, groups = _write(example, facts)
    if groups is not None and {each.pk for each in groups} != set(
        example.groups.values_list("pk", flat=True)
    ):
        changed.append("groups")
        example.groups.set(groups)
    if changed:
        save(example)
        audit.record(example, "change_example", by=by, at=at, changed=changed)
    return example


@transaction.atomic
def propose_example_again(
    example: GoodExample, *, by: User, at: dt.datetime, remark: str = ""
) -> None:
    """Send it to an adviser once more, after a question or when it was withdrawn."""
    example = lock(example)
    example.proposed_by, example.proposed_at = by, at
    example.published_by = example.published_at = None
    move(
        example,
        ExampleStatus.PROPOSED,
        verb="propose_example_again",
        by=by,
        at=at,
        remark=remark,
    )
    _tell_advisers(example, by=by, at=at)


@transaction.atomic
def return_example(
    example: GoodExample, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Give it back to who proposed it, with a question."""
    example = lock(example, revision=revision)
    move(example, ExampleStatus.RETURNED, verb="return_example", by=by, at=at, remark=reason)
    _tell(example, "example_returned", at=at)


@transaction.atomic
def publish_example(
    example: GoodExample, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Put it into the library.

    :raises ValidationError: of one's own proposal.
    """
    example = lock(example, revision=revision)
    example.published_by, example.published_at = by, at
    move(example, ExampleStatus.PUBLISHED, verb="publish_example", by=by, at=at)
    timeline.renew()
    _tell(example, "example_published", at=at)


@transaction.atomic
def withdraw_example(
    example: GoodExample, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Take it out of the library; it can be proposed anew."""
    example = lock(example, revision=revision)
    move(example, ExampleStatus.WITHDRAWN, verb="withdraw_example", by=by, at=at, remark=reason)
    timeline.renew()


def _write(
    example: GoodExample, facts: Mapping[str, Any]
) -> tuple[list[str], Iterable[TargetGroup] | None]:
    """Take the facts over; name those that differ, and hand back the groups."""
    plain = {name: value for name, value in facts.items() if name != "groups"}
    changed = [name for name, value in plain.items() if getattr(example, name) != value]
    for name in changed:
        setattr(example, name, plain[name])
    return changed, facts.get("groups")


def _complete(example: GoodExample) -> None:
    """Take category and kind of purchase from the contract or tender it is about."""
    contract = example.contract
    if contract:
        example.category = example.category or contract.category
        example.tender = example.tender or contract.tender
    if example.tender and not example.cpv_division:
        example.cpv_division = example.tender.cpv_main[:2]


def _tell(example: GoodExample, what: str, *, at: dt.datetime) -> None:
    to, context = [example.proposed_by], {"example": example}
    mail.send(f"network/mail/{what}.txt", to=to, at=at, context=context)


def _tell_advisers(example: GoodExample, *, by: User, at: dt.datetime) -> None:
    to = [each for each in telling.advisers_for(by) if each.pk != by.pk]
    context = {"example": example}
    mail.send("network/mail/example_proposed.txt", to=to, at=at, context=context)
