from django.db import transaction

from .. import emails
from ..models import Enrolment


def send_link(enrolment: Enrolment) -> None:
    """Send the way to a request once more, to the address that we know: who knows a name and an address is not yet that person."""
    with transaction.atomic():
        emails.tell_again(enrolment)
