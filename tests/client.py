"""A browser for tests: signs in, and refuses a GET that writes."""

import re

from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

WRITES = re.compile(r'^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
MAY_BE_WRITTEN = {"core_readevent", "django_session"}


class WritingGetError(AssertionError):
    """A GET changed something."""


def _refuse_writes(execute, sql, params, many, context):
    written = WRITES.match(sql)
    if written and written.group(2).lower() not in MAY_BE_WRITTEN:
        raise WritingGetError(f"a GET wrote {sql[:200]}")
    return execute(sql, params, many, context)


class PortalClient(Client):
    def sign_in(self, person):
        """Sign in as somebody whose second factor, where asked, stands."""
        if person.must_have_second_factor:
            Authenticator.objects.get_or_create(
                user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}}
            )
        self.force_login(person, backend="sroi_portal.core.signing_in.EmailBackend")
        return self

    def get(self, *args, **kwargs):
        with connection.execute_wrapper(_refuse_writes):
            return super().get(*args, **kwargs)
