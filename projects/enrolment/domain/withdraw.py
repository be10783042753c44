from datetime import datetime
from typing import Any

from django.db import transaction

from .. import emails
from ..enums import State
from ..models import Enrolment
from .expire import end_due
from .offer import offer_free_places
from .steps import fresh, lock_edition, move


def withdraw(enrolment: Enrolment, *, now: datetime, by: Any = None, reason: str = "") -> Enrolment:
    """Give back a place, an offer or a number on the waiting list; what becomes free is offered to the next.

    Who has withdrawn already, or whose request has ended, gets the same answer again.
    """
    with transaction.atomic():
        edition = lock_edition(enrolment.edition_id)
        end_due(edition, now=now)
        enrolment = fresh(enrolment, edition)
        if enrolment.is_living:
            move(enrolment, State.WITHDRAWN, now=now, by=by, reason=reason)
            emails.tell_withdrawn(enrolment)
        offer_free_places(edition, now=now)
    return enrolment
