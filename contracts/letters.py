"""Texts of letters with a fixed set of places to fill in, and the print of a letter (R-226)."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import Dialogue, DialogueKind, Letter, LetterKind, LetterTemplate
from sroi_portal.core import pdf
from sroi_portal.core.models import Authority
from sroi_portal.core.templatetags import formats

STYLESHEET = "css/letter.css"
PLACE = re.compile(r"\{([^{}]*)\}")
PLACES: dict[str, str | Promise] = {
    "supplier": gettext_lazy("name of the supplier"),
    "authority": gettext_lazy("name of the authority"),
    "contract": gettext_lazy("title of the contract"),
    "reference": gettext_lazy("number of the contract"),
    "manager": gettext_lazy("name of the contract manager"),
    "day": gettext_lazy("day of the letter"),
    "owed": gettext_lazy("what is owed"),
    "done": gettext_lazy("what is done"),
    "shortfall": gettext_lazy("what is missing"),
    "surplus": gettext_lazy("what was done beyond what is owed"),
    "until": gettext_lazy("last day of the term"),
    "factor": gettext_lazy("multiple of the malus"),
    "malus": gettext_lazy("amount of the malus"),
    "waived": gettext_lazy("what is waived"),
    "carried": gettext_lazy("what is carried over"),
    "other_contract": gettext_lazy("contract to which something is carried over"),
    "reason": gettext_lazy("what you write about it"),
    "tender": gettext_lazy("title of the tender"),
    "topic": gettext_lazy("what the talk is about"),
    "kind": gettext_lazy("kind of talk"),
    "held_on": gettext_lazy("day of the talk"),
    "place": gettext_lazy("where the talk is"),
    "officer": gettext_lazy("name of the procurement officer"),
    "said": gettext_lazy("what was said"),
    "conclusions": gettext_lazy("the conclusions, numbered"),
}
OF_TALKS = (
    "authority",
    "tender",
    "reference",
    "topic",
    "kind",
    "held_on",
    "place",
    "officer",
    "day",
    "said",
    "conclusions",
)
TALKS = (LetterKind.INVITATION, LetterKind.SUMMARY)
ALWAYS = (
    "supplier",
    "authority",
    "contract",
    "reference",
    "manager",
    "day",
    "owed",
    "done",
    "shortfall",
    "reason",
)
OF_KIND: Mapping[str, tuple[str, ...]] = {
    LetterKind.TALK: ("until",),
    LetterKind.RECOVERY: ("until",),
    LetterKind.DEFERRAL: ("until",),
    LetterKind.NOTICE: ("until",),
    LetterKind.MALUS: ("factor", "malus"),
    LetterKind.STATEMENT: ("until", "surplus", "factor"),
    LetterKind.DECISION: ("surplus", "factor", "malus", "waived", "carried", "other_contract"),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    LetterKind.TALK: (),
    LetterKind.RECOVERY: ("until",),
    LetterKind.DEFERRAL: ("until",),
    LetterKind.NOTICE: ("until", "shortfall"),
    LetterKind.MALUS: ("malus",),
    LetterKind.STATEMENT: ("owed", "done", "until"),
    LetterKind.DECISION: ("malus", "waived", "carried"),
    LetterKind.INVITATION: ("topic", "held_on"),
    LetterKind.SUMMARY: ("held_on", "conclusions"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A subject and a text with places still to fill in."""

    subject: str
    text: str
    version: int = 0  # 0: as it comes with the portal


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, a heading, or points of a list."""

    heading: str = ""
    paragraph: str = ""
    points: tuple[str, ...] = ()


def places_of(kind: str) -> dict[str, str | Promise]:
    """Name the places that a letter of this kind may have."""
    names = OF_TALKS if kind in TALKS else (*ALWAYS, *OF_KIND[kind])
    return {name: PLACES[name] for name in names}


def check(kind: str, text: str) -> None:
    """Refuse places that nobody fills in, and a text without those that it must have.

    :raises ValidationError: with the names.
    """
    used = set(PLACE.findall(text))
    unknown = sorted(used - set(places_of(kind)))
    if unknown:
        raise ValidationError(
            _("This letter has no place named %(names)s.")
            % {"names": ", ".join(f"{{{name}}}" for name in unknown)}
        )
    if re.search(r"[{}]", PLACE.sub("", text)):
        raise ValidationError(_("A brace stands alone: write a place as {supplier}."))
    missing = [name for name in NEEDED[kind] if name not in used]
    if missing:
        raise ValidationError(
            _("The text must have %(names)s.")
            % {"names": ", ".join(f"{{{name}}}" for name in missing)}
        )


def draft(authority: Authority, kind: str, language: str) -> Draft:
    """Give the newest text of the authority, or the one that comes with the portal."""
    own = LetterTemplate.objects.current(authority, kind, language)
    if own is not None:
        return Draft(own.subject, own.text, own.version)
    with translation.override(language):
        shipped = render_to_string(f"contracts/letters/{kind}_{language}.txt")
    subject, _newline, text = shipped.strip().partition("\n")
    return Draft(subject.strip(), text.strip())


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Put the facts in their places; what is typed in a fact is never a place itself."""
    return PLACE.sub(lambda found: facts.get(found[1], "–"), text)


