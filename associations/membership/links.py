"""The link that stands for an account: whoever holds it may go on with that application, and with no other."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from .models import Application

SALT = "membership.application"
DAYS = 730


def token_for(application: Application) -> str:
    return signer().sign(application.reference)


def reference_in(token: str) -> str | None:
    """The code of the application that the link was made for; None for a link that we did not make, or an old one."""
    try:
        return signer().unsign(token, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None


def signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=SALT, sep=".")


def address_of(application: Application) -> str:
    """The whole address, in the language of the application, for a letter."""
    with override(application.language):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(
            "membership:application", args=[token_for(application)]
        )
