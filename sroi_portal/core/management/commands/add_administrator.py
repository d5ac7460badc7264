"""The first administrator of an authority: everybody else is invited in the browser."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from sroi_portal.core import actions
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Authority, RoleName, User


class Command(BaseCommand):
    help = "Invite somebody by mail to administer an authority, which is made when it is new."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("code", help="abbreviation of the authority, such as BZK")
        parser.add_argument("authority", nargs="?", help="its name, when it is new")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(DatabaseRole.WORKER), transaction.atomic():
            authority = _authority(options["code"], options["authority"])
            at, email = timezone.now(), options["email"].strip().lower()
            person = User.objects.filter(email=email).first()
            if person is None:
                person = User.objects.create_user(email, name=options["name"])
                actions.send_password_link(person, by=person, at=at)
            try:
                role = RoleName.ADMINISTRATOR
                actions.give_role(person, authority=authority, role=role, by=None, at=at)
            except actions.AlreadyHeldError as reason:
                raise CommandError(str(reason)) from reason
        self.stdout.write(f"{person.name} administers {authority.name}; the mail is on its way.")


def _authority(code: str, name: str | None) -> Authority:
    known = Authority.objects.filter(code=code).first()
    if known is None and not name:
        raise CommandError(f"There is no authority {code} yet: give its name as well.")
    return known or Authority.objects.create(code=code, name=str(name))
