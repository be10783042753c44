from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from ..enums import EditionStatus
from ..models import Edition
from ..queries import meetings_of

# Whatever an edition has of moments is announced beforehand; what happened stands in other rows.
MOMENTS = [field.name for field in Edition._meta.concrete_fields if isinstance(field, models.DateTimeField)]


def copy_edition(
    edition: Edition, *, slug: str, label: str, first_day: date | None = None, now: datetime, by: Any
) -> Edition:
    """Make a draft of the next edition: names, rules, places, venue, teachers; meetings and enrolment moved by whole weeks, so that
    the first meeting is on `first_day`. Nothing of the people who took part.

    Weekdays and hours stay as the clock on the wall shows them. Raises RuleViolation for another weekday, or a day that is past.
    """
    shift = weeks_between(edition, first_day, now=now)
    with transaction.atomic():
        copy: Edition = edition.copy_cluster(exclude_fields=["id"])[0]
        copy.slug, copy.label, copy.status = slug, label, EditionStatus.DRAFT
        for name in MOMENTS:
            moment = getattr(edition, name)
            setattr(copy, name, moment and moment.astimezone(edition.zone) + shift)
        for meeting in copy.meetings.all():
            meeting.date += shift
            meeting.cancelled, meeting.note = False, ""
        copy.save()
        copy.teachers.set(edition.teachers.all())
        log(instance=copy, action="enrolment.copied", user=by, data={"edition": edition.pk})
    return copy


def weeks_between(edition: Edition, first_day: date | None, *, now: datetime) -> timedelta:
    meetings = meetings_of(edition)
    if not meetings or first_day is None:  # there is nothing to move
        return timedelta(0)
    if first_day < now.astimezone(edition.zone).date():
        raise RuleViolation(_("This day is past. Choose a day to come."), code="past")
    shift = first_day - meetings[0].date
    if shift.days % 7:
        weekday = WEEKDAYS[meetings[0].date.weekday()]
        raise RuleViolation(
            _("The weekdays stay as they are: choose a day that is a %(weekday)s.") % {"weekday": weekday},
            code="weekday",
        )
    return shift
