"""What caused a line of the ledger: where the reader may look at it (G15)."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, Goal, GoalProgress, LedgerEntry, Obligation
from sroi_portal.core.models import User

KINDS: dict[str, Promise] = {
    "contracts.obligation": _("obligation"),
    "contracts.goal": _("goal of the contract"),
    "contracts.goalprogress": _("progress of a goal"),
    "contracts.followup": _("malus"),
    "contracts.settlement": _("settlement"),
    "candidates.placement": _("placement"),
    "candidates.share": _("contribution"),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """What it is, and its page where this reader has one."""

    label: str | Promise
    url: str = ""


def kind_label(kind: str) -> str | Promise:
    return KINDS.get(kind, kind)


def causes(contract: Contract, lines: Iterable[LedgerEntry], person: User) -> dict[Any, Cause]:
    """Look up what these lines come from: one query for each kind of cause."""
    wanted: dict[str, set[uuid.UUID]] = {}
    for line in lines:
        wanted.setdefault(line.source_kind, set()).add(line.source_uuid)
    page = contract.get_absolute_url()
    result: dict[Any, Cause] = {}
    for kind, uuids in sorted(wanted.items()):
        result |= dict.fromkeys(uuids, Cause(kind_label(kind)))
        if kind in OWN:
            result |= OWN[kind](page, uuids)
        else:
            label = kind_label(kind)
            result |= {
                each.uuid: Cause(label, each.get_absolute_url())
                for each in _visible(kind, uuids, person)
            }
    return result


def _visible(kind: str, uuids: set[uuid.UUID], person: User) -> Any:
    rows: Any = apps.get_model(kind)._default_manager
    return rows.visible_to(person).filter(uuid__in=uuids)


def _obligations(page: str, uuids: set[uuid.UUID]) -> dict[Any, Cause]:
    found = Obligation.objects.filter(uuid__in=uuids).values_list("uuid", "version")
    return {
        key: Cause(_("obligation, version %(number)d") % {"number": version}, f"{page}#obligation")
        for key, version in found
    }


def _goals(page: str, uuids: set[uuid.UUID]) -> dict[Any, Cause]:
    found = Goal.objects.filter(uuid__in=uuids).values_list("uuid", "title")
    return {
        key: Cause(_("goal: %(title)s") % {"title": title}, f"{page}#goal-{key.hex}")
        for key, title in found
    }


def _progress(page: str, uuids: set[uuid.UUID]) -> dict[Any, Cause]:
    found = GoalProgress.objects.filter(uuid__in=uuids)
    return {
        key: Cause(_("progress of: %(title)s") % {"title": title}, f"{page}#goal-{goal.hex}")
        for key, goal, title in found.values_list("uuid", "goal__uuid", "goal__title")
    }


OWN: dict[str, Callable[[str, set[uuid.UUID]], dict[Any, Cause]]] = {
    "contracts.obligation": _obligations,
    "contracts.goal": _goals,
    "contracts.goalprogress": _progress,
}
