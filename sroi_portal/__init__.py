"""The shell of SROI-portaal: settings, addresses, background work."""

from sroi_portal.celery import app as celery_app

__all__ = ["celery_app"]
