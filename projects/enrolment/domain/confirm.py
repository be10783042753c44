from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import State
from ..models import Enrolment
from .expire import end_due
from .offer import offer_free_places
from .steps import fresh, lock_edition, why


def confirm(enrolment: Enrolment, *, now: datetime, by: Any = None, reason: str = "") -> Enrolment:
    """The contact is right: the person has opened our letter, or staff (`by`) have spoken to her. Confirmed twice, nothing changes.

    Raises RuleViolation where the request has ended before.
    """
    with transaction.atomic():
        edition = lock_edition(enrolment.edition_id)
        if end_due(edition, now=now):
            offer_free_places(edition, now=now)
        enrolment = fresh(enrolment, edition)
        if enrolment.provisional:
            set_confirmed(enrolment, now=now, by=by, reason=reason)
            emails.tell_state(enrolment, now=now)
    # Outside the transaction: what has ended above has ended, also when the answer is no.
    if enrolment.state == State.LAPSED:
        raise RuleViolation(
            _("This request was not confirmed in time, and its place went to the next person. You can enrol again."),
            code="lapsed",
        )
    return enrolment


def set_confirmed(enrolment: Enrolment, *, now: datetime, by: Any = None, reason: str = "") -> None:
    """Under the lock."""
    enrolment.confirmed_at = now
    enrolment.save(update_fields=["confirmed_at"])
    log(instance=enrolment, action="enrolment.confirmed", user=by, data=why(reason))
