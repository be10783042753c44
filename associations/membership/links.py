"""The link that stands for an account: whoever holds it may go on with that application, and with no other."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from .enums import ApplicationState
from .models import Application

SALT = "membership.application"
OPEN_AFTER_THE_END = timedelta(days=365)


def token_for(application: Application) -> str:
    """Always the same for an application: the link in the first letter and that in the last are one."""
    return signer().sign(application.reference)


def application_of(token: str, *, now: datetime) -> Application | None:
    """The application that the link was made for. None for a link that we did not make, and for one whose application
    ended more than a year ago."""
    try:
        reference = signer().unsign(token)
    except signing.BadSignature:
        return None
    application = Application.objects.filter(reference=reference).first()
    if (
        application
        and application.state in ApplicationState.ENDED
        and application.state_since < now - OPEN_AFTER_THE_END
    ):
        return None
    return application


def signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def address_of(application: Application) -> str:
    """The whole address, in the language of the application, for a letter."""
    with override(application.language):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(
            "membership:application", args=[token_for(application)]
        )
