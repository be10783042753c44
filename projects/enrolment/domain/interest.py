from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from foundation_site.core.mail.models import Letter

from .. import emails
from ..models import Course, Enrolment, Interest
from ..queries import first_announced_since
from ..validators import folded
from .enrol import Contact, check_contact
from .steps import lock_course
from .tell_first import tell


def ask_to_be_told(course: Course, *, contact: Contact, now: datetime, request: Enrolment | None = None) -> Interest:
    """Wish to be told first of the next edition of a course. Of two ways to reach a person the e-mail is kept. Asked twice it is one wish.

    A contact that we do not know gets a letter to confirm and is told nothing before: anybody can write anybody's address. One that was
    confirmed for a `request` is known; and a phone number only leads to a call of ours.
    """
    check_contact(contact)
    email = folded(contact.email)
    known = not email or (request is not None and request.confirmed_at is not None)
    with transaction.atomic():
        lock_course(course.pk)
        interest, new = Interest.objects.get_or_create(
            course=course,
            email=email,
            phone="" if email else contact.phone,
            edition=None,
            defaults={
                "contact_name": contact.name,
                "language": contact.language,
                "request": request,
                "asked_at": now,
            },
        )
        if new:
            log(instance=interest, action="enrolment.interested")
        if known:
            set_known(interest, now=now)
        elif interest.confirmed_at is None:
            emails.tell_to_confirm_interest(interest)
    return interest


def confirm_interest(interest: Interest, *, now: datetime) -> Interest:
    """Our letter has been opened. Confirmed twice, nothing changes."""
    with transaction.atomic():
        lock_course(interest.course_id)
        interest = Interest.objects.get(pk=interest.pk)
        set_known(interest, now=now)
    return interest


def set_known(interest: Interest, *, now: datetime) -> None:
    """Under the lock of the course. What was published since she asked is told at once."""
    if interest.confirmed_at is not None:
        return
    interest.confirmed_at = now
    interest.save(update_fields=["confirmed_at"])
    missed = first_announced_since(interest.course, interest.asked_at)
    if missed:
        tell(interest, missed, now=now)


def take_out(interest: Interest, *, by: Any = None) -> None:
    """Delete a wish and its letters; all that stays is a line in the log, without a name."""
    with transaction.atomic():
        log(instance=interest, action="enrolment.taken_out", user=by)
        Letter.objects.about(interest).delete()
        Interest.objects.filter(pk=interest.pk).delete()
