"""What is recorded of one person, in the words of one language: for the own page and its copy.

Rows are read as the link, which sees only those of this person; names of firms, contracts and
groups are then looked up by the worker (R-370).
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from candidates import retention
from candidates.letters import Texts
from candidates.models import (
    Candidate,
    CandidateCode,
    Contribution,
    Evidence,
    Fact,
    FollowUp,
    JudgedFact,
    PersonalLink,
    Placement,
    Share,
    ShareStatus,
    Voice,
    WeeklyHours,
)
from candidates.noted import Noted, Notes
from contracts.models import Block, Contract, EvidenceKind
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as
from sroi_portal.core.models import Authority, ReadEvent, RoleAssignment, RoleName
from sroi_portal.core.templatetags import formats
from suppliers.models import Membership, Supplier

REASON = "see-reason"  # the look of a colleague who asked why somebody counts
ROLES = {RoleName.COORDINATOR: "role_coordinator", RoleName.MANAGER: "role_manager"}


@dataclass(frozen=True)
class Judged:
    """What the person said of a fact, and what was answered."""

    is_right: bool
    said: str
    words: str
    due: str
    replied: str
    reply: str


@dataclass(frozen=True)
class FactShown:
    key: str
    label: str
    values: tuple[str, ...]
    judged: Judged | None


@dataclass(frozen=True)
class Period:
    period: str
    status: str
    worth: str


@dataclass(frozen=True)
class Work:
    """One placement: its facts, what became of it, and why it is recorded."""

    pk: int
    title: str
    facts: tuple[FactShown, ...]
    periods: tuple[Period, ...]
    why: tuple[str, ...]
    evidence: tuple[str, ...]
    noted: tuple[Noted, ...]
    wrong_hint: str
    privacy: "Privacy"


@dataclass(frozen=True)
class Privacy:
    """Who answers for it and why it is allowed, what one may do, and whom to call."""

    ground: tuple[str, ...]
    rights: tuple[str, ...]
    call: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """How often somebody of an organisation looked on a day."""

    day: str
    organisation: str
    role: str
    times: int


@dataclass(frozen=True)
class Rows:
    """Rows as the link reads them."""

    placements: list[Placement]
    hours: list[WeeklyHours]
    contributions: list[Contribution]
    shares: list[Share]
    evidence: list[Evidence]
    judged: list[JudgedFact]
    codes: list[CandidateCode]
    voices: list[Voice]
    follow_ups: list[FollowUp]


@dataclass(frozen=True)
class Recorded:
    works: tuple[Work, ...]
    looks: tuple[Look, ...]
    codes: tuple[str, ...]
    informed: str
    voices: list[Voice]
    follow_ups: list[FollowUp]


def sight_of(link: PersonalLink) -> Sight:
    return Sight(link=bytes(link.token_hash).hex(), opened=link.pk)


def rows_of(link: PersonalLink) -> Rows:
    with acting_as(DatabaseRole.LINK, sight_of(link)):
        return Rows(
            placements=list(Placement.objects.order_by("-starts_on", "-pk")),
            hours=list(WeeklyHours.objects.order_by("holds_from")),
            contributions=list(Contribution.objects.order_by("-starts_on", "-pk")),
            shares=list(Share.objects.order_by("pk")),
            evidence=list(Evidence.objects.current().order_by("pk")),
            judged=list(JudgedFact.objects.standing()),
            codes=list(CandidateCode.objects.order_by("pk")),
            voices=list(Voice.objects.order_by("said_at", "pk")),
            follow_ups=list(FollowUp.objects.order_by("falls_on", "pk")),
        )


def of(link: PersonalLink, texts: Texts) -> Recorded:
    """Gather all of it; a fixed number of queries."""
    rows = rows_of(link)
    with acting_as(DatabaseRole.WORKER):
        person = Candidate.objects.get(pk=link.candidate_id)
        names = _Names(rows, texts)
        looks = tuple(_looks(person, texts))
    informed = texts.say("copy_informed", day=person.informed_on) if person.informed_on else ""
    return Recorded(
        works=tuple(names.work(placement) for placement in rows.placements),
        looks=looks,
        codes=tuple(code.code for code in rows.codes),
        informed=informed,
        voices=rows.voices,
        follow_ups=rows.follow_ups,
    )


class _Names:
    """Puts rows into words; what it needs of others is read at once, as the worker."""

    def __init__(self, rows: Rows, texts: Texts) -> None:
        self.rows, self.texts = rows, texts
        wanted = {each.contract_id for each in rows.placements}
        contracts = Contract.objects.select_related("authority")
        self.contracts = contracts.in_bulk(wanted)
        placed = Placement.objects.filter(pk__in=[each.pk for each in rows.placements])
        self.suppliers = {each.pk: each.supplier.name for each in placed.select_related("supplier")}
        blocks = {each.block_id for each in rows.placements}
        self.blocks = Block.objects.select_related("group").in_bulk(blocks)
        self.kinds = EvidenceKind.objects.in_bulk({each.kind_id for each in rows.evidence})
        answered = [each for each in rows.judged if each.answered_by_id]
        self.members = set(
            Membership.objects.filter(
                user_id__in=[each.answered_by_id for each in answered]
            ).values_list("user_id", "supplier_id")
        )
        self.notes = Notes(rows.placements, rows.follow_ups, texts)

    def work(self, placement: Placement) -> Work:
        t = self.texts
        contract = self.contracts[placement.contract_id]
        told = {"supplier": self.suppliers[placement.pk], "authority": contract.authority.name}
        until = retention.removed_on(contract.ends_on)
        why = [t["why_what_for"], t.say("why_by", **told)]
        if until:
            why.append(t.say("why_long", day=until))
        block = self.blocks[placement.block_id]
        return Work(
            pk=placement.pk,
            title=t.say("placement", day=placement.starts_on),
            facts=tuple(self._facts(placement)),
            periods=tuple(self._periods(placement)),
            why=tuple(why),
            evidence=tuple(self._evidence(placement)),
            noted=tuple(self.notes.of(placement, block, **told)),
            wrong_hint=t["wrong_hint" if placement.authority_ids else "wrong_hint_employer"],
            privacy=_privacy(placement, told, t),
        )

    def _facts(self, placement: Placement) -> Iterable[FactShown]:
        values: dict[str, Callable[[Placement], list[str]]] = {
            Fact.PERIOD: self._period,
            Fact.HOURS: self._hours,
            Fact.FORM: self._form,
            Fact.GROUP: self._group,
            Fact.PARTIES: self._parties,
            Fact.OTHER: lambda _placement: [self.texts["fact_other_value"]],
        }
        for key, say in values.items():
            said = tuple(say(placement))
            label = self.texts[f"fact_{key}"]
            yield FactShown(str(key), label, said, self._judged(placement, key))

    def _period(self, placement: Placement) -> list[str]:
        key = "fact_period_value" if placement.ends_on else "fact_period_open"
        return [self.texts.say(key, first=placement.starts_on, last=placement.ends_on)]

    def _hours(self, placement: Placement) -> list[str]:
        return [
            self.texts.say(
                "fact_hours_value",
                hours=formats.number(each.hours_per_week),
                day=each.holds_from,
            )
            for each in self.rows.hours
            if each.placement_id == placement.pk
        ]

    def _form(self, placement: Placement) -> list[str]:
        said = [self.texts[f"form_{placement.contract_form}"]]
        if placement.permanent_on:
            said.append(self.texts.say("fact_permanent", day=placement.permanent_on))
        return said

    def _group(self, placement: Placement) -> list[str]:
        block = self.blocks[placement.block_id]
        return [(block.group or block).label]

    def _parties(self, placement: Placement) -> list[str]:
        contract = self.contracts[placement.contract_id]
        return [
            self.texts.say(
                "fact_parties_value",
                supplier=self.suppliers[placement.pk],
                contract=contract.title,
                authority=contract.authority.name,
            )
        ]

    def _judged(self, placement: Placement, fact: str) -> Judged | None:
        mine = (
            each
            for each in self.rows.judged
            if each.placement_id == placement.pk and each.fact == fact
        )
        found = next(mine, None)
        if found is None:
            return None
        t, is_right = self.texts, found.status == "right"
        key = "said_right" if is_right else "said_wrong"
        waits = found.due_on if not found.reply else None
        return Judged(
            is_right=is_right,
            said=t.say(key, day=_day(found.judged_at)),
            words=found.words,
            due=t.say("said_due", day=waits) if waits else "",
            replied=self._replied(placement, found),
            reply=found.reply,
        )

    def _replied(self, placement: Placement, judged: JudgedFact) -> str:
        if judged.answered_at is None:
            return ""
        is_supplier = (judged.answered_by_id, judged.supplier_id) in self.members
        contract = self.contracts[placement.contract_id]
        who = self.suppliers[placement.pk] if is_supplier else contract.authority.name
        return self.texts.say("said_reply", who=who, day=_day(judged.answered_at))

    def _periods(self, placement: Placement) -> Iterable[Period]:
        claimed: dict[int, list[Share]] = {}
        for share in self.rows.shares:
            claimed.setdefault(share.contribution_id, []).append(share)
        for each in self.rows.contributions:
            if placement.pk not in (each.placement_id, each.for_placement_id):
                continue
            period = self.texts.say("fact_period_value", first=each.starts_on, last=each.ends_on)
            for share in claimed.get(each.pk, ()):
                key = "copy_worth" if share.status == ShareStatus.VERIFIED else "copy_about"
                worth = self.texts.say(key, amount=formats.euro(share.value_eur))
                yield Period(period, self.texts[f"status_{share.status}"], worth)

    def _evidence(self, placement: Placement) -> Iterable[str]:
        for each in self.rows.evidence:
            if each.placement_id == placement.pk:
                kind = self.kinds[each.kind_id].label
                key = "copy_evidence_value" if each.seen_on else "copy_evidence_asked"
                yield self.texts.say(key, kind=kind, day=each.seen_on)


def _privacy(placement: Placement, parties: dict[str, str], texts: Texts) -> Privacy:
    """Say what everybody may know before anything is asked (AVG, articles 13 and 14)."""
    ground = ("privacy_goal", "privacy_ground", "privacy_decide")
    rights = ("see", "copy", "correct", "erase", "withdraw")
    call = [texts.say("privacy_call", number=str(placement), **parties)]
    if settings.CONTACT_EMAIL:
        call.append(texts.say("privacy_mail", mail=settings.CONTACT_EMAIL))
    return Privacy(
        ground=(texts.say("privacy_who", **parties), *(texts[key] for key in ground)),
        rights=tuple(texts[f"privacy_{key}"] for key in rights),
        call=(*call, texts["letter_rights_5"]),
    )


def _looks(person: Candidate, texts: Texts) -> Iterable[Look]:
    """Tell each look by staff, the newest first: organisation, role and day, never a name (K06)."""
    events = list(ReadEvent.objects.filter(candidate_uuid=person.uuid).order_by("-at", "-pk"))
    roles = _roles(events)
    names = _organisations(events)
    counted: Counter[tuple[dt.date, str, str]] = Counter()
    for event in events:
        key = roles(event) if event.authority_id else _colleague(event)
        organisation = names[event.authority_id, event.supplier_id]
        counted[_day(event.at), organisation, texts[key]] += 1
    for (day, organisation, role), times in counted.items():
        yield Look(texts.day(day), organisation, role, times)


def _colleague(event: ReadEvent) -> str:
    return "role_supplier_reason" if event.activity == REASON else "role_supplier"


def _roles(events: list[ReadEvent]) -> Callable[[ReadEvent], str]:
    people = {event.by_id for event in events if event.authority_id}
    held: dict[tuple[int, int | None], list[RoleAssignment]] = {}
    for each in RoleAssignment.objects.filter(user_id__in=people, role__in=list(ROLES)):
        held.setdefault((each.user_id, each.authority_id), []).append(each)

    def role(event: ReadEvent) -> str:
        mine = held.get((event.by_id, event.authority_id), [])
        theirs = {each.role for each in mine if each.held_at(event.at)}
        return next((key for name, key in ROLES.items() if name in theirs), "role_other")

    return role


def _organisations(events: list[ReadEvent]) -> dict[tuple[int | None, int | None], str]:

    authorities = Authority.objects.in_bulk({each.authority_id for each in events})
    suppliers = Supplier.objects.in_bulk({each.supplier_id for each in events})
    return {
        (each.authority_id, each.supplier_id): (
            authorities[each.authority_id] if each.authority_id else suppliers[each.supplier_id]
        ).name
        for each in events
    }


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)
