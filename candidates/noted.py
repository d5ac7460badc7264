"""What is noted beside the facts of a placement, in the words of one language (C12, K07).

The person reads it as it is; what is not right of it is said at "something else".
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from candidates.letters import Texts
from candidates.models import (
    Additionality,
    AgreedJob,
    FollowUp,
    FollowUpAnswer,
    JobStatus,
    Placement,
    SaidBy,
)
from contracts.models import Block, TableBonus
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True)
class Noted:
    label: str
    lines: tuple[str, ...]


class Notes:
    """Reads all of it at once as the worker, of placements that the link saw."""

    def __init__(
        self, placements: Iterable[Placement], follow_ups: Iterable[FollowUp], texts: Texts
    ) -> None:
        numbers = [each.pk for each in placements]
        self.texts = texts
        self.stated = {
            each.placement_id: each for each in Additionality.objects.filter(placement__in=numbers)
        }
        jobs = AgreedJob.objects.filter(placement__in=numbers).prefetch_related("paid_hours")
        self.jobs = {each.placement_id: each for each in jobs}
        self.asked = {each.pk: each for each in follow_ups}
        answers = FollowUpAnswer.objects.filter(follow_up__in=self.asked)
        self.answers = list(answers.order_by("answered_at", "pk"))
        codes = {
            code for each in placements for code in (*each.bonus_codes, *each.permanent_bonus_codes)
        }
        self.bonuses = {
            (each.table_id, each.code): each for each in TableBonus.objects.filter(code__in=codes)
        }

    def of(self, placement: Placement, block: Block, supplier: str, authority: str) -> list[Noted]:
        """Say each with who wrote it and when; what was never said is left out."""
        t = self.texts
        found = {
            "row_label": self._row(placement, block, supplier),
            "anyway_label": self._anyway(placement, supplier),
            "job_label": self._job(placement, supplier, authority),
            "after_label": self._after(placement, supplier),
        }
        return [Noted(t[label], tuple(lines)) for label, lines in found.items() if lines]

    def _row(self, placement: Placement, block: Block, supplier: str) -> list[str]:
        codes = dict.fromkeys((*placement.bonus_codes, *placement.permanent_bonus_codes))
        also = [self.bonuses.get((block.table_id, code)) for code in codes]
        return [
            block.label,
            *(self.texts.say("row_also", bonus=each.label) for each in also if each),
            self._by(supplier, placement.entered_at),
        ]

    def _anyway(self, placement: Placement, supplier: str) -> list[str]:
        stated, t = self.stated.get(placement.pk), self.texts
        if stated is None:
            return []
        return [
            t.say("anyway_hired", answer=t[f"told_{stated.hired_anyway}"]),
            t.say("anyway_place", answer=t[f"told_{stated.takes_a_place}"]),
            self._by(supplier, stated.stated_at),
        ]

    def _job(self, placement: Placement, supplier: str, authority: str) -> list[str]:
        job, t = self.jobs.get(placement.pk), self.texts
        if job is None:
            return []
        hours = [
            t.say(f"job_hours_{each.per}", hours=formats.number(each.hours), day=each.starts_on)
            for each in job.paid_hours.all()
        ]
        state = f"job_{JobStatus(job.status)}"
        checked = {"who": authority, "day": _day(job.checked_at)} if job.checked_at else {}
        return [
            t.say("job_known", day=job.known_on),
            t[f"job_{job.form}"],
            *hours,
            self._by(supplier, job.stated_at),
            t.say(state, **checked),
        ]

    def _after(self, placement: Placement, supplier: str) -> list[str]:
        lines = []
        for each in self.answers:
            if each.placement_id != placement.pk:
                continue
            is_own = each.said_by == SaidBy.CANDIDATE
            day = _day(each.answered_at)
            told = self.texts.say("noted_self", day=day)
            lines += [
                self._answer(each),
                told if is_own else self._by(supplier, each.answered_at),
            ]
            if not each.is_current:
                lines.append(self.texts["noted_replaced"])
        return lines

    def _answer(self, answer: FollowUpAnswer) -> str:
        t = self.texts
        said = [t[f"after_{answer.outcome}"]]
        if answer.hours_per_week is not None:
            said.append(t.say("after_hours", hours=formats.number(answer.hours_per_week)))
        if answer.contract_form:
            said.append(t[f"form_{answer.contract_form}"])
        if answer.permanent_on:
            permanent = t.say("fact_permanent", day=answer.permanent_on)
            said.append(f"{permanent} {t[f'after_{answer.permanent_with}']}")
        day = self.asked[answer.follow_up_id].falls_on
        return t.say("after_value", day=day, answer=", ".join(said))

    def _by(self, who: str, at: dt.datetime) -> str:
        return self.texts.say("noted_by", who=who, day=_day(at))


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)
