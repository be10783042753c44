from django.db import transaction

from .. import emails
from ..enums import State
from ..models import Enrolment


def send_link(enrolment: Enrolment) -> None:
    """Send the way to a request once more, to the address that we know: who knows a name and an address is not yet that person.
    A provisional request gets its letter to confirm again."""
    with transaction.atomic():
        if enrolment.provisional and enrolment.state in State.PROVISIONAL:
            emails.tell_to_confirm(enrolment)
        else:
            emails.tell_again(enrolment)
