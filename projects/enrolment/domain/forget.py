from datetime import datetime, timedelta

from django.db import transaction

from foundation_site.core.mail.models import Letter

from ..models import LONGEST_KEPT, Answer, Edition, Enrolment
from ..queries import meetings_of
from .steps import lock_edition

KEPT_AFTER_THE_LAST_MEETING = timedelta(days=LONGEST_KEPT)


def forget(*, now: datetime) -> int:
    """Keep what we say under the form: a year after the last meeting the requests for an edition are deleted, with their
    letters; answers to questions sooner, if they say so. Returns how many requests. What stays is the log of moves, which holds no names."""
    forget_answers(now=now)
    editions = Edition.objects.filter(enrolments__isnull=False).distinct().prefetch_related("meetings")
    return sum(forget_edition(edition) for edition in editions if is_long_over(edition, now=now))


def is_long_over(edition: Edition, *, now: datetime) -> bool:
    """Without meetings it is never over: then staff have not yet said when it was."""
    end = last_end(edition)
    return end is not None and end + KEPT_AFTER_THE_LAST_MEETING <= now


def last_end(edition: Edition) -> datetime | None:
    return max((meeting.end for meeting in meetings_of(edition)), default=None)


def forget_answers(*, now: datetime) -> None:
    """Each question says under it how many days after the last meeting its answers go."""
    editions = Edition.objects.filter(enrolments__answers__isnull=False).distinct().prefetch_related("meetings")
    for edition in editions:
        end = last_end(edition)
        if end is not None and end <= now:
            Answer.objects.filter(enrolment__edition=edition, question__retention_days__lte=(now - end).days).delete()


def forget_edition(edition: Edition) -> int:
    with transaction.atomic():
        lock_edition(edition.pk)
        requests = list(Enrolment.objects.filter(edition=edition))
        for request in requests:
            Letter.objects.about(request).delete()
            request.delete()
    return len(requests)
