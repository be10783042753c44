from datetime import datetime

from django.db import transaction

from .. import emails
from ..enums import ApplicationState
from ..models import Application
from .step import locked, move


def withdraw(application: Application, *, now: datetime) -> Application:
    """The body takes its application back, at any time before the decision. It may begin another."""
    with transaction.atomic():
        application = locked(application)
        if application.state == ApplicationState.WITHDRAWN:
            return application
        move(application, ApplicationState.WITHDRAWN, by=None, now=now, action="withdrawn")
        emails.withdrawn(application)
    return application
