from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import EditionStatus, State
from ..models import Enrolment
from .confirm import set_confirmed
from .expire import end_due
from .offer import offer_free_places
from .steps import fresh, lock_edition, move


def accept(enrolment: Enrolment, *, now: datetime, by: Any = None, reason: str = "") -> Enrolment:
    """Take an offered place. Accepted twice, it is the same place.

    Raises RuleViolation when there is no offer, or no longer: then it has ended, and the next has been offered the place.
    """
    with transaction.atomic():
        edition = lock_edition(enrolment.edition_id)
        if end_due(edition, now=now):
            offer_free_places(edition, now=now)
        enrolment = fresh(enrolment, edition)
        taken = enrolment.state == State.OFFERED and edition.status == EditionStatus.PUBLISHED
        if taken:
            if enrolment.provisional:  # who answers our letter has read it
                set_confirmed(enrolment, now=now, by=by)
            move(enrolment, State.ENROLLED, now=now, by=by, reason=reason)
            emails.tell_enrolled(enrolment, now=now)
    # Outside the transaction: what has ended above has ended, also when the answer is no.
    if not taken and enrolment.state != State.ENROLLED:
        raise RuleViolation(refusal(enrolment), code=enrolment.state)
    return enrolment


def refusal(enrolment: Enrolment) -> str:
    if enrolment.edition.status != EditionStatus.PUBLISHED:
        return _("This has been cancelled: there are no places to take any more.")
    if enrolment.state == State.EXPIRED:
        return _(
            "This offer has ended, and the place has gone to the next person. You can enrol again; you will be at the end of the waiting list."
        )
    if enrolment.state == State.WAITING:
        return _("No place is free yet. We write to you when it is your turn.")
    return _("This request has been given up. To have a place, enrol again.")
