from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import ApplicationState
from ..models import Application
from .step import locked, move


def ask_completion(application: Application, *, missing: str, by: Any, now: datetime) -> Application:
    """Say what is missing. The application opens again for the body, and keeps its place and its reviewer."""
    missing = missing.strip()
    if not missing:
        raise RuleViolation(_("Write what is missing: the association reads these words."))
    with transaction.atomic():
        application = locked(application)
        if application.state == ApplicationState.COMPLETION_ASKED and application.missing == missing:
            return application
        application.missing = missing
        move(application, ApplicationState.COMPLETION_ASKED, by=by, now=now, action="completion_asked")
        emails.completion_asked(application)
    return application
