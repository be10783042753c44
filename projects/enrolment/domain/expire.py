from datetime import datetime

from django.db import transaction

from .. import emails
from ..enums import State
from ..models import Edition, Enrolment
from ..queries import due
from .offer import offer_free_places
from .steps import lock_edition, move


def expire(*, now: datetime) -> int:
    """End every offer and every provisional request whose time is over, and offer their places to the next. Returns how many
    ended. Done twice it is calm."""
    editions = due(now).order_by().values_list("edition", flat=True).distinct()
    return sum(expire_in(edition_id, now=now) for edition_id in editions)


def expire_in(edition_id: int, *, now: datetime) -> int:
    with transaction.atomic():
        edition = lock_edition(edition_id)
        ended = end_due(edition, now=now)
        if ended:
            offer_free_places(edition, now=now)
        return len(ended)


def end_due(edition: Edition, *, now: datetime) -> list[Enrolment]:
    """Under the lock. What has an end ends at it even if no worker runs: every verb calls this first."""
    ended = list(due(now).filter(edition=edition))
    for enrolment in ended:
        enrolment.edition = edition
        if enrolment.state == State.OFFERED:
            move(enrolment, State.EXPIRED, now=now)
            emails.tell_expired(enrolment)
        else:
            move(enrolment, State.LAPSED, now=now)
            emails.tell_lapsed(enrolment)
    return ended