def parts(text: str) -> Iterator[Part]:
    """Cut a text at its blank lines; `# ` begins a heading, `- ` a point of a list."""
    for block in re.split(r"\n\s*\n", text.strip().replace("\r\n", "\n")):
        lines = [line.strip() for line in block.splitlines()]
        if all(line.startswith("- ") for line in lines):
            yield Part(points=tuple(line[2:] for line in lines))
        elif len(lines) == 1 and lines[0].startswith("# "):
            yield Part(heading=lines[0][2:])
        else:
            yield Part(paragraph="\n".join(lines))


def as_pdf(letter: Letter) -> bytes:
    """Print the frozen text as tagged PDF/UA; nothing is fetched, and every text is escaped."""
    with translation.override(letter.language):
        html = render_to_string(f"contracts/letter_v{letter.layout_version}.html", context(letter))
    return pdf.render(html, stylesheet=STYLESHEET)


def dated(dialogue: Dialogue, kind: str, *, today: dt.date) -> dt.date:
    """Give the day of the letter: when it was mailed, or today as long as it was not."""
    is_invitation = kind == LetterKind.INVITATION
    sent_at = dialogue.invited_at if is_invitation else dialogue.summed_up_at
    return timezone.localdate(sent_at) if sent_at else today


def about_talk(dialogue: Dialogue, kind: str, language: str, *, today: dt.date) -> Draft:
    """Fill the newest text in for a talk; what is known of it now stands in it (R-363)."""
    written = draft(dialogue.authority, kind, language)
    with translation.override(language):
        facts = _facts_of_talk(dialogue, today)
    return Draft(fill(written.subject, facts)[:400], fill(written.text, facts), written.version)


def talk_as_pdf(dialogue: Dialogue, kind: str, language: str, *, today: dt.date) -> bytes:
    """Print it as tagged PDF/UA, addressed to who takes part; nothing is kept."""
    written = about_talk(dialogue, kind, language, today=today)
    told = {
        "dialogue": dialogue,
        "subject": written.subject,
        "parts": list(parts(written.text)),
        "language": language,
        "today": today,
        "label": LetterKind(kind).label,
    }
    with translation.override(language):
        html = render_to_string("contracts/dialogue_letter_print.html", told)
    return pdf.render(html, stylesheet=STYLESHEET)


def _facts_of_talk(dialogue: Dialogue, today: dt.date) -> dict[str, str]:
    tender = dialogue.tender
    standing = dialogue.conclusions.standing()
    return {
        "authority": dialogue.authority.name,
        "tender": tender.title,
        "reference": tender.reference or "–",
        "topic": dialogue.topic,
        "kind": str(DialogueKind(dialogue.kind).label),
        "held_on": formats.day(dialogue.held_on),
        "place": dialogue.place or "–",
        "officer": tender.officer.name,
        "day": formats.day(today),
        "said": dialogue.said or "–",
        "conclusions": "\n".join(f"- {each}" for each in standing) or "–",
    }


def context(letter: Letter) -> dict[str, Any]:
    return {
        "letter": letter,
        "parts": list(parts(letter.text)),
        "fingerprint": bytes(letter.sha256).hex(),
    }


def example(kind: str) -> dict[str, str]:
    """Fill every place with what it means, for a preview."""
    return {name: f"[{label}]" for name, label in places_of(kind).items()}
