"""The meetings of an edition as a calendar file. Hours are local with their zone, so that a calendar keeps them when the clocks change."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from .enums import EditionStatus
from .models import Edition, Meeting

CONTENT_TYPE = "text/calendar"


def calendar_text(edition: Edition, meetings: Iterable[Meeting], *, title: str, now: datetime) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Foundation//Courses//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for meeting in meetings:
        calendar.add_component(event(edition, meeting, title=title, now=now))
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def event(edition: Edition, meeting: Meeting, *, title: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", title)
    event.add("dtstart", meeting.start)
    event.add("dtend", meeting.end)
    cancelled = meeting.cancelled or edition.status == EditionStatus.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("sequence", meeting.sequence)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.note:
        event.add("description", meeting.note)
    return event
