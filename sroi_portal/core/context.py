"""What every page needs to know."""

from django.conf import settings
from django.http import HttpRequest


def portal(_request: HttpRequest) -> dict[str, object]:
    return {
        "demo": settings.DEMO,
        "contact_email": settings.CONTACT_EMAIL,
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }
