from datetime import datetime, timedelta

from django.db import transaction

from .. import emails
from ..enums import EditionStatus, State
from ..models import Edition, Enrolment
from ..queries import first_meeting, meetings_of
from .steps import lock_edition


def remind(*, now: datetime) -> int:
    """Remind everybody who has a place some days before the first meeting. Returns how many. Done twice it is calm."""
    coming = Edition.objects.filter(
        status=EditionStatus.PUBLISHED, enrolments__reminded_at=None, meetings__date__gte=now.date()
    )
    return sum(remind_in(edition_id, now=now) for edition_id in coming.distinct().values_list("pk", flat=True))


def remind_in(edition_id: int, *, now: datetime) -> int:
    """Each party once, also where the first meeting is moved afterwards. Who got her place after the moment of the reminder has
    just had a letter that says the same."""
    with transaction.atomic():
        edition = lock_edition(edition_id)
        first, moment = first_meeting(meetings_of(edition)), reminder_at(edition)
        if (
            first is None
            or moment is None
            or not moment <= now < first.start
            or edition.status != EditionStatus.PUBLISHED
        ):
            return 0
        parties = edition.enrolments.filter(
            state=State.ENROLLED, reminded_at=None, changed_at__lte=moment, confirmed_at__lte=moment
        )
        reachable = list(parties.exclude(email="").prefetch_related("participants"))
        for party in reachable:
            party.edition = edition
            emails.tell_reminder(party, now=now)
        Enrolment.objects.filter(pk__in=[party.pk for party in reachable]).update(reminded_at=now)
        return len(reachable)


def reminder_at(edition: Edition) -> datetime | None:
    """By the clock on the wall: as many days before, at the hour of the meeting. None where nobody is to be reminded."""
    first = first_meeting(meetings_of(edition))
    return first.start - timedelta(days=edition.reminder_days) if first and edition.reminder_days else None


def remind_later(edition: Edition, *, now: datetime) -> None:
    """Leave word for the worker; where the first meeting is moved, word is left again."""
    from ..tasks import remind_in_time  # its work leads back here

    moment = reminder_at(edition)
    if moment and moment > now:
        remind_in_time.using(run_after=moment).enqueue(edition.pk)
