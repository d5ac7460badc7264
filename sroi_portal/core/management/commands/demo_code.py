"""The code that a demo person's authenticator app shows now."""

import time
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User

SECONDS = 30


class Command(BaseCommand):
    help = "Print the current code of a demo person's second factor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", metavar="NAME_OR_EMAIL")

    def handle(self, *args: Any, who: str, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This works only in a demonstration (DEMO=True).")
        with acting_as(DatabaseRole.WORKER):
            person = _find(who)
            stored = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
        if stored is None:
            raise CommandError(f"{person.name} has no authenticator app: the password is enough.")
        secret = get_adapter().decrypt(stored.data["secret"])
        self.stdout.write(format_hotp_value(hotp_value(secret, int(time.time()) // SECONDS)))


def _find(who: str) -> User:
    people = list(User.objects.matching(who))
    exact = [person for person in people if who.lower() in {person.name.lower(), person.email}]
    found = exact or people
    if len(found) != 1:
        names = ", ".join(person.name for person in found) or "nobody"
        raise CommandError(f"{who}: write one name or address; found {names}.")
    person: User = found[0]
    return person
