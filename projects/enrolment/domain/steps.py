"""Steps that the verbs share. They are called inside a verb's transaction, after `lock_edition`."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from ..enums import MOVES, State
from ..models import Course, Edition, Enrolment, Participant


def lock_edition(edition_id: int) -> Edition:
    """The row that owns the number, held until the transaction ends. Count only after this, in another query:
    PostgreSQL answers subqueries of a locking query from before the wait. On SQLite the transaction itself is the lock."""
    return Edition.objects.select_for_update().get(pk=edition_id)


def lock_course(course_id: int) -> Course:
    """The row that owns the wishes to be told first. Without its key: two editions of one course may be written at the same time,
    each of which holds that key."""
    return Course.objects.select_for_update(no_key=True).get(pk=course_id)


def fresh(enrolment: Enrolment, edition: Edition) -> Enrolment:
    """The request as it is under the lock, which may be otherwise than the caller saw it."""
    now_known = Enrolment.objects.get(pk=enrolment.pk)
    now_known.edition = edition
    return now_known


def move(
    enrolment: Enrolment,
    to: State,
    *,
    now: datetime,
    by: Any = None,
    reason: str = "",
    offer_expires_at: datetime | None = None,
) -> None:
    """Change the state by an allowed move, participants with it, and log it without a name."""
    if to not in MOVES[enrolment.state]:
        raise RuleViolation(
            _("This request is “%(state)s”: that can no longer be done.") % {"state": enrolment.get_state_display()},
            code="move",
        )
    enrolment.state = to
    enrolment.changed_at = now
    if offer_expires_at:
        enrolment.offer_expires_at = offer_expires_at
    if to in State.HOLDING and enrolment.first_held_at is None:
        enrolment.first_held_at = now
    enrolment.save(update_fields=["state", "changed_at", "offer_expires_at", "first_held_at"])
    if to in State.ENDED:
        Participant.objects.filter(enrolment=enrolment).update(living=False)
    log(instance=enrolment, action=f"enrolment.{to.value}", user=by, data=why(reason))


def why(reason: str) -> dict[str, str]:
    """What staff say about a step, for the log; no names, for the log outlives the request."""
    return {"reason": reason} if reason else {}
