from datetime import datetime
from typing import Any

from django.db import transaction

from ..enums import State
from ..models import Enrolment
from .expire import end_due
from .offer import offer_free_places
from .steps import fresh, lock_edition, move


def decline(enrolment: Enrolment, *, now: datetime, by: Any = None, reason: str = "") -> Enrolment:
    """Say no to an offered place; the next in line is offered it. Once declined or over, it stays so.

    Raises RuleViolation where no place was offered, or where it has been taken.
    """
    with transaction.atomic():
        edition = lock_edition(enrolment.edition_id)
        end_due(edition, now=now)
        enrolment = fresh(enrolment, edition)
        if enrolment.state not in State.ENDED:
            move(enrolment, State.DECLINED, now=now, by=by, reason=reason)
        offer_free_places(edition, now=now)
    return enrolment
