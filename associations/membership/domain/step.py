"""From one state to the next, under the lock of the application; what every verb here begins with."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from ..enums import MOVES, ApplicationState
from ..models import Application


def locked(application: Application) -> Application:
    """The row as it is now, ours until the transaction ends."""
    return Application.objects.select_for_update(of=("self",)).get(pk=application.pk)


def locked_to_write(application: Application) -> Application:
    application = locked(application)
    if not application.writable:
        raise RuleViolation(
            _("This application has been sent: it cannot be changed now. If something is wrong, write to us.")
        )
    return application


def move(application: Application, state: ApplicationState, *, by: Any, now: datetime, action: str) -> None:
    """Set the new state, save the row and write who did it. Raises RuleViolation where the way does not lead there."""
    if state not in MOVES[application.state]:
        raise RuleViolation(
            _("This cannot be done now: the application is “%(state)s”.")
            % {"state": ApplicationState(application.state).label}
        )
    application.state = state
    application.state_since = application.changed_at = now
    application.save()
    log(instance=application, action=f"membership.{action}", user=by)
