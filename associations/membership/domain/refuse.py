from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import ApplicationState
from ..models import Application
from .decide import four_eyes, sign
from .step import locked, move


def refuse(application: Application, *, reason: str, by: Any, now: datetime) -> Application:
    """Say no, and why. Done twice, the first refusal and its reason stand."""
    reason = reason.strip()
    if not reason:
        raise RuleViolation(_("Write the reason: the association has a right to it."))
    with transaction.atomic():
        application = locked(application)
        if application.state == ApplicationState.REFUSED:
            return application
        four_eyes(application, by)
        application.reason = reason
        sign(application, by=by, now=now)
        move(application, ApplicationState.REFUSED, by=by, now=now, action="refused")
        emails.refused(application)
    return application
