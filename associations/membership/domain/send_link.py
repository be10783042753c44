from django.db import transaction

from .. import emails
from ..enums import ApplicationState
from ..models import Application

AT_MOST = 5


def send_link(email: str) -> None:
    """Send the links of the applications under this address, if there are any; the caller is not told whether there were."""
    states = (*ApplicationState.WRITABLE, *ApplicationState.OPEN)
    applications = Application.objects.filter(contact_email__iexact=email, state__in=states).order_by("-changed_at")
    with transaction.atomic():
        for application in applications[:AT_MOST]:
            emails.draft_link(application)
