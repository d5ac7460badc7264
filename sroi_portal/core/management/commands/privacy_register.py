"""Print docs/privacy.md: every table, every column, what is personal, and who may see the rows."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models

from sroi_portal.core.rights import Guard, Reach

OURS = ("core", "suppliers", "contracts", "candidates", "network", "reports")
ELSEWHERE = {  # tables of packages that hold personal data
    "account.EmailAddress": ("email",),
    "account.EmailConfirmation": (),
    "auth.Group": (),
    "auth.Permission": (),
    "contenttypes.ContentType": (),
    "mfa.Authenticator": ("data",),
    "sessions.Session": ("session_data",),
}
SEEN_BY = {
    Guard.AUTHORITY: "people with a role at the authority of the row.",
    Guard.SUPPLIER: "people of the supplier of the row.",
    Guard.AUTHORITY_OR_SUPPLIER: (
        "people with a role at the authority of the row, and people of its supplier."
    ),
    Guard.AUTHORITIES_TOGETHER: (
        "people with a role at every authority of the row, and people of its supplier."
    ),
    Guard.CHECKING_OR_SUPPLIER: (
        "coordinators and contract managers of the authority of the row, and people of its supplier."
    ),
    Guard.SUBMITTED_OR_SUPPLIER: (
        "people of the supplier of the row; once it is no longer a draft also coordinators and "
        "contract managers of its authority."
    ),
    Guard.AUTHORITIES_OR_SUPPLIER: (
        "people of the supplier of the row; coordinators and contract managers of the authorities "
        "to which something of it was submitted."
    ),
    Guard.BY_CONTRACT: "whoever may see the contract of the row.",
    Guard.CONTRACT: (
        "people with a role at the authority, people of the supplier, and of those who carry the "
        "contract or work on it with the supplier."
    ),
    Guard.ALL_PARTIES: (
        "people with a role at the authority of the row, people of its supplier, and of those who "
        "carry the contract or work on it with the supplier."
    ),
    Guard.AUTHORITY_OR_RECEIVER: (
        "people with a role at the authority of the row, or at the one that receives it."
    ),
    Guard.PERSON: "the person of the row alone.",
    Guard.BY_CONTRACT_OR_SUPPLIER: (
        "whoever may see the contract of the row, and people of the supplier of the row."
    ),
    Guard.BY_GOAL: "whoever may see the goal of the row.",
    Guard.ACCOUNT: (
        "whoever may see the contract of the row, but not those who carry it or work on it with "
        "the supplier."
    ),
    Guard.LINK: "who opens the link of the row.",
    Guard.BOTH_SUPPLIERS: "people of the two suppliers of the row.",
    Guard.SUPPLIERS_TOGETHER: "people of every supplier of the row.",
    Guard.SAID_BY_SUPPLIER: (
        "coordinators and contract managers of the authorities of the row, and people of its "
        "supplier: what the supplier said. What the person said is for none of them."
    ),
    Guard.PUBLISHED_OR_EDITOR: (
        "everybody with an account once it is published; before that advisers and who recorded it."
    ),
    Guard.SHARED_OR_AUTHOR: (
        "everybody with an account once it is shared; before that who wrote it alone."
    ),
    Guard.BY_TENDER: (
        "people with a role at the authority of the tender, and whoever may see a contract of it."
    ),
    Guard.ASKER_OR_EDITOR: "who asked, and advisers.",
    Guard.BETWEEN_TWO: "who asked, and who was asked.",
    Guard.OF_MEETING: "the person of the row, and who holds the meeting.",
    Guard.OF_LINK: "who opened the link of the row.",
    Guard.OF_PERSON: "the person whose link is opened.",
    Guard.OF_PLACEMENT: "whoever may see the placement of the row.",
    Guard.OF_WORK: "whoever may see a placement of the row.",
    Guard.OF_CONTRIBUTION: "whoever may see the contribution of the row.",
    Guard.PERMITTED: "people of the supplier of the row, when the person permitted it.",
}
KINDS: tuple[tuple[Any, str], ...] = (
    (models.FileField, "file"),
    (models.BinaryField, "bytes"),
    (models.JSONField, "structured facts"),
    (models.BooleanField, "yes or no"),
    (models.DateTimeField, "moment"),
    (models.DateField, "day"),
    (models.UUIDField, "random identifier"),
    (models.DecimalField, "number"),
    (models.IntegerField, "number"),
    (models.EmailField, "e-mail address"),
    (models.CharField, "text"),
    (models.TextField, "text"),
)
TOP = """# Privacy register

Made by `manage.py privacy_register`; not written by hand. A test compares it with the models, so
that a new column shows up in a review and somebody says what it is.

What the portal never has is as important: no field exists for the name, citizen service number,
day of birth, address, nationality, illness or offence of a candidate. A candidate is the
supplier's own reference, sealed for that supplier, and a random code, one for each authority.

*Personal* marks what says something about a candidate or about somebody with an account. Columns
that end in `_sealed`, and the column `sealed`, are encrypted (see [cryptography](cryptography.md)).
The rows that the web sees are limited in the database itself
(see [decision 10](adr/0010-acting-as.md)); workers see all rows of the tables they need.
"""


class Command(BaseCommand):
    help = "Print the privacy register (docs/privacy.md)."
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        self.stdout.write("\n".join(register()))


def register() -> Iterator[str]:
    yield TOP
    for label in OURS:
        if label in apps.app_configs:
            yield f"## {label}\n"
            for model in apps.get_app_config(label).get_models():
                yield from _ours(model)
    yield "## Tables of packages\n"
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            yield from _table(model, ELSEWHERE[model._meta.label])


REACHED_BY = {
    None: "whoever the queries of the portal show them to.",
    Reach.PUBLIC: "everybody, also without an account.",
    Reach.WORKER: "nobody: background work alone reads them.",
}


def _ours(model: type[models.Model]) -> Iterator[str]:
    guard: Guard | None = getattr(model, "GUARD", None)
    reach: Reach | None = getattr(model, "REACH", None)
    seen = SEEN_BY[guard] if guard else REACHED_BY[reach]
    lines = [str(model.__doc__).partition("\n")[0], "", f"Rows are seen by {seen}"]
    if getattr(model, "APPEND_ONLY", False):
        lines.append("Append-only: nobody changes or removes a row.")
    yield from _table(model, model.PERSONAL, "\n".join(lines))  # type: ignore[attr-defined]


def _table(model: type[models.Model], personal: tuple[str, ...], said: str = "") -> Iterator[str]:
    yield f"### {model._meta.object_name}\n"
    if said:
        yield f"{said}\n"
    yield "| Column | Holds | Personal |"
    yield "|---|---|---|"
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    for field in fields:
        mark = "**personal**" if field.name in personal else ""
        yield f"| `{field.name}` | {_kind(field)} | {mark} |"
    yield ""


def _kind(field: Any) -> str:
    if field.is_relation:
        many = "several of " if field.many_to_many else ""
        return f"{many}{field.related_model._meta.object_name}"
    found = (words for kind, words in KINDS if isinstance(field, kind))
    return next(found, "list")
