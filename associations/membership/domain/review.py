from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation_site.core.errors import RuleViolation

from ..enums import ApplicationState
from ..models import Application
from .step import locked, move


def review(application: Application, *, by: Any, now: datetime) -> Application:
    """Take an application in hand. Whoever does so prepares the decision, and a colleague takes it: so it stays with the first
    who took it, and nobody becomes free to decide by passing it on."""
    with transaction.atomic():
        application = locked(application)
        if application.state == ApplicationState.IN_REVIEW and application.reviewer_id == by.pk:
            return application
        if application.reviewer_id not in (None, by.pk):
            raise RuleViolation(_("A colleague reviews this application: %(name)s.") % {"name": application.reviewer})
        application.reviewer = by
        move(application, ApplicationState.IN_REVIEW, by=by, now=now, action="taken_in_review")
    return application
