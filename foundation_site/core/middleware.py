import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from .languages import language

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 120

ADMIN_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",  # eleven of the admin's pages write scripts into their HTML
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "frame-src 'self'",
        "form-action 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
)


class ServiceUnavailable:
    """Answers 503 with a page in the reader's language, and when to come back, while the database is out of reach.

    Nothing that a person sends in the meantime is confirmed; her browser keeps the form for another try.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            return unavailable(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            logger.exception("The database did not answer", exc_info=exception)
            return unavailable(request)
        return None


def unavailable(request: HttpRequest) -> HttpResponse:
    code = getattr(request, "LANGUAGE_CODE", "it")
    body = render_to_string(
        "503.html", {"language": language(code)}
    )  # no request: a context processor may ask the database
    return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


class AdminContentSecurityPolicy:
    """The admin's own policy: only this site, as on the public pages, but inline scripts and styles are let through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
        return response
