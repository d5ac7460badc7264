"""Error pages, with the rights of the web role: the header may ask who is signed in."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from sroi_portal.core.acting import DatabaseRole, acting_as


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    with acting_as(DatabaseRole.WEB):
        return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    with acting_as(DatabaseRole.WEB):
        return defaults.page_not_found(request, exception)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
