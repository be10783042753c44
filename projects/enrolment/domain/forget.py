from datetime import datetime, timedelta

from django.db import transaction

from foundation_site.core.mail.models import Letter

from ..models import Edition, Enrolment
from ..queries import meetings_of
from .steps import lock_edition

KEPT_AFTER_THE_LAST_MEETING = timedelta(days=365)


def forget(*, now: datetime) -> int:
    """Keep what we say under the form: a year after the last meeting the requests for an edition are deleted, with their
    letters. Returns how many. What stays is the log of moves, which holds no names."""
    editions = Edition.objects.filter(enrolments__isnull=False).distinct().prefetch_related("meetings")
    return sum(forget_edition(edition) for edition in editions if is_long_over(edition, now=now))


def is_long_over(edition: Edition, *, now: datetime) -> bool:
    """Without meetings it is never over: then staff have not yet said when it was."""
    ends = [meeting.end for meeting in meetings_of(edition)]
    return bool(ends) and max(ends) + KEPT_AFTER_THE_LAST_MEETING <= now


def forget_edition(edition: Edition) -> int:
    with transaction.atomic():
        lock_edition(edition.pk)
        requests = list(Enrolment.objects.filter(edition=edition))
        for request in requests:
            Letter.objects.about(request).delete()
            request.delete()
    return len(requests)
