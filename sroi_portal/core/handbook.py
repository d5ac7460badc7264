"""The handbook: for each role what one comes for, does first and may expect (H08, R-450).

Its texts stand in `docs/handbook/<language>/<role>.md`: a title, a few sentences, and the sections
below in this order. The last one is for training, and shown in a demonstration only.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sroi_portal.core import texts
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.models.authority import ADMINISTRATOR_ROLES

SUPPLIER = "supplier"
ROLES: dict[str, tuple[RoleName, ...]] = {
    "officer": (RoleName.OFFICER,),
    "manager": (RoleName.MANAGER,),
    "coordinator": (RoleName.COORDINATOR,),
    SUPPLIER: (),
    "policy-maker": (RoleName.POLICY_MAKER,),
    "adviser": (RoleName.ADVISER,),
    "auditor": (RoleName.AUDITOR,),
    "administrator": ADMINISTRATOR_ROLES,
    "candidate": (),
}
SECTIONS = ("purpose", "first-day", "next", "wrong", "try")


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    text: SafeString


@dataclass(frozen=True, slots=True)
class Book:
    role: str
    title: str
    lead: SafeString
    sections: tuple[Section, ...]


def book(role: str) -> Book:
    """Read the text for a role in the language of the reader."""
    language = get_language() or settings.LANGUAGE_CODE
    path = settings.BASE_DIR / "docs" / "handbook" / language / f"{role}.md"
    title, text = texts.read(path)
    lead, *parts = text.split("\n## ")
    named = zip(SECTIONS, parts, strict=True)
    shown = [(key, part) for key, part in named if key != "try" or settings.DEMO]
    return Book(role, title, texts.html(lead), tuple(_section(*each) for each in shown))


def _section(key: str, part: str) -> Section:
    title, _, text = part.partition("\n")
    return Section(key, title, texts.html(text))


def roles_of(user: User | AnonymousUser) -> list[str]:
    """Name the texts that are written for this person."""
    if not isinstance(user, User):
        return []
    held = {assignment.role for assignment in user.roles}
    works = {SUPPLIER} if user.supplier_ids else set()
    return [role for role, names in ROLES.items() if role in works or held.intersection(names)]


def books(user: User | AnonymousUser) -> tuple[list[Book], list[Book]]:
    """Read all texts: those for this person, and those for others."""
    own = roles_of(user)
    return [book(role) for role in own], [book(role) for role in ROLES if role not in own]
