"""What pages and records about one person have in common."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no I and 1, no O and 0
CODE_LENGTH = 8

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """No cache keeps it, no search engine lists it, and its address, which is a key, is told to nobody."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = never_cache(view)(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return guarded


def new_code() -> str:
    """Read out on the phone, copied by hand; one in 10^12, so that nobody finds another's by trying."""
    return "".join(secrets.choice(CODE_ALPHABET) for _position in range(CODE_LENGTH))
