from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from .. import emails
from ..models import Edition, Interest
from ..queries import is_over, meetings_of
from .steps import lock_course


def tell_first(edition: Edition, *, now: datetime) -> None:
    """Tell of a new edition everybody who asked for it, the oldest wish first; who gave a phone number is put down to be called.

    Inside the transaction that publishes it. Each wish is told once, whichever edition comes first: another process waits for the
    course, and then finds it told.
    """
    if edition.course_id is None or is_over(meetings_of(edition), now=now):
        return
    lock_course(edition.course_id)
    for interest in Interest.objects.filter(course=edition.course_id, edition=None, confirmed_at__isnull=False):
        tell(interest, edition, now=now)


def tell(interest: Interest, edition: Edition, *, now: datetime) -> None:
    """Under the lock of the course."""
    interest.edition = edition
    if interest.email:
        emails.tell_first(interest)
        interest.told_at = now
        log(instance=interest, action="enrolment.told")
    interest.save(update_fields=["edition", "told_at"])


def called(interest: Interest, *, now: datetime, by: Any) -> Interest:
    """Staff have told her by phone. Called twice, the first call counts."""
    with transaction.atomic():
        lock_course(interest.course_id)
        interest = Interest.objects.get(pk=interest.pk)
        if interest.edition_id and interest.told_at is None:
            interest.told_at = now
            interest.save(update_fields=["told_at"])
            log(instance=interest, action="enrolment.told", user=by)
    return interest
