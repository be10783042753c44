from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from foundation_site.core.mail.models import Letter

from ..figures import counts_of
from ..models import LONGEST_KEPT, Answer, Certificate, Edition, Enrolment, Figures, Interest, Message
from ..queries import meetings_of
from .interest import take_out
from .steps import lock_edition

KEPT_AFTER_THE_LAST_MEETING = timedelta(days=LONGEST_KEPT)
INTEREST_KEPT, INTEREST_KEPT_UNCONFIRMED = timedelta(days=730), timedelta(days=7)
CERTIFICATES_KEPT = timedelta(days=3653)  # ten years: as long as a claim may rest on one (Civil Code, art. 2946)


def forget(*, now: datetime) -> int:
    """Keep what we say under the form: a year after the last meeting the requests for an edition are deleted, with their
    letters; answers to questions sooner, if they say so. Returns how many requests. What stays is the log of moves, which holds
    no names, how many people there were, and for ten years of a certificate what is needed to check its code: initials, course,
    hours and dates."""
    forget_answers(now=now)
    Certificate.objects.filter(issued_at__lte=now - CERTIFICATES_KEPT).delete()
    editions = Edition.objects.filter(enrolments__isnull=False).distinct().prefetch_related("meetings")
    return sum(forget_edition(edition, now=now) for edition in editions if is_long_over(edition, now=now))


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


def forget_edition(edition: Edition, *, now: datetime) -> int:
    with transaction.atomic():
        lock_edition(edition.pk)
        Figures.objects.get_or_create(edition=edition, defaults={**counts_of(edition), "written_at": now})
        Certificate.objects.filter(edition=edition).update(name="", name_own_script="")
        Message.objects.filter(edition=edition).delete()
        requests = list(Enrolment.objects.filter(edition=edition))
        for request in requests:
            Letter.objects.about(request).delete()
            request.delete()
    return len(requests)


def forget_interests(*, now: datetime) -> int:
    """Wishes to be told first go when they are fulfilled and the letter has left, or after two years; those whose contact nobody
    has confirmed after a week. Returns how many."""
    unconfirmed = Q(confirmed_at=None, asked_at__lte=now - INTEREST_KEPT_UNCONFIRMED)
    due = Interest.objects.filter(Q(told_at__isnull=False) | Q(asked_at__lte=now - INTEREST_KEPT) | unconfirmed)
    return sum(forget_interest(interest) for interest in due)


def forget_interest(interest: Interest) -> int:
    letters = Letter.objects.about(interest)
    if interest.told_at and letters.filter(sent_at=None).exists():  # the mail server may be down: she is not told yet
        return 0
    take_out(interest)
    return 1
