"""Say who may sign in to the demo, and how."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sroi_portal import demo_people as people


class Command(BaseCommand):
    help = "Print the people of the demo with their password and second factor."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("There are demo people only in an installation with DEMO=True.")
        rows = [
            (official.email, str(official.role.label), official.secret)
            for official in people.OFFICIALS
        ]
        rows += [
            (colleague.email, f"supplier: {people.SUPPLIERS[colleague.supplier]}", "")
            for colleague in people.COLLEAGUES
        ]
        self.stdout.write(f"Everybody's password: {people.PASSWORD}\n")
        for email, who, secret in rows:
            factor = f"  TOTP secret {secret}" if secret else ""
            self.stdout.write(f"  {email:<28} {who}{factor}")
        self.stdout.write("The code of the moment: .venv/bin/python manage.py demo_code NAME")
