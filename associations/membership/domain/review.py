from datetime import datetime
from typing import Any

from django.db import transaction

from ..enums import ApplicationState
from ..models import Application
from .step import locked, move


def review(application: Application, *, by: Any, now: datetime) -> Application:
    """Take an application in hand. Whoever does so prepares the decision, and a colleague takes it."""
    with transaction.atomic():
        application = locked(application)
        if application.state == ApplicationState.IN_REVIEW and application.reviewer_id == by.pk:
            return application
        application.reviewer = by
        move(application, ApplicationState.IN_REVIEW, by=by, now=now, action="taken_in_review")
    return application
