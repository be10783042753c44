from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from foundation_site.core.opening_hours import OpeningHours

from .. import emails
from ..enums import EditionStatus, State
from ..models import QUEUE, Edition, Enrolment, Meeting
from ..queries import is_over, meetings_of, with_places
from .steps import lock_edition, move

SHORTEST_OFFER = timedelta(hours=12)


def offer_free_places(edition: Edition, *, now: datetime, by: Any = None) -> list[Enrolment]:
    """Offer what is free to those who wait, the oldest party that fits first, each place once. Returns whom a place was offered to.

    A party larger than what is free is passed over, not forgotten: it stays first in line.
    """
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        meetings = meetings_of(edition)
        if edition.status != EditionStatus.PUBLISHED or is_over(meetings, now=now):
            return []
        counted = with_places(Edition.objects.filter(pk=edition.pk)).get()
        free = counted.free
        if not counted.waiting or free == 0:
            return []
        end = offer_end(edition, meetings, now=now)
        offered = []
        waiting = edition.enrolments.filter(state=State.WAITING).annotate(size=Count("participants")).order_by(*QUEUE)
        for party in waiting:
            if free is not None:
                if party.size > free:
                    continue
                free -= party.size
            party.edition = edition
            move(party, State.OFFERED, now=now, by=by, offer_expires_at=end)
            emails.tell_offered(party)
            offered.append(party)
        if offered:
            look_again(edition, at=end)
        return offered


def offer_end(edition: Edition, meetings: list[Meeting], *, now: datetime) -> datetime:
    """The end of an offer made now: some days, all of them or opening days, but before the first meeting where that leaves time
    enough to answer."""
    if edition.offer_in_opening_days:
        end = OpeningHours.load().end_after(now, edition.offer_days)
    else:
        end = now + timedelta(days=edition.offer_days)
    first = min((meeting.start for meeting in meetings if not meeting.cancelled), default=end)
    return min(end, first) if first >= now + SHORTEST_OFFER else min(end, now + SHORTEST_OFFER)


def look_again(edition: Edition, *, at: datetime) -> None:
    """Leave word for the worker to end what is due, so that nothing hangs on a nightly job; one word is enough for all that ends
    within a minute."""
    from ..tasks import expire_due  # its work leads back here

    minute = (at + timedelta(minutes=1) - timedelta.resolution).replace(second=0, microsecond=0)  # the next full one
    word = expire_due.using(run_after=minute)
    left = DBTaskResult.objects.filter(status=TaskResultStatus.READY, run_after=minute)
    if not left.filter(task_path=word.module_path, args_kwargs={"args": [edition.pk], "kwargs": {}}).exists():
        word.enqueue(edition.pk)
