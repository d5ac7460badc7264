"""People of the demo read what is recorded, say what is not right, and answer the questions."""

import datetime as dt
import uuid
from itertools import cycle

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from candidates import actions, voices
from candidates.models import Fact, PersonalLink, Placement, PlacementStatus
from sroi_portal.core import terms
from sroi_portal.core.models import Outgoing

CODE = "zonnebloem"
PEOPLE = 14
TWO_WEEKS = dt.timedelta(days=14)
SAID = (
    (
        ("yes", "Mijn begeleider legt alles rustig uit. Ik hoor er weer bij."),
        ("yes", "Ik haal hier mijn certificaat voor de machines."),
        ("yes", "Ja, graag. Mijn dochter is trots op mij."),
    ),
    (
        ("partly", "Het werk is goed, maar vroeg beginnen is zwaar."),
        ("partly", "Ik wil graag meer Nederlandse les."),
        ("partly", ""),
    ),
    (
        ("yes", "Voor het eerst in jaren kijken ze naar wat ik wel kan."),
        ("yes", "Ik mag meekijken bij de planning."),
        ("yes", ""),
    ),
    (
        ("no", "Het rooster verandert te vaak."),
        ("no", "Niemand heeft tijd om iets uit te leggen."),
        ("no", ""),
    ),
)
WRONG = (
    (Fact.HOURS, "Ik werk sinds vorige maand 24 uur, niet meer.", ""),
    (Fact.FORM, "Ik heb nu een vast contract.", "U hebt gelijk. Wij hebben het veranderd."),
    (Fact.PERIOD, "Ik ben een week eerder begonnen.", "Die week was de proefweek. Die telt niet."),
)


def load(*, now: dt.datetime) -> None:
    """Give letters to some people, in the order in which they began, and one still to be tried."""
    said, wrong = cycle(SAID), iter(WRONG)
    running = Placement.objects.filter(status=PlacementStatus.RUNNING, starts_on__lte=now)
    chosen: dict[int, Placement] = {}
    for placement in running.select_related("candidate", "contract").order_by("-starts_on", "pk"):
        chosen.setdefault(placement.candidate_id, placement)
    placements = list(chosen.values())[: PEOPLE + 1]
    for number, placement in enumerate(placements[1:]):
        link = _given(placement, now)
        actions.judge_fact(link, placement, Fact.PARTIES, at=link.made_at)
        if number % 4 == 0 and (told := next(wrong, None)):
            _say_wrong(link, told, now)
        _answer(link, next(said), now)
    if placements:
        _to_try(placements[0], now)


def _given(placement: Placement, now: dt.datetime) -> PersonalLink:
    by = placement.entered_by
    at = min(now, max(placement.entered_at, terms.starts_at(placement.starts_on) + TWO_WEEKS))
    link, _token = actions.make_personal_link(placement, by=by, at=at, key=uuid.uuid4())
    day = timezone.localdate(at)
    actions.inform_candidate(placement.candidate, by=by, at=at, informed_on=day)
    actions.choose_code(link, CODE, at=at)
    return link


def _say_wrong(link: PersonalLink, told: tuple[str, str, str], now: dt.datetime) -> None:
    fact, words, reply = told
    at = min(now, max(link.made_at, now - TWO_WEEKS))
    judged = actions.judge_fact(link, link.placement, fact, at=at, words=words)
    if reply:
        actions.answer_fact(judged, by=link.placement.entered_by, at=now, reply=reply)


def _answer(link: PersonalLink, said: tuple[tuple[str, str], ...], now: dt.datetime) -> None:
    """Answer at the last moment that was reached; happy words may be quoted."""
    moment = voices.asked_on(link.placement, timezone.localdate(now))
    if moment is None:
        return
    questions = ("going", "learning", "staying")
    told = [
        actions.Said(
            question,
            answer,
            words,
            is_for_employer=answer == "yes" and question == "learning",
            may_quote=answer == "yes" and bool(words),
        )
        for question, (answer, words) in zip(questions, said, strict=True)
    ]
    actions.say_voice(link, moment, told, at=now)


def _to_try(placement: Placement, now: dt.datetime) -> None:
    """Lay a letter in the mailbox of the demo: in truth it is on paper and sent to nobody."""
    by = placement.entered_by
    _link, token = actions.make_personal_link(placement, by=by, at=now, key=uuid.uuid4())
    path = reverse("candidates:own-page-open", args=["nl", token])
    Outgoing.objects.create(
        to_address="op-papier@overheid.example",
        subject=f"Op papier: de brief voor de persoon van plaatsing {placement}",
        body=(
            "Deze brief wordt in het echt geprint en overhandigd. Er wordt niets gestuurd.\n\n"
            f"De eigen pagina van de persoon: {settings.SITE_URL}{path}\n\n"
            "Kies de eerste keer zelf een code. Andere talen kiest u boven aan de pagina.\n"
        ),
        written_at=now,
        sent_at=now,
    )
