from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from .. import emails
from ..enums import ApplicationState
from ..models import Application
from .step import locked_to_write


def save(application: Application, *, values: Mapping[str, Any], now: datetime) -> Application:
    """Keep what was written in a step. A new address gets the link, so that the draft is not lost with the old one."""
    with transaction.atomic():
        application = locked_to_write(application)
        email = application.contact_email
        for name, value in values.items():
            setattr(application, name, value)
        application.full_clean()
        application.changed_at = now
        application.save()
        if application.contact_email != email and application.state == ApplicationState.DRAFT:
            emails.draft_link(application)
    return application
